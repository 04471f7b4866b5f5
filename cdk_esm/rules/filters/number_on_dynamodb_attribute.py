"""A numeric comparison never matches an attribute of a DynamoDB record.

The record carries numbers as texts, {"N": "100"}, and a numeric operator looks only at numbers. AWS takes the pattern
and passes every record by. CDK's FilterRule.is_equal(100) writes just this.

Bad:
    >>> big = '{"dynamodb": {"NewImage": {"total": {"N": [{"numeric": [">", 100]}]}}}}'
    >>> ids(replace(mapping("dynamodb"), filters=(big,)))
    ['ESM511']

Good:
    >>> exact = '{"dynamodb": {"NewImage": {"total": {"N": ["100"]}}}}'
    >>> ids(replace(mapping("dynamodb"), filters=(exact,)))
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
    -           - Pattern: '{"dynamodb": {"NewImage": {"total": {"N": [{"numeric": [">", 100]}]}}}}'
    +           - Pattern: '{"dynamodb": {"NewImage": {"total": {"N": ["100"]}}}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
      table = dynamodb.Table(
          self,
          "Table",
          partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
          stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      )
    - patterns = [{"dynamodb": {"NewImage": {"total": {"N": [{"numeric": [">", 100]}]}}}}]
    + patterns = [{"dynamodb": {"NewImage": {"total": {"N": ["100"]}}}}]
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

from cdk_esm.filters.table_faults import NUMBER_IN_DYNAMODB
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.compiled import findings, rule_about
from cdk_esm.rules.rule import Finding

RULE = rule_about(NUMBER_IN_DYNAMODB)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for numbers where the record holds texts."""
    yield from findings(plan, RULE)
