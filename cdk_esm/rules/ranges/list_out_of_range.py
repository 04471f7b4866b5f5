"""A list of the mapping has too few or too many members, or a member is too long.

A mapping reads one topic or one queue, though the setting is a list, and a secret's ARN has only so much room. Lambda
refuses anything else in the middle of the deployment.

Bad:
    >>> ids(mapping("msk", Topics=["orders", "returns"]))
    ['ESM113']

Good:
    >>> ids(mapping("msk", Topics=["orders"]))
    []

Template:
      Resources:
        Orders:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            FunctionName: orders
            EventSourceArn: arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1
            StartingPosition: TRIM_HORIZON
            AmazonManagedKafkaEventSourceConfig:
              ConsumerGroupId: shop-orders
            DestinationConfig:
              OnFailure:
                Destination: arn:aws:s3:::orders-failed
    -       Topics: [orders, refunds]
    +       Topics: [orders]

Python:
      Mapping = lambda_.CfnEventSourceMapping
      Mapping(
          self,
          "Orders",
          function_name="orders",
          event_source_arn="arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1",
          starting_position="TRIM_HORIZON",
          amazon_managed_kafka_event_source_config=Mapping.AmazonManagedKafkaEventSourceConfigProperty(
              consumer_group_id="shop-orders"
          ),
          destination_config=Mapping.DestinationConfigProperty(
              on_failure=Mapping.OnFailureProperty(destination="arn:aws:s3:::orders-failed")
          ),
    -     topics=["orders", "refunds"],
    +     topics=["orders"],
      )
"""

from collections.abc import Iterator

from cdk_esm.facts import Form, Unknowable
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.plan.kafka import access
from cdk_esm.printed import counted
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import ACCESS, ACCESS_URI
from cdk_esm.sources.kafka_settings import TOPICS
from cdk_esm.sources.mq_settings import QUEUES

RULE = Rule(
    id="ESM113",
    name="list-out-of-range",
    severity=Severity.ERROR,
    facts=("KAF-AUTH-7",),
    page=pages.MAPPING_RESOURCE,
    negotiable=True,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Count the members of every list, and measure those that are texts."""
    for setting in plan.facts.settings:
        members = plan.given(setting.name) if setting.form is Form.LIST else None
        if not isinstance(members, list | tuple):
            continue
        is_whole = not any(member is None or isinstance(member, Unknowable) for member in members)
        if is_whole and not setting.admits(len(members)):
            yield _finding(plan, setting.name, counted(len(members), "member", ""), setting.range_text)
        for member in members:
            if isinstance(member, str) and len(member) > (setting.longest_member or len(member)):
                longest = f"at most {setting.longest_member} characters"
                fix = f"give each member of {plan.say(setting)} {longest}"
                yield _finding(plan, setting.name, f"a member of {len(member)} characters", longest, fix)
    if ACCESS.name not in plan.facts.by_name or isinstance(plan.given(ACCESS.name), Unknowable):
        return
    for entry in access(plan):
        if isinstance(entry.uri, str) and not ACCESS_URI.admits(len(entry.uri)):
            name = f"{ACCESS.name}[{entry.index}].URI"
            yield _finding(plan, name, counted(len(entry.uri), "character", ""), ACCESS_URI.range_text)


def _finding(plan: MappingPlan, name: str, got: str, allowed: str, fix: str = "") -> Finding:
    """A finding on one list, or on one member of it."""
    return RULE.finding(
        plan,
        setting=name,
        got=got,
        allowed=allowed,
        message=f"{plan.say(name)} has {got}: {plan.facts.label} takes {allowed}",
        fix=fix or _fix(plan, name, allowed),
    )


def _fix(plan: MappingPlan, name: str, allowed: str) -> str:
    """The change to make; a list that says how to get to a cluster is not made longer for its own sake."""
    if name in (TOPICS.name, QUEUES.name):
        return f"give {plan.say(name)} {allowed}; several topics or queues want a mapping each"
    if name != ACCESS.name or plan.given(name):
        return f"give {plan.say(name)} {allowed}"
    if plan.door == Door.CONSTRUCT:
        return (
            "write network=VpcAccess(vpc, subnets, security_group), or pass a root_certificate, or sign in, such as "
            "authentication=KafkaAuthentication.basic(secret): AWS wants one of them"
        )
    return f"give {name} the subnets and the security group of the brokers, a root certificate, or a way to sign in"
