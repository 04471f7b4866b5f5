"""An Amazon MSK Serverless cluster of another account cannot be read.

Clusters of other accounts are read through a managed VPC connection, and AWS makes mappings through one for provisioned
clusters only. The mapping is refused.

Bad:
    >>> connection = "arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/shop/1-2"
    >>> ids(with_source(mapping("msk-serverless", EventSourceArn=connection), connection=connection))
    ['ESM430']

Good:
    >>> ids(mapping("msk-serverless"))
    []

Template:
      Resources:
        Connection:
          Type: AWS::MSK::VpcConnection
          Properties:
            TargetClusterArn: arn:aws:kafka:eu-west-1:444455556666:cluster/shop/0a1b2c3d-s1
            Authentication: SASL_IAM
            VpcId: vpc-1
            ClientSubnets: [subnet-1]
            SecurityGroups: [sg-1]
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
    -       EventSourceArn: !Ref Connection
    +       EventSourceArn: arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-s1
            Topics: [orders]
            StartingPosition: TRIM_HORIZON
            AmazonManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-orders
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed

Python:
    - cluster = esm.ClusterConnection(
    -     arn="arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/shop/0a1b2c3d-s1",
    -     cluster_arn="arn:aws:kafka:eu-west-1:444455556666:cluster/shop/0a1b2c3d-s1",
    - )
    + cluster = "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-s1"
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
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import cluster_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.msk_serverless import MSK_SERVERLESS

RULE = Rule(
    id="ESM430",
    name="serverless-cluster-elsewhere",
    severity=Severity.ERROR,
    facts=("KAF-XACCT-2",),
    page=pages.MSK_CROSS_ACCOUNT,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a connection to a serverless cluster."""
    if plan.source != MSK_SERVERLESS.kind or known(cluster_of(plan).connection) is None:
        return
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got="a connection to a serverless cluster",
        allowed="a provisioned cluster of another account, or a serverless one of this account",
        message="the cluster is serverless and in another account: Lambda reads only provisioned clusters through a "
        "VPC connection",
        fix="put the function and its mapping into the account of the cluster, or copy the topic to a cluster here, "
        "for example with MSK Replicator",
    )
