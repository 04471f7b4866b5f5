"""What a filter takes out of a broker's queue is gone, and no metric counts it.

Amazon MQ has no metrics of the mapping, so a filter that is wrong by one letter looks like a quiet day. Only the
broker's own figures show that messages leave it and nothing is invoked.

Bad:
    >>> ids(replace(mapping("rabbitmq"), filters=('{"data": {"type": ["created"]}}',)))
    ['ESM516']

Good:
    >>> ids(replace(mapping("rabbitmq"), filters=()))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
    +     Metadata: {cdk-esm: {acknowledged: {ESM516: 'the handler counts what it gets'}}}
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d
            Queues: [orders]
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf
            FilterCriteria:
              Filters:
                - Pattern: '{"data": {"type": ["paid"]}}'

Python:
      esm.RabbitMqToLambda(
          self,
          "Orders",
          function=function,
          broker="arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d",
          queue_name="orders",
          credentials=esm.SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"),
          alarms=esm.Alarms(thresholds={"backlog": 1000}),
          filters=[{"data": {"type": ["paid"]}}],
    +     acknowledge={"ESM516": "the handler counts what it gets"},
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import Broker, MappingPlan
from cdk_esm.rules.patterns import known_patterns
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM516",
    name="broker-filter-unwatched",
    severity=Severity.ADVICE,
    facts=("MET-3",),
    page=pages.MQ_FILTERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for filters on a broker."""
    plan.source_as(Broker)
    count = len(list(known_patterns(plan)))
    if not count:
        return
    yield RULE.finding(
        plan,
        setting="FilterCriteria",
        got=count,
        allowed="no filters, or a second look at what the broker hands over",
        message=f"no metric of the mapping counts the messages that match none of the {plan.say('FilterCriteria')}: "
        f"Lambda {plan.facts.unmatched}",
        fix="compare the broker's own metrics with the function's invocations, and acknowledge this",
    )
