"""The stream of a table bears only a few readers, and that of a global table a single one.

Each mapping is one, and replication is another. More of them throttle each other's reads, all of them fall behind, and
a table's stream keeps nothing for longer than a day.

Bad:
    >>> ids(*[replace(mapping("dynamodb"), path=path) for path in "ABC"], select=["ESM323"])
    ['ESM323']

Good:
    >>> ids(*[replace(mapping("dynamodb"), path=path) for path in "AB"], select=["ESM323"])
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
        Audit:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: audit
            EventSourceArn: arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000
            StartingPosition: TRIM_HORIZON
            MaximumRetryAttempts: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
    -   Fraud:
    -     Type: AWS::Lambda::EventSourceMapping
    -     Properties:
    -       FunctionName: fraud
    -       EventSourceArn: arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000
    -       StartingPosition: TRIM_HORIZON
    -       MaximumRetryAttempts: 10
    -       FunctionResponseTypes: [ReportBatchItemFailures]
    -       DestinationConfig:
    -         OnFailure:
    -           Destination: arn:aws:s3:::orders-failed

Python:
      table = dynamodb.Table(
          self,
          "Table",
          partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
          stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      )
    - names = ["Orders", "Audit", "Fraud"]
    + names = ["Orders", "Audit"]
      start = lambda_.StartingPosition.TRIM_HORIZON
      for name in names:
          esm.DynamoDbToLambda(self, name, function=function, table=table, starting_position=start)
"""

from collections.abc import Iterator, Sequence

from cdk_esm.plan import MappingPlan, TableStream
from cdk_esm.rules.groups import paths, sharing
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.dynamodb_table import READERS, READERS_OF_GLOBAL_TABLE

RULE = Rule(
    id="ESM323",
    name="too-many-table-readers",
    severity=Severity.DANGER,
    facts=("DDB-2",),
    page=pages.DYNAMODB,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Count the mappings on each table's stream; a disabled one does not read."""
    readers = [plan for plan in plans if isinstance(plan.event_source, TableStream)]
    for group in sharing(readers, lambda plan: plan.event_source.identity):
        replicated = any(_surely_replicated(plan) for plan in group)
        most = READERS_OF_GLOBAL_TABLE.value if replicated else READERS.value
        if len(group) <= most:
            continue
        *others, last = group
        yield RULE.finding(
            last,
            setting="EventSourceArn",
            got=len(group),
            allowed=f"at most {most}",
            message=f"together with {paths(others)} {len(group)} mappings read the stream of one "
            f"{'global ' if replicated else ''}table, which bears {most}",
            fix="let one mapping pass the records on, for instance to a topic or an event bus, "
            "or copy the changes to a Kinesis stream",
        )


def _surely_replicated(plan: MappingPlan) -> bool:
    return isinstance(plan.event_source, TableStream) and plan.event_source.replicated is True
