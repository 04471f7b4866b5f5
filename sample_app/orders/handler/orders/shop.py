"""What an accepted order sets going: it is stored, and the rest of the shop is told."""

from __future__ import annotations

import json
import os
from typing import Any, Protocol

import boto3  # type: ignore[import-untyped]

from .order import Order, Verdict


class Shop(Protocol):
    """Where orders go."""

    def place(self, order: Order, verdict: Verdict) -> None:
        """Store the order and announce it."""


class AwsShop:
    """Orders in a DynamoDB table, announcements on an SNS topic."""

    def __init__(self, *, table: str, topic: str, dynamodb: Any, sns: Any) -> None:
        """Take the table's name, the topic's ARN, and the clients of the two services."""
        self._table = table
        self._topic = topic
        self._dynamodb = dynamodb
        self._sns = sns

    @classmethod
    def from_environment(cls) -> AwsShop:
        """The shop that the stack names in the function's environment."""
        return cls(
            table=os.environ["ORDER_TABLE"],
            topic=os.environ["ORDER_PLACED_TOPIC"],
            dynamodb=boto3.client("dynamodb"),
            sns=boto3.client("sns"),
        )

    def place(self, order: Order, verdict: Verdict) -> None:
        """Store the order, then announce it: whoever hears of an order can read it.

        Neither may be repeated later. The put would set a shipped order back to "accepted", and the warehouse would
        pack again; hence the idempotency around it.
        """
        lines = [
            {
                "M": {
                    "sku": {"S": line.sku},
                    "quantity": {"N": str(line.quantity)},
                    "unit_price_cents": {"N": str(line.unit_price_cents)},
                }
            }
            for line in order.lines
        ]
        self._dynamodb.put_item(
            TableName=self._table,
            Item={
                "order_id": {"S": order.order_id},
                "customer_id": {"S": order.customer_id},
                "currency": {"S": order.currency},
                "total_cents": {"N": str(order.total_cents)},
                "status": {"S": verdict.value},
                "lines": {"L": lines},
            },
        )
        self._sns.publish(
            TopicArn=self._topic,
            Message=json.dumps({"order_id": order.order_id, "customer_id": order.customer_id}),
            MessageAttributes={"verdict": {"DataType": "String", "StringValue": verdict.value}},
        )
