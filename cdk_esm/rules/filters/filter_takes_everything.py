"""A list of conditions takes every value, so it filters nothing.

The members of a list are alternatives. One that is there and one that is absent, or one that is a value and one that is
anything but that value, let every record through: whoever wrote them meant both at once.

Bad:
    >>> everything = '{"body": {"state": ["paid", {"anything-but": ["paid"]}]}}'
    >>> ids(replace(mapping(), filters=(everything,)), select=["ESM522"])
    ['ESM522']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"state": [{"anything-but": ["paid"]}]}}',)), select=["ESM522"])
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
    -           - Pattern: '{"body": {"state": ["paid", {"anything-but": ["paid"]}]}}'
    +           - Pattern: '{"body": {"state": [{"anything-but": ["paid"]}]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"body": {"state": ["paid", {"anything-but": ["paid"]}]}}]
    + patterns = [{"body": {"state": [{"anything-but": ["paid"]}]}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import ALWAYS_TRUE
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(ALWAYS_TRUE)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for alternatives that leave nothing out."""
    yield from findings(plan, RULE)
