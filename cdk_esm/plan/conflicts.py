"""Which mappings Lambda refuses side by side: what it knows a mapping by, besides its UUID."""

from __future__ import annotations

from cdk_esm.plan.broker import Cluster
from cdk_esm.plan.kafka import servers, topics
from cdk_esm.plan.mapping import MappingPlan
from cdk_esm.plan.source import Stream


def source_named(plan: MappingPlan) -> str:
    """What the mapping names as its source: the stream itself, or the consumer through which it reads."""
    source = plan.event_source
    return source.consumer or source.identity if isinstance(source, Stream) else source.identity


def function_named(plan: MappingPlan) -> str:
    """What the mapping invokes: a name and an ARN are the same, for a function is of the mapping's own Region."""
    name = plan.function.identity
    before, found, after = name.partition(":function:")
    return after if found and before.startswith("arn:") else name


def topic_keys(plan: MappingPlan) -> list[tuple[str, str, str]]:
    """Cluster, topic and function, for each topic; a self-managed cluster is known by each of its servers."""
    if not isinstance(plan.event_source, Cluster):
        return []
    clusters = servers(plan) if plan.facts.arn_service is None else [plan.event_source.identity]
    return [(cluster, topic, function_named(plan)) for cluster in clusters for topic in topics(plan)]


def conflict_keys(plan: MappingPlan) -> list[tuple[str, ...]]:
    """What no two mappings can share; empty for a source that takes several mappings to one function."""
    once = [(source_named(plan), function_named(plan))] if plan.facts.once_per_function else []
    return [*once, *topic_keys(plan)]
