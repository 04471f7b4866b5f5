"""A source access configuration has a type that this source does not take.

One list serves passwords, certificates, subnets and virtual hosts of all brokers, and each source takes only some of
them. Amazon MSK finds its network by itself; a virtual host is for RabbitMQ alone.

Bad:
    >>> ids(mapping("msk", SourceAccessConfigurations=[{"Type": "VPC_SUBNET", "URI": "subnet:subnet-1"}]))
    ['ESM234']

Good:
    >>> secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_shop-AbCdEf"
    >>> ids(mapping("msk", SourceAccessConfigurations=[{"Type": "SASL_SCRAM_512_AUTH", "URI": secret}]))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1
            Topics: [orders]
            StartingPosition: TRIM_HORIZON
            AmazonManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-orders
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            SourceAccessConfigurations:
    -         - Type: VPC_SUBNET
    -           URI: subnet:subnet-1
    +         - Type: SASL_SCRAM_512_AUTH
    +           URI: arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_shop-AbCdEf

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1",
          topics=["orders"],
          starting_position="TRIM_HORIZON",
          amazon_managed_kafka_event_source_config=Mapping.AmazonManagedKafkaEventSourceConfigProperty(
              consumer_group_id="shop-orders"
          ),
          destination_config=Mapping.DestinationConfigProperty(
              on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
          ),
          source_access_configurations=[
              Mapping.SourceAccessConfigurationProperty(
    -             type="VPC_SUBNET",
    -             uri="subnet:subnet-1",
    +             type="SASL_SCRAM_512_AUTH",
    +             uri="arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_shop-AbCdEf",
              )
          ],
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import access
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import ACCESS, ACCESS_TYPE

RULE = Rule(
    id="ESM234",
    name="access-type-not-offered",
    severity=Severity.ERROR,
    facts=(
        "KAF-AUTH-1",
        "MQ-1",
        "DOC-1",
    ),
    page=pages.MAPPING_API,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare every type with the fact sheet's choices."""
    for entry in access(plan):
        kind, offered = known(entry.type), plan.facts.by_name[ACCESS_TYPE.name]
        if kind in offered.choices:
            continue
        yield RULE.finding(
            plan,
            setting=ACCESS.name,
            got=kind,
            allowed=offered.range_text,
            message=f"{plan.say(ACCESS.name)}[{entry.index}] has the type {kind}: {plan.facts.label} takes "
            f"{offered.range_text}",
            fix=f"use {offered.range_text}, or remove the entry",
        )
