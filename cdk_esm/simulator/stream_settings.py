"""What a run needs to know of a stream, a topic, a broker or a change stream, and of the mapping that reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.durations import SECONDS_AN_HOUR
from cdk_esm.facts import UNKNOWN, NotApplicable, Shape, Unknowable
from cdk_esm.plan import DocumentCluster, FailureKind, FailurePath, MappingPlan, Stream, TableStream
from cdk_esm.plan.kafka import retries_before_destination
from cdk_esm.plan.streams import literal_destination, service_of
from cdk_esm.simulator.attempts import Rules
from cdk_esm.simulator.clock import EPOCH_SECONDS, ticks
from cdk_esm.simulator.fidelity.stream_steps import CHANGES_EXPIRE, EXPIRED_IN_STREAM
from cdk_esm.simulator.settings import Common, Reading, common
from cdk_esm.sources.kafka_settings import MINIMUM_POLLERS, POLLERS
from cdk_esm.sources.mq_settings import REDELIVERIES
from cdk_esm.sources.polling import DYNAMODB_POLL_MS, KINESIS_POLL_MS
from cdk_esm.sources.self_managed_kafka import CONSUMPTION_MODE, QUEUE_MODE, SHARE_DELIVERIES
from cdk_esm.sources.stream_settings import BISECT, FOREVER, PARALLELIZATION, RECORD_AGE, RETRIES, TUMBLING_WINDOW

_POLLS: Final = {Shape.STREAM: KINESIS_POLL_MS.value, Shape.TABLE: DYNAMODB_POLL_MS.value}
_KINDS: Final = {"s3": FailureKind.BUCKET, "sqs": FailureKind.QUEUE, "sns": FailureKind.TOPIC}


@dataclass(frozen=True)
class ReaderSettings:
    """What a run knows of a reader.

    Args:
        common: what every mapping has.
        rules: how batches are made and tried.
        lanes: how many lanes each shard has, or how many consumers, or slots, the mapping has.
        starts: the moment from which it reads; ``None`` for everything that is there.
        committed: the offset up to which the consumer group had read; ``None`` for a new group.
        destination: the kind of its on-failure destination.
        deliveries: how often the broker of a share group delivers a record.
    """

    common: Common
    rules: Rules
    lanes: int
    starts: int | None
    committed: int | None
    destination: FailureKind
    deliveries: int = SHARE_DELIVERIES.value


def reader_settings(plan: MappingPlan, reading: Reading) -> ReaderSettings:
    """What a plan says of its reader."""
    shared = common(plan, reading)
    shape = shared.facts.shape
    shares = _shares(reading)
    age: int = reading.setting(RECORD_AGE.name, FOREVER)
    rules = Rules(
        batch_size=shared.batch_size,
        window=0 if shares else shared.window,
        listens=shared.listens,
        by_partition=shape is Shape.CLUSTER,
        retries=_retries(plan, reading, shared),
        oldest=None if age == FOREVER else ticks(age),
        bisect=reading.setting(BISECT.name, False) is True,  # noqa: FBT003 - the value of a setting
        retention=_retention(plan, reading),
        tumbling=ticks(reading.setting(TUMBLING_WINDOW.name, 0)),
        interval=ticks(_POLLS.get(shape, 0) / 1000),
        counts=shape is Shape.BROKER,
        alone=shares,
        expired=CHANGES_EXPIRE if shape is Shape.DOCUMENT_CLUSTER else EXPIRED_IN_STREAM,
    )
    committed: int | None = reading.take("CommittedOffset", None, None)
    return ReaderSettings(
        common=shared,
        rules=rules,
        lanes=_lanes(plan, reading, shared),
        starts=_starts(reading, shares=shares),
        committed=committed,
        destination=_destination(plan, reading),
        deliveries=reading.take("DeliveryCountLimit", None, SHARE_DELIVERIES.value),
    )


def _shares(reading: Reading) -> bool:
    """Whether the mapping reads its topic as a queue."""
    return bool(reading.setting(CONSUMPTION_MODE.name, "Stream") == QUEUE_MODE)


def _retries(plan: MappingPlan, reading: Reading, shared: Common) -> int | None:
    if REDELIVERIES in shared.facts.figures:
        return REDELIVERIES.value
    if RETRIES.name not in plan.facts.by_name:
        return None
    given: int = reading.take(RETRIES.name, retries_before_destination(plan), FOREVER)
    return None if given == FOREVER else given


def _retention(plan: MappingPlan, reading: Reading) -> int | None:
    source = plan.event_source
    if isinstance(source, Stream):
        kept = source.effective_retention_seconds
        hours: Any = kept if isinstance(kept, Unknowable) else kept / SECONDS_AN_HOUR
        return ticks(SECONDS_AN_HOUR * reading.take("RetentionPeriodHours", hours, 0))
    if isinstance(source, TableStream):
        return ticks(float(source.effective_retention_seconds))  # type: ignore[arg-type]
    if isinstance(source, DocumentCluster):
        return ticks(reading.take("ChangeStreamSeconds", source.effective_retention_seconds, 0))
    hours = reading.take("RetentionPeriodHours", None, None)
    return None if hours is None else ticks(SECONDS_AN_HOUR * hours)


def _lanes(plan: MappingPlan, reading: Reading, shared: Common) -> int:
    if shared.facts.shape is Shape.CLUSTER:
        return reading.setting(MINIMUM_POLLERS.name, 1) if plan.given(POLLERS.name) is not None else 1
    if shared.facts.concurrency is not None:
        return shared.facts.concurrency.value
    return reading.setting(PARALLELIZATION.name, 1)


def _starts(reading: Reading, *, shares: bool) -> int | None:
    position = reading.setting("StartingPosition", "TRIM_HORIZON")
    if shares:  # the mapping takes none
        position = reading.take("StartingPosition", None, "LATEST")
    if position == "AT_TIMESTAMP":
        return ticks(reading.setting("StartingPositionTimestamp", EPOCH_SECONDS) - EPOCH_SECONDS)
    return 0 if position == "LATEST" else None


def _destination(plan: MappingPlan, reading: Reading) -> FailureKind:
    """The kind of the on-failure destination; a mapping that was read from a template may have only its ARN."""
    failure = plan.failure
    if isinstance(failure, FailurePath):
        return failure.kind
    try:
        arn = literal_destination(plan)
    except NotApplicable:
        return FailureKind.NONE
    if arn.startswith("kafka://"):
        return FailureKind.KAFKA_TOPIC
    kind: str = reading.take("DestinationConfig", _KINDS.get(service_of(arn) or "", UNKNOWN), "none")
    return FailureKind(kind)
