"""The topic for failed records is the topic that the mapping reads.

What failed would be read again, fail again and be written again. AWS refuses such a loop, and what is meant is always
another topic.

Bad:
    >>> loop = {"OnFailure": {"Destination": "kafka://orders"}}
    >>> ids(mapping("msk", Topics=["orders"], DestinationConfig=loop))
    ['ESM230']

Good:
    >>> failed = {"OnFailure": {"Destination": "kafka://orders-failed"}}
    >>> ids(mapping("msk", Topics=["orders"], DestinationConfig=failed))
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
    -           Destination: kafka://orders
    +           Destination: kafka://orders-failed
            ProvisionedPollerConfig:
              MinimumPollers: 1
              MaximumPollers: 4

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
          provisioned_poller_config=esm.ProvisionedPollers(1, 4),
    -     on_failure=esm.OnFailure.kafka_topic("orders"),
    +     on_failure=esm.OnFailure.kafka_topic("orders-failed"),
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import destination_topic, topics
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kafka_settings import ON_FAILURE_ARN

RULE = Rule(
    id="ESM230",
    name="topic-destination-is-the-source",
    severity=Severity.ERROR,
    facts=("KAF-PROV-1",),
    page=pages.KAFKA_TOPIC_FAILURES,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare the destination with the topics of this mapping."""
    topic = destination_topic(plan)
    if topic is None or topic not in topics(plan):
        return
    yield RULE.finding(
        plan,
        setting=ON_FAILURE_ARN.name,
        got=plan.given(ON_FAILURE_ARN.name),
        allowed="another topic than those that the mapping reads",
        message=f"the on-failure destination is the topic {topic}, which the mapping reads itself",
        fix="name another topic of the same cluster, or use a bucket",
    )
