"""A consumer group that you name outlives the mapping, and can be named in a role.

Otherwise Lambda names the group after the mapping, which nobody knows before it is made: a role has to allow every
group of the cluster, and a mapping that is replaced starts again at its starting position.

Bad:
    >>> ids(mapping("msk", AmazonManagedKafkaEventSourceConfig=None))
    ['ESM331']

Good:
    >>> ids(mapping("msk", AmazonManagedKafkaEventSourceConfig={"ConsumerGroupId": "shop-orders"}))
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
    +       AmazonManagedKafkaEventSourceConfig:
    +         ConsumerGroupId: shop-orders

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1",
          topics=["orders"],
          starting_position="TRIM_HORIZON",
          destination_config=Mapping.DestinationConfigProperty(
              on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
          ),
    +     amazon_managed_kafka_event_source_config=Mapping.AmazonManagedKafkaEventSourceConfigProperty(
    +         consumer_group_id="shop-orders"
    +     ),
      )
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import cluster_of, group_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kafka_settings import CONSUMER_GROUP

RULE = Rule(
    id="ESM331",
    name="consumer-group-unnamed",
    severity=Severity.ADVICE,
    facts=("KAF-GRP-2",),
    page=pages.MSK_PARAMETERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a mapping without a group."""
    cluster_of(plan)
    name = group_name(plan)
    if plan.given(name) is not None or plan.choices.get(CONSUMER_GROUP) is not None:  # of a known mapping
        return
    yield RULE.finding(
        plan,
        setting=name,
        got=None,
        allowed="a name",
        message=f"{plan.say(name)} is missing: Lambda names the consumer group after the mapping, so a replaced "
        "mapping forgets how far it had read, and a role cannot be limited to the group",
        fix=f"set {plan.say(name)} to a name that no other mapping has",
    )
