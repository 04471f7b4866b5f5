"""A filter on a key must name the type that the table declares for it.

In a record the value of a key is under the letter of its type, S, N or B, and the table says which one that is. A
pattern with another letter looks where no record has anything, so every record passes by unseen.

Bad:
    >>> late = replace(mapping("dynamodb"), filters=('{"dynamodb": {"Keys": {"due": {"S": ["20261128"]}}}}',))
    >>> ids(with_source(late, keys=(("due", "N"),)))
    ['ESM534']

Good:
    >>> late = replace(mapping("dynamodb"), filters=('{"dynamodb": {"Keys": {"due": {"N": ["20261128"]}}}}',))
    >>> ids(with_source(late, keys=(("due", "N"),)))
    []

Template:
      Resources:
        OrdersTable:
          Type: AWS::DynamoDB::Table
          Properties:
            AttributeDefinitions:
              - AttributeName: due
                AttributeType: N
            KeySchema:
              - AttributeName: due
                KeyType: HASH
            StreamSpecification:
              StreamViewType: NEW_AND_OLD_IMAGES
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt OrdersTable.StreamArn
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            FilterCriteria:
              Filters:
    -           - Pattern: '{"dynamodb": {"Keys": {"due": {"S": ["20261128"]}}}}'
    +           - Pattern: '{"dynamodb": {"Keys": {"due": {"N": ["20261128"]}}}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
      table = dynamodb.Table(
          self,
          "Table",
          partition_key=dynamodb.Attribute(name="due", type=dynamodb.AttributeType.NUMBER),
          stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      )
    - patterns = [{"dynamodb": {"Keys": {"due": {"S": ["20261128"]}}}}]
    + patterns = [{"dynamodb": {"Keys": {"due": {"N": ["20261128"]}}}}]
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

from cdk_esm.filters.table_faults import KEY_OF_OTHER_TYPE
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(KEY_OF_OTHER_TYPE)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the letters that a pattern has below Keys with the types of the primary key."""
    yield from findings(plan, RULE)
