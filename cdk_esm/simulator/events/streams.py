"""Records of Kinesis and DynamoDB streams in the shape in which Lambda delivers them, as recorded."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.errors import EsmError
from cdk_esm.facts import SourceFacts
from cdk_esm.simulator.arguments import refused
from cdk_esm.simulator.clock import EPOCH_SECONDS
from cdk_esm.simulator.events.belonging import check_belongs
from cdk_esm.simulator.events.typed import image_of, size_of
from cdk_esm.simulator.events.wrapping import Place, bytes_of, from_base64
from cdk_esm.simulator.record import Item
from cdk_esm.sources.dynamodb_table import IMAGES_OF_VIEW

_FIRST_KINESIS: Final = 49_590_338_271_490_256_608_559_692_538_361_571_095_921_575_989_136_588_898
_PARTS: Final = frozenset({"Keys", "NewImage", "OldImage"})
_FIRST_DYNAMODB: Final = 100_000_000_000_000_000_000_000


class KinesisEvents:
    """Writes the records of one Kinesis stream."""

    def __init__(self, facts: SourceFacts, place: Place) -> None:
        shape = facts.records
        self.holder, self._facts = shape.holder, facts
        self._envelope, self._payload = shape.envelope or "kinesis", shape.payload or "data"
        self._source = {
            "eventSource": shape.event_sources[0],
            "eventVersion": "1.0",
            "eventName": "aws:kinesis:record",
            "invokeIdentityArn": place.role,
            "awsRegion": place.region,
            "eventSourceARN": place.arn,
        }

    def take_in(self, item: Item) -> None:
        """Look at a new record once: its bytes, its partition key and its size."""
        ready = item.payload
        if not isinstance(ready, str) and isinstance(ready, Mapping):
            if isinstance(inner := ready.get(self._envelope), Mapping):
                item.ready = inner
                item.payload = from_base64(inner.get(self._payload), item.id, f"{self._envelope}.{self._payload}")
                key = inner.get("partitionKey")
                item.key = item.key or (None if key is None else str(key))
            else:
                check_belongs(ready, self._facts, item.id)
        item.payload = base64.b64encode(bytes_of(item.payload, item.id)).decode()
        item.key = item.key if item.key is not None else f"key-{item.number}"
        item.size = len(item.payload)

    def identifier(self, item: Item) -> str:
        """What a partial batch response calls the record."""
        if item.ready is not None and "sequenceNumber" in item.ready:
            return str(item.ready["sequenceNumber"])
        return str(_FIRST_KINESIS + item.number)

    def record(self, item: Item) -> dict[str, Any]:
        """The record as a batch carries it."""
        number = self.identifier(item)
        return {
            self._envelope: {
                "kinesisSchemaVersion": "1.0",
                "partitionKey": item.key,
                "sequenceNumber": number,
                self._payload: item.payload,
                "approximateArrivalTimestamp": EPOCH_SECONDS + item.at // 1000 / 1000,
            },
            "eventID": f"shardId-{item.place:012d}:{number}",
            **self._source,
        }

    def event(self, records: list[dict[str, Any]], about: Mapping[str, Any]) -> dict[str, Any]:
        """The event of an invocation with these records."""
        return {self.holder: records, **about}

    def shard(self, number: int) -> str:
        """The name of a shard."""
        return f"shardId-{number:012d}"


class TableEvents:
    """Writes the records of the stream of one DynamoDB table."""

    def __init__(self, facts: SourceFacts, place: Place) -> None:
        shape = facts.records
        self.holder, self._payload, self._facts = shape.holder, shape.payload or "dynamodb", facts
        self._view, self._images = place.view, IMAGES_OF_VIEW[place.view]
        self._source = {
            "eventVersion": "1.1",
            "eventSource": shape.event_sources[0],
            "awsRegion": place.region,
        }
        self._arn = place.arn

    def take_in(self, item: Item) -> None:
        """Look at a new change once: its keys and images, whichever way they were given."""
        given = item.payload
        if isinstance(given, Mapping) and isinstance(given.get(self._payload), Mapping):
            item.ready, given = given, given[self._payload]
            if not _PARTS & set(given):
                raise EsmError(f"{item.id}: {self._payload} of a ready-made record has Keys, NewImage or OldImage")
        elif isinstance(given, Mapping):
            check_belongs(given, self._facts, item.id)
        if not isinstance(given, Mapping):
            given = {"id": given}
        if not _PARTS & set(given):
            given = {"NewImage": given}
        for part in _PARTS & set(given):
            if given[part] is not None and not isinstance(given[part], Mapping):
                raise refused(f"{item.id}: {part}", "an item: an object of its attributes", given[part])
        written = {part: image_of(one, item.id) for part, one in given.items() if part in _PARTS and one is not None}
        images = {name: written[name] for name in ("NewImage", "OldImage") if name in written}
        some = images.get("NewImage") or images.get("OldImage") or {}
        name = item.key if item.key in some else next(iter(some), None)
        keys = written.get("Keys", {name: some[name]} if name is not None else {})
        item.payload = {"Keys": keys, **{one: images[one] for one in self._images if one in images}}
        item.key = json.dumps(keys, sort_keys=True)
        item.attributes = {"event": "MODIFY" if len(images) > 1 else "REMOVE" if "OldImage" in images else "INSERT"}
        try:
            item.size = size_of(item.payload)
        except UnicodeEncodeError as error:
            raise EsmError(f"{item.id} holds half of a character, which no service takes: {error}") from None

    def identifier(self, item: Item) -> str:
        """What a partial batch response calls the record."""
        if item.ready is not None and "SequenceNumber" in item.ready[self._payload]:
            return str(item.ready[self._payload]["SequenceNumber"])
        return str(_FIRST_DYNAMODB + item.number)

    def record(self, item: Item) -> dict[str, Any]:
        """The record as a batch carries it."""
        about = item.attributes or {}
        return {
            "eventID": f"{item.number:032x}",
            "eventName": item.ready.get("eventName", about["event"]) if item.ready else about["event"],
            **self._source,
            self._payload: {
                "ApproximateCreationDateTime": float(EPOCH_SECONDS + item.at // 1_000_000),
                **{name: dict(image) for name, image in item.payload.items()},
                "SequenceNumber": self.identifier(item),
                "SizeBytes": item.size,
                "StreamViewType": self._view,
            },
            "eventSourceARN": self._arn,
        }

    def event(self, records: list[dict[str, Any]], about: Mapping[str, Any]) -> dict[str, Any]:
        """The event of an invocation with these records."""
        return {self.holder: records, **about}

    def shard(self, number: int) -> str:
        """The name of a shard."""
        return f"shardId-{number:020d}-{number:08x}"
