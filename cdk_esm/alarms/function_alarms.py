"""Alarms of the function, once for all of its mappings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from cdk_esm.alarms.recipes import MINUTE, Measure, Recipe, Watched
from cdk_esm.plan import MappingPlan
from cdk_esm.sources.sqs_settings import MAXIMUM_CONCURRENCY
from cdk_esm.sources.stream_settings import PARALLELIZATION

_METRICS: Final = "AWS/Lambda"
_HARM: Final[Mapping[str, str]] = {
    MAXIMUM_CONCURRENCY.name: "Each throttle spends a receive, so good messages drift to the dead-letter queue.",
    PARALLELIZATION.name: "Its shards wait and records grow old.",
}
"""The setting that bounds how often the poller invokes the function, to what throttles do to such a source."""


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
    lever = next((name for name in _HARM if name in plan.facts.by_name), None)
    harm = f"Its {plan.facts.unit}s wait and grow old." if lever is None else _HARM[lever]
    lower = "" if lever is None else f", or lower {plan.say(lever)}"
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
        description=f"{plan.path}: the function has been throttled for {{span}}. {harm} Raise the reserved "
        f"concurrency{lower}.",
        reason="our choice: short bursts are normal while the poller scales, five minutes on end are not",
    )
