"""A pattern must not repeat a key in one object.

JSON does not say what a second key of the same name means. Most readers forget the first one, and so half of a
condition may be gone without a word. AWS's own guide shows such a pattern for DynamoDB: both images belong into one
"dynamodb".

Bad:
    >>> twice = '{"dynamodb": {"Keys": {"id": {"S": ["1"]}}}, "dynamodb": {"NewImage": {"state": {"S": ["paid"]}}}}'
    >>> ids(replace(mapping("dynamodb"), filters=(twice,)))
    ['ESM513']

Good:
    >>> once = '{"dynamodb": {"Keys": {"id": {"S": ["1"]}}, "NewImage": {"state": {"S": ["paid"]}}}}'
    >>> ids(replace(mapping("dynamodb"), filters=(once,)))
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
    -           - Pattern: '{"eventName": ["INSERT"], "eventName": ["MODIFY"]}'
    +           - Pattern: '{"eventName": ["INSERT", "MODIFY"]}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
      table = dynamodb.Table(
          self,
          "Table",
          partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
          stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      )
    - patterns = ['{"eventName": ["INSERT"], "eventName": ["MODIFY"]}']
    + patterns = [{"eventName": ["INSERT", "MODIFY"]}]
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

from cdk_esm.filters.faults import DUPLICATE_KEY
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(DUPLICATE_KEY)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for keys that an object has twice."""
    yield from findings(plan, RULE)
