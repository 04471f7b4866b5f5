"""A `$or` that is no list of objects is taken for the name of a field.

AWS joins branches only where `$or` holds a list of two objects or more. In any other form it asks the record for a
field of that name, which no record has, and so nothing matches.

Bad:
    >>> ids(replace(mapping(), filters=('{"body": {"$or": ["a"]}}',)), select=["ESM523"])
    ['ESM523']

Good:
    >>> ids(replace(mapping(), filters=('{"body": {"$or": [{"a": ["1"]}, {"b": ["2"]}]}}',)), select=["ESM523"])
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
    -           - Pattern: '{"body": {"$or": ["a"]}}'
    +           - Pattern: '{"body": {"$or": [{"a": ["1"]}, {"b": ["2"]}]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
    - patterns = [{"body": {"$or": ["a"]}}]
    + patterns = [{"body": {"$or": [{"a": ["1"]}, {"b": ["2"]}]}}]
      esm.SqsToLambda(self, "Orders", function=function, filters=patterns)
"""

from collections.abc import Iterator

from cdk_esm.filters.faults import OR_IS_A_FIELD
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(OR_IS_A_FIELD)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for `$or` that joins nothing."""
    yield from findings(plan, RULE)
