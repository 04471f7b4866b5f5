"""A topic that is read as a queue loses the order of its records.

Several pollers read one partition at the same time, and a record that fails comes back from the broker, only so many
times as the broker's own limit allows. Whoever needs the order within a partition stays with a consumer group; whoever
does not acknowledges this.

Bad:
    >>> queue = {"ConsumerGroupId": "shop", "ConsumptionMode": "Queue"}
    >>> ids(mapping("self-managed-kafka", SelfManagedKafkaEventSourceConfig=queue, StartingPosition=None))
    ['ESM332']

Good:
    >>> stream = {"ConsumerGroupId": "shop", "ConsumptionMode": "Stream"}
    >>> ids(mapping("self-managed-kafka", SelfManagedKafkaEventSourceConfig=stream))
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
    -         ConsumptionMode: Queue
    +         ConsumptionMode: Stream
    +       StartingPosition: TRIM_HORIZON
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
          provisioned_poller_config=esm.ProvisionedPollers(1, 4),
          alarms=esm.Alarms(thresholds={"offset_lag": 1000}),
    -     consumption_mode="Queue",
    +     consumption_mode="Stream",
    +     starting_position=lambda_.StartingPosition.TRIM_HORIZON,
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import in_queue_mode
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.self_managed_kafka import CONSUMPTION_MODE

RULE = Rule(
    id="ESM332",
    name="queue-mode-keeps-no-order",
    severity=Severity.ADVICE,
    facts=("KAF-QUEUE-2",),
    page=pages.KAFKA_QUEUE_MODE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look at the mode."""
    if not in_queue_mode(plan):
        return
    yield RULE.finding(
        plan,
        setting=CONSUMPTION_MODE.name,
        got="Queue",
        allowed="Stream, if the order matters",
        message=f"with {plan.say(CONSUMPTION_MODE.name, 'Queue')} records of one partition are processed in any order, "
        "and redelivered as often as the broker allows (group.share.delivery.count.limit)",
        fix=f"set {plan.say(CONSUMPTION_MODE.name, 'Stream')}, or acknowledge that the order does not matter",
    )
