"""Where stock is kept: of every article of a partner, the newest count."""

from __future__ import annotations

import os
from typing import Any, Protocol

import boto3  # type: ignore[import-untyped]
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from .count import Count


class Stock(Protocol):
    """Where stock is kept."""

    def keep(self, count: Count) -> bool:
        """Keep a count, unless a newer one is kept; return whether it was kept."""


class DynamoDbStock:
    """Stock in a table. Time orders the counts of an article, because a topic with more partitions may not."""

    def __init__(self, *, table: str, dynamodb: Any) -> None:
        """Take the table's name and a client of DynamoDB."""
        self._table = table
        self._dynamodb = dynamodb

    @classmethod
    def from_environment(cls) -> DynamoDbStock:
        """The stock that the stack names in the function's environment."""
        return cls(table=os.environ["STOCK_TABLE"], dynamodb=boto3.client("dynamodb"))

    def keep(self, count: Count) -> bool:
        """Keep a count; see ``Stock``."""
        counted_at = {"N": str(count.counted_at_ms)}
        try:
            self._dynamodb.put_item(
                TableName=self._table,
                Item={
                    "partner_id": {"S": count.partner_id},
                    "sku": {"S": count.sku},
                    "quantity": {"N": str(count.quantity)},
                    "counted_at_ms": counted_at,
                },
                ConditionExpression="attribute_not_exists(sku) OR counted_at_ms < :counted_at",
                ExpressionAttributeValues={":counted_at": counted_at},
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return False
            raise
        return True
