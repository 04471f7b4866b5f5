"""A mapping on a Kafka cluster of one's own needs a starting position, unless it reads the topic as a queue.

A consumer group that is new has to begin somewhere, and Lambda does not choose. The CloudFormation schema cannot say
so, for with a share group a position is refused.

Bad:
    >>> ids(mapping("self-managed-kafka", StartingPosition=None))
    ['ESM233']

Good:
    >>> ids(mapping("self-managed-kafka", StartingPosition="TRIM_HORIZON"))
    []
"""

from collections.abc import Iterator

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.brokers import in_queue_mode
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages
from cdk_esm.sources.broker_settings import POSITION
from cdk_esm.sources.self_managed_kafka import CONSUMPTION_MODE

RULE = Rule(
    id="ESM233",
    name="position-missing",
    severity=Severity.ERROR,
    facts=("STR-POS-1",),
    page=pages.KAFKA_PARAMETERS,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look for a mapping with a consumer group and without a position."""
    if CONSUMPTION_MODE.name not in plan.facts.by_name or plan.given(POSITION.name) is not None or in_queue_mode(plan):
        return
    yield RULE.finding(
        plan,
        setting=POSITION.name,
        got=None,
        allowed=POSITION.range_text,
        message=f"{plan.say(POSITION.name)} is missing: {plan.facts.label} takes no mapping without it",
        fix=f"set {plan.say(POSITION.name)} to {POSITION.range_text}",
    )
