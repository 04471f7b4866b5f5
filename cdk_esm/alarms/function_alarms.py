"""Alarms of the function, once for all of its mappings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cdk_esm.alarms.recipes import MINUTE, Measure, Recipe, Watched
from cdk_esm.plan import MappingPlan, Queue

_METRICS: Final = "AWS/Lambda"


def errors(plan: MappingPlan) -> Iterator[Recipe]:
    """Invocations end in an error."""
    yield Recipe(
        key="errors",
        watched=Watched.FUNCTION,
        namespace=_METRICS,
        dimensions=("FunctionName",),
        measures=(Measure("Errors", "Sum"),),
        period_seconds=5 * MINUTE,
        threshold=1,
        evaluation_periods=1,
        datapoints_to_alarm=1,
        description=f"{plan.path}: invocations raised, timed out or ran out of memory, so whole batches are "
        "delivered again. Read the function's log; a partial batch response would not count here.",
        reason="our choice: a handler that reports partial failures never raises, so one error is worth a look",
    )


def throttles(plan: MappingPlan) -> Iterator[Recipe]:
    """Invocations are refused for want of concurrency."""
    harm = (
        "Each throttle spends a receive, so good messages drift to the dead-letter queue. Raise the reserved "
        "concurrency, or lower max_concurrency."
        if isinstance(plan.event_source, Queue)
        else "Its shards wait and records grow old. Raise the reserved concurrency, or lower parallelization_factor."
    )
    yield Recipe(
        key="throttles",
        watched=Watched.FUNCTION,
        namespace=_METRICS,
        dimensions=("FunctionName",),
        measures=(Measure("Throttles", "Sum"),),
        period_seconds=MINUTE,
        threshold=1,
        evaluation_periods=5,
        datapoints_to_alarm=5,
        description=f"{plan.path}: the function has been throttled for five minutes. {harm}",
        reason="our choice: short bursts are normal while the poller scales, five minutes on end are not",
    )
