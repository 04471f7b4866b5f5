"""A filter on Keys must name an attribute of the table's primary key.

A record carries the primary key of its item under Keys, and nothing else there. AWS takes a filter on any other
attribute all the same. It never matches, and every record passes by without having reached the function.

Bad:
    >>> due = replace(mapping("dynamodb"), filters=('{"dynamodb": {"Keys": {"state": {"S": ["due"]}}}}',))
    >>> ids(with_source(due, keys=(("account", "S"),)))
    ['ESM533']

Good:
    >>> ours = replace(mapping("dynamodb"), filters=('{"dynamodb": {"Keys": {"account": {"S": ["7"]}}}}',))
    >>> ids(with_source(ours, keys=(("account", "S"),)))
    []

Template:
      Resources:
        OrdersTable:
          Type: AWS::DynamoDB::Table
          Properties:
            AttributeDefinitions:
              - AttributeName: account
                AttributeType: S
            KeySchema:
              - AttributeName: account
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
    -           - Pattern: '{"dynamodb": {"Keys": {"state": {"S": ["due"]}}}}'
    +           - Pattern: '{"dynamodb": {"Keys": {"account": {"S": ["7"]}}}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
      table = dynamodb.Table(
          self,
          "Table",
          partition_key=dynamodb.Attribute(name="account", type=dynamodb.AttributeType.STRING),
          stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      )
    - patterns = [{"dynamodb": {"Keys": {"state": {"S": ["due"]}}}}]
    + patterns = [{"dynamodb": {"Keys": {"account": {"S": ["7"]}}}}]
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

from cdk_esm.filters.table_faults import KEY_NOT_OF_TABLE
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(KEY_NOT_OF_TABLE)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the attributes that a pattern names below Keys with those of the primary key."""
    yield from findings(plan, RULE)
