"""Without provisioned pollers the cluster's network must lead to the secrets and to the on-failure destination.

The pollers work inside the cluster's network then. If it has endpoints and no other way out, what has no endpoint is
out of reach: without AWS Secrets Manager the pollers cannot sign in, and without the destination failed records cannot
be written, so that they are lost after their last retry.

Bad:
    >>> alone = frozenset({"lambda", "sts"})
    >>> ids(with_source(mapping("msk", ProvisionedPollerConfig=None), endpoints=alone), select=["ESM432"])
    ['ESM432']

Good:
    >>> enough = frozenset({"lambda", "sts", "secretsmanager", "s3"})
    >>> ids(with_source(mapping("msk", ProvisionedPollerConfig=None), endpoints=enough), select=["ESM432"])
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
        Routes:
          Type: AWS::EC2::RouteTable
          Properties:
            VpcId: !Ref Vpc
        RoutesOfSubnet:
          Type: AWS::EC2::SubnetRouteTableAssociation
          Properties:
            RouteTableId: !Ref Routes
            SubnetId: !Ref Subnet
        ToLambda:
          Type: AWS::EC2::VPCEndpoint
          Properties:
            VpcId: !Ref Vpc
            VpcEndpointType: Interface
            ServiceName: !Sub com.amazonaws.${AWS::Region}.lambda
            SubnetIds: [!Ref Subnet]
        ToSts:
          Type: AWS::EC2::VPCEndpoint
          Properties:
            VpcId: !Ref Vpc
            VpcEndpointType: Interface
            ServiceName: !Sub com.amazonaws.${AWS::Region}.sts
            SubnetIds: [!Ref Subnet]
    +   ToS3:
    +     Type: AWS::EC2::VPCEndpoint
    +     Properties:
    +       VpcId: !Ref Vpc
    +       VpcEndpointType: Gateway
    +       ServiceName: !Sub com.amazonaws.${AWS::Region}.s3
    +       RouteTableIds: [!Ref Routes]
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

Python:
      isolated = ec2.SubnetConfiguration(name="Brokers", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
      vpc = ec2.Vpc(self, "Vpc", max_azs=2, nat_gateways=0, subnet_configuration=[isolated])
      vpc.add_interface_endpoint("ToLambda", service=ec2.InterfaceVpcEndpointAwsService.LAMBDA_)
      vpc.add_interface_endpoint("ToSts", service=ec2.InterfaceVpcEndpointAwsService.STS)
    + vpc.add_gateway_endpoint("ToS3", service=ec2.GatewayVpcEndpointAwsService.S3)
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
      )
"""

from collections.abc import Iterator
from typing import Final

from cdk_esm.facts import known
from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.plan.kafka import access_types, cluster_of, pollers_to_add, without_pollers
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import SECRET_TYPES
from cdk_esm.sources.destinations import DESTINATIONS

RULE = Rule(
    id="ESM432",
    name="no-way-to-neighbours",
    severity=Severity.DANGER,
    facts=("KAF-PROV-7",),
    page=pages.KAFKA_SCALING,
)
_SECRETS: Final = "secretsmanager"


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the endpoints of the network with what the pollers call beside Lambda and AWS STS."""
    cluster = cluster_of(plan)
    endpoints = known(cluster.endpoints)
    if cluster.reaches_lambda is False or not without_pollers(plan):  # of a network that leads nowhere ESM412 speaks
        return
    missing = [service for service in _called(plan) if service not in endpoints]
    if not missing:
        return
    services = " and ".join(missing)
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got=", ".join(sorted(endpoints)) or "no endpoint",
        allowed=f"endpoints for {services}, or a NAT gateway",
        message=f"the cluster's network has no way to {services}, and the pollers work inside it",
        fix=f"add {pollers_to_add(plan)}, or endpoints for {services}",
    )


def _called(plan: MappingPlan) -> Iterator[str]:
    """The services that pollers call for a mapping, as endpoints name them, beside Lambda and AWS STS."""
    if any(kind in SECRET_TYPES for kind in access_types(plan)):
        yield _SECRETS
    failure = plan.failure
    if isinstance(failure, FailurePath) and failure.kind in DESTINATIONS:
        service = DESTINATIONS[failure.kind].arn_service
        if service is not None:
            yield service
