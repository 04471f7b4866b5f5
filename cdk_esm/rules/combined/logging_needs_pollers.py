"""The log of a mapping on Apache Kafka needs provisioned pollers.

AWS offers it in provisioned mode only. Without pollers the mapping is refused, or there is no log when somebody looks
for the reason why nothing arrives; which of the two is not known, so this is an advice.

Bad:
    >>> ids(mapping("msk", LoggingConfig={"SystemLogLevel": "INFO"}, ProvisionedPollerConfig=None), select=["ESM227"])
    ['ESM227']

Good:
    >>> ids(mapping("msk", LoggingConfig={"SystemLogLevel": "INFO"}))
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
            LoggingConfig:
              SystemLogLevel: INFO
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
          log_level=lambda_.EventSourceMappingLogLevel.INFO,
    +     provisioned_poller_config=esm.ProvisionedPollers(1, 4),
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import pollers_to_add, settings_that_need_pollers
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kafka_settings import LOGGING, POLLERS

RULE = Rule(
    id="ESM227",
    name="logging-needs-pollers",
    severity=Severity.ADVICE,
    facts=("KAF-PROV-3",),
    page=pages.MAPPING_LOGS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a log level beside no pollers."""
    for name in settings_that_need_pollers(plan, LOGGING.name):
        yield RULE.finding(
            plan,
            setting=name,
            got=plan.given(name),
            allowed=f"none without {POLLERS.name}",
            message=f"{plan.say(name)} needs {plan.say(POLLERS.name)}: without provisioned pollers there is no log",
            fix=f"add {pollers_to_add(plan)}, or remove {plan.say(name)}",
        )
