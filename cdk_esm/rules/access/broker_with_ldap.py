"""A mapping cannot log in to an ActiveMQ broker that asks an LDAP server for its users.

The poller knows only the broker's own users, with a name and a password. The mapping is made, and then connects to
nothing: messages stay on the broker until they expire.

Bad:
    >>> ids(with_source(mapping("activemq"), authentication_strategy="LDAP"))
    ['ESM413']

Good:
    >>> ids(with_source(mapping("activemq"), authentication_strategy="SIMPLE"))
    []

Template:
      Resources:
        ShopBroker:
          Type: AWS::AmazonMQ::Broker
          Properties:
            EngineType: ACTIVEMQ
    -       AuthenticationStrategy: LDAP
    +       AuthenticationStrategy: SIMPLE
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: !GetAtt ShopBroker.Arn
            Queues: [orders]
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf

Python:
      broker = amazonmq.CfnBroker(
          self,
          "Broker",
          broker_name="shop",
          engine_type="ACTIVEMQ",
          deployment_mode="SINGLE_INSTANCE",
          host_instance_type="mq.m5.large",
          publicly_accessible=True,
    -     authentication_strategy="LDAP",
    +     authentication_strategy="SIMPLE",
      )
      esm.ActiveMqToLambda(
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

from cdk_esm.facts import known
from cdk_esm.plan import Broker, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM413",
    name="broker-with-ldap",
    severity=Severity.DANGER,
    facts=("MQ-2",),
    page=pages.MQ,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Ask the broker how it knows its users."""
    strategy = known(plan.source_as(Broker).authentication_strategy)
    if strategy is None or strategy.upper() != "LDAP":
        return
    yield RULE.finding(
        plan,
        setting="AuthenticationStrategy",
        got=strategy,
        allowed="SIMPLE",
        message="the broker asks an LDAP server for its users, and Lambda logs in only with a user of the broker's own",
        fix="use a broker with simple authentication",
    )
