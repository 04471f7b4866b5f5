"""What arrives at an on-failure destination, as the service writes it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

from cdk_esm.plan import FailureKind
from cdk_esm.simulator.clock import written
from cdk_esm.simulator.record import Item
from cdk_esm.sources.destinations import OBJECT_PREFIX

EXHAUSTED: Final = "RetryAttemptsExhausted"
TOO_OLD: Final = "RecordAgeExceeded"
_SPACE: Final = UUID("8d7f3a4e-9f0b-4f43-8f5e-2f6d1a7c9b10")


@dataclass(frozen=True)
class GivenUp:
    """Why a batch was given up.

    Args:
        condition: in the service's word.
        count: the attempts, as the service counts them.
        request_id: of the last invocation.
        error: the function raised or timed out.
        version: the version that ran.
    """

    condition: str
    count: int
    request_id: str
    error: bool
    version: str


@dataclass(frozen=True)
class Delivered:
    """A document at an on-failure destination.

    Args:
        kind: ``bucket``, ``queue``, ``topic`` or ``kafka-topic``.
        document: what was written.
        key: of the object in a bucket; ``None`` elsewhere.
        at: seconds of the run.
        record_ids: the records that it is about.
        path: the mapping.
    """

    kind: str
    document: dict[str, Any]
    key: str | None
    at: float
    record_ids: tuple[str, ...]
    path: str


@dataclass(frozen=True)
class Sender:
    """Writes the documents of one mapping.

    Args:
        kind: of the destination.
        path: the mapping.
        function_arn: the function's ARN.
        batch_key: what the service calls the part about the batch.
        stream_arn: the source's ARN.
        whole_seconds: arrival times are written in whole seconds.
        servers: the bootstrap servers of a Kafka cluster.
    """

    kind: FailureKind
    path: str
    function_arn: str
    batch_key: str
    stream_arn: str
    whole_seconds: bool = False
    servers: str = ""

    def documents(
        self, why: GivenUp, batch: Sequence[tuple[Item, Any]], lane: str, event: dict[str, Any], now: int
    ) -> list[tuple[dict[str, Any], str | None]]:
        """The documents about a batch, each with its key in a bucket.

        Args:
            why: why it was given up.
            batch: its records, each with its identifier.
            lane: the shard.
            event: what an invocation with them would get.
            now: the moment.
        """
        document: dict[str, Any] = {
            "requestContext": {
                "requestId": why.request_id,
                "functionArn": self.function_arn,
                "condition": why.condition,
                "approximateInvokeCount": why.count,
            }
        }
        if why.condition != TOO_OLD:  # as recorded: nothing answered, so nothing is said of an answer
            document["responseContext"] = {
                "statusCode": 200,
                "executedVersion": why.version,
                "functionError": "Unhandled" if why.error else None,
            }
        document |= {"version": "1.0", "timestamp": written(now)}
        of_kafka = self.batch_key == "KafkaBatchInfo"
        document[self.batch_key] = self._of_topic(batch) if of_kafka else self._of_shard(batch, lane)
        if self.kind is FailureKind.KAFKA_TOPIC:
            records = [record for found in event["records"].values() for record in found]
            return [({**document, "payload": record}, None) for record in records]
        if self.kind is FailureKind.BUCKET:
            document["payload"] = event
            return [(document, self._key(lane, now, why))]
        return [(document, None)]

    def _of_shard(self, batch: Sequence[tuple[Item, Any]], lane: str) -> dict[str, Any]:
        (first, first_name), (last, last_name) = batch[0], batch[-1]
        return {
            "shardId": lane,
            "startSequenceNumber": first_name,
            "endSequenceNumber": last_name,
            "approximateArrivalOfFirstRecord": written(first.at, whole=self.whole_seconds),
            "approximateArrivalOfLastRecord": written(last.at, whole=self.whole_seconds),
            "batchSize": len(batch),
            "streamArn": self.stream_arn,
        }

    def _of_topic(self, batch: Sequence[tuple[Item, Any]]) -> dict[str, Any]:
        lanes: dict[str, list[Item]] = {}
        for item, (partition, _) in batch:
            lanes.setdefault(partition, []).append(item)
        return {
            "batchSize": len(batch),
            "eventSourceArn": self.stream_arn,
            "bootstrapServers": self.servers,
            "payloadSize": sum(item.size for item, _ in batch),
            "recordsInfo": {
                lane: {
                    "firstRecordOffset": items[0].place,
                    "lastRecordOffset": items[-1].place,
                    "firstRecordTimestamp": written(items[0].at),
                    "lastRecordTimestamp": written(items[-1].at),
                }
                for lane, items in lanes.items()
            },
        }

    def _key(self, lane: str, now: int, why: GivenUp) -> str:
        """The key of the object: mapping, shard, day, and a name that two objects do not share."""
        day = written(now, whole=True)[:10]
        moment = written(now, whole=True)[:-1].replace(":", ".")
        mapping = uuid5(_SPACE, self.path)
        return f"{OBJECT_PREFIX}{mapping}/{lane}/{day.replace('-', '/')}/{moment}-{uuid5(_SPACE, why.request_id)}"
