"""The position LATEST, for the rules about it: what it misses, and what to do if the mapping is deployed already."""

from __future__ import annotations

from typing import Final

from cdk_esm.facts import known
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.create_only import AS_DEPLOYED
from cdk_esm.rules.rule import Finding, Rule

LATEST: Final = "LATEST"
_POSITION: Final = "StartingPosition"
_WHERE: Final = {
    "TRIM_HORIZON": "which costs nothing on a new source and brings all that an existing one still keeps",
    "AT_TIMESTAMP": "which is for an existing source",
}


def begins_at_latest(plan: MappingPlan) -> bool:
    """Whether the mapping begins with what comes after it.

    Raises:
        NotApplicable: its position is not known.
    """
    return _POSITION in plan.facts.by_name and known(plan.given(_POSITION)) == LATEST


def finding(rule: Rule, plan: MappingPlan, misses: str) -> Finding:
    """Say what is missed, and offer what the source offers instead."""
    others = [choice for choice in plan.facts.by_name[_POSITION].choices if choice != LATEST]
    ways = ", or ".join(f"{plan.say(_POSITION, choice)}, {_WHERE[choice]}" for choice in others)
    return rule.finding(
        plan,
        setting=_POSITION,
        got=LATEST,
        allowed=" or ".join(others),
        message=f"{plan.say(_POSITION, LATEST)} {misses}, which can take minutes",
        fix=f"set {ways}; {AS_DEPLOYED}",
    )
