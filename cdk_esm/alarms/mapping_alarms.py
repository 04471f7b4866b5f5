"""Alarms on the mapping's own metrics, which it emits only if their group is on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cdk_esm.alarms.recipes import MINUTE, Measure, Recipe, Watched
from cdk_esm.facts import Shape
from cdk_esm.plan import MappingPlan
from cdk_esm.sources.common import EVENT_METRICS

_METRICS: Final = "AWS/Lambda"


def has_event_metrics(plan: MappingPlan) -> bool:
    """Whether the mapping emits its own metrics; without them an alarm on one would stay blind."""
    return emits(plan, "EventCount")


def emits(plan: MappingPlan, group: str) -> bool:
    """Whether the mapping emits a group of its own metrics: if it is off, it emits none."""
    metrics = plan.given(EVENT_METRICS.name) if EVENT_METRICS.name in plan.facts.by_name else None
    return isinstance(metrics, list | tuple) and group in metrics and plan.given("Enabled") is not False


def failures(plan: MappingPlan) -> Iterator[Recipe]:
    """Batches fail wholly or in part."""
    if not has_event_metrics(plan):
        return
    queue = plan.facts.shape is Shape.QUEUE
    yield Recipe(
        key="failures",
        watched=Watched.MAPPING,
        namespace=_METRICS,
        dimensions=("EventSourceMappingUUID",),
        measures=(Measure("FailedInvokeEventCount", "Sum", "failed"), Measure("InvokedEventCount", "Sum", "invoked")),
        expression="IF(invoked > 0, 100 * failed / invoked, 0)",
        period_seconds=5 * MINUTE,
        threshold=5,
        evaluation_periods=3,
        # With our defaults, a message that always fails is in the dead-letter queue after a quarter of an hour.
        datapoints_to_alarm=2 if queue else 3,
        description=f"{plan.path}: {{threshold}} percent or more of the events are in batches that fail wholly or in "
        "part, which the function's own Errors metric does not show. Read its log for the reported ids.",
        reason="our choice: five percent in two of three periods of five minutes, so that somebody knows before the "
        "first message is in the dead-letter queue"
        if queue
        else "our choice: five percent for a quarter of an hour is more than a bad message now and then",
    )


def filtered(plan: MappingPlan) -> Iterator[Recipe]:
    """The filters let nothing through."""
    if not has_event_metrics(plan) or not plan.filters:
        return
    yield Recipe(
        key="filtered",
        watched=Watched.MAPPING,
        namespace=_METRICS,
        dimensions=("EventSourceMappingUUID",),
        measures=(Measure("FilteredOutEventCount", "Sum", "filtered"), Measure("PolledEventCount", "Sum", "polled")),
        expression="IF(polled > 0, 100 * filtered / polled, 0)",
        period_seconds=5 * MINUTE,
        threshold=100,
        evaluation_periods=6,
        datapoints_to_alarm=6,
        description=f"{plan.path}: for {{span}} no event has matched the filters. The service "
        f"{plan.facts.unmatched}: if that is not meant, disable the mapping first, then mend the pattern.",
        reason="our choice: a filter that lets nothing through for half an hour is more likely wrong than wanted",
    )


def stopped(plan: MappingPlan) -> Iterator[Recipe]:
    """Nobody polls."""
    if not has_event_metrics(plan):
        return
    yield Recipe(
        key="stopped",
        watched=Watched.MAPPING,
        namespace=_METRICS,
        dimensions=("EventSourceMappingUUID",),
        measures=(Measure("PolledEventCount", "SampleCount"),),
        period_seconds=5 * MINUTE,
        threshold=1,
        comparison="LessThanThreshold",
        evaluation_periods=3,
        datapoints_to_alarm=3,
        missing="breaching",
        description=f"{plan.path}: the mapping has not polled for {{span}}. Look at its State and "
        "LastProcessingResult (GetEventSourceMapping): a revoked permission, a disabled key or somebody who "
        "disabled it.",
        reason="an idle source still yields polls with a count of zero, so missing data means that nobody polls",
    )
