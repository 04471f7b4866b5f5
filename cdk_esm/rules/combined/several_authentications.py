"""A mapping names several ways to authenticate with one Kafka cluster.

A client has one identity, so only one of them can be meant. That Lambda refuses a second one is known from a tool
only, so this is an advice.

Bad:
    >>> secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"
    >>> both = [{"Type": "BASIC_AUTH", "URI": secret}, {"Type": "SASL_SCRAM_512_AUTH", "URI": secret}]
    >>> ids(mapping("self-managed-kafka", SourceAccessConfigurations=both))
    ['ESM235']

Good:
    >>> secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"
    >>> ids(mapping("self-managed-kafka", SourceAccessConfigurations=[{"Type": "BASIC_AUTH", "URI": secret}]))
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
            StartingPosition: TRIM_HORIZON
            SelfManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-orders
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf
    -         - Type: SASL_SCRAM_512_AUTH
    -           URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          topics=["orders"],
          starting_position="TRIM_HORIZON",
          self_managed_event_source=Mapping.SelfManagedEventSourceProperty(
              endpoints=Mapping.EndpointsProperty(kafka_bootstrap_servers=["kafka.example.com:9092"])
          ),
          self_managed_kafka_event_source_config=Mapping.SelfManagedKafkaEventSourceConfigProperty(
              consumer_group_id="shop-orders"
          ),
          destination_config=Mapping.DestinationConfigProperty(
              on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
          ),
          source_access_configurations=[
              Mapping.SourceAccessConfigurationProperty(
                  type="BASIC_AUTH",
                  uri="arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf",
              ),
    -         Mapping.SourceAccessConfigurationProperty(
    -             type="SASL_SCRAM_512_AUTH",
    -             uri="arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf",
    -         ),
          ],
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import cluster_of, types
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import ACCESS
from cdk_esm.sources.self_managed_kafka import AUTHENTICATIONS

RULE = Rule(
    id="ESM235",
    name="several-authentications",
    severity=Severity.ADVICE,
    facts=("KAF-AUTH-4",),
    page=pages.KAFKA_ACCESS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Count the entries that authenticate."""
    cluster_of(plan)
    ways = [kind for kind in types(plan) if kind in AUTHENTICATIONS]
    if len(ways) <= 1:
        return
    yield RULE.finding(
        plan,
        setting=ACCESS.name,
        got=", ".join(ways),
        allowed="one of them",
        message=f"{plan.say(ACCESS.name)} authenticates in {len(ways)} ways: {', '.join(ways)}",
        fix="keep the one that the cluster expects",
    )
