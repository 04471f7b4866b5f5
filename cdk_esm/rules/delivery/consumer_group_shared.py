"""Two mappings that share a consumer group take each other's records.

The broker shares out the partitions among the members of a group, so each mapping sees only some of the records, and a
group that has read before begins where it stopped, whatever the starting position says. A group belongs to one
mapping.

Bad:
    >>> ids(mapping("msk"), with_function(replace(mapping("msk"), path="Shop/Bill"), identity="bill"))
    ['ESM330']

Good:
    >>> bill = mapping("msk", AmazonManagedKafkaEventSourceConfig={"ConsumerGroupId": "shop-bill"})
    >>> ids(mapping("msk"), with_function(replace(bill, path="Shop/Bill"), identity="bill"))
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
        Audit:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: audit
            EventSourceArn: arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1
            Topics: [orders]
            StartingPosition: TRIM_HORIZON
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
            AmazonManagedKafkaEventSourceConfig:
    -         ConsumerGroupId: shop-orders
    +         ConsumerGroupId: shop-audit

Python:
    - groups = {"Orders": "shop", "Audit": "shop"}
    + groups = {"Orders": "shop-orders", "Audit": "shop-audit"}
      for name, group in groups.items():
          esm.MskToLambda(
              self,
              name,
              function=function,
              cluster="arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1",
              topic="orders",
              authentication=esm.MskAuthentication.iam(),
              starting_position=lambda_.StartingPosition.TRIM_HORIZON,
              consumer_group_id=group,
              alarms=esm.Alarms(thresholds={"offset_lag": 1000}),
          )
"""

from collections.abc import Iterator, Sequence

from cdk_esm.plan import Cluster, MappingPlan
from cdk_esm.plan.kafka import group_name
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM330",
    name="consumer-group-shared",
    severity=Severity.DANGER,
    facts=("KAF-GRP-1",),
    page=pages.MSK_PARAMETERS,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Remember the first mapping of each group of a cluster, and report every further one."""
    first: dict[tuple[str, str], MappingPlan] = {}
    for plan in plans:
        if not isinstance(plan.event_source, Cluster):
            continue
        name = group_name(plan)
        group = plan.given(name)
        if not isinstance(group, str):
            continue
        earlier = first.setdefault((plan.event_source.identity, group), plan)
        if earlier is plan:
            continue
        yield RULE.finding(
            plan,
            setting=name,
            got=group,
            allowed="a consumer group for each mapping",
            message=f"{earlier.path} reads this cluster with the same consumer group {group}: "
            "each of the two gets only a part of the records",
            fix=f"give {plan.say(name)} another value",
        )
