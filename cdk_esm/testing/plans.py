"""A mapping with nothing wrong, to change one thing at a time in tests and examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from cdk_esm.plan import (
    Destination,
    FailurePath,
    Function,
    MappingPlan,
    Queue,
    Role,
    Source,
    Stream,
    TableStream,
)
from cdk_esm.rules.engine import check
from cdk_esm.sources.sqs_queue import LEAST_RECEIVES, QUEUE, VISIBILITY_FACTOR

_TIMEOUT_SECONDS: Final = 30
_HERE: Final[dict[str, Any]] = {"region": "eu-west-1", "account": "111122223333"}
_ARNS: Final = {
    "sqs": "arn:aws:sqs:eu-west-1:111122223333:orders",
    "sqs-fifo": "arn:aws:sqs:eu-west-1:111122223333:orders.fifo",
    "kinesis": "arn:aws:kinesis:eu-west-1:111122223333:stream/orders",
    "kinesis-efo": "arn:aws:kinesis:eu-west-1:111122223333:stream/orders/consumer/fulfil:1700000000",
    "dynamodb": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-11-20T00:00:00.000",
}


def mapping(source: str = "sqs", /, **settings: Any) -> MappingPlan:
    """Return a plan of a mapping without a finding, with the given settings beside its own.

    Args:
        source: the source kind.
        settings: CloudFormation names; ``None`` takes a setting away. ``dataclasses.replace`` changes the rest.
    """
    given: dict[str, Any] = {"EventSourceArn": _ARNS[source], "FunctionName": "fulfil"}
    given |= {"FunctionResponseTypes": ["ReportBatchItemFailures"]}
    if not source.startswith("sqs"):
        destination = {"OnFailure": {"Destination": "arn:aws:s3:::orders-failed"}}
        given |= {"StartingPosition": "TRIM_HORIZON", "MaximumRetryAttempts": 10, "DestinationConfig": destination}
        given |= {"MaximumRecordAgeInSeconds": 43_200, "BisectBatchOnFunctionError": True}
    given |= settings
    window = settings.get("MaximumBatchingWindowInSeconds")
    return MappingPlan(
        path="Shop/Orders",
        source=source,
        settings={name: value for name, value in given.items() if value is not None},
        event_source=_event_source(source, window if isinstance(window, int) else 0),
        function=Function(
            identity="arn:aws:lambda:eu-west-1:111122223333:function:fulfil",
            name="fulfil",
            timeout_seconds=_TIMEOUT_SECONDS,
            **_HERE,
        ),
        role=Role(identity="arn:aws:iam::111122223333:role/fulfil"),
        failure=_failure_path(source),
    )


def _event_source(source: str, window: int) -> Source:
    if source.startswith("sqs"):
        visibility = VISIBILITY_FACTOR.value * _TIMEOUT_SECONDS + window
        fifo = source == "sqs-fifo"
        return Queue(identity=_ARNS[source], fifo=fifo, visibility_timeout_seconds=visibility, **_HERE)
    if source == "dynamodb":
        return TableStream(identity=_ARNS[source], view_type="NEW_AND_OLD_IMAGES", **_HERE)
    consumer = _ARNS[source] if source == "kinesis-efo" else None
    return Stream(identity=_ARNS["kinesis"], consumer=consumer, **_HERE)


def _failure_path(source: str) -> FailurePath:
    if not source.startswith("sqs"):
        return FailurePath(kind="bucket", destination=Destination(identity="arn:aws:s3:::orders-failed"))
    longest = QUEUE.by_name["MessageRetentionPeriod"].maximum
    dead_letters = Queue(
        identity="arn:aws:sqs:eu-west-1:111122223333:orders-dead",
        fifo=source == "sqs-fifo",
        retention_seconds=longest,
        **_HERE,
    )
    return FailurePath(kind="dead-letter-queue", queue=dead_letters, max_receive_count=LEAST_RECEIVES.value)


def with_source(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its event source changed."""
    return replace(plan, event_source=replace(plan.event_source, **changes))


with_queue = with_source
"""The same, where the source is a queue."""


def with_function(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its function changed."""
    return replace(plan, function=replace(plan.function, **changes))


def with_failure(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its failure path changed."""
    assert isinstance(plan.failure, FailurePath)
    return replace(plan, failure=replace(plan.failure, **changes))


def with_dead_letter_queue(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its dead-letter queue changed."""
    assert isinstance(plan.failure, FailurePath)
    assert plan.failure.queue is not None
    return with_failure(plan, queue=replace(plan.failure.queue, **changes))


def with_destination(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its on-failure destination changed."""
    assert isinstance(plan.failure, FailurePath)
    assert plan.failure.destination is not None
    return with_failure(plan, destination=replace(plan.failure.destination, **changes))


def ids(*plans: MappingPlan, select: Sequence[str] = ()) -> list[str]:
    """The ids of what is found in the plans, acknowledged findings left out."""
    return [finding.rule.id for finding in check(plans, select=select) if finding.acknowledged is None]
