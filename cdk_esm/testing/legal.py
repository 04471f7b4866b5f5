"""A mapping with nothing wrong, for each kind of source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, Final

from cdk_esm.facts import Example, Shape
from cdk_esm.plan import (
    Broker,
    Cluster,
    Destination,
    DocumentCluster,
    FailureKind,
    FailurePath,
    Function,
    MappingPlan,
    Queue,
    Role,
    Source,
    Stream,
    TableStream,
)
from cdk_esm.plan.identity import split_consumer
from cdk_esm.sources import SOURCES
from cdk_esm.sources.self_managed_kafka import BOOTSTRAP_SERVERS
from cdk_esm.sources.sqs_queue import LEAST_RECEIVES, QUEUE, VISIBILITY_FACTOR

_TIMEOUT_SECONDS: Final = 30
_HERE: Final[dict[str, Any]] = {"region": "eu-west-1", "account": "111122223333"}
_FAILED: Final = "arn:aws:s3:::orders-failed"
_RECORDS: Final[Mapping[Shape, Callable[..., Source]]] = {
    Shape.QUEUE: Queue,
    Shape.STREAM: Stream,
    Shape.CONSUMER: Stream,
    Shape.TABLE: TableStream,
    Shape.CLUSTER: Cluster,
    Shape.BROKER: Broker,
    Shape.DOCUMENT_CLUSTER: DocumentCluster,
}
"""What a plan keeps of the sources of each shape."""


def mapping(source: str = "sqs", /, **settings: Any) -> MappingPlan:
    """Return a plan of a mapping without a finding, with the given settings beside its own.

    Args:
        source: the source kind.
        settings: CloudFormation names; ``None`` takes a setting away. ``dataclasses.replace`` changes the rest.
    """
    example = SOURCES[source].example
    named = {} if example.arn is None else {"EventSourceArn": example.arn}
    # A copy, because whoever changes a list in a plan would change it for all.
    given = {**named, "FunctionName": "fulfil", **deepcopy(dict(example.settings)), **settings}
    window = settings.get("MaximumBatchingWindowInSeconds")
    event_source = _event_source(source, window if isinstance(window, int) else 0)
    return MappingPlan(
        path="Shop/Orders",
        source=source,
        settings={name: value for name, value in given.items() if value is not None},
        event_source=event_source,
        function=Function(
            identity="arn:aws:lambda:eu-west-1:111122223333:function:fulfil",
            name="fulfil",
            timeout_seconds=_TIMEOUT_SECONDS,
            **_HERE,
        ),
        role=Role(identity="arn:aws:iam::111122223333:role/fulfil"),
        failure=_failure_path(source, event_source),
    )


def _event_source(source: str, window: int) -> Source:
    sheet = SOURCES[source]
    arn, about = sheet.example.arn, dict(sheet.example.about)
    if arn is None:
        return _RECORDS[sheet.shape](identity=",".join(_servers(sheet.example)))
    if sheet.shape is Shape.QUEUE:
        about["visibility_timeout_seconds"] = VISIBILITY_FACTOR.value * _TIMEOUT_SECONDS + window
    parts = split_consumer(arn)
    if parts is not None:
        about["consumer"] = arn
    return _RECORDS[sheet.shape](identity=arn if parts is None else parts[0], **about, **_HERE)


def _servers(example: Example) -> list[str]:
    """The servers of a source without an ARN, by which a plan knows it."""
    value: Any = example.settings
    for name in BOOTSTRAP_SERVERS.name.split("."):
        value = value[name]
    return list(value)


def _failure_path(kind: str, source: Source) -> FailurePath:
    if SOURCES[kind].destinations:
        return FailurePath(kind=FailureKind.BUCKET, destination=Destination(identity=_FAILED))
    if not isinstance(source, Queue):
        return FailurePath(
            kind=FailureKind.NONE, reason="the service offers none, and an alarm watches the age of the records"
        )
    longest = QUEUE.by_name["MessageRetentionPeriod"].maximum
    dead_letters = Queue(
        identity="arn:aws:sqs:eu-west-1:111122223333:orders-dead",
        fifo=source.fifo,
        retention_seconds=longest,
        **_HERE,
    )
    return FailurePath(kind=FailureKind.DEAD_LETTER_QUEUE, queue=dead_letters, max_receive_count=LEAST_RECEIVES.value)
