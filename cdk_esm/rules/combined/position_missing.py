"""A mapping on a self-managed Kafka cluster should say where it starts to read.

AWS calls the position required and yet was seen to take a mapping without it: it then begins with the oldest record of
the topic, and a year of history may be replayed into side effects. With a share group there is no position.

Bad:
    >>> ids(mapping("self-managed-kafka", StartingPosition=None))
    ['ESM233']

Good:
    >>> ids(mapping("self-managed-kafka", StartingPosition="TRIM_HORIZON"))
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
            SelfManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-orders
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
    +       StartingPosition: TRIM_HORIZON

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          topics=["orders"],
          self_managed_event_source=Mapping.SelfManagedEventSourceProperty(
              endpoints=Mapping.EndpointsProperty(kafka_bootstrap_servers=["kafka.example.com:9092"])
          ),
          self_managed_kafka_event_source_config=Mapping.SelfManagedKafkaEventSourceConfigProperty(
              consumer_group_id="shop-orders"
          ),
          source_access_configurations=[
              Mapping.SourceAccessConfigurationProperty(
                  type="BASIC_AUTH",
                  uri="arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf",
              )
          ],
          destination_config=Mapping.DestinationConfigProperty(
              on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
          ),
    +     starting_position="TRIM_HORIZON",
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import in_queue_mode
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import POSITION
from cdk_esm.sources.self_managed_kafka import CONSUMPTION_MODE

RULE = Rule(
    id="ESM233",
    name="position-missing",
    severity=Severity.ADVICE,
    facts=("STR-POS-1",),
    page=pages.KAFKA_PARAMETERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a mapping with a consumer group and without a position."""
    if CONSUMPTION_MODE.name not in plan.facts.by_name or plan.given(POSITION.name) is not None or in_queue_mode(plan):
        return
    yield RULE.finding(
        plan,
        setting=POSITION.name,
        got=None,
        allowed=POSITION.range_text,
        message=f"{plan.say(POSITION.name)} is missing: a new consumer group then begins with the oldest record",
        fix=f"set {plan.say(POSITION.name)} to {POSITION.range_text}",
    )
