"""The security group of a poller must let it out: to the brokers, and without provisioned pollers to AWS.

A security group lets everything out until it has rules for that. If none of them leads to the port of the
brokers, or to Lambda and AWS STS on 443, the mapping is made, stays in a connection problem, and reads nothing.

Bad:
    >>> groups = PollerNetwork(groups=("Shop/Brokers",), ports=(9096,), lets_out=False, lets_call_aws=True)
    >>> ids(with_source(mapping("msk"), pollers=groups), select=["ESM444"])
    ['ESM444']

Good:
    >>> groups = PollerNetwork(groups=("Shop/Brokers",), ports=(9096,), lets_out=True, lets_call_aws=True)
    >>> ids(with_source(mapping("msk"), pollers=groups), select=["ESM444"])
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
            SecurityGroupIngress:
              - {IpProtocol: tcp, FromPort: 5671, ToPort: 5671, CidrIp: 10.0.0.0/16}
            SecurityGroupEgress:
    -         - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}
    +         - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}
    +         - {IpProtocol: tcp, FromPort: 5671, ToPort: 5671, CidrIp: 10.0.0.0/16}
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
      group = ec2.SecurityGroup(self, "Brokers", vpc=vpc, allow_all_outbound=False)
      group.add_ingress_rule(group, ec2.Port.tcp(5671))
    - group.add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(443))
    + group.add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(443))
    + group.add_egress_rule(group, ec2.Port.tcp(5671))
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
from cdk_esm.sources.broker_ports import HTTPS
from cdk_esm.sources.kafka_settings import POLLERS

RULE = Rule(
    id="ESM444",
    name="pollers-shut-in",
    severity=Severity.DANGER,
    facts=("NET-2", "NET-3"),
    page=pages.MSK_NETWORK,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask whether the groups of the pollers let them out."""
    network = network_of(plan)
    ports, on_demand = ports_used(plan, network), plan.given(POLLERS.name) is None
    from_brokers = network.keeps_in(ports)
    shut = [said(ports)] if from_brokers else []
    shut += [str(HTTPS.value)] if network.lets_call_aws is False and on_demand else []
    if not shut:
        return
    if from_brokers:
        so = "never connects"
        fix = f"let it out, such as by:\n{rule_to_add(plan, network, inward=False, port=ports[-1])}"
    else:
        so = "reaches neither Lambda nor AWS STS, so that it never calls the function"
        fix = f"let it out on {HTTPS.value} to the endpoints of Lambda and AWS STS, or to every address"
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got=None,
        allowed=f"rules that let the poller out on {' and on '.join(shut)}",
        message=f"{named(network)} lets nothing out on {' and on '.join(shut)}, and the poller, which carries it, {so}",
        fix=fix,
    )
