"""Events as Kafka and Lambda make them, key by key, and what of a batch comes again."""

import base64
import json
from typing import Any

FIRST_OFFSET = 4_711
_WRITTEN_MS = 1_760_000_000_000  # the ninth of October 2025
_REGION = "eu-central-1"
_ACCOUNT = "123456789012"
Written = tuple[int, str, object]
"""The partition, the key and the value of a record; what is not bytes goes in as JSON."""


def msk(*records: Written) -> dict[str, Any]:
    """A batch from a topic of Amazon MSK."""
    arn = f"arn:aws:kafka:{_REGION}:{_ACCOUNT}:cluster/partners/0a1b2c3d-1111-2222-3333-444455556666-s1"
    return {
        "eventSource": "aws:kafka",
        "eventSourceArn": arn,
        "bootstrapServers": f"boot-1.partners.kafka-serverless.{_REGION}.amazonaws.com:9098",
        "records": _by_partition("partner-stock", records),
    }


def self_managed(*records: Written) -> dict[str, Any]:
    """A batch from a topic of a cluster that AWS does not know."""
    return {
        "eventSource": "SelfManagedKafka",
        "bootstrapServers": "kafka-1.bank.example.com:9096,kafka-2.bank.example.com:9096",
        "records": _by_partition("transfers", records),
    }


def offset(number: int) -> int:
    """The offset of a partition's first, second, … record."""
    return FIRST_OFFSET + number - 1


def from_failures(event: dict[str, Any], response: Any) -> dict[str, Any]:
    """What comes again of a batch: of each partition the records from the lowest offset that failed."""
    first: dict[str, int] = {}
    for item in response["batchItemFailures"]:
        partition, failed = item["itemIdentifier"]["partition"], item["itemIdentifier"]["offset"]
        first[partition] = min(failed, first.get(partition, failed))
    again = {name: [one for one in event["records"][name] if one["offset"] >= least] for name, least in first.items()}
    return {**event, "records": again}


def _by_partition(topic: str, records: tuple[Written, ...]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for partition, key, value in records:
        batch = found.setdefault(f"{topic}-{partition}", [])
        batch.append(_record(topic, partition, offset(len(batch) + 1), key, value))
    return found


def _record(topic: str, partition: int, at: int, key: str, value: object) -> dict[str, Any]:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return {
        "topic": topic,
        "partition": partition,
        "offset": at,
        "timestamp": _WRITTEN_MS + at,
        "timestampType": "CREATE_TIME",
        "key": base64.b64encode(key.encode()).decode("ascii"),
        "value": base64.b64encode(raw).decode("ascii"),
        "headers": [{"content-type": list(b"application/json")}],
    }
