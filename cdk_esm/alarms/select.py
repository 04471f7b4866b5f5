"""Which alarms a mapping wants, with thresholds derived from its configuration."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cdk_esm.alarms.keys import ALARM_KEYS
from cdk_esm.alarms.recipes import Recipe, Watched
from cdk_esm.plan import MappingPlan
from cdk_esm.sources import SHEETS

KEYS: Final = tuple(ALARM_KEYS)
"""Every key that a recipe can have."""


def keys_for(source: str) -> tuple[str, ...]:
    """The keys of the alarms that a mapping of a source kind can have."""
    return SHEETS[source].alarms


def select(plan: MappingPlan) -> tuple[Recipe, ...]:
    """Return the recipes for a mapping, in the order in which the documentation lists them.

    The sheet says which alarms the source has; each recipe, whether this mapping gives it something to watch.
    """
    return tuple(recipe for key in plan.facts.alarms for recipe in ALARM_KEYS[key].recipes(plan))


def function_level(recipe: Recipe) -> bool:
    """Whether the alarm belongs to the function, so that two mappings of one function want it once."""
    return recipe.watched is Watched.FUNCTION


def with_threshold(recipe: Recipe, threshold: float) -> Recipe:
    """The recipe with a threshold of the user's."""
    return replace(recipe, threshold=threshold, reason="set by the user")
