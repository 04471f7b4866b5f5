"""A filter asks a field for a value that the field never has.

Some fields have few values: a change of a table is an INSERT, a MODIFY or a REMOVE, in capitals. Any other word is
taken, and then no record matches for ever.

Bad:
    >>> ids(replace(mapping("dynamodb"), filters=('{"eventName": ["insert"]}',)), select=["ESM521"])
    ['ESM521']

Good:
    >>> ids(replace(mapping("dynamodb"), filters=('{"eventName": ["INSERT"]}',)), select=["ESM521"])
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
    -           - Pattern: '{"eventName": ["insert"]}'
    +           - Pattern: '{"eventName": ["INSERT"]}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
      table = dynamodb.Table(
          self,
          "Table",
          partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
          stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      )
    - patterns = [{"eventName": ["insert"]}]
    + patterns = [{"eventName": ["INSERT"]}]
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

from cdk_esm.filters.table_faults import IMPOSSIBLE_VALUE
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(IMPOSSIBLE_VALUE)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare values with those that the field can have."""
    yield from findings(plan, RULE)
