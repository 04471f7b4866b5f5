"""Subnets and security groups of a Kafka cluster belong together.

A poller that enters a network needs both, a place and the rules that hold there. That Lambda refuses one without the
other is known from tools only, so this is an advice.

Bad:
    >>> secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"
    >>> half = [{"Type": "BASIC_AUTH", "URI": secret}, {"Type": "VPC_SUBNET", "URI": "subnet:subnet-1"}]
    >>> ids(mapping("self-managed-kafka", SourceAccessConfigurations=half))
    ['ESM236']

Good:
    >>> secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"
    >>> half = [{"Type": "BASIC_AUTH", "URI": secret}, {"Type": "VPC_SUBNET", "URI": "subnet:subnet-1"}]
    >>> whole = [*half, {"Type": "VPC_SECURITY_GROUP", "URI": "security_group:sg-1"}]
    >>> ids(mapping("self-managed-kafka", SourceAccessConfigurations=whole))
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
              - Type: VPC_SUBNET
                URI: subnet:subnet-1
    +         - Type: VPC_SECURITY_GROUP
    +           URI: security_group:sg-1

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
              Mapping.SourceAccessConfigurationProperty(type="VPC_SUBNET", uri="subnet:subnet-1"),
    +         Mapping.SourceAccessConfigurationProperty(
    +             type="VPC_SECURITY_GROUP", uri="security_group:sg-1"
    +         ),
          ],
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import cluster_of, types
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import ACCESS
from cdk_esm.sources.self_managed_kafka import SECURITY_GROUP, SUBNET

RULE = Rule(
    id="ESM236",
    name="subnets-without-security-group",
    severity=Severity.ADVICE,
    facts=("KAF-AUTH-5",),
    page=pages.KAFKA_ACCESS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for one without the other."""
    cluster_of(plan)
    given = types(plan)
    if (SUBNET in given) is (SECURITY_GROUP in given):
        return
    there, missing = (SUBNET, SECURITY_GROUP) if SUBNET in given else (SECURITY_GROUP, SUBNET)
    yield RULE.finding(
        plan,
        setting=ACCESS.name,
        got=there,
        allowed=f"{SUBNET} and {SECURITY_GROUP}, or neither",
        message=f"{plan.say(ACCESS.name)} has a {there} and no {missing}",
        fix=f"add a {missing}, or remove the {there}",
    )
