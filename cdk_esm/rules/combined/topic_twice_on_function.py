"""The same topic of the same Kafka cluster is mapped to the same function twice.

Lambda knows a cluster of Amazon MSK by its ARN, and a self-managed one by any of its bootstrap servers. It answers the
second mapping with a conflict, and the deployment fails.

Bad:
    >>> kafka = mapping("self-managed-kafka")
    >>> ids(kafka, replace(kafka, path="Shop/Again"), select=["ESM239"])
    ['ESM239']

Good:
    >>> kafka = mapping("self-managed-kafka")
    >>> ids(kafka, mapping("self-managed-kafka", Topics=["returns"]), select=["ESM239"])
    []

Template:
      Resources:
        First:
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
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
        Second:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            SelfManagedEventSource:
              Endpoints:
                KafkaBootstrapServers: [kafka.example.com:9092]
            StartingPosition: TRIM_HORIZON
            SourceAccessConfigurations:
              - Type: BASIC_AUTH
                URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
    -       Topics: [orders]
    +       Topics: [refunds]
            SelfManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-second

Python:
      Mapping = lambda_.CfnEventSourceMapping
    - topics = {"First": "orders", "Second": "orders"}
    + topics = {"First": "orders", "Second": "refunds"}
      servers = ["kafka.example.com:9092"]
      for name, topic in topics.items():
          Mapping(
              self,
              name,
              function_name="orders",
              topics=[topic],
              starting_position="TRIM_HORIZON",
              source_access_configurations=[
                  Mapping.SourceAccessConfigurationProperty(
                      type="BASIC_AUTH",
                      uri="arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf",
                  )
              ],
              self_managed_event_source=Mapping.SelfManagedEventSourceProperty(
                  endpoints=Mapping.EndpointsProperty(kafka_bootstrap_servers=servers)
              ),
              self_managed_kafka_event_source_config=(
                  Mapping.SelfManagedKafkaEventSourceConfigProperty(consumer_group_id=name)
              ),
              destination_config=Mapping.DestinationConfigProperty(
                  on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
              ),
          )
"""

from collections.abc import Iterator, Sequence

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.conflicts import topic_keys
from cdk_esm.plan.kafka import topics
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kafka_settings import TOPICS

RULE = Rule(
    id="ESM239",
    name="topic-twice-on-function",
    severity=Severity.ERROR,
    facts=("ID-2",),
    page=pages.MAPPING_API,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Remember the first mapping of each cluster, topic and function, and report every further one."""
    first: dict[tuple[str, str, str], MappingPlan] = {}
    for plan in plans:
        keys = topic_keys(plan)
        known_already = next((first[key] for key in keys if key in first), None)
        for key in keys:
            first.setdefault(key, plan)
        if known_already is None:
            continue
        topic = topics(plan)[0]
        yield RULE.finding(
            plan,
            setting=TOPICS.name,
            got=topic,
            allowed="one mapping per cluster, topic and function",
            message=f"{known_already.path} already maps the topic {topic} of this cluster to this function",
            fix=f"remove this mapping or {known_already.path}",
        )
