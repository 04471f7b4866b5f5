"""Where stock is kept, and where messages go that nobody can read."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import Any, Final, Protocol

import boto3  # type: ignore[import-untyped]
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from .movement import Movement

# The broker delivers a message until it succeeds: nobody knows for how long a failing one comes again.
REMEMBER: Final = timedelta(days=100)


class Stock(Protocol):
    """Where stock is kept."""

    def move(self, movement: Movement) -> bool:
        """Count a movement, once; whether it was new."""


class Aside(Protocol):
    """Where messages go that nobody can read."""

    def put(self, payload: bytes, reason: str) -> None:
        """Set a message aside, with what is wrong with it."""


class DynamoDbStock:
    """Stock in one table, and the movements that were counted in another: both change in one transaction."""

    def __init__(self, *, stock_table: str, moved_table: str, dynamodb: Any) -> None:
        """Take the names of the tables and a client of DynamoDB."""
        self._stock_table = stock_table
        self._moved_table = moved_table
        self._dynamodb = dynamodb

    @classmethod
    def from_environment(cls) -> DynamoDbStock:
        """The tables that the stack names in the function's environment."""
        names = {"stock_table": os.environ["STOCK_TABLE"], "moved_table": os.environ["MOVED_TABLE"]}
        return cls(**names, dynamodb=boto3.client("dynamodb"))

    def move(self, movement: Movement) -> bool:
        """Count a movement, once; see ``Stock``."""
        expiry = {"N": str(int(time.time() + REMEMBER.total_seconds()))}
        once = {
            "TableName": self._moved_table,
            "Item": {"movement_id": {"S": movement.movement_id}, "expires_at": expiry},
            "ConditionExpression": "attribute_not_exists(movement_id)",
        }
        count = {
            "TableName": self._stock_table,
            "Key": {"sku": {"S": movement.sku}},
            "UpdateExpression": "ADD pieces :pieces",
            "ExpressionAttributeValues": {":pieces": {"N": str(movement.pieces)}},
        }
        try:
            self._dynamodb.transact_write_items(TransactItems=[{"Put": once}, {"Update": count}])
        except ClientError as error:
            reasons = [one.get("Code") for one in error.response.get("CancellationReasons", [])]
            if reasons[:1] == ["ConditionalCheckFailed"]:
                return False
            raise
        return True


class SqsAside:
    """A queue that people read."""

    def __init__(self, *, queue_url: str, sqs: Any) -> None:
        """Take the URL of the queue and a client of SQS."""
        self._queue_url = queue_url
        self._sqs = sqs

    @classmethod
    def from_environment(cls) -> SqsAside:
        """The queue that the stack names in the function's environment."""
        return cls(queue_url=os.environ["ASIDE_QUEUE_URL"], sqs=boto3.client("sqs"))

    def put(self, payload: bytes, reason: str) -> None:
        """Set a message aside; see ``Aside``."""
        attributes = {"reason": {"DataType": "String", "StringValue": reason}}
        body = payload.decode("utf-8", errors="backslashreplace") or "(empty)"
        self._sqs.send_message(QueueUrl=self._queue_url, MessageBody=body, MessageAttributes=attributes)
