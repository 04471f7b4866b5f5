"""Messages of SQS queues in the shape in which Lambda delivers them, as recorded."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.facts import SourceFacts
from cdk_esm.simulator.arguments import refused
from cdk_esm.simulator.clock import EPOCH_SECONDS
from cdk_esm.simulator.events.belonging import check_belongs
from cdk_esm.simulator.events.wrapping import Place, base64_of, encoded, object_in, text_of
from cdk_esm.simulator.record import Item

_EPOCH_MS: Final = EPOCH_SECONDS * 1000
_SENDER: Final = "AROAEXAMPLESENDER:producer"
_FIRST_SEQUENCE: Final = 18_890_000_000_000_000_000


class QueueEvents:
    """Writes the messages of one queue."""

    def __init__(self, facts: SourceFacts, place: Place) -> None:
        shape = facts.records
        self.holder, self._facts = shape.holder, facts
        self._payload = shape.payload or "body"
        self._fifo = facts.keeps_order
        # As recorded: without attributes the key is null if there is a batching window, and absent if there is none.
        self._window = place.window > 0
        self._source = {"eventSource": shape.event_sources[0], "eventSourceARN": place.arn, "awsRegion": place.region}

    def take_in(self, item: Item) -> None:
        """Look at a new message once: its text and its size."""
        ready = item.payload
        if isinstance(ready, dict) and "messageId" in ready and self._payload in ready:
            if not isinstance(ready["messageId"], str):
                raise refused(f"{item.id}: messageId of a ready-made record", "text", ready["messageId"])
            item.ready = {**ready, "messageAttributes": object_in(ready, "messageAttributes", item.id)}
            group = object_in(ready, "attributes", item.id).get("MessageGroupId")
            item.group = item.group or (None if group is None else str(group))
            item.payload = ready[self._payload]
        elif isinstance(ready, dict):
            check_belongs(ready, self._facts, item.id)
        item.payload = text = text_of(item.payload, item.id)
        item.size = len(text) if text.isascii() else len(encoded(text, item.id))

    def message_id(self, item: Item) -> str:
        """The id that the queue gave the message, and that a redrive to the dead-letter queue keeps."""
        if item.ready is not None:
            return str(item.ready["messageId"])
        return f"{item.depth:08x}-0000-4000-8000-{item.number:012x}"

    def identifier(self, item: Item) -> str:
        """What a partial batch response calls the message."""
        return self.message_id(item)

    def record(self, item: Item) -> dict[str, Any]:
        """The message as this receive hands it out."""
        body = item.payload
        attributes = {
            "ApproximateReceiveCount": str(item.receives),
            "SentTimestamp": str(_EPOCH_MS + item.at // 1000),
            "SenderId": _SENDER,
            "ApproximateFirstReceiveTimestamp": str(_EPOCH_MS + item.first // 1000),
        }
        if self._fifo:
            attributes["SequenceNumber"] = str(_FIRST_SEQUENCE + 256 * item.number)
            attributes["MessageGroupId"] = item.group or "default"
            attributes["MessageDeduplicationId"] = f"dedup-{item.number}"
        found: dict[str, Any] = {
            "messageId": self.message_id(item),
            "receiptHandle": f"AQEB{item.number:x}r{item.receives}",
            self._payload: body,
            "attributes": attributes,
            "messageAttributes": {},
            "md5OfBody": hashlib.md5(body.encode(), usedforsecurity=False).hexdigest(),
        }
        if item.attributes:
            found["messageAttributes"] = {name: _delivered(value) for name, value in item.attributes.items()}
            found["md5OfMessageAttributes"] = _digest(item.attributes)
        elif item.ready is not None:
            found["messageAttributes"] = dict(item.ready["messageAttributes"])
            if "md5OfMessageAttributes" in item.ready:
                found["md5OfMessageAttributes"] = item.ready["md5OfMessageAttributes"]
        elif self._window:
            found["md5OfMessageAttributes"] = None
        found.update(self._source)
        return found

    def event(self, records: list[dict[str, Any]], about: Mapping[str, Any]) -> dict[str, Any]:
        """The event of an invocation with these messages."""
        return {self.holder: records, **about}


def _delivered(value: Mapping[str, Any]) -> dict[str, Any]:
    """A message attribute in Lambda's words; an event is JSON, so bytes are in base64."""
    binary = value.get("BinaryValue")
    found: dict[str, Any] = {
        "stringValue": value.get("StringValue"),
        "binaryValue": None if binary is None else base64_of(bytes(binary)),
        "stringListValues": [],
        "binaryListValues": [],
        "dataType": value["DataType"],
    }
    return {name: part for name, part in found.items() if part is not None}


def _digest(attributes: Mapping[str, Mapping[str, Any]]) -> str:
    """The MD5 that SQS computes over message attributes, in the order of their names."""
    digest = hashlib.md5(usedforsecurity=False)
    for name in sorted(attributes):
        value = attributes[name]
        text = value.get("StringValue")
        content = text.encode() if text is not None else bytes(value.get("BinaryValue") or b"")
        for part in (name.encode(), str(value["DataType"]).encode()):
            digest.update(struct.pack("!I", len(part)) + part)
        digest.update((b"\x01" if text is not None else b"\x02") + struct.pack("!I", len(content)) + content)
    return digest.hexdigest()
