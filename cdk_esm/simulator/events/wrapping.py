"""What every event has in common: how a payload is written, and where the records lie, by the source's sheet."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any, Final

REGION: Final = "eu-west-1"
ACCOUNT: Final = "111122223333"


@dataclass(frozen=True)
class Place:
    """What the records of a source say of where they come from.

    Args:
        arn: the source's ARN.
        region: its Region.
        role: the ARN of the function's execution role.
        window: the batching window in seconds, which decides about one key of a message.
        view: what a DynamoDB stream carries of an item.
        topic: of a Kafka cluster; the queue of a broker; ``database.collection`` of a document cluster.
        servers: the bootstrap servers of a Kafka cluster.
    """

    arn: str
    region: str = REGION
    role: str = f"arn:aws:iam::{ACCOUNT}:role/lambda"
    window: float = 0
    view: str = "NEW_AND_OLD_IMAGES"
    topic: str = ""
    servers: str = "b-1.example.kafka.eu-west-1.amazonaws.com:9094"


def text_of(payload: Any) -> str:
    """A payload as a message's body: text as it is, bytes as UTF-8, anything else as JSON."""
    if isinstance(payload, str):
        return payload
    if isinstance(payload, bytes | bytearray):
        return bytes(payload).decode("utf-8", "backslashreplace")
    return json.dumps(payload, ensure_ascii=False)


def bytes_of(payload: Any) -> bytes:
    """A payload as the bytes of a record."""
    if isinstance(payload, str):
        return payload.encode()
    return bytes(payload) if isinstance(payload, bytes | bytearray) else text_of(payload).encode()


def base64_of(payload: Any) -> str:
    """A payload as a record carries it that is written in base64."""
    return base64.b64encode(bytes_of(payload)).decode()
