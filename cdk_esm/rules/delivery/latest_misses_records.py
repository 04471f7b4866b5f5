"""A mapping that starts at LATEST misses what is written while it is being made.

It takes minutes until a new or an updated mapping polls, and LATEST begins where the stream ends at that moment. What
was written in between, and what was there already, never reaches the function, and nothing counts it.

Bad:
    >>> ids(mapping("kinesis", StartingPosition="LATEST"))
    ['ESM316']

Good:
    >>> ids(mapping("kinesis", StartingPosition="TRIM_HORIZON"))
    []
"""

from collections.abc import Iterator

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import pages

RULE = Rule(
    id="ESM316",
    name="latest-misses-records",
    severity=Severity.DANGER,
    facts=("STR-POS-4",),
    page=pages.KINESIS_CREATE,
)


def check(plan: MappingPlan) -> Iterator[Finding]:
    """Look at the position, and offer what the source offers instead."""
    name = "StartingPosition"
    if name not in plan.facts.by_name:
        return
    if known(plan.given(name)) != "LATEST":
        return
    others = [choice for choice in plan.facts.by_name[name].choices if choice != "LATEST"]
    yield RULE.finding(
        plan,
        setting=name,
        got="LATEST",
        allowed=" or ".join(others),
        message=f"{plan.say(name, 'LATEST')} misses the records that are written while the mapping is made or updated, "
        "which can take minutes",
        fix="set " + ", or ".join(plan.say(name, choice) for choice in others),
    )
