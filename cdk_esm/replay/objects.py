"""An object of a failure bucket: what its key tells, and the event that is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from cdk_esm.errors import EsmError
from cdk_esm.facts import Shape
from cdk_esm.sources import SOURCES
from cdk_esm.sources.destinations import OBJECT_PREFIX

UUID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY: Final = re.compile(
    rf"{re.escape(OBJECT_PREFIX)}(?P<mapping>{UUID})/(?P<lane>.+)/\d{{4}}/\d\d/\d\d/"
    r"(?P<moment>\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d)-[^/]+"
)
_MARKS: Final = tuple(
    dict.fromkeys(
        sheet.records.mark for sheet in SOURCES.values() if sheet.shape in (Shape.STREAM, Shape.CONSUMER, Shape.TABLE)
    )
)
"""What holds the sequence number in a record of a stream."""
Event: TypeAlias = dict[str, Any]
Name: TypeAlias = Hashable
"""What an answer calls a record: a sequence number, or partition and offset."""


class NotReplayableError(EsmError):
    """An object that holds nothing to invoke a function with."""


@dataclass(frozen=True)
class StoredObject:
    """An object as its key tells of it.

    Args:
        key: the key.
        mapping: the UUID of the mapping whose records failed.
        lane: the shard or the partition.
        at: when Lambda gave the records up.
        size: in bytes.
    """

    key: str
    mapping: str
    lane: str
    at: datetime
    size: int


def stored_object(key: str, size: int) -> StoredObject | None:
    """An object by its key; ``None`` for one whose key has another form.

    The form is that of AWS's pages on Kinesis and DynamoDB (kinesis-on-failure-destination, services-dynamodb-errors).
    Those on Apache Kafka name none, so that anything may be in the place of the shard, also several folders.
    """
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    try:
        at = datetime.strptime(found["moment"], "%Y-%m-%dT%H.%M.%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return StoredObject(key, found["mapping"], found["lane"], at, size)


@dataclass(frozen=True)
class Failure:
    """What an object holds.

    Args:
        event: the event that the function was invoked with, or would have been.
        function: the ARN of the function.
        condition: why Lambda gave up, in its word.
    """

    event: Event
    function: str | None
    condition: str | None

    @property
    def names(self) -> tuple[Name, ...]:
        """The names of the records, in their order."""
        return tuple(name for name, _ in _records(self.event))


def read_failure(content: bytes) -> Failure:
    """Read an object.

    Args:
        content: what is in it. AWS writes the event as a text of JSON inside of the JSON, and has been recorded with
            the event itself in that place: both are read.

    Raises:
        NotReplayableError: it is no such document, or it does not hold the records.
    """
    try:
        document = json.loads(content)
        payload = document.get("payload") if isinstance(document, dict) else None
        event = json.loads(payload) if isinstance(payload, str) else payload
    except (ValueError, RecursionError) as error:
        raise NotReplayableError(f"it is no JSON: {error}") from None
    if not isinstance(event, dict) or not any(_records(event)):
        raise NotReplayableError("it holds no records; only a bucket gets them, a queue and a topic get a pointer")
    context = document.get("requestContext")
    context = context if isinstance(context, dict) else {}
    function, condition = context.get("functionArn"), context.get("condition")
    return Failure(
        event, function if isinstance(function, str) else None, condition if isinstance(condition, str) else None
    )


def _records(event: Mapping[str, Any]) -> Iterator[tuple[Name, Any]]:
    """The records of an event, each with the name that an answer calls it by."""
    listed, grouped = event.get("Records"), event.get("records")
    for record in listed if isinstance(listed, list) else ():
        found = (record.get(mark) for mark in _MARKS) if isinstance(record, dict) else ()
        body: Mapping[str, Any] = next((one for one in found if isinstance(one, dict)), {})
        yield body.get("sequenceNumber") or body.get("SequenceNumber"), record
    for lane, records in grouped.items() if isinstance(grouped, dict) else ():
        for record in records if isinstance(records, list) else ():
            yield (lane, record.get("offset") if isinstance(record, dict) else None), record


def is_of_kafka(event: Mapping[str, Any]) -> bool:
    """Whether the records are those of Apache Kafka, by partition."""
    return isinstance(event.get("records"), dict)


def only(event: Event, names: frozenset[Name]) -> Event:
    """The event with some of its records.

    Args:
        event: the event.
        names: the names of those records.
    """
    if not is_of_kafka(event):
        return {**event, "Records": [record for name, record in _records(event) if name in names]}
    kept: dict[str, list[Any]] = {}
    for name, record in _records(event):
        if name in names:
            kept.setdefault(name[0], []).append(record)  # type: ignore[index]  # partition and offset
    return {**event, "records": kept}


def from_the_first(event: Event, failed: frozenset[Name]) -> frozenset[Name]:
    """The records that a mapping would hand over again: each lane from its first failed record on.

    A handler that keeps the order stops at a failure, so what follows it may not have been processed.
    """
    again: set[Name] = set()
    begun: set[Any] = set()
    for name, _ in _records(event):
        lane = name[0] if isinstance(name, tuple) else None
        if name in failed:
            begun.add(lane)
        if lane in begun:
            again.add(name)
    return frozenset(again)
