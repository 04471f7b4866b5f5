"""The stream of a table with replicas has the writes of every Region, and not only those of one.

DynamoDB writes what another Region wrote into this table too, and so into its stream. If a mapping in each Region does
the same work, every change is worked on once for each of them. A record does not tell by itself where it came from.

Bad:
    >>> ids(with_source(mapping("dynamodb"), replicated=True))
    ['ESM353']

Good:
    >>> ids(with_source(mapping("dynamodb"), replicated=False))
    []

Template:
      Resources:
        OrdersTable:
          Type: AWS::DynamoDB::GlobalTable
          Properties:
            StreamSpecification:
              StreamViewType: NEW_AND_OLD_IMAGES
            Replicas:
              - Region: eu-west-1
    -         - Region: us-east-1
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

Python:
      table = dynamodb.TableV2(
          self,
          "Table",
          partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
          dynamo_stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
    -     replicas=[dynamodb.ReplicaTableProps(region="us-east-1")],
      )
      esm.DynamoDbToLambda(self, "Orders", function=function, table=table)
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan, TableStream
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

FACTS = (
    Fact(
        "DDB-11",
        "doc",
        "The stream of each replica of a global table has the replicated writes of the other Regions as well.",
        page=pages.GLOBAL_TABLES,
    ),
)
RULE = Rule(
    id="ESM353",
    name="replicated-writes",
    severity=Severity.ADVICE,
    facts=("DDB-11",),
    page=pages.GLOBAL_TABLES,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask whether the table has replicas."""
    if known(plan.source_as(TableStream).replicated) is not True:
        return
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got="a table with replicas",
        allowed="a function that may see each change once for every Region that reads it",
        message="the table has replicas: what another Region writes is in this stream too, so mappings in several "
        "Regions work on each change several times",
        fix="read the stream in one Region alone, or let each writer put its Region into an attribute and filter on "
        "it; where every Region has to see every change, acknowledge this",
    )
