"""Opens the event of an invocation: the records in it, and the source that they come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_SOURCES: Final[Mapping[str, str]] = {
    "aws:sqs": "sqs",
    "aws:kinesis": "kinesis",
    "aws:dynamodb": "dynamodb",
    "aws:kafka": "msk",
    "SelfManagedKafka": "self-managed-kafka",
    "aws:SelfManagedKafka": "self-managed-kafka",
    "aws:mq": "activemq",
    "aws:amq": "activemq",
    "aws:rmq": "rabbitmq",
}
"""The ``eventSource`` of a record or an event to the source kind."""

_MARKS: Final[tuple[tuple[str, str], ...]] = (
    ("body", "sqs"),
    ("kinesis", "kinesis"),
    ("dynamodb", "dynamodb"),
    ("basicProperties", "rabbitmq"),
    ("messageID", "activemq"),
    ("value", "msk"),
)
"""A key that only the records of one source have, to the source kind."""


def records_in(document: Any) -> list[Any]:
    """The records of an invocation's event; a document that is no event is a record itself."""
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return [document]
    for key in ("Records", "messages"):
        if isinstance(document.get(key), list):
            return list(document[key])
    for key in ("records", "rmqMessagesByQueue"):
        if isinstance(document.get(key), dict):
            return [record for records in document[key].values() if isinstance(records, list) for record in records]
    return [document]


def source_of(document: Any) -> str | None:
    """The source kind of an event or of a record; ``None`` where nothing tells it."""
    records = records_in(document)
    record = records[0] if records and isinstance(records[0], dict) else {}
    told = [place.get("eventSource") for place in (document, record) if isinstance(place, dict)]
    kind = next((_SOURCES[name] for name in told if isinstance(name, str) and name in _SOURCES), None)
    kind = kind or next((kind for key, kind in _MARKS if key in record), None)
    attributes = record.get("attributes")
    return "sqs-fifo" if kind == "sqs" and isinstance(attributes, dict) and "MessageGroupId" in attributes else kind
