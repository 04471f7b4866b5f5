"""The position LATEST, for the rules about it: what it misses, and what to do if the mapping is deployed already."""

from __future__ import annotations

from typing import Final

from cdk_esm.facts import known
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.rule import Finding, Rule

LATEST: Final = "LATEST"
_POSITION: Final = "StartingPosition"
_TIMESTAMP: Final = "StartingPositionTimestamp"
_AT_TIMESTAMP: Final = "AT_TIMESTAMP"
_A_MOMENT: Final = 1_767_225_600
"""The beginning of a year, as an example that can be pasted."""
_WHERE: Final = {
    "TRIM_HORIZON": "which costs nothing on a new source and brings all that an existing one still keeps",
    _AT_TIMESTAMP: "which is for an existing source",
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
    ways = ", or ".join(f"{plan.say(_POSITION, choice)}{_moment(plan, choice)}, {_WHERE[choice]}" for choice in others)
    return rule.finding(
        plan,
        setting=_POSITION,
        got=LATEST,
        allowed=" or ".join(others),
        message=f"{plan.say(_POSITION, LATEST)} {misses}, which can take minutes",
        fix=f"set {ways}",
    )


def _moment(plan: MappingPlan, position: str) -> str:
    """What the position wants beside it: without the moment Lambda refuses it."""
    if position != _AT_TIMESTAMP:
        return ""
    name = plan.say(_TIMESTAMP)
    value = f"{name}={_A_MOMENT}" if plan.door == Door.CONSTRUCT else f"{name}: {_A_MOMENT}"
    return f" and {value} (your own moment, in seconds since 1970)"
