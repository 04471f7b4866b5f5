"""The table has no stream that a mapping could read.

A mapping takes the ARN of a table's stream, not that of the table, and a table makes a stream only if it was told
which images to put into it. Without one Lambda refuses the mapping.

Bad:
    >>> ids(with_source(mapping("dynamodb"), has_stream=False))
    ['ESM222']

Good:
    >>> ids(with_source(mapping("dynamodb"), has_stream=True))
    []

Template:
      Resources:
        OrdersTable:
          Type: AWS::DynamoDB::Table
          Properties:
            KeySchema:
              - AttributeName: id
                KeyType: HASH
    +       StreamSpecification:
    +         StreamViewType: NEW_AND_OLD_IMAGES
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
    -       EventSourceArn: !GetAtt OrdersTable.Arn
    +       EventSourceArn: !GetAtt OrdersTable.StreamArn
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed

Python:
      table = dynamodb.Table(
          self,
          "Table",
          partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
    +     stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      )
      esm.DynamoDbToLambda(self, "Orders", function=function, table=table)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Door, MappingPlan, TableStream
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.dynamodb_table import TABLE

RULE = Rule(
    id="ESM222",
    name="table-without-stream",
    severity=Severity.ERROR,
    facts=("DDB-1",),
    page=pages.DYNAMODB_STREAM_VIEW,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask the table for its stream."""
    table = plan.source_as(TableStream)
    if known(table.has_stream):
        return
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got=table.identity,
        allowed="a table with a stream",
        message="no stream of the table is there to be read: a mapping reads a table's stream, not the table",
        fix=_fix(plan),
    )


def _fix(plan: MappingPlan) -> str:
    view = TABLE.by_name["StreamSpecification.StreamViewType"]
    if plan.door == Door.CONSTRUCT:
        return (
            "give the table a stream: a Table takes one as stream (dynamodb.StreamViewType.NEW_AND_OLD_IMAGES), a "
            "TableV2 as dynamo_stream; an imported table names it as table_stream_arn (Table.from_table_attributes)"
        )
    return f"give the table a stream ({view.name}, {view.range_text}), or, if it has one, name its StreamArn"
