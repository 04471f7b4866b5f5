"""Alarms of a mapping on Apache Kafka: how far it is behind, and what its pollers cannot do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cdk_esm.alarms.mapping_alarms import emits
from cdk_esm.alarms.recipes import MINUTE, Measure, Recipe, Watched
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import registry_name
from cdk_esm.sources.kafka_settings import ERROR_COUNT, KAFKA_METRICS, POLLERS

_METRICS: Final = "AWS/Lambda"


def offset_lag(plan: MappingPlan) -> Iterator[Recipe]:
    """The mapping falls behind the topic."""
    if not emits(plan, KAFKA_METRICS):
        return
    yield Recipe(
        key="offset_lag",
        watched=Watched.MAPPING,
        namespace=_METRICS,
        dimensions=("EventSourceMappingUUID",),
        measures=(Measure("MaxOffsetLag", "Maximum"),),
        period_seconds=MINUTE,
        threshold=None,
        evaluation_periods=5,
        datapoints_to_alarm=5,
        description=f"{plan.path}: one partition of the topic is {{threshold}} records or more ahead of the mapping. "
        f"Look at the function's errors and duration; raise the batch or {plan.say(POLLERS)}, or add partitions, "
        "before the topic gives records up.",
        reason="a lag is counted in records, and only you know how many come in the time that you can wait; five "
        "minutes on end, because on-demand pollers take up to three minutes to follow the load",
    )


def polling_errors(plan: MappingPlan) -> Iterator[Recipe]:
    """The pollers cannot read."""
    yield from _on_errors(
        plan,
        "polling_errors",
        "PollingErrorCount",
        "the pollers cannot read the topic. Look at the mapping's LastProcessingResult (GetEventSourceMapping): a "
        "secret, a certificate, the network, or what the role may do in the cluster.",
    )


def commit_errors(plan: MappingPlan) -> Iterator[Recipe]:
    """The pollers cannot say how far they have read."""
    yield from _on_errors(
        plan,
        "commit_errors",
        "CommitErrorCount",
        "offsets cannot be committed, so records that are done come again. Look for other members of the consumer "
        "group, and at what the role may do with it.",
    )


def schema_errors(plan: MappingPlan) -> Iterator[Recipe]:
    """Records do not fit their schema, or the registry does not answer."""
    name = registry_name(plan)
    if name is None or plan.given(name) is None:
        return
    yield from _on_errors(
        plan,
        "schema_errors",
        "SchemaRegistryErrorCount",
        "records do not fit their schema, or the schema registry does not answer. Look at who writes to the topic, and "
        "at what the role may read of the registry.",
    )


def _on_errors(plan: MappingPlan, key: str, metric: str, description: str) -> Iterator[Recipe]:
    """An alarm on a metric that is there only if there are errors."""
    if not emits(plan, ERROR_COUNT):
        return
    yield Recipe(
        key=key,
        watched=Watched.MAPPING,
        namespace=_METRICS,
        dimensions=("EventSourceMappingUUID",),
        measures=(Measure(metric, "Sum"),),
        period_seconds=MINUTE,
        threshold=1,
        evaluation_periods=5,
        datapoints_to_alarm=3,
        description=f"{plan.path}: {description}",
        reason="our choice: one error while brokers are restarted is normal, three minutes of five are not",
    )
