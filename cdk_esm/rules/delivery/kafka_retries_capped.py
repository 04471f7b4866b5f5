"""Retries without an end are not without an end if there is an on-failure destination.

Lambda then gives a Kafka record up after a number of retries that Lambda sets, and sends it to the destination.
Whoever wrote that it must be tried for ever may rely on it.

Bad:
    >>> ids(mapping("msk", MaximumRetryAttempts=-1))
    ['ESM327']

Good:
    >>> ids(mapping("msk", MaximumRetryAttempts=10))
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
            ProvisionedPollerConfig:
              MinimumPollers: 1
              MaximumPollers: 4
    -       MaximumRetryAttempts: -1
    +       MaximumRetryAttempts: 10

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
    -     retry_attempts=-1,
    +     retry_attempts=10,
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import cluster_of
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kafka_settings import RETRIES, RETRIES_WITH_DESTINATION
from cdk_esm.sources.stream_settings import FOREVER

RULE = Rule(
    id="ESM327",
    name="kafka-retries-capped",
    severity=Severity.ADVICE,
    facts=("STR-RETRY-4",),
    page=pages.KAFKA_RETRIES,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for retries that were given no end, before a destination."""
    cluster_of(plan)
    if known(plan.given(RETRIES.name)) != FOREVER or known(plan.failure).destination is None:
        return
    most = RETRIES_WITH_DESTINATION.value
    yield RULE.finding(
        plan,
        setting=RETRIES.name,
        got=FOREVER,
        allowed=f"a number; with a destination there are at most {most}",
        message=f"{plan.say(RETRIES, FOREVER)} has an end here: with an on-failure destination Lambda gives a record "
        f"up after {most} retries",
        fix=f"set {plan.say(RETRIES)} to the number that you mean, such as {most}",
    )
