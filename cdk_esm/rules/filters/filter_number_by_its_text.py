"""A bare number in a filter is compared by its value, and the guide says that it is compared by its text.

The Lambda guide says that 300, 300.0 and 3.0e2 are not considered equal. EventBridge's guide says the same of the same
engine, and EventBridge was recorded taking 300.0 for 300. So the number in the bad example very likely equals every way
to write it, and only a numeric comparison is certain to.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [300.0]}}',)), select=["ESM527"])
    ['ESM527']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [{"numeric": ["=", 300.0]}]}}',)), select=["ESM527"])
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
    -           - Pattern: '{"body": {"total": [300.0]}}'
    +           - Pattern: '{"body": {"total": [{"numeric": ["=", 300.0]}]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"body": {"total": [300.0]}}]
    + patterns = [{"body": {"total": [{"numeric": ["=", 300.0]}]}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import NUMBER_BY_ITS_TEXT
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(NUMBER_BY_ITS_TEXT)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for bare numbers whose text is not the usual one."""
    yield from findings(plan, RULE)
