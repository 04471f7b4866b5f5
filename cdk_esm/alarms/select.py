"""Which alarms a mapping wants, with thresholds derived from its configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from cdk_esm.alarms.recipes import Measure, Recipe, Watched
from cdk_esm.facts import Unknowable
from cdk_esm.plan import FailurePath, MappingPlan, Queue
from cdk_esm.sources.sqs_queue import QUEUE

KEYS: Final = ("age", "dead_letters", "errors", "throttles", "failures", "filtered", "stopped")
"""Every key that a recipe can have."""

_MINUTE: Final = 60
_FUNCTION_METRICS: Final = "AWS/Lambda"
_QUEUE_METRICS: Final = "AWS/SQS"


def select(plan: MappingPlan) -> tuple[Recipe, ...]:
    """Return the recipes for a mapping, in the order in which the documentation lists them."""
    return tuple(recipe for choose in _CHOOSERS for recipe in choose(plan))


def function_level(recipe: Recipe) -> bool:
    """Whether the alarm belongs to the function, so that two mappings of one function want it once."""
    return recipe.watched is Watched.FUNCTION


def with_threshold(recipe: Recipe, threshold: float) -> Recipe:
    """The recipe with a threshold of the user's."""
    return replace(recipe, threshold=threshold, reason="set by the user")


def _seconds(value: int | Unknowable, setting: str) -> int:
    """A queue's attribute; where it is hidden, the service's default is the best that can be said."""
    default = QUEUE.by_name[setting].default
    assert isinstance(default, int)
    return default if isinstance(value, Unknowable) else value


def _in_reach(plan: MappingPlan) -> bool:
    """Whether the source's metrics are in the account and Region where the alarm will stand."""
    source, function = plan.event_source, plan.function
    return all(
        not isinstance(there, str) or not isinstance(here, str) or there == here
        for there, here in ((source.account, function.account), (source.region, function.region))
    )


def _age(plan: MappingPlan) -> Iterator[Recipe]:
    queue = plan.event_source
    if not isinstance(queue, Queue) or not _in_reach(plan):
        return
    visibility = _seconds(queue.effective_visibility_seconds, "VisibilityTimeout")
    retention = _seconds(queue.effective_retention_seconds, "MessageRetentionPeriod")
    # Our choice: five redeliveries may pass unnoticed, a quarter of the retention may not. One redelivery alone adds
    # a whole visibility timeout to the age, so anything near that would be noise.
    threshold = min(retention // 4, max(5 * visibility, 5 * _MINUTE))
    yield Recipe(
        key="age",
        watched=Watched.SOURCE,
        namespace=_QUEUE_METRICS,
        dimension="QueueName",
        measures=(Measure("ApproximateAgeOfOldestMessage", "Maximum"),),
        period_seconds=_MINUTE,
        threshold=threshold,
        evaluation_periods=5,
        datapoints_to_alarm=3,
        description=f"{plan.path}: the oldest message has waited for {threshold} seconds or more, so the function "
        "falls behind, fails or is throttled. Look at its errors, throttles and duration; raise its concurrency or "
        f"mend the handler before messages expire, {retention} seconds after they were sent.",
        reason=f"the lesser of a quarter of the retention ({retention} s) and five visibility timeouts "
        f"({visibility} s each), at least five minutes",
    )


def _dead_letters(plan: MappingPlan) -> Iterator[Recipe]:
    if not isinstance(plan.failure, FailurePath) or plan.failure.queue is None or not _in_reach(plan):
        return
    yield Recipe(
        key="dead_letters",
        watched=Watched.DEAD_LETTER_QUEUE,
        namespace=_QUEUE_METRICS,
        dimension="QueueName",
        measures=(Measure("ApproximateNumberOfMessagesVisible", "Maximum"),),
        period_seconds=_MINUTE,
        threshold=1,
        evaluation_periods=1,
        datapoints_to_alarm=1,
        description=f"{plan.path}: messages that the function could not process wait in the dead-letter queue. Read "
        "one, mend its cause, then start a redrive from the SQS console or with StartMessageMoveTask. They are "
        "deleted when the queue's retention ends.",
        reason="a dead-letter queue is empty while all is well; the depth is watched, and not the messages sent, "
        "because messages that SQS moves by a redrive policy are not counted as sent",
    )


def _errors(plan: MappingPlan) -> Iterator[Recipe]:
    yield Recipe(
        key="errors",
        watched=Watched.FUNCTION,
        namespace=_FUNCTION_METRICS,
        dimension="FunctionName",
        measures=(Measure("Errors", "Sum"),),
        period_seconds=5 * _MINUTE,
        threshold=1,
        evaluation_periods=1,
        datapoints_to_alarm=1,
        description=f"{plan.path}: invocations raised, timed out or ran out of memory, so whole batches are "
        "delivered again. Read the function's log; a partial batch response would not count here.",
        reason="our choice: a handler that reports partial failures never raises, so one error is worth a look",
    )


def _throttles(plan: MappingPlan) -> Iterator[Recipe]:
    yield Recipe(
        key="throttles",
        watched=Watched.FUNCTION,
        namespace=_FUNCTION_METRICS,
        dimension="FunctionName",
        measures=(Measure("Throttles", "Sum"),),
        period_seconds=_MINUTE,
        threshold=1,
        evaluation_periods=5,
        datapoints_to_alarm=5,
        description=f"{plan.path}: the function has been throttled for five minutes. Each throttle spends a receive, "
        "so good messages drift to the dead-letter queue. Raise the reserved concurrency, or lower max_concurrency.",
        reason="our choice: short bursts are normal while the poller scales, five minutes on end are not",
    )


def _event_metrics(plan: MappingPlan) -> bool:
    """Whether the mapping emits its own metrics; without them an alarm on one would stay blind."""
    metrics = plan.given("MetricsConfig.Metrics")
    return isinstance(metrics, list | tuple) and "EventCount" in metrics and plan.given("Enabled") is not False


def _failures(plan: MappingPlan) -> Iterator[Recipe]:
    if not _event_metrics(plan):
        return
    yield Recipe(
        key="failures",
        watched=Watched.MAPPING,
        namespace=_FUNCTION_METRICS,
        dimension="EventSourceMappingUUID",
        measures=(Measure("FailedInvokeEventCount", "Sum", "failed"), Measure("InvokedEventCount", "Sum", "invoked")),
        expression="IF(invoked > 0, 100 * failed / invoked, 0)",
        period_seconds=5 * _MINUTE,
        threshold=5,
        evaluation_periods=3,
        datapoints_to_alarm=3,
        description=f"{plan.path}: five percent or more of the events are in batches that fail wholly or in part, "
        "which the function's own Errors metric does not show. Read its log for the reported ids.",
        reason="our choice: five percent for a quarter of an hour is more than a bad message now and then",
    )


def _filtered(plan: MappingPlan) -> Iterator[Recipe]:
    if not _event_metrics(plan) or not plan.filters:
        return
    yield Recipe(
        key="filtered",
        watched=Watched.MAPPING,
        namespace=_FUNCTION_METRICS,
        dimension="EventSourceMappingUUID",
        measures=(Measure("FilteredOutEventCount", "Sum", "filtered"), Measure("PolledEventCount", "Sum", "polled")),
        expression="IF(polled > 0, 100 * filtered / polled, 0)",
        period_seconds=5 * _MINUTE,
        threshold=100,
        evaluation_periods=6,
        datapoints_to_alarm=6,
        description=f"{plan.path}: for half an hour no event has matched the filters. The service "
        f"{plan.facts.unmatched}: if that is not meant, disable the mapping first, then mend the pattern.",
        reason="our choice: a filter that lets nothing through for half an hour is more likely wrong than wanted",
    )


def _stopped(plan: MappingPlan) -> Iterator[Recipe]:
    if not _event_metrics(plan):
        return
    yield Recipe(
        key="stopped",
        watched=Watched.MAPPING,
        namespace=_FUNCTION_METRICS,
        dimension="EventSourceMappingUUID",
        measures=(Measure("PolledEventCount", "SampleCount"),),
        period_seconds=5 * _MINUTE,
        threshold=1,
        comparison="LessThanThreshold",
        evaluation_periods=3,
        datapoints_to_alarm=3,
        missing="breaching",
        description=f"{plan.path}: the mapping has not polled for a quarter of an hour. Look at its State and "
        "LastProcessingResult (GetEventSourceMapping): a revoked permission, a disabled key or somebody who "
        "disabled it.",
        reason="an idle source still yields polls with a count of zero, so missing data means that nobody polls",
    )


_CHOOSERS: Final[tuple[Callable[[MappingPlan], Iterator[Recipe]], ...]] = (
    _age,
    _dead_letters,
    _errors,
    _throttles,
    _failures,
    _filtered,
    _stopped,
)
