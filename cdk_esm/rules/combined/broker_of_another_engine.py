"""A construct is for one engine of a message broker, and the broker that it was given has the other.

ActiveMQ and RabbitMQ hand over other events, fail in other ways and know no virtual hosts alike. The mapping would be
made, and the function would meet messages that it cannot read. An ARN does not tell the engine.

Bad:
    >>> ids(with_source(mapping("rabbitmq"), engine="ACTIVEMQ"))
    ['ESM247']

Good:
    >>> ids(with_source(mapping("rabbitmq"), engine="RABBITMQ"))
    []

Template:
    none: a template has no construct, and its broker says which engine it has.

Python:
      broker = amazonmq.CfnBroker(
          self,
          "Broker",
          broker_name="shop",
          engine_type="ACTIVEMQ",
          deployment_mode="SINGLE_INSTANCE",
          host_instance_type="mq.m5.large",
          publicly_accessible=True,
      )
    - esm.RabbitMqToLambda(
    + esm.ActiveMqToLambda(
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
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import MQ, SOURCES, pages

FACTS = (
    Fact(
        "MQ-8",
        "doc",
        "The events of ActiveMQ and of RabbitMQ have other names and other members, so a function is written for one "
        "engine.",
        page=pages.MQ_PROCESS,
    ),
)
RULE = Rule(
    id="ESM247",
    name="broker-of-another-engine",
    severity=Severity.ERROR,
    facts=("MQ-8",),
    page=pages.MQ_PROCESS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the broker's engine with the kind of the source."""
    engine = known(plan.source_as(Broker).engine)
    if engine is None or plan.source == MQ.kind or engine.lower() == plan.source:
        return
    right = SOURCES.get(engine.lower())
    fix = "pass a broker of that engine" if right is None else f"use {right.construct}, or pass a broker of that engine"
    yield RULE.finding(
        plan,
        setting="EventSourceArn",
        got=engine,
        allowed=plan.source.upper(),
        message=f"{plan.say('EventSourceArn')} is a broker of the engine {engine}, and this is for {plan.facts.label}",
        fix=fix,
    )
