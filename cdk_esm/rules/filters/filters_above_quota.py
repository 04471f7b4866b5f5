"""A mapping takes only a few filters, unless AWS has raised the account's quota.

Without the raise Lambda refuses the mapping. Filters are alternatives to each other, so several can often be written
as one, with more values in a list. An account that has the raise acknowledges the finding.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [100]}}',) * 6), select=["ESM503"])
    ['ESM503']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [100]}}',) * 5), select=["ESM503"])
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:sqs:eu-west-1:111122223333:orders
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria:
              Filters:
    -           - Pattern: '{"body": {"type": ["paid"]}}'
    -           - Pattern: '{"body": {"type": ["sent"]}}'
    -           - Pattern: '{"body": {"type": ["lost"]}}'
    -           - Pattern: '{"body": {"type": ["back"]}}'
    -           - Pattern: '{"body": {"type": ["late"]}}'
    -           - Pattern: '{"body": {"type": ["void"]}}'
    +           - Pattern: '{"body": {"type": ["paid", "sent", "lost", "back", "late", "void"]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [
    -     {"body": {"type": ["paid"]}},
    -     {"body": {"type": ["sent"]}},
    -     {"body": {"type": ["lost"]}},
    -     {"body": {"type": ["back"]}},
    -     {"body": {"type": ["late"]}},
    -     {"body": {"type": ["void"]}},
    - ]
    + patterns = [{"body": {"type": ["paid", "sent", "lost", "back", "late", "void"]}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import TOO_MANY
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import rule_about
from cdk_esm.rules.patterns import known_patterns
from cdk_esm.rules.rule import Finding
from cdk_esm.sources.common import FILTERS_LIMIT, FILTERS_QUOTA

RULE = rule_about(TOO_MANY)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Count the filters that are surely there."""
    count = len(list(known_patterns(plan)))
    if not FILTERS_QUOTA.value < count <= FILTERS_LIMIT.value:
        return
    yield RULE.finding(
        plan,
        setting="FilterCriteria",
        got=count,
        allowed=f"at most {FILTERS_QUOTA.value}",
        message=f"{count} patterns in {plan.say('FilterCriteria')}, but AWS takes {FILTERS_QUOTA.value}, "
        f"and up to {FILTERS_LIMIT.value} where it raised the quota",
        fix=f"join filters until {FILTERS_QUOTA.value} are left, or acknowledge this if your quota was raised",
    )
