"""Mappings that share something, for the rules that look at several plans at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan


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


def paths(plans: Iterable[MappingPlan]) -> str:
    """The paths of some plans, as messages name them."""
    return ", ".join(plan.path for plan in plans)
