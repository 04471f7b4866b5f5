"""A group of pollers holds only so many mappings, and only so many pollers.

Mappings that name the same group share its capacity. The numbers hold for the whole group, so that a mapping which is
fine by itself is refused because of all the others. AWS may raise them, so this can be acknowledged.

Bad:
    >>> group = lambda n: {"MaximumPollers": n, "PollerGroupName": "shop"}
    >>> more = replace(mapping("msk", ProvisionedPollerConfig=group(1000)), path="Shop/Returns")
    >>> ids(mapping("msk", ProvisionedPollerConfig=group(1001)), more, select=["ESM231"])
    ['ESM231']

Good:
    >>> group = lambda n: {"MaximumPollers": n, "PollerGroupName": "shop"}
    >>> more = replace(mapping("msk", ProvisionedPollerConfig=group(1000)), path="Shop/Returns")
    >>> ids(mapping("msk", ProvisionedPollerConfig=group(1000)), more, select=["ESM231"])
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
              PollerGroupName: shop
    -         MaximumPollers: 1001
    +         MaximumPollers: 1000
        Refunds:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: refunds
            EventSourceArn: arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1
            StartingPosition: TRIM_HORIZON
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            Topics: [refunds]
            AmazonManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-refunds
            ProvisionedPollerConfig:
              PollerGroupName: shop
              MaximumPollers: 1000

Python:
      cluster = "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1"
      for topic in ("orders", "refunds"):
          esm.MskToLambda(
              self,
              topic,
              function=function,
              cluster=cluster,
              topic=topic,
              authentication=esm.MskAuthentication.iam(),
              starting_position=lambda_.StartingPosition.TRIM_HORIZON,
              alarms=esm.Alarms(thresholds={"offset_lag": 1000}),
    -         provisioned_poller_config=esm.ProvisionedPollers(1, 1500, group="shop"),
    +         provisioned_poller_config=esm.ProvisionedPollers(1, 1000, group="shop"),
          )
"""

from collections.abc import Iterator, Sequence

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.kafka_settings import MAPPINGS_IN_POLLER_GROUP, MAXIMUM_POLLERS, POLLER_GROUP, POLLERS_IN_GROUP

RULE = Rule(
    id="ESM231",
    name="poller-group-too-large",
    severity=Severity.ERROR,
    facts=("KAF-PROV-6",),
    page=pages.KAFKA_SCALING,
    negotiable=True,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Count the mappings and the pollers of every group, as far as they are known."""
    groups: dict[str, list[MappingPlan]] = {}
    for plan in plans:
        group = plan.given(POLLER_GROUP.name)
        if isinstance(group, str) and POLLER_GROUP.name in plan.facts.by_name:
            groups.setdefault(group, []).append(plan)
    for group, members in groups.items():
        maxima = [plan.setting(MAXIMUM_POLLERS.name) for plan in members]
        counts = (
            (len(members), "has", "mappings", MAPPINGS_IN_POLLER_GROUP.value),
            (
                sum(maximum for maximum in maxima if isinstance(maximum, int)),
                "may grow to",
                "pollers",
                POLLERS_IN_GROUP.value,
            ),
        )
        for count, verb, what, most in counts:
            if count <= most:
                continue
            yield RULE.finding(
                members[-1],
                setting=POLLER_GROUP.name,
                got=count,
                allowed=f"at most {most} {what}",
                message=f"the poller group {group} {verb} {count} {what}: AWS takes {most}",
                fix="share its mappings out over several groups"
                + ("" if what == "mappings" else f", or lower {members[-1].say(MAXIMUM_POLLERS.name)}"),
            )
