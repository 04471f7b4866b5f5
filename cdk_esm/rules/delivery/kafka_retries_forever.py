"""Without a destination and without an end to its retries, a record that keeps failing holds up its Kafka partition.

That is the default: Lambda tries the batch again until the topic no longer has it, and nothing behind it in the
partition is processed. With an on-failure destination the same retries end by themselves, also without provisioned
pollers.

Bad:
    >>> endless = mapping("msk", MaximumRetryAttempts=None, MaximumRecordAgeInSeconds=None, DestinationConfig=None)
    >>> ids(replace(endless, failure=FailurePath(kind=FailureKind.NONE)))
    ['ESM328']

Good:
    >>> ids(mapping("msk", MaximumRetryAttempts=None, MaximumRecordAgeInSeconds=None))
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
    +       DestinationConfig:
    +         OnFailure:
    +           Destination: arn:aws:s3:::orders-failed

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
    +     destination_config=Mapping.DestinationConfigProperty(
    +         on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
    +     ),
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import cluster_of, in_queue_mode
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kafka_settings import ON_FAILURE, RECORD_AGE, RETRIES, RETRIES_WITH_DESTINATION
from cdk_esm.sources.stream_settings import FOREVER

RULE = Rule(
    id="ESM328",
    name="kafka-retries-forever",
    severity=Severity.DANGER,
    facts=("STR-RETRY-4",),
    page=pages.KAFKA_RETRIES,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a mapping in which nothing ends the retries."""
    cluster_of(plan)
    if not known(plan.failure).kind.nowhere or in_queue_mode(plan):
        return
    if known(plan.setting(RETRIES.name)) != FOREVER or known(plan.setting(RECORD_AGE.name)) != FOREVER:
        return
    yield RULE.finding(
        plan,
        setting=ON_FAILURE.name,
        got=None,
        allowed=plan.facts.failure_path,
        message="nothing ends the retries of a record that keeps failing: it holds up its partition until the topic "
        "no longer has it",
        fix=f"set {plan.say(ON_FAILURE)}, for example to a bucket: then Lambda gives a record up after "
        f"{RETRIES_WITH_DESTINATION.value} retries",
    )
