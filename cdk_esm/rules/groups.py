"""Mappings that share something, for the rules that look at several plans at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan

MOST_NAMED: Final = 5
"""Mappings that a message names: were each to name all others, a queue of many would take pages."""


def sharing(plans: Iterable[MappingPlan], key: Callable[[MappingPlan], str]) -> Iterator[list[MappingPlan]]:
    """Yield every group of two or more mappings that answer the same to ``key``, in the order of the plans.

    A disabled mapping takes nothing from the others, so it is in no group; nor is one that may be disabled.
    """
    groups: dict[str, list[MappingPlan]] = {}
    for plan in plans:
        enabled = plan.setting("Enabled")
        if enabled is not False and not isinstance(enabled, Unknowable):
            groups.setdefault(key(plan), []).append(plan)
    yield from (group for group in groups.values() if len(group) > 1)


def paths(plans: Iterable[MappingPlan], count: int | None = None) -> str:
    """The paths of some plans, as messages name them: the first few, and how many more there are.

    Args:
        plans: the plans; no more of them are looked at than are named.
        count: how many there are; by default the length of ``plans``, which then is a sequence.
    """
    if count is None:
        assert isinstance(plans, Sequence)
        count = len(plans)
    named = ", ".join(plan.path for plan in islice(plans, MOST_NAMED))
    return f"{named} and {count - MOST_NAMED} more" if count > MOST_NAMED else named
