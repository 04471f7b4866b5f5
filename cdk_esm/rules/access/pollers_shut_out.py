"""The security group of a broker or a cluster must let itself in, because its pollers carry it.

Lambda puts network interfaces with the security groups of the source into its subnets. If no rule of these groups lets
the groups themselves in on a port of the source, nor any address, the mapping is made, stays in a connection problem,
and reads nothing. Rules that are made elsewhere are not seen: a group that leaves its template is not judged.

Bad:
    >>> groups = PollerNetwork(groups=("Shop/Brokers",), ports=(5671,), lets_in=False)
    >>> broker = with_source(mapping("rabbitmq"), publicly_accessible=False, pollers=groups)
    >>> ids(broker, select=["ESM443"])
    ['ESM443']

Good:
    >>> groups = PollerNetwork(groups=("Shop/Brokers",), ports=(5671,), lets_in=True)
    >>> broker = with_source(mapping("rabbitmq"), publicly_accessible=False, pollers=groups)
    >>> ids(broker, select=["ESM443"])
    []

Template:
      Resources:
        Vpc:
          Type: AWS::EC2::VPC
          Properties:
            CidrBlock: 10.0.0.0/16
        Brokers:
          Type: AWS::EC2::SecurityGroup
          Properties:
            GroupDescription: the broker of the shop, and its pollers
            VpcId: !Ref Vpc
    +   PollersIn:
    +     Type: AWS::EC2::SecurityGroupIngress
    +     Properties:
    +       GroupId: !Ref Brokers
    +       SourceSecurityGroupId: !Ref Brokers
    +       IpProtocol: tcp
    +       FromPort: 5671
    +       ToPort: 5671
        ShopBroker:
          Type: AWS::AmazonMQ::Broker
          Properties:
            BrokerName: shop
            DeploymentMode: SINGLE_INSTANCE
            EngineType: RABBITMQ
            HostInstanceType: mq.m7g.medium
            PubliclyAccessible: false
            SecurityGroups: [!Ref Brokers]
            Users: [{Username: shop, Password: '{{resolve:secretsmanager:shop:SecretString:password}}'}]
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt ShopBroker.Arn
            Queues: [orders]
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-a1b2c3

Python:
      vpc = ec2.Vpc(self, "Vpc", nat_gateways=1)
      group = ec2.SecurityGroup(self, "Brokers", vpc=vpc)
    + esm.allow_pollers(group, port=5671)
      broker = amazonmq.CfnBroker(
          self,
          "ShopBroker",
          broker_name="shop",
          deployment_mode="SINGLE_INSTANCE",
          engine_type="RABBITMQ",
          host_instance_type="mq.m7g.medium",
          publicly_accessible=False,
          security_groups=[group.security_group_id],
      )
      esm.RabbitMqToLambda(
          self,
          "Orders",
          function=function,
          broker=broker,
          queue_name="orders",
          credentials=esm.SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"),
          alarms=esm.Alarms(thresholds={"backlog": 1000}),
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.poller_networks import named, network_of, ports_used, rule_to_add, said
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM443",
    name="pollers-shut-out",
    severity=Severity.DANGER,
    facts=("NET-1", "NET-3"),
    page=pages.MSK_NETWORK,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask whether the groups of the source let its pollers in."""
    network = network_of(plan)
    ports = ports_used(plan, network)
    if not network.keeps_out(ports):
        return
    rule = rule_to_add(plan, network, inward=True, port=ports[-1])
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got=None,
        allowed=f"a rule that lets the group in on {said(ports)}",
        message=f"{named(network)} of {plan.facts.label} does not let itself in on {said(ports)}, and the "
        "poller, which carries it, never connects",
        fix=f"let it in from itself, such as by:\n{rule}",
    )
