"""Which mappings Lambda refuses side by side: what it knows a mapping by, besides its UUID."""

from __future__ import annotations

from cdk_esm.plan.kafka import servers, topics
from cdk_esm.plan.mapping import MappingPlan
from cdk_esm.plan.source import Stream


def source_named(plan: MappingPlan) -> str:
    """What the mapping names as its source: the stream itself, or the consumer through which it reads."""
    source = plan.event_source
    return source.consumer or source.identity if isinstance(source, Stream) else source.identity


def topic_keys(plan: MappingPlan) -> list[tuple[str, str, str]]:
    """Server, topic and function, for each server and topic of a self-managed cluster."""
    return [(server, topic, plan.function.identity) for server in servers(plan) for topic in topics(plan)]


def conflict_keys(plan: MappingPlan) -> list[tuple[str, ...]]:
    """What no two mappings can share; empty for a source that takes several mappings to one function."""
    once = [(source_named(plan), plan.function.identity)] if plan.facts.once_per_function else []
    return [*once, *topic_keys(plan)]
