"""An operator that is in no list is taken for the name of a field.

The value of a field is a list, and an operator is an object in it: `"total": [{"numeric": [">=", 100]}]`. Without the
list AWS asks the record for a field `numeric` inside `total`, which no record has, and so nothing matches.

Bad:
    >>> bad = '{"body": {"total": {"numeric": [">=", 100]}}}'
    >>> ids(replace(mapping(), filters=(bad,)), select=["ESM528"])
    ['ESM528']

Good:
    >>> good = '{"body": {"total": [{"numeric": [">=", 100]}]}}'
    >>> ids(replace(mapping(), filters=(good,)), select=["ESM528"])
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
    -           - Pattern: '{"body": {"total": {"numeric": [">=", 100]}}}'
    +           - Pattern: '{"body": {"total": [{"numeric": [">=", 100]}]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"body": {"total": {"numeric": [">=", 100]}}}]
    + patterns = [{"body": {"total": [{"numeric": [">=", 100]}]}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import OPERATOR_IS_A_FIELD
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(OPERATOR_IS_A_FIELD)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for operators outside of lists."""
    yield from findings(plan, RULE)
