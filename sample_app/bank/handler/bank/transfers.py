"""Where transfers are kept, each once."""

from __future__ import annotations

import os
from typing import Any, Protocol

import boto3  # type: ignore[import-untyped]
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from .transfer import Transfer


class Transfers(Protocol):
    """Where transfers are kept."""

    def keep(self, transfer: Transfer) -> bool:
        """Keep a transfer, unless it is kept already; return whether it was new."""


class DynamoDbTransfers:
    """Transfers in a table; the bank's id of a transfer tells whether it is there."""

    def __init__(self, *, table: str, dynamodb: Any) -> None:
        """Take the table's name and a client of DynamoDB."""
        self._table = table
        self._dynamodb = dynamodb

    @classmethod
    def from_environment(cls) -> DynamoDbTransfers:
        """The transfers that the stack names in the function's environment."""
        return cls(table=os.environ["TRANSFER_TABLE"], dynamodb=boto3.client("dynamodb"))

    def keep(self, transfer: Transfer) -> bool:
        """Keep a transfer; see ``Transfers``."""
        try:
            self._dynamodb.put_item(
                TableName=self._table,
                Item={
                    "transfer_id": {"S": transfer.transfer_id},
                    "amount_cents": {"N": str(transfer.amount_cents)},
                    "currency": {"S": transfer.currency},
                    "reference": {"S": transfer.reference},
                },
                ConditionExpression="attribute_not_exists(transfer_id)",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return False
            raise
        return True
