"""A filter compares numbers outside the range that EventBridge's guide names.

The guide ends at minus and plus five thousand million, and at six digits after the point. Newer versions of the filter
engine compare larger and finer numbers, such as a time in milliseconds, as 64-bit doubles. Which version a mapping uses
was not seen, so such a number may never match.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [{"numeric": [">", 6000000000]}]}}',)), select=["ESM526"])
    ['ESM526']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"total": [{"numeric": [">", 6000]}]}}',)), select=["ESM526"])
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
    -           - Pattern: '{"body": {"total": [{"numeric": [">", 6000000000]}]}}'
    +           - Pattern: '{"body": {"total": [{"numeric": [">", 6000]}]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"body": {"total": [{"numeric": [">", 6000000000]}]}}]
    + patterns = [{"body": {"total": [{"numeric": [">", 6000]}]}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import NUMBER_BEYOND_RANGE
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(NUMBER_BEYOND_RANGE)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for numbers out of the comparable range."""
    yield from findings(plan, RULE)
