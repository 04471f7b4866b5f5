"""The ledger: every payment once, and what each customer has paid."""

from __future__ import annotations

import os
from typing import Any, Protocol

import boto3  # type: ignore[import-untyped]
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from .payment import Kind, Payment


class LedgerError(Exception):
    """The payment cannot be booked."""


class RefundTooLargeError(LedgerError):
    """More would be paid back than the customer has paid."""


class PaymentChangedError(LedgerError):
    """Another payment with the same id has been booked already."""


class Ledger(Protocol):
    """Where payments are booked."""

    def book(self, payment: Payment) -> bool:
        """Book a payment, and answer whether it was new.

        Raises:
            LedgerError: it cannot be booked.
        """


class DynamoDbLedger:
    """Entries and balance of a customer in one partition of a table.

    Both change in one transaction, so nothing has to remember what was done: a payment delivered again finds its own
    entry, and a function killed at any moment leaves either both or neither.
    """

    def __init__(self, *, table: str, dynamodb: Any) -> None:
        """Take the table's name and a client of DynamoDB."""
        self._table = table
        self._dynamodb = dynamodb

    @classmethod
    def from_environment(cls) -> DynamoDbLedger:
        """The ledger that the stack names in the function's environment."""
        return cls(table=os.environ["LEDGER_TABLE"], dynamodb=boto3.client("dynamodb"))

    def book(self, payment: Payment) -> bool:
        """Book a payment; see ``Ledger``."""
        entry = {
            "customer_id": {"S": payment.customer_id},
            "entry": {"S": f"payment#{payment.payment_id}"},
            "order_id": {"S": payment.order_id},
            "change_cents": {"N": str(payment.change_cents)},
        }
        put = {
            "TableName": self._table,
            "Item": entry,
            "ConditionExpression": "attribute_not_exists(entry)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        update: dict[str, Any] = {
            "TableName": self._table,
            "Key": {"customer_id": entry["customer_id"], "entry": {"S": "balance"}},
            "UpdateExpression": "ADD balance_cents :change",
            "ExpressionAttributeValues": {":change": entry["change_cents"]},
        }
        if payment.kind is Kind.REFUND:
            update["ConditionExpression"] = "balance_cents >= :amount"
            update["ExpressionAttributeValues"][":amount"] = {"N": str(payment.amount_cents)}
        try:
            self._dynamodb.transact_write_items(TransactItems=[{"Put": put}, {"Update": update}])
        except ClientError as error:
            # The entry first: a refund that has been booked may well exceed what is left now.
            reasons: list[dict[str, Any]] = error.response.get("CancellationReasons") or [{}, {}]
            of_entry, of_balance = reasons
            if of_entry.get("Code") == "ConditionalCheckFailed":
                if of_entry["Item"] == entry:
                    return False
                raise PaymentChangedError(f"{payment.payment_id} has been booked with other contents") from None
            if of_balance.get("Code") == "ConditionalCheckFailed":
                raise RefundTooLargeError(f"{payment.payment_id}: more than {payment.customer_id} has paid") from None
            raise
        return True
