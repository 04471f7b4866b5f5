"""Without provisioned pollers the cluster's network must lead to Lambda and to AWS STS.

The pollers work inside the cluster's network then, and need endpoints or a NAT gateway to call the function. If
there is neither, the mapping stays in a connection problem and reads nothing. Provisioned pollers need none of that.

Bad:
    >>> ids(with_source(mapping("msk-serverless", ProvisionedPollerConfig=None), reaches_lambda=False), select=["ESM4"])
    ['ESM412']

Good:
    >>> ids(with_source(mapping("msk-serverless"), reaches_lambda=False))
    []

Template:
      Resources:
        Vpc:
          Type: AWS::EC2::VPC
          Properties:
            CidrBlock: 10.0.0.0/16
        Subnet:
          Type: AWS::EC2::Subnet
          Properties:
            VpcId: !Ref Vpc
            CidrBlock: 10.0.0.0/24
        ShopCluster:
          Type: AWS::MSK::Cluster
          Properties:
            BrokerNodeGroupInfo:
              ClientSubnets: [!Ref Subnet]
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !Ref ShopCluster
            Topics: [orders]
            StartingPosition: TRIM_HORIZON
            AmazonManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-orders
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
    +       ProvisionedPollerConfig:
    +         MinimumPollers: 1
    +         MaximumPollers: 4

Python:
      isolated = ec2.SubnetConfiguration(name="Brokers", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
      vpc = ec2.Vpc(self, "Vpc", max_azs=2, nat_gateways=0, subnet_configuration=[isolated])
      subnets = vpc.select_subnets(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED).subnet_ids
      cluster = msk.CfnCluster(
          self,
          "Cluster",
          cluster_name="shop",
          kafka_version="3.8.x",
          number_of_broker_nodes=2,
          broker_node_group_info=msk.CfnCluster.BrokerNodeGroupInfoProperty(
              client_subnets=subnets, instance_type="kafka.m7g.large"
          ),
          client_authentication=msk.CfnCluster.ClientAuthenticationProperty(
              sasl=msk.CfnCluster.SaslProperty(iam=msk.CfnCluster.IamProperty(enabled=True))
          ),
      )
      esm.MskToLambda(
          self,
          "Orders",
          function=function,
          cluster=cluster,
          topic="orders",
          authentication=esm.MskAuthentication.iam(),
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
          alarms=esm.Alarms(thresholds={"offset_lag": 1000}),
    +     provisioned_poller_config=esm.ProvisionedPollers(1, 4),
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import cluster_of, pollers_to_add, without_pollers
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM412",
    name="no-way-to-lambda",
    severity=Severity.DANGER,
    facts=("KAF-PROV-7",),
    page=pages.KAFKA_SCALING,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a network that leads nowhere."""
    if known(cluster_of(plan).reaches_lambda) or not without_pollers(plan):
        return
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got="no way out",
        allowed="endpoints or a NAT gateway in the cluster's network",
        message="the cluster's network leads neither to Lambda nor to AWS STS, and the pollers work inside it",
        fix=f"add {pollers_to_add(plan)}, or endpoints for Lambda, AWS STS, AWS Secrets Manager and the destination",
    )
