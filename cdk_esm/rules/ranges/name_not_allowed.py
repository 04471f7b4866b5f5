"""A name holds a character that AWS does not take there.

Topics, consumer groups, poller groups, databases, collections and virtual hosts each have their own alphabet, and a
bootstrap server needs its port. Both the API and the CloudFormation schema hold the patterns, so the mapping is
refused.

Bad:
    >>> ids(mapping("msk", Topics=["orders/new"]))
    ['ESM114']

Good:
    >>> ids(mapping("msk", Topics=["orders.new"]))
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
    -       Topics: [orders/new]
    +       Topics: [orders.new]

Python:
      esm.MskToLambda(
          self,
          "Orders",
          function=function,
          cluster="arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-1",
          authentication=esm.MskAuthentication.iam(),
          starting_position=lambda_.StartingPosition.TRIM_HORIZON,
    -     topic="orders/new",
    +     topic="orders.new",
          alarms=esm.Alarms(thresholds={"offset_lag": 1000}),
      )
"""

import re
from collections.abc import Iterator
from typing import Final

from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import access
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import ACCESS, ACCESS_URI

RULE = Rule(
    id="ESM114",
    name="name-not-allowed",
    severity=Severity.ERROR,
    facts=(
        "msk_provisioned.Topics",
        "DOC-1",
    ),
    page=pages.MAPPING_API,
)

_REFERENCE: Final = "{{resolve:"
"""What a dynamic reference begins with: CloudFormation puts another text in its place."""


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Compare every text, and every text of a list, with the fact sheet's pattern."""
    for setting in plan.facts.settings:
        if setting.pattern is None:
            continue
        given = plan.given(setting.name)
        for text in given if isinstance(given, list | tuple) else [given]:
            if not isinstance(text, str) or re.fullmatch(setting.pattern, text):
                continue
            yield RULE.finding(
                plan,
                setting=setting.name,
                got=text,
                allowed=f"what matches {setting.pattern}",
                message=f"{plan.say(setting, text)} is no name that AWS takes there: it has to match {setting.pattern}",
                fix=f"change {plan.say(setting)}, character by character, to what the pattern allows",
            )
    if ACCESS.name not in plan.facts.by_name or isinstance(plan.given(ACCESS.name), Unknowable):
        return
    pattern = str(ACCESS_URI.pattern)
    for entry in access(plan):
        if not isinstance(entry.uri, str) or _REFERENCE in entry.uri or re.fullmatch(pattern, entry.uri):
            continue
        place = f"{plan.say(ACCESS.name)}[{entry.index}]"
        yield RULE.finding(
            plan,
            setting=ACCESS.name,
            got=entry.uri,
            allowed=f"what matches {pattern}",
            message=f"{place}: {entry.uri!r} of the type {entry.type} is nothing that AWS takes there: it has to match "
            f"{pattern}",
            fix=f"change it in {place}, character by character, to what the pattern allows",
        )
