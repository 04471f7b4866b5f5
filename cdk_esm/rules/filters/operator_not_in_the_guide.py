"""A filter uses an operator that EventBridge has and the page on mappings does not list.

The page says that mappings take EventBridge's syntax, and then lists fewer operators. That the others work for mappings
was not proved: try the filter on a mapping of no importance first.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"name": [{"wildcard": "a*b"}]}}',)), select=["ESM524"])
    ['ESM524']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"name": [{"prefix": "a"}]}}',)), select=["ESM524"])
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
    -           - Pattern: '{"body": {"name": [{"wildcard": "a*b"}]}}'
    +           - Pattern: '{"body": {"name": [{"prefix": "a"}]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"body": {"name": [{"wildcard": "a*b"}]}}]
    + patterns = [{"body": {"name": [{"prefix": "a"}]}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import UNLISTED_OPERATOR
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(UNLISTED_OPERATOR)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for operators beyond the list of the guide."""
    yield from findings(plan, RULE)
