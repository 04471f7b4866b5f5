"""A filter on an attribute of a DynamoDB record must name the type under which its value is kept.

The value of an attribute is not beside its name but one step below, under S, N, BOOL and so on. A filter without that
step never matches, or with "exists": false always does. AWS takes it either way.

Bad:
    >>> paid = '{"dynamodb": {"NewImage": {"state": ["paid"]}}}'
    >>> ids(replace(mapping("dynamodb"), filters=(paid,)))
    ['ESM512']

Good:
    >>> paid = '{"dynamodb": {"NewImage": {"state": {"S": ["paid"]}}}}'
    >>> ids(replace(mapping("dynamodb"), filters=(paid,)))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            FilterCriteria:
              Filters:
    -           - Pattern: '{"dynamodb": {"NewImage": {"state": ["paid"]}}}'
    +           - Pattern: '{"dynamodb": {"NewImage": {"state": {"S": ["paid"]}}}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
      table = dynamodb.Table(
          self,
          "Table",
          partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
          stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      )
    - patterns = [{"dynamodb": {"NewImage": {"state": ["paid"]}}}]
    + patterns = [{"dynamodb": {"NewImage": {"state": {"S": ["paid"]}}}}]
      esm.DynamoDbToLambda(
          self,
          "Orders",
          function=function,
          table=table,
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
          filters=patterns,
      )
"""

from collections.abc import Iterator

from cdk_esm.filters.table_faults import MISSING_TYPE_LETTER
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(MISSING_TYPE_LETTER)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for attributes without the letter of their type."""
    yield from findings(plan, RULE)
