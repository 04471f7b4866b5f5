"""A Kafka topic as on-failure destination needs provisioned pollers.

Only provisioned pollers write to the cluster that they read from. Without them a bucket, a queue or a topic of Amazon
SNS can take what failed.

Bad:
    >>> failed = {"OnFailure": {"Destination": "kafka://orders-failed"}}
    >>> ids(mapping("msk", DestinationConfig=failed, ProvisionedPollerConfig=None), select=["ESM229"])
    ['ESM229']

Good:
    >>> failed = {"OnFailure": {"Destination": "kafka://orders-failed"}}
    >>> ids(mapping("msk", DestinationConfig=failed))
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
                Destination: kafka://orders-failed
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
          on_failure=esm.OnFailure.kafka_topic("orders-failed"),
    +     provisioned_poller_config=esm.ProvisionedPollers(1, 4),
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import destination_topic, pollers_to_add, without_pollers
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kafka_settings import ON_FAILURE_ARN, POLLERS

RULE = Rule(
    id="ESM229",
    name="topic-destination-needs-pollers",
    severity=Severity.ERROR,
    facts=("KAF-PROV-1",),
    page=pages.KAFKA_TOPIC_FAILURES,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a topic as destination beside no pollers."""
    topic = destination_topic(plan)
    if topic is None or not without_pollers(plan):
        return
    yield RULE.finding(
        plan,
        setting=ON_FAILURE_ARN.name,
        got=plan.given(ON_FAILURE_ARN.name),
        allowed="a bucket, a standard queue or a standard topic of Amazon SNS",
        message=f"the topic {topic} as on-failure destination needs {plan.say(POLLERS.name)}",
        fix=f"add {pollers_to_add(plan)}, or use a bucket",
    )
