"""Events as Lambda makes them of messages of RabbitMQ and of changes in Amazon DocumentDB, key by key."""

import base64
import json
from collections.abc import Mapping
from typing import Any

_REGION = "eu-central-1"
_ACCOUNT = "123456789012"
CHANGED_AT = 1_760_000_000  # the ninth of October 2025


def rabbitmq(*payloads: object, queue: str = "stock-movements", virtual_host: str = "/") -> dict[str, Any]:
    """A batch of a queue; what is not bytes goes in as JSON."""
    messages = [_message(payload) for payload in payloads]
    return {
        "eventSource": "aws:rmq",
        "eventSourceArn": f"arn:aws:mq:{_REGION}:{_ACCOUNT}:broker:erp:b-9bcfa592-423a-4942-879d-eb284b418fc8",
        "rmqMessagesByQueue": {f"{queue}::{virtual_host}": messages},
    }


def documentdb(*events: Mapping[str, Any]) -> dict[str, Any]:
    """A batch of a change stream, in the order of its changes."""
    return {
        "eventSource": "aws:docdb",
        "eventSourceArn": f"arn:aws:rds:{_REGION}:{_ACCOUNT}:cluster:reviews",
        "events": [{"event": event} for event in events],
    }


def change(kind: str, review_id: str, number: int, document: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A change of a review.

    Args:
        kind: ``insert``, ``update``, ``replace`` or ``delete``.
        review_id: the id of the document.
        number: later changes have higher ones.
        document: the whole document, as it is when the event is read.
    """
    event: dict[str, Any] = {
        "_id": {"_data": f"0163eeb6e7000000090100000009000041e1{number:04d}"},
        "clusterTime": {"$timestamp": {"t": CHANGED_AT + number // 10, "i": number % 10 + 1}},
        "documentKey": {"_id": {"$oid": review_id}},
        "ns": {"db": "shop", "coll": "reviews"},
        "operationType": kind,
    }
    if document is not None:
        event["fullDocument"] = {"_id": {"$oid": review_id}, **document}
    if kind == "update":
        event["updateDescription"] = {"updatedFields": dict(document or {}), "removedFields": []}
    return event


def _message(payload: object) -> dict[str, Any]:
    raw = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return {
        "basicProperties": {
            "contentType": "application/json",
            "contentEncoding": None,
            "headers": {"system": {"bytes": list(b"erp")}, "attempt": 1},
            "deliveryMode": 2,
            "priority": None,
            "correlationId": None,
            "replyTo": None,
            "expiration": None,
            "messageId": None,
            "timestamp": "Oct 9, 2025, 8:53:20 AM",
            "type": None,
            "userId": "erp",
            "appId": None,
            "clusterId": None,
            "bodySize": len(raw),
        },
        "redelivered": False,
        "data": base64.b64encode(raw).decode("ascii"),
    }
