"""In a table with replicas, records name Time to Live as the one that deleted an item in one Region only.

An item that expires is deleted in one Region, and the deletion is replicated to the others. Only the record of the
first Region has userIdentity. In every other Region a filter for such deletions passes them by, and a filter that is to
leave them out lets them in.

Bad:
    >>> ttl = '{"userIdentity": {"principalId": ["dynamodb.amazonaws.com"]}}'
    >>> ids(with_source(replace(mapping("dynamodb"), filters=(ttl,)), replicated=True), select=["ESM5"])
    ['ESM535']

Good:
    >>> ttl = '{"userIdentity": {"principalId": ["dynamodb.amazonaws.com"]}}'
    >>> ids(with_source(replace(mapping("dynamodb"), filters=(ttl,)), replicated=False), select=["ESM5"])
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
            FilterCriteria:
              Filters:
                - Pattern: '{"userIdentity": {"principalId": ["dynamodb.amazonaws.com"]}}'
            MetricsConfig:
              Metrics: [EventCount]

Python:
      table = dynamodb.TableV2(
          self,
          "Table",
          partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
          dynamo_stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
    -     replicas=[dynamodb.ReplicaTableProps(region="us-east-1")],
      )
      expired = {"userIdentity": {"principalId": ["dynamodb.amazonaws.com"]}}
      esm.DynamoDbToLambda(
          self,
          "Orders",
          function=function,
          table=table,
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
          filters=[expired],
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.filters.parsing import parse
from cdk_esm.filters.pattern import field_names
from cdk_esm.plan import MappingPlan, TableStream
from cdk_esm.rules.compiled import refusal
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.patterns import known_patterns
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.dynamodb_table import DELETER

FACTS = (
    Fact(
        "DDB-10",
        "doc",
        "In a global table, only the record of the Region in which Time to Live deleted the item has userIdentity; "
        "the replicated deletions have none.",
        page=pages.DYNAMODB_TTL_STREAMS,
    ),
)
RULE = Rule(
    id="ESM535",
    name="filter-on-deleter-of-replica",
    severity=Severity.ADVICE,
    facts=("DDB-10",),
    page=pages.DYNAMODB_TTL_STREAMS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for patterns on who deleted the item, where the table has replicas."""
    if known(plan.source_as(TableStream).replicated) is not True:
        return
    for place, text in known_patterns(plan):
        if refusal(plan.source, text) is None and _asks_for_deleter(text):
            yield RULE.finding(
                plan,
                setting="FilterCriteria",
                got=f"{place}.{DELETER}",
                allowed="a filter that does not depend on the Region",
                message=f"{place}.{DELETER}: the table has replicas, and only the Region that expired an item has "
                f"{DELETER} in its record; the same deletion has none in the other Regions",
                fix="read the deletions in each Region and leave out those that came twice, or compare the attribute "
                "that Time to Live looks at in OldImage with the time of the record in the function",
            )


def _asks_for_deleter(text: str) -> bool:
    paths = (".".join(field_names(path)) for path, _ in parse(text).root.leaves())
    return any(path.partition(".")[0] == DELETER for path in paths)
