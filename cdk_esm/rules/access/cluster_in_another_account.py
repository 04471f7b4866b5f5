"""An Amazon MSK cluster in another account is read through a VPC connection.

Lambda cannot enter the other account's network. The mapping names the connection instead of the cluster, and the role
needs to be allowed to describe it.

Bad:
    >>> ids(with_source(mapping("msk"), account="444455556666"))
    ['ESM410']

Good:
    >>> connection = "arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/shop/1-2"
    >>> ids(with_source(mapping("msk", EventSourceArn=connection), account="444455556666"))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: arn:aws:lambda:eu-west-1:111122223333:function:orders
    -       EventSourceArn: arn:aws:kafka:eu-west-1:444455556666:cluster/shop/0a1b2c3d-1
    +       EventSourceArn: arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/shop/0a1b2c3d-1
            Topics: [orders]
            StartingPosition: TRIM_HORIZON
            AmazonManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-orders
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed

Python:
    - cluster = "arn:aws:kafka:eu-west-1:444455556666:cluster/shop/0a1b2c3d-1"
    + cluster = esm.ClusterConnection(
    +     arn="arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/shop/0a1b2c3d-1",
    +     cluster_arn="arn:aws:kafka:eu-west-1:444455556666:cluster/shop/0a1b2c3d-1",
    + )
      esm.MskToLambda(
          self,
          "Orders",
          function=function,
          cluster=cluster,
          topic="orders",
          authentication=esm.MskAuthentication.iam(),
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
          alarms=esm.Alarms(thresholds={"offset_lag": 1000}),
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.plan.kafka import cluster_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.resource_types.clusters import VPC_CONNECTION

RULE = Rule(
    id="ESM410",
    name="cluster-in-another-account",
    severity=Severity.ERROR,
    facts=("KAF-XACCT",),
    page=pages.MSK_PERMISSIONS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the two accounts, and look for a connection in the ARN."""
    source, function = known(cluster_of(plan).account), known(plan.function.account)
    arn = known(plan.given("EventSourceArn"))
    if source is None or function is None or source == function or ":vpc-connection/" in str(arn):
        return
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got=arn,
        allowed="the ARN of a VPC connection to the cluster",
        message=f"the cluster belongs to the account {source}, the function to {function}: "
        f"{plan.say('EventSourceArn')} must name a VPC connection, not the cluster",
        fix=_fix(plan, arn),
    )


def _fix(plan: MappingPlan, arn: object) -> str:
    """What to name instead; the construct grants what the role needs then."""
    if plan.door != Door.CONSTRUCT:
        return (
            f"make an {VPC_CONNECTION.type} to the cluster, give its ARN, and allow the execution role "
            "kafka:DescribeVpcConnection on it"
        )
    written = repr(arn) if isinstance(arn, str) else "..."
    return (
        f"write cluster=ClusterConnection('<ARN of the connection>', cluster_arn={written}) with the ARN of an "
        f"{VPC_CONNECTION.type} to the cluster, in your own account"
    )
