"""A schema registry needs provisioned pollers.

Only provisioned pollers validate records against a schema and turn Avro or Protobuf into JSON that filters can see.
AWS offers the registry in provisioned mode only.

Bad:
    >>> registry = {"SchemaRegistryURI": "https://registry.example.com", "EventRecordFormat": "JSON"}
    >>> group = {"ConsumerGroupId": "shop", "SchemaRegistryConfig": registry}
    >>> plan = mapping("msk", AmazonManagedKafkaEventSourceConfig=group, ProvisionedPollerConfig=None)
    >>> ids(plan, select=["ESM228"])
    ['ESM228']

Good:
    >>> registry = {"SchemaRegistryURI": "https://registry.example.com", "EventRecordFormat": "JSON"}
    >>> group = {"ConsumerGroupId": "shop", "SchemaRegistryConfig": registry}
    >>> ids(mapping("msk", AmazonManagedKafkaEventSourceConfig=group))
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
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            AmazonManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-orders
              SchemaRegistryConfig:
                SchemaRegistryURI: https://registry.example.com
                EventRecordFormat: JSON
                SchemaValidationConfigs:
                  - Attribute: VALUE
    +       ProvisionedPollerConfig:
    +         MinimumPollers: 1
    +         MaximumPollers: 4

Python:
      esm.MskToLambda(
          self,
          "Orders",
          function=function,
          cluster="arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1",
          topic="orders",
          authentication=esm.MskAuthentication.iam(),
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
          alarms=esm.Alarms(thresholds={"offset_lag": 1000}),
          schema_registry=esm.SchemaRegistry.confluent("https://registry.example.com"),
    +     provisioned_poller_config=esm.ProvisionedPollers(1, 4),
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import pollers_to_add, settings_that_need_pollers
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kafka_settings import MSK_REGISTRY, POLLERS, SELF_MANAGED_REGISTRY

RULE = Rule(
    id="ESM228",
    name="schema-registry-needs-pollers",
    severity=Severity.ERROR,
    facts=("KAF-PROV-4",),
    page=pages.KAFKA_SCALING,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a registry beside no pollers."""
    for name in settings_that_need_pollers(plan, MSK_REGISTRY, SELF_MANAGED_REGISTRY):
        yield RULE.finding(
            plan,
            setting=name,
            got="a schema registry",
            allowed=f"none without {POLLERS.name}",
            message=f"{plan.say(name)} needs {plan.say(POLLERS.name)}: only provisioned pollers know schemas",
            fix=f"add {pollers_to_add(plan)}, or remove {plan.say(name)}",
        )
