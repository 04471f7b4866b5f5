"""A filter on an image that the table's stream does not carry never matches.

Which images a record has is a choice made on the table. A filter may name one that is not there all the same, AWS takes
it, and every record passes by without having reached the function.

Bad:
    >>> paid = replace(mapping("dynamodb"), filters=('{"dynamodb": {"OldImage": {"state": {"S": ["paid"]}}}}',))
    >>> ids(with_source(paid, view_type="NEW_IMAGE"))
    ['ESM510']

Good:
    >>> paid = replace(mapping("dynamodb"), filters=('{"dynamodb": {"OldImage": {"state": {"S": ["paid"]}}}}',))
    >>> ids(with_source(paid, view_type="NEW_AND_OLD_IMAGES"))
    []

Template:
      Resources:
        OrdersTable:
          Type: AWS::DynamoDB::Table
          Properties:
            StreamSpecification:
    -         StreamViewType: NEW_IMAGE
    +         StreamViewType: NEW_AND_OLD_IMAGES
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
                - Pattern: '{"dynamodb": {"OldImage": {"state": {"S": ["paid"]}}}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
      table = dynamodb.Table(
          self,
          "Table",
          partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
    -     stream=dynamodb.StreamViewType.NEW_IMAGE,
    +     stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      )
      was_paid = {"dynamodb": {"OldImage": {"state": {"S": ["paid"]}}}}
      esm.DynamoDbToLambda(
          self,
          "Orders",
          function=function,
          table=table,
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
          filters=[was_paid],
      )
"""

from collections.abc import Iterator

from cdk_esm.filters.table_faults import IMAGE_NOT_IN_STREAM
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(IMAGE_NOT_IN_STREAM)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the images that a pattern names with those that the stream carries."""
    yield from findings(plan, RULE)
