"""A topic that an alarm tells must be in the Region of the alarm.

Somebody who tried it wrote down that CloudWatch refuses such an alarm when it is made ("Invalid region us-east-1
specified. Only eu-west-1 is supported."), so that the deployment rolls back. No page of AWS was found that says so,
which is why this is no more than an advice. A topic of the own Region can tell queues and functions of another one.

Bad:
    >>> abroad = DeafAction(
    ...     alarm="Shop/Late",
    ...     place="AlarmActions",
    ...     topic="arn:aws:sns:us-east-1:111122223333:on-call",
    ...     actions=("sns:Publish",),
    ...     regions=("eu-west-1", "us-east-1"),
    ... )
    >>> ids(replace(mapping(), deaf=(abroad,)))
    ['ESM363']

Good:
    >>> ids(replace(mapping(), deaf=()))
    []

Template:
    none: a template does not say in which Region it is deployed.

Python:
    - pager = sns.Topic.from_topic_arn(self, "Pager", "arn:aws:sns:us-east-1:111122223333:on-call")
    + pager = sns.Topic.from_topic_arn(self, "Pager", "arn:aws:sns:eu-west-1:111122223333:on-call")
      esm.SqsToLambda(self, "Orders", function=function, alarms=esm.Alarms(notify=[pager]))
"""

from collections.abc import Iterator, Sequence
from typing import Final

from cdk_esm.plan import DeafAction, MappingPlan
from cdk_esm.rules.deaf_actions import one_for_each_topic
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

FACTS: Final = (Fact("ALARM-TOPIC-2", "reported", "CloudWatch refuses an alarm that names a topic of another Region."),)
RULE = Rule(
    id="ESM363",
    name="alarm-topic-elsewhere",
    severity=Severity.ADVICE,
    facts=("ALARM-TOPIC-2",),
    page=pages.PUT_ALARM,
)


def check_all(plans: Sequence[MappingPlan]) -> Iterator[Finding]:
    """Tell of each topic once, at the first of the mappings whose alarms it should tell."""
    for plan, one in one_for_each_topic(plans, lambda one: one.regions is not None):
        yield _finding(plan, one)


def _finding(plan: MappingPlan, one: DeafAction) -> Finding:
    assert one.regions is not None
    here, there = one.regions
    return RULE.finding(
        plan,
        setting=one.place,
        got=one.topic,
        allowed=f"a topic in {here}",
        message=f"the alarm {one.alarm} is in {here} and tells the topic {one.topic}, which is in {there}: "
        "CloudWatch is reported to refuse such an alarm",
        fix=f"name a topic in {here}, to which the queues and functions of {there} can be subscribed, too",
    )
