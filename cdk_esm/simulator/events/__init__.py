"""Sample events of every source, in the shape in which Lambda delivers them.

>>> from cdk_esm import events
>>> events.sqs({"order_id": "O-1"})["Records"][0]["body"]
'{"order_id": "O-1"}'

The simulator writes its events with the same code, and the tests compare them with AWS's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Final, Protocol

from cdk_esm.errors import EsmError
from cdk_esm.facts import Shape, SourceFacts
from cdk_esm.simulator.arguments import check_count, check_named, check_seconds, meant, refused
from cdk_esm.simulator.arrivals import in_order
from cdk_esm.simulator.events.brokers import ActiveMqEvents, DocumentEvents, KafkaEvents, RabbitMqEvents
from cdk_esm.simulator.events.queues import QueueEvents
from cdk_esm.simulator.events.streams import KinesisEvents, TableEvents
from cdk_esm.simulator.events.wrapping import Place
from cdk_esm.simulator.record import Item, Record
from cdk_esm.sources import SOURCES
from cdk_esm.sources.dynamodb_table import IMAGES_OF_VIEW

__all__ = [
    "activemq",
    "documentdb",
    "dynamodb",
    "event",
    "kinesis",
    "msk",
    "rabbitmq",
    "self_managed_kafka",
    "sqs",
    "sqs_fifo",
    "writer",
]


class Writer(Protocol):
    """Writes the records and events of one source."""

    def take_in(self, item: Item) -> None:
        """Look at a new record once."""

    def identifier(self, item: Item) -> Any:
        """What a partial batch response calls the record."""

    def record(self, item: Item) -> dict[str, Any]:
        """The record as a batch carries it."""

    def event(self, records: list[dict[str, Any]], about: Mapping[str, Any]) -> dict[str, Any]:
        """The event of an invocation with these records."""


_WRITERS: Final[Mapping[Shape, Callable[[SourceFacts, Place], Writer]]] = {
    Shape.QUEUE: QueueEvents,
    Shape.STREAM: KinesisEvents,
    Shape.CONSUMER: KinesisEvents,
    Shape.TABLE: TableEvents,
    Shape.CLUSTER: KafkaEvents,
    Shape.DOCUMENT_CLUSTER: DocumentEvents,
}
_VIEWS: Final = tuple(IMAGES_OF_VIEW)
_GROUPED: Final[Mapping[bool, Callable[[SourceFacts, Place], Writer]]] = {True: RabbitMqEvents, False: ActiveMqEvents}


def writer(facts: SourceFacts, place: Place) -> Writer:
    """What writes the events of a source, by its shape; of brokers the sheet says which form of event they have."""
    return _WRITERS.get(facts.shape, _GROUPED[facts.records.grouped])(facts, place)


def sqs(*bodies: Any, receive_count: int = 1, window: float = 0) -> dict[str, Any]:
    """A batch of a standard queue.

    Args:
        *bodies: a text, anything that JSON can say, or a ``Record``.
        receive_count: how often each message has been received.
        window: the mapping's batching window in seconds: without attributes, messages carry a null digest with one.
    """
    return event("sqs", *bodies, receive_count=receive_count, window=window)


def sqs_fifo(*bodies: Any, receive_count: int = 1) -> dict[str, Any]:
    """A batch of a FIFO queue; ``Record(body, group=…)`` says of which message group a message is."""
    return event("sqs-fifo", *bodies, receive_count=receive_count)


def kinesis(*data: Any) -> dict[str, Any]:
    """A batch of a Kinesis stream: texts, bytes, anything that JSON can say, or ``Record(data, key=…)``."""
    return event("kinesis", *data)


def dynamodb(*items: Any, view: str = "NEW_AND_OLD_IMAGES") -> dict[str, Any]:
    """A batch of a table's stream.

    Args:
        *items: an item, which means its insertion, or ``{"OldImage": …, "NewImage": …}``, each in plain values
            or with type letters.
        view: what the stream carries of an item.
    """
    return event("dynamodb", *items, view=view)


def msk(*values: Any, topic: str = "orders") -> dict[str, Any]:
    """A batch of a topic of Amazon MSK; ``Record(value, key=…, partition=…)`` says more of a record."""
    return event("msk", *values, topic=topic)


def self_managed_kafka(*values: Any, topic: str = "orders") -> dict[str, Any]:
    """A batch of a topic of a self-managed Kafka cluster."""
    return event("self-managed-kafka", *values, topic=topic)


def activemq(*data: Any, queue: str = "orders") -> dict[str, Any]:
    """A batch of a queue of an ActiveMQ broker."""
    return event("activemq", *data, topic=queue)


def rabbitmq(*data: Any, queue: str = "orders", virtual_host: str = "/") -> dict[str, Any]:
    """A batch of a queue of a RabbitMQ broker."""
    return event("rabbitmq", *data, topic=f"{queue}::{virtual_host}")


def documentdb(*documents: Any, database: str = "shop", collection: str = "orders") -> dict[str, Any]:
    """A batch of a change stream of DocumentDB: documents, which mean their insertion, or whole events."""
    return event("documentdb", *documents, topic=f"{database}.{collection}")


def event(source: str, *payloads: Any, receive_count: int = 1, **place: Any) -> dict[str, Any]:
    """An event of any source kind: ``event("kinesis-efo", …)``.

    Args:
        source: the source kind.
        *payloads: what the records hold, or ``Record``.
        receive_count: how often each message of a queue has been received.
        **place: what the records say of their source: ``arn``, ``region``, ``role``, ``window``, ``view``, ``topic``.

    Raises:
        EsmError: an argument, or what a record holds, cannot be taken.
    """
    facts = SOURCES.get(source) if isinstance(source, str) else None
    if facts is None:
        raise EsmError(f"a source is one of {', '.join(SOURCES)}, got {source!r}{meant(source, SOURCES)}")
    _check(receive_count, place)
    where = Place(**{"arn": facts.example.arn or "", **place})
    writes = writer(facts, where)
    items = []
    for number, item in enumerate(in_order([_as_record(one) for one in payloads], 0), 1):
        item.number, item.id = number, item.id if item.id != "r0" else f"r{number}"
        item.place = number - 1 if facts.shape is Shape.CLUSTER else 0
        item.receives, item.first = receive_count, item.at
        writes.take_in(item)
        items.append(item)
    return writes.event([writes.record(item) for item in items], {})


def _check(receive_count: int, place: Mapping[str, Any]) -> None:
    check_named((one.name for one in fields(Place)), dict(place), "an event")
    check_count("receive_count", receive_count, least=1)
    for name, value in place.items():
        if name == "window":
            check_seconds(name, value)
        elif value is None or not isinstance(value, str):
            raise refused(name, "text", value)
    if place.get("view", _VIEWS[0]) not in _VIEWS:
        raise refused("view", f"one of {', '.join(_VIEWS)}", place["view"])


def _as_record(payload: Any) -> Record:
    return payload if isinstance(payload, Record) else Record(payload)
