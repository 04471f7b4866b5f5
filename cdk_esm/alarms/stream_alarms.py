"""Alarms of a stream: how far its readers are behind, and what becomes of records that fail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cdk_esm.alarms.mapping_alarms import has_event_metrics
from cdk_esm.alarms.recipes import MINUTE, Measure, Recipe, Watched, in_reach
from cdk_esm.alarms.runbook import RUNBOOK
from cdk_esm.durations import SECONDS_AN_HOUR
from cdk_esm.facts import Unknowable
from cdk_esm.plan import DocumentCluster, FailureKind, FailurePath, MappingPlan
from cdk_esm.sources.document_cluster import CHANGE_STREAM_RETENTION
from cdk_esm.sources.kinesis_efo import KINESIS_EFO
from cdk_esm.sources.kinesis_stream import STREAM
from cdk_esm.sources.stream_settings import FOREVER, PARALLELIZATION, RECORD_AGE

_FUNCTION_METRICS: Final = "AWS/Lambda"
_STREAM_METRICS: Final = "AWS/Kinesis"
_A: Final = {"record": "a", "event": "an"}
LATEST_NOTICE_SECONDS: Final = SECONDS_AN_HOUR
"""Our choice: a function that is an hour behind is worth a look, however long the stream keeps its records."""


def iterator_age(plan: MappingPlan) -> Iterator[Recipe]:
    """The function falls behind the stream."""
    limit, reason = _tolerable_seconds(plan)
    yield Recipe(
        key="iterator_age",
        watched=Watched.FUNCTION,
        namespace=_FUNCTION_METRICS,
        dimensions=("FunctionName",),
        measures=(Measure("IteratorAge", "Maximum"),),
        period_seconds=MINUTE,
        threshold=limit * 1000,
        scale=1000,
        evaluation_periods=5,
        datapoints_to_alarm=3,
        description=f"{plan.path}: the function reads {plan.facts.unit}s that are {{threshold}} seconds old or more. "
        f"Look at its errors and its duration; raise {_faster(plan)}, or mend the handler, before {plan.facts.unit}s "
        "are given up or expire.",
        reason=reason,
    )


def consumer_lag(plan: MappingPlan) -> Iterator[Recipe]:
    """The enhanced fan-out consumer falls behind the tip of the stream."""
    if not in_reach(plan):
        return
    limit, reason = _tolerable_seconds(plan)
    yield Recipe(
        key="consumer_lag",
        watched=Watched.CONSUMER,
        namespace=_STREAM_METRICS,
        dimensions=("StreamName", "ConsumerName"),
        measures=(Measure("SubscribeToShardEvent.MillisBehindLatest", "Maximum"),),
        period_seconds=MINUTE,
        threshold=limit * 1000,
        scale=1000,
        evaluation_periods=5,
        datapoints_to_alarm=3,
        description=f"{plan.path}: the enhanced fan-out consumer is {{threshold}} seconds or more behind the tip of "
        "the stream. If the function's own age is low, records wait before they reach it: look at the mapping's state.",
        reason=reason,
    )


def read_throttles(plan: MappingPlan) -> Iterator[Recipe]:
    """Too many readers share the stream's throughput."""
    if not in_reach(plan):
        return
    yield Recipe(
        key="read_throttles",
        watched=Watched.SOURCE,
        namespace=_STREAM_METRICS,
        dimensions=("StreamName",),
        measures=(Measure("ReadProvisionedThroughputExceeded", "Sum"),),
        period_seconds=MINUTE,
        threshold=1,
        evaluation_periods=5,
        datapoints_to_alarm=3,
        description=f"{plan.path}: reads of the stream are throttled, because its readers ask for more than a shard "
        f"gives. Take readers away, or give this one a consumer of its own with {_fan_out(plan)}.",
        reason="our choice: a throttled read now and then is normal, three minutes of five are not",
    )


def dropped(plan: MappingPlan) -> Iterator[Recipe]:
    """Records were given up and are nowhere."""
    if not has_event_metrics(plan):
        return
    yield Recipe(
        key="dropped",
        watched=Watched.MAPPING,
        namespace=_FUNCTION_METRICS,
        dimensions=("EventSourceMappingUUID",),
        measures=(Measure("DroppedEventCount", "Sum"),),
        period_seconds=MINUTE,
        threshold=1,
        evaluation_periods=1,
        datapoints_to_alarm=1,
        description=f"{plan.path}: records were given up without reaching a destination: they are lost, unless the "
        "stream still holds them. Read the function's log, then its role's permissions on the destination.",
        reason="a lost record is never normal",
    )


def deliveries(plan: MappingPlan) -> Iterator[Recipe]:
    """Failed records arrived at the destination."""
    if not _has_destination(plan) or not has_event_metrics(plan):
        return
    yield Recipe(
        key="deliveries",
        watched=Watched.MAPPING,
        namespace=_FUNCTION_METRICS,
        dimensions=("EventSourceMappingUUID",),
        measures=(Measure("OnFailureDestinationDeliveredEventCount", "Sum"),),
        period_seconds=MINUTE,
        threshold=1,
        evaluation_periods=1,
        datapoints_to_alarm=1,
        description=f"{plan.path}: records that the function could not process were put into the on-failure "
        f"destination. Read one, mend its cause, and {_again(plan)}. {RUNBOOK}",
        reason="the only sign of a record in a bucket; a destination stays empty while all is well",
    )


def _again(plan: MappingPlan) -> str:
    """How the records of a destination are processed again."""
    in_bucket = isinstance(plan.failure, FailurePath) and plan.failure.kind is FailureKind.BUCKET
    return "run `cdk-esm replay` on the bucket" if in_bucket else "process them again from there"


def delivery_failures(plan: MappingPlan) -> Iterator[Recipe]:
    """The destination does not take what it is given."""
    if not _has_destination(plan):
        return
    yield Recipe(
        key="delivery_failures",
        watched=Watched.FUNCTION,
        namespace=_FUNCTION_METRICS,
        dimensions=("FunctionName",),
        measures=(Measure("DestinationDeliveryFailures", "Sum"),),
        period_seconds=MINUTE,
        threshold=1,
        evaluation_periods=1,
        datapoints_to_alarm=1,
        description=f"{plan.path}: failed records could not be written to the on-failure destination and are lost. "
        "Look at the role's permissions, the destination's own policy and its key.",
        reason="a failure path that fails loses data at once",
    )


def _has_destination(plan: MappingPlan) -> bool:
    return isinstance(plan.failure, FailurePath) and plan.failure.destination is not None


def _fan_out(plan: MappingPlan) -> str:
    """How a mapping gets a consumer, in the words of the door that the plan came through."""
    consumer = KINESIS_EFO.by_name["EventSourceArn"]
    return plan.say(consumer, value=True) if plan.door == "construct" else f"its ARN as {plan.say(consumer)}"


def _tolerable_seconds(plan: MappingPlan) -> tuple[int, str]:
    """How old a record may grow before somebody should know, and why."""
    retention = plan.event_source.effective_retention_seconds
    if isinstance(retention, Unknowable):
        retention = _least_retention(plan)
    age = plan.setting(RECORD_AGE.name)
    given_up = age if isinstance(age, int) and age != FOREVER else retention
    # Our choice: at least half of the time until records are given up is left to mend what is wrong.
    limit = min(retention, given_up)
    given = f"{_A[plan.facts.unit]} {plan.facts.unit}"
    reason = f"the lesser of half of the {limit} s after which {given} is given up and one hour"
    return min(limit // 2, LATEST_NOTICE_SECONDS), reason


def _least_retention(plan: MappingPlan) -> int:
    """How long the source keeps what nobody has read, if its retention is hidden: the service's default."""
    if isinstance(plan.event_source, DocumentCluster):
        default = CHANGE_STREAM_RETENTION.default
        assert isinstance(default, int)
        return default
    default = STREAM.by_name["RetentionPeriodHours"].default
    assert isinstance(default, int)
    return default * SECONDS_AN_HOUR


def _faster(plan: MappingPlan) -> str:
    """What makes the function read faster, as far as the source offers it."""
    return f"{plan.say(PARALLELIZATION)} or the batch" if PARALLELIZATION.name in plan.facts.by_name else "the batch"
