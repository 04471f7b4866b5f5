"""The records of a run: what a user hands in, and what a source keeps of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, Final

from cdk_esm.simulator.arguments import check_count, check_seconds, check_text, refused

_ATTRIBUTE: Final = '{"Title": {"DataType": "String", "StringValue": "…"}}, or BinaryValue with bytes'


@dataclass(frozen=True)
class Record:
    """A record, message or event, with all that its producer says of it.

    Args:
        payload: text, bytes, or anything that JSON can say. For DynamoDB: an item, in plain values or with type
            letters, or an object with ``Keys``, ``NewImage`` and ``OldImage``.
        id: what the trace calls it; by default ``r1``, ``r2`` and so on, in the order of the records.
        at: seconds from the moment at which the mappings are made; a negative one was there before.
        group: the message group of a FIFO queue; one group by default.
        key: the partition key of a stream or a topic; by default every record has its own. For DynamoDB: the name of
            the key attribute, by default the first one of the item.
        partition: the number of the shard or partition, counted from 0; by default the key decides.
        attributes: message attributes, as SQS takes them: ``{"Title": {"DataType": "String", "StringValue": "…"}}``.

    Raises:
        EsmError: one of them is of the wrong type, or a time that never comes.
    """

    payload: Any
    _: KW_ONLY
    id: str | None = None
    at: float = 0
    group: str | None = None
    key: str | None = None
    partition: int | None = None
    attributes: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        check_seconds("at of a record", self.at, least=None)
        check_text("id of a record", self.id)
        if self.id == "":
            raise refused("id of a record", "text that is not empty", self.id)
        check_text("group of a record", self.group)
        check_text("key of a record", self.key)
        if self.partition is not None:
            check_count("partition of a record", self.partition, instead=", because shards and partitions count from 0")
        if self.attributes is not None and not _are_attributes(self.attributes):
            allowed = f"message attributes as SQS takes them, {_ATTRIBUTE}"
            raise refused("attributes of a record", allowed, self.attributes, verb="are")


def _are_attributes(given: object) -> bool:
    if not isinstance(given, Mapping):
        return False
    return all(
        isinstance(name, str)
        and isinstance(one, Mapping)
        and isinstance(one.get("DataType"), str)
        and (isinstance(one.get("StringValue"), str) or isinstance(one.get("BinaryValue"), bytes | bytearray))
        for name, one in given.items()
    )


class Item:
    """A record in its source: where it is, and how often it was handed out. Only its source and poller change it."""

    __slots__ = (
        "at",
        "attributes",
        "deliveries",
        "depth",
        "due",
        "end",
        "first",
        "gone",
        "group",
        "hidden_until",
        "id",
        "key",
        "made",
        "number",
        "partition",
        "payload",
        "place",
        "ready",
        "receives",
        "size",
        "successes",
        "tale",
    )

    def __init__(self, number: int, at: int, payload: Any, name: str | None = None) -> None:
        self.number = number
        self.id = name or f"r{number}"
        self.at = at
        self.payload = payload
        self.group: str | None = None
        self.key: str | None = None
        self.partition: int | None = None
        self.attributes: Mapping[str, Any] | None = None
        self.ready: Mapping[str, Any] | None = None
        self.place = 0
        self.size = 0
        self.due = at
        self.depth = 0
        self.receives = 0
        self.deliveries = 0
        self.successes = 0
        self.first = 0
        self.hidden_until = 0
        self.gone = False
        self.made: dict[str, Any] | None = None
        self.end: str | None = None
        self.tale: list[tuple[int, str]] | None = None

    def again(self) -> Item:
        """The same record for another reader, which has its own story of it."""
        other = Item(self.number, self.at, self.payload, self.id)
        other.group, other.key, other.partition = self.group, self.key, self.partition
        other.attributes, other.ready = self.attributes, self.ready
        other.place, other.size, other.depth = self.place, self.size, self.depth
        return other
