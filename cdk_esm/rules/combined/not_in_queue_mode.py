"""A mapping that reads a topic as a queue takes no starting position and no batching window.

A share group hands records out one by one and keeps their state on the broker, so there is nowhere to start from and
nothing to wait for. Retries without an end are not offered either: by default there are none at all.

Bad:
    >>> queue = {"ConsumerGroupId": "shop", "ConsumptionMode": "Queue"}
    >>> ids(mapping("self-managed-kafka", SelfManagedKafkaEventSourceConfig=queue), select=["ESM232"])
    ['ESM232']

Good:
    >>> queue = {"ConsumerGroupId": "shop", "ConsumptionMode": "Queue"}
    >>> plan = mapping("self-managed-kafka", SelfManagedKafkaEventSourceConfig=queue, StartingPosition=None)
    >>> ids(plan, select=["ESM232"])
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            SelfManagedEventSource:
              Endpoints:
                KafkaBootstrapServers: [kafka.example.com:9092]
            Topics: [orders]
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            SelfManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-orders
              ConsumptionMode: Queue
    -       StartingPosition: TRIM_HORIZON
            ProvisionedPollerConfig:
              MinimumPollers: 1
              MaximumPollers: 4

Python:
      secret = esm.SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf")
      esm.SelfManagedKafkaToLambda(
          self,
          "Orders",
          function=function,
          bootstrap_servers=["kafka.example.com:9092"],
          topic="orders",
          network=esm.PublicEndpoint(),
          authentication=esm.KafkaAuthentication.basic(secret),
          consumption_mode="Queue",
          provisioned_poller_config=esm.ProvisionedPollers(1, 4),
          alarms=esm.Alarms(thresholds={"offset_lag": 1000}),
    -     starting_position=lambda_.StartingPosition.TRIM_HORIZON,
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import in_queue_mode
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.self_managed_kafka import CONSUMPTION_MODE, NOT_IN_QUEUE_MODE, RETRIES_IN_QUEUE_MODE

RULE = Rule(
    id="ESM232",
    name="not-in-queue-mode",
    severity=Severity.ERROR,
    facts=("KAF-QUEUE-1",),
    page=pages.KAFKA_QUEUE_MODE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for what this mode does not take."""
    if not in_queue_mode(plan):
        return
    mode, retries = plan.say(CONSUMPTION_MODE.name, "Queue"), RETRIES_IN_QUEUE_MODE
    for name in NOT_IN_QUEUE_MODE:
        value = plan.given(name)
        if value is None or isinstance(value, Unknowable):
            continue
        yield RULE.finding(
            plan,
            setting=name,
            got=value,
            allowed=f"none with {mode}",
            message=f"{mode} and {plan.say(name)} exclude each other",
            fix=f"remove {plan.say(name)}",
        )
    attempts = plan.given(retries.name)
    if isinstance(attempts, int) and attempts == -1:
        yield RULE.finding(
            plan,
            setting=retries.name,
            got=attempts,
            allowed=retries.range_text,
            message=f"with {mode} {plan.say(retries.name, attempts)} is not offered: retries have an end there",
            fix=f"set {plan.say(retries.name)} to {retries.range_text}",
        )
