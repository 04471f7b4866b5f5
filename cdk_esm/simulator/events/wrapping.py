"""What every event has in common: how a payload is written, and where the records lie, by the source's sheet."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.errors import EsmError
from cdk_esm.simulator.arguments import refused

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


def text_of(payload: Any, name: str = "a record") -> str:
    """A payload as a message's body: text as it is, bytes as UTF-8, anything else as JSON.

    Args:
        payload: what the record holds.
        name: what the trace calls the record.

    Raises:
        EsmError: JSON cannot say it.
    """
    if isinstance(payload, str):
        return payload
    if isinstance(payload, bytes | bytearray):
        return bytes(payload).decode("utf-8", "backslashreplace")
    try:
        return json.dumps(payload, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise EsmError(f"{name} holds text, bytes, or what JSON can say, and JSON says: {error}") from None


def encoded(text: str, name: str = "a record") -> bytes:
    """A text in UTF-8.

    Raises:
        EsmError: it holds half of a character, which UTF-8 cannot say.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise EsmError(f"{name} holds half of a character, which no service takes: {error}") from None


def bytes_of(payload: Any, name: str = "a record") -> bytes:
    """A payload as the bytes of a record."""
    if isinstance(payload, str):
        return encoded(payload, name)
    return bytes(payload) if isinstance(payload, bytes | bytearray) else encoded(text_of(payload, name), name)


def base64_of(payload: Any, name: str = "a record") -> str:
    """A payload as a record carries it that is written in base64."""
    return base64.b64encode(bytes_of(payload, name)).decode()


def from_base64(text: Any, name: str, key: str) -> bytes:
    """What a ready-made record carries in base64.

    Args:
        text: the value.
        name: what the trace calls the record.
        key: where it is in the record.

    Raises:
        EsmError: it is no base64.
    """
    try:
        return base64.b64decode(text, validate=True)
    except (TypeError, ValueError, binascii.Error):
        raise refused(f"{name}: {key} of a ready-made record", "text in base64", text) from None


def object_in(record: Mapping[str, Any], key: str, name: str) -> Mapping[str, Any]:
    """An object in a ready-made record; an empty one if the key is absent or null.

    Raises:
        EsmError: it is something else.
    """
    found = record.get(key)
    if found is not None and not isinstance(found, Mapping):
        raise refused(f"{name}: {key} of a ready-made record", "an object", found)
    return found or {}
