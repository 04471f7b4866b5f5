"""Retry controls of Apache Kafka need provisioned pollers.

AWS documents retries, record age, bisecting and partial batch responses for provisioned mode only. Without pollers they
are refused, or have no effect: then a record that keeps failing holds up its partition, though the template
says that it is given up.

Bad:
    >>> ids(mapping("msk", ProvisionedPollerConfig=None), select=["ESM226"])
    ['ESM226', 'ESM226', 'ESM226', 'ESM226']

Good:
    >>> ids(mapping("msk", ProvisionedPollerConfig={"MinimumPollers": 1}), select=["ESM226"])
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
            MaximumRetryAttempts: 10
    +       ProvisionedPollerConfig:
    +         MinimumPollers: 1
    +         MaximumPollers: 4

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
          maximum_retry_attempts=10,
    +     provisioned_poller_config=Mapping.ProvisionedPollerConfigProperty(minimum_pollers=1),
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import pollers_to_add, settings_that_need_pollers
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kafka_settings import POLLERS, RETRY_CONTROLS

RULE = Rule(
    id="ESM226",
    name="retry-controls-need-pollers",
    severity=Severity.DANGER,
    facts=("KAF-PROV-2",),
    page=pages.KAFKA_RETRIES,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for controls that are set beside no pollers."""
    for name in settings_that_need_pollers(plan, *RETRY_CONTROLS):
        yield RULE.finding(
            plan,
            setting=name,
            got=plan.given(name),
            allowed=f"none without {POLLERS.name}",
            message=f"{plan.say(name)} needs {plan.say(POLLERS.name)}: without provisioned pollers "
            f"{plan.facts.label} has no such control",
            fix=f"add {pollers_to_add(plan)}, or remove {plan.say(name)}",
        )
