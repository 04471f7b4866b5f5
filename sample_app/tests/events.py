"""Events as SQS and Lambda make them, key by key."""

import hashlib
import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

_SENT_MS = 1_760_000_000_000  # the ninth of October 2025
_ARN = "arn:aws:sqs:eu-central-1:123456789012:"


def sqs(*bodies: object, receive_count: int = 1) -> dict[str, Any]:
    """A batch from a standard queue; what is not a text goes in as JSON."""
    return {"Records": [_record(number, body, "orders", receive_count) for number, body in enumerate(bodies, 1)]}


def sqs_fifo(*messages: tuple[str, object], receive_count: int = 1) -> dict[str, Any]:
    """A batch from a FIFO queue, of message groups and bodies."""
    records = []
    for number, (group, body) in enumerate(messages, 1):
        record = _record(number, body, "payments.fifo", receive_count)
        record["attributes"] |= {
            "SequenceNumber": str(18_890_000_000_000_000_000 + number * 256),
            "MessageGroupId": group,
            "MessageDeduplicationId": hashlib.sha256(record["body"].encode()).hexdigest(),
        }
        records.append(record)
    return {"Records": records}


def message_id(number: int) -> str:
    """The id of a batch's first, second, … message."""
    return str(uuid5(NAMESPACE_URL, f"message/{number}"))


def failed(response: Any) -> list[str]:
    """The message ids that a partial batch response sends back to the queue."""
    return [item["itemIdentifier"] for item in response["batchItemFailures"]]


def _record(number: int, body: object, queue: str, receive_count: int) -> dict[str, Any]:
    text = body if isinstance(body, str) else json.dumps(body)
    return {
        "messageId": message_id(number),
        "receiptHandle": f"AQEBreceipt{number}of{receive_count}==",
        "body": text,
        "attributes": {
            "ApproximateReceiveCount": str(receive_count),
            "SentTimestamp": str(_SENT_MS + number),
            "SenderId": "AROAEXAMPLESENDER:web-shop",
            "ApproximateFirstReceiveTimestamp": str(_SENT_MS + number + 12),
        },
        "messageAttributes": {},
        "md5OfBody": hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
        "eventSource": "aws:sqs",
        "eventSourceARN": _ARN + queue,
        "awsRegion": "eu-central-1",
    }
