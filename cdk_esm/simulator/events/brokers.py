"""Records of Kafka topics, messages of Amazon MQ brokers and events of DocumentDB, as AWS's pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.facts import SourceFacts
from cdk_esm.simulator.arguments import is_count, refused
from cdk_esm.simulator.clock import EPOCH_SECONDS, milliseconds
from cdk_esm.simulator.events.belonging import check_belongs
from cdk_esm.simulator.events.wrapping import Place, base64_of, bytes_of, from_base64, object_in, text_of
from cdk_esm.simulator.record import Item


class _Carried:
    """What these sources have in common: a payload in base64, or an object, and a ready-made record stays as it is."""

    mark: str
    _payload: str
    _facts: SourceFacts

    def take_in(self, item: Item) -> None:
        """Look at a new record once: what it carries, and its size."""
        ready = item.payload
        if isinstance(ready, Mapping):
            if self._is_ready(ready):
                text_of(ready, item.id)
                item.ready, item.payload = ready, ready.get(self._payload)
                if item.payload is not None:  # as of a record that Kafka takes for a deletion
                    from_base64(item.payload, item.id, self._payload)
                item.size = len(item.payload or "")
                self._take_in_ready(item, ready)
                return
            check_belongs(ready, self._facts, item.id)
        item.payload = base64_of(ready, item.id)
        item.size = len(item.payload)

    def _take_in_ready(self, item: Item, ready: Mapping[str, Any]) -> None:
        """Look at what else a ready-made record says."""

    def _is_ready(self, payload: Mapping[str, Any]) -> bool:
        return self.mark in payload


class KafkaEvents(_Carried):
    """Writes the records of one topic."""

    def __init__(self, facts: SourceFacts, place: Place) -> None:
        shape = facts.records
        self.holder, self._payload, self.mark = shape.holder, shape.payload or "value", shape.mark
        self.topic, self._facts = place.topic, facts
        self._about = {"eventSource": shape.event_sources[0], "bootstrapServers": place.servers}
        if facts.arn_service is not None:
            self._about["eventSourceArn"] = place.arn

    def _is_ready(self, payload: Mapping[str, Any]) -> bool:
        return self.mark in payload and "offset" in payload

    def _take_in_ready(self, item: Item, ready: Mapping[str, Any]) -> None:
        """A ready-made record stays in its partition and keeps its key, unless ``Record`` says otherwise."""
        partition, key = ready.get("partition"), ready.get("key")
        if item.partition is None and partition is not None:
            if not is_count(partition):
                raise refused(f"{item.id}: partition of a ready-made record", "a whole number, 0 or more", partition)
            item.partition = partition
        if item.key is not None:
            item.ready = {**ready, "key": base64_of(item.key, item.id)}
        elif key is not None:
            item.key = from_base64(key, item.id, "key").decode("utf-8", "backslashreplace")

    def lane(self, item: Item) -> str:
        """The topic and the partition, as events and partial batch responses name them."""
        return f"{self.topic}-{item.partition or 0}"

    def identifier(self, item: Item) -> tuple[str, int]:
        """What a partial batch response calls the record: its partition and its offset."""
        return self.lane(item), item.place

    def record(self, item: Item) -> dict[str, Any]:
        """The record as a batch carries it."""
        if item.ready is not None:
            place = {"topic": self.topic, "partition": item.partition or 0, "offset": item.place}
            return {**item.ready, **place}
        found: dict[str, Any] = {
            "topic": self.topic,
            "partition": item.partition or 0,
            "offset": item.place,
            "timestamp": milliseconds(item.at),
            "timestampType": "CREATE_TIME",
        }
        if item.key is not None:
            found["key"] = base64_of(item.key)
        return {**found, self._payload: item.payload, "headers": []}

    def event(self, records: list[dict[str, Any]], about: Mapping[str, Any]) -> dict[str, Any]:
        """The event of an invocation: one list of records for each partition."""
        lanes: dict[str, list[dict[str, Any]]] = {}
        for record in records:
            lanes.setdefault(f"{self.topic}-{record['partition']}", []).append(record)
        return {**self._about, self.holder: lanes, **about}


class ActiveMqEvents(_Carried):
    """Writes the messages of one queue of an ActiveMQ broker."""

    def __init__(self, facts: SourceFacts, place: Place) -> None:
        shape = facts.records
        self.holder, self._payload, self.mark = shape.holder, shape.payload or "data", shape.mark
        self._about = {"eventSource": shape.event_sources[0], "eventSourceArn": place.arn}
        self._queue, self._facts = place.topic, facts
        self._broker = place.arn.rpartition(":")[2]

    def identifier(self, item: Item) -> str:
        """The id of the message."""
        return str(item.ready["messageID"]) if item.ready is not None else f"ID:{self._broker}-1:1:1:1:{item.number}"

    def record(self, item: Item) -> dict[str, Any]:
        """The message as this delivery hands it out."""
        if item.ready is not None:
            return {**item.ready, "redelivered": item.receives > 1}
        return {
            "messageID": self.identifier(item),
            "messageType": "jms/text-message",
            "deliveryMode": 1,
            "replyTo": None,
            "type": None,
            "expiration": 0,
            "priority": 4,
            "correlationId": None,
            "redelivered": item.receives > 1,
            "destination": {"physicalName": self._queue},
            self._payload: item.payload,
            "timestamp": milliseconds(item.at),
            "brokerInTime": milliseconds(item.at),
            "brokerOutTime": milliseconds(item.first),
            "properties": {},
        }

    def event(self, records: list[dict[str, Any]], about: Mapping[str, Any]) -> dict[str, Any]:
        """The event of an invocation with these messages."""
        return {**self._about, self.holder: records, **about}


_PROPERTIES: Final = (
    "contentEncoding",
    "correlationId",
    "replyTo",
    "messageId",
    "timestamp",
    "type",
    "userId",
    "appId",
    "clusterId",
    "expiration",
    "priority",
)


def _bytes_in(base64: str) -> int:
    """How many bytes a text in base64 is."""
    return len(base64) // 4 * 3 - base64.count("=")


class RabbitMqEvents(_Carried):
    """Writes the messages of one queue of a RabbitMQ broker."""

    def __init__(self, facts: SourceFacts, place: Place) -> None:
        shape = facts.records
        self.holder, self._payload, self.mark = shape.holder, shape.payload or "data", shape.mark
        self._about = {"eventSource": shape.event_sources[0], "eventSourceArn": place.arn}
        self._queue, self._facts = place.topic, facts

    def _take_in_ready(self, item: Item, ready: Mapping[str, Any]) -> None:
        object_in(ready, self.mark, item.id)

    def identifier(self, item: Item) -> str:
        """The number of the message: RabbitMQ itself need not give it an id."""
        return str(item.number)

    def record(self, item: Item) -> dict[str, Any]:
        """The message as this delivery hands it out."""
        if item.ready is not None:
            return {**item.ready, "redelivered": item.receives > 1}
        about: dict[str, Any] = dict.fromkeys(_PROPERTIES)
        about |= {"contentType": "text/plain", "headers": {}, "deliveryMode": 2, "bodySize": _bytes_in(item.payload)}
        return {"basicProperties": about, "redelivered": item.receives > 1, self._payload: item.payload}

    def event(self, records: list[dict[str, Any]], about: Mapping[str, Any]) -> dict[str, Any]:
        """The event of an invocation with these messages."""
        return {**self._about, self.holder: {self._queue: records}, **about}


class DocumentEvents:
    """Writes the events of one change stream of DocumentDB."""

    def __init__(self, facts: SourceFacts, place: Place) -> None:
        shape = facts.records
        self.holder, self._facts = shape.holder, facts
        self._about = {"eventSource": shape.event_sources[0], "eventSourceArn": place.arn}
        self._database, _, self._collection = place.topic.partition(".")

    def take_in(self, item: Item) -> None:
        """Look at a new event once; a whole document means its insertion."""
        given = item.payload
        if isinstance(given, Mapping) and isinstance(given.get("event"), Mapping):
            item.ready = given
        elif isinstance(given, Mapping):
            check_belongs(given, self._facts, item.id)
        else:
            item.payload = {"value": text_of(given, item.id) if isinstance(given, bytes | bytearray) else given}
        item.size = len(bytes_of(item.payload, item.id))

    def identifier(self, item: Item) -> str:
        """The resume token of the event."""
        return f"01{item.number:038x}"

    def record(self, item: Item) -> dict[str, Any]:
        """The event as a batch carries it."""
        if item.ready is not None:
            return dict(item.ready)
        document = dict(item.payload)
        name = document.pop("_id", {"$oid": f"{item.number:024x}"})
        return {
            "event": {
                "_id": {"_data": self.identifier(item)},
                "clusterTime": {"$timestamp": {"t": EPOCH_SECONDS + item.at // 1_000_000, "i": 1}},
                "documentKey": {"_id": name},
                "fullDocument": {"_id": name, **document},
                "ns": {"db": self._database, "coll": self._collection},
                "operationType": "insert",
            }
        }

    def event(self, records: list[dict[str, Any]], about: Mapping[str, Any]) -> dict[str, Any]:
        """The event of an invocation with these events."""
        return {**self._about, self.holder: records, **about}

    def shard(self, _: int) -> str:
        """A change stream is one."""
        return self._database
