"""The network of a broker or of a document cluster must lead to Lambda, to AWS STS and to AWS Secrets Manager.

The poller works inside that network, whatever network the function itself is in. If there is neither a NAT gateway nor
an endpoint, the mapping is made, stays in a connection problem, and reads nothing.

Bad:
    >>> ids(with_source(mapping("documentdb"), reaches_lambda=False), select=["ESM4"])
    ['ESM434']

Good:
    >>> ids(with_source(mapping("documentdb"), reaches_lambda=True))
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
        Subnets:
          Type: AWS::DocDB::DBSubnetGroup
          Properties:
            DBSubnetGroupDescription: shop
            SubnetIds: [!Ref Subnet]
    +   ToLambda:
    +     Type: AWS::EC2::VPCEndpoint
    +     Properties:
    +       VpcId: !Ref Vpc
    +       VpcEndpointType: Interface
    +       ServiceName: !Sub com.amazonaws.${AWS::Region}.lambda
    +       SubnetIds: [!Ref Subnet]
    +   ToSts:
    +     Type: AWS::EC2::VPCEndpoint
    +     Properties:
    +       VpcId: !Ref Vpc
    +       VpcEndpointType: Interface
    +       ServiceName: !Sub com.amazonaws.${AWS::Region}.sts
    +       SubnetIds: [!Ref Subnet]
    +   ToSecrets:
    +     Type: AWS::EC2::VPCEndpoint
    +     Properties:
    +       VpcId: !Ref Vpc
    +       VpcEndpointType: Interface
    +       ServiceName: !Sub com.amazonaws.${AWS::Region}.secretsmanager
    +       SubnetIds: [!Ref Subnet]
        ShopCluster:
          Type: AWS::DocDB::DBCluster
          Properties:
            DBSubnetGroupName: !Ref Subnets
            EngineVersion: 5.0.0
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !Sub arn:aws:rds:${AWS::Region}:${AWS::AccountId}:cluster:${ShopCluster}
            StartingPosition: TRIM_HORIZON
            DocumentDBEventSourceConfig:
              DatabaseName: shop
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf

Python:
      isolated = ec2.SubnetConfiguration(name="Brokers", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
      vpc = ec2.Vpc(self, "Vpc", max_azs=2, nat_gateways=0, subnet_configuration=[isolated])
    + services = ec2.InterfaceVpcEndpointAwsService
    + for service in (services.LAMBDA_, services.STS, services.SECRETS_MANAGER):
    +     vpc.add_interface_endpoint(f"To{service.short_name}", service=service)
      subnets = docdb.CfnDBSubnetGroup(
          self,
          "Subnets",
          db_subnet_group_description="shop",
          subnet_ids=vpc.select_subnets(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED).subnet_ids,
      )
      cluster = docdb.CfnDBCluster(self, "Cluster", engine_version="5.0.0", db_subnet_group_name=subnets.ref)
      esm.DocumentDbToLambda(
          self,
          "Orders",
          function=function,
          cluster=cluster,
          database="shop",
          credentials=esm.SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"),
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Broker, DocumentCluster, MappingPlan
from cdk_esm.plan.needs import PUBLIC_ENDPOINT
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

FACTS = (
    Fact(
        "MQ-9",
        "doc",
        "A broker or a document cluster without a public endpoint is read from inside its network, which needs a NAT "
        "gateway, or endpoints for Lambda, AWS STS and AWS Secrets Manager.",
        page=pages.MQ_PROCESS,
    ),
)
RULE = Rule(
    id="ESM434",
    name="broker-without-way",
    severity=Severity.DANGER,
    facts=("MQ-9",),
    page=pages.MQ_PROCESS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a network that leads nowhere, around a source without a public endpoint."""
    source = plan.event_source
    if not isinstance(source, Broker | DocumentCluster) or known(source.reaches_lambda):
        return
    public = isinstance(source, Broker) and source.publicly_accessible is not False
    if public or plan.choices.get(PUBLIC_ENDPOINT) is True:
        return
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got="no way out",
        allowed="endpoints or a NAT gateway in the network of the source",
        message=f"the network of {plan.facts.label} leads neither to Lambda nor to AWS STS, and the poller works "
        "inside it",
        fix="add endpoints for Lambda, AWS STS and AWS Secrets Manager, or a NAT gateway; the security group of the "
        "source has to let itself in, too",
    )
