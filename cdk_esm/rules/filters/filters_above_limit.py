"""There is a number of filters that no quota of AWS goes beyond.

CloudFormation's own schema would let more pass, so the template looks fine until Lambda refuses the mapping in the
middle of a deployment.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [100]}}',) * 11), select=["ESM504"])
    ['ESM504']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [100]}}',) * 10), select=["ESM504"])
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
    -           - Pattern: '{"body": {"type": ["a"]}}'
    -           - Pattern: '{"body": {"type": ["b"]}}'
    -           - Pattern: '{"body": {"type": ["c"]}}'
    -           - Pattern: '{"body": {"type": ["d"]}}'
    -           - Pattern: '{"body": {"type": ["e"]}}'
    -           - Pattern: '{"body": {"type": ["f"]}}'
    -           - Pattern: '{"body": {"type": ["g"]}}'
    -           - Pattern: '{"body": {"type": ["h"]}}'
    -           - Pattern: '{"body": {"type": ["i"]}}'
    -           - Pattern: '{"body": {"type": ["j"]}}'
    -           - Pattern: '{"body": {"type": ["k"]}}'
    +           - Pattern: '{"body": {"type": ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [
    -     {"body": {"type": ["a"]}},
    -     {"body": {"type": ["b"]}},
    -     {"body": {"type": ["c"]}},
    -     {"body": {"type": ["d"]}},
    -     {"body": {"type": ["e"]}},
    -     {"body": {"type": ["f"]}},
    -     {"body": {"type": ["g"]}},
    -     {"body": {"type": ["h"]}},
    -     {"body": {"type": ["i"]}},
    -     {"body": {"type": ["j"]}},
    -     {"body": {"type": ["k"]}},
    - ]
    + patterns = [{"body": {"type": ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.patterns import known_patterns
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.common import FILTERS_LIMIT

RULE = Rule(
    id="ESM504",
    name="filters-above-limit",
    severity=Severity.ERROR,
    facts=("FIL-1",),
    page=pages.FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Count the filters that are surely there."""
    count = len(list(known_patterns(plan)))
    if count <= FILTERS_LIMIT.value:
        return
    yield RULE.finding(
        plan,
        setting="FilterCriteria",
        got=count,
        allowed=f"at most {FILTERS_LIMIT.value}",
        message=f"{count} patterns in {plan.say('FilterCriteria')}, but AWS takes {FILTERS_LIMIT.value} at the most, "
        "even after a raise of the quota",
        fix=f"join filters until at most {FILTERS_LIMIT.value} are left, with more values in their lists",
    )
