"""Which alarms a mapping wants, with thresholds derived from its configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from cdk_esm.alarms import (
    broker_alarms,
    function_alarms,
    kafka_alarms,
    mapping_alarms,
    queue_alarms,
    stream_alarms,
)
from cdk_esm.alarms.recipes import Recipe, Watched
from cdk_esm.plan import MappingPlan
from cdk_esm.sources import SHEETS

_CHOOSERS: Final[Mapping[str, Callable[[MappingPlan], Iterator[Recipe]]]] = {
    "age": queue_alarms.age,
    "dead_letters": queue_alarms.dead_letters,
    "backlog": broker_alarms.backlog,
    "iterator_age": stream_alarms.iterator_age,
    "consumer_lag": stream_alarms.consumer_lag,
    "offset_lag": kafka_alarms.offset_lag,
    "polling_errors": kafka_alarms.polling_errors,
    "commit_errors": kafka_alarms.commit_errors,
    "schema_errors": kafka_alarms.schema_errors,
    "read_throttles": stream_alarms.read_throttles,
    "dropped": stream_alarms.dropped,
    "oversized": broker_alarms.oversized,
    "deliveries": stream_alarms.deliveries,
    "delivery_failures": stream_alarms.delivery_failures,
    "errors": function_alarms.errors,
    "throttles": function_alarms.throttles,
    "failures": mapping_alarms.failures,
    "filtered": mapping_alarms.filtered,
    "stopped": mapping_alarms.stopped,
}

KEYS: Final = tuple(_CHOOSERS)
"""Every key that a recipe can have."""


def keys_for(source: str) -> tuple[str, ...]:
    """The keys of the alarms that a mapping of a source kind can have."""
    return SHEETS[source].alarms


def select(plan: MappingPlan) -> tuple[Recipe, ...]:
    """Return the recipes for a mapping, in the order in which the documentation lists them.

    The sheet says which alarms the source has; each recipe, whether this mapping gives it something to watch.
    """
    return tuple(recipe for key in plan.facts.alarms for recipe in _CHOOSERS[key](plan))


def function_level(recipe: Recipe) -> bool:
    """Whether the alarm belongs to the function, so that two mappings of one function want it once."""
    return recipe.watched is Watched.FUNCTION


def with_threshold(recipe: Recipe, threshold: float) -> Recipe:
    """The recipe with a threshold of the user's."""
    return replace(recipe, threshold=threshold, reason="set by the user")
