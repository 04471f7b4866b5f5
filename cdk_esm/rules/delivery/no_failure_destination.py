"""A mapping on Amazon MQ or Amazon DocumentDB offers nowhere for failed records to go.

There is no on-failure destination, no limit of retries and no partial batch response, and what is larger than an
invocation is dropped. ActiveMQ delivers a message that fails again six times and then moves it to its own dead-letter
queue; RabbitMQ does what its policies say; a change stream waits, and Lambda disables the mapping if the event expires.
Nothing of that can be changed on the mapping, so this is an advice, once per mapping, with the alarm to watch instead.

Bad:
    >>> ids(replace(mapping("rabbitmq"), failure=FailurePath(kind=FailureKind.NONE)))
    ['ESM333']

Good:
    >>> by_broker = FailurePath(kind=FailureKind.NONE, reason="the broker dead-letters them")
    >>> ids(replace(mapping("rabbitmq"), failure=by_broker))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
    +     Metadata: {cdk-esm: {acknowledged: {ESM333: the broker moves them to its own dead-letter queue}}}
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf
            Queues: [orders]

Python:
      esm.RabbitMqToLambda(
          self,
          "Orders",
          function=function,
          broker="arn:aws:mq:eu-west-1:111122223333:broker:shop:b-0a1b2c3d",
          queue_name="orders",
          credentials=esm.SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"),
          alarms=esm.Alarms(thresholds={"backlog": 1000}),
    +     acknowledge={"ESM333": "the broker moves them to its own dead-letter queue"},
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import Broker, DocumentCluster, Door, FailureKind, MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kafka_settings import ON_FAILURE

RULE = Rule(
    id="ESM333",
    name="no-failure-destination",
    severity=Severity.ADVICE,
    facts=(
        "MQ-4",
        "MQ-5",
        "MQ-6",
        "DOC-3",
    ),
    page=pages.MQ_ERRORS,
    topic="failures",
)


def _watch(plan: MappingPlan) -> str:
    """The alarm to watch instead, by the name that our constructs give it, or in other words."""
    if plan.door != Door.CONSTRUCT:
        return "an alarm on what waits in the source"
    names = " and ".join(plan.facts.stand_in)
    return f"the alarm{'s' if len(plan.facts.stand_in) > 1 else ''} {names}"


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a failure path that ends nowhere, without a reason, on a source that offers none."""
    if not isinstance(plan.event_source, Broker | DocumentCluster):
        return
    failure = known(plan.failure)
    if failure.kind != FailureKind.NONE or (failure.reason or "").strip():
        return
    yield RULE.finding(
        plan,
        setting=ON_FAILURE.name,
        got=None,
        allowed=plan.facts.failure_path,
        message=f"{plan.facts.label} offers no on-failure destination: what keeps failing ends in "
        f"{plan.facts.failure_path}",
        fix=f"let the handler itself set aside what it cannot process, keep {_watch(plan)}, and acknowledge this with "
        "what you do",
    )
