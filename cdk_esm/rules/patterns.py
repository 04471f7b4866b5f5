"""A plan's filter patterns, each with the name that messages give it."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_esm.errors import FilterPatternError
from cdk_esm.facts import known
from cdk_esm.filters import parse
from cdk_esm.plan import Door, MappingPlan


def known_patterns(plan: MappingPlan) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of every pattern that can be judged.

    Raises:
        NotApplicable: it is not known whether there are filters at all.
    """
    for index, text in enumerate(known(plan.filters)):
        if isinstance(text, str):
            yield place_of(plan, index), text


def place_of(plan: MappingPlan, index: int) -> str:
    """The name of a pattern, in the words of the door."""
    name = plan.say("FilterCriteria") if plan.door == Door.CONSTRUCT else "FilterCriteria.Filters"
    return f"{name}[{index}]"


def is_a_pattern(text: str) -> bool:
    """Whether a text is a filter pattern at all, whatever the source."""
    try:
        parse(text)
    except FilterPatternError:
        return False
    return True
