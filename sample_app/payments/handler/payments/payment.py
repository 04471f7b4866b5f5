"""A payment: what a valid one is, and what it does to a customer's balance. No AWS in here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum


class InvalidPaymentError(ValueError):
    """The message does not hold a payment of its customer; delivering it again will not change that."""


class Kind(StrEnum):
    """Which way the money goes."""

    CHARGE = "charge"
    REFUND = "refund"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money from or to a customer, for one order."""

    payment_id: str
    customer_id: str
    order_id: str
    kind: Kind
    amount_cents: int

    @property
    def change_cents(self) -> int:
        """What is added to what the customer has paid so far."""
        return self.amount_cents if self.kind is Kind.CHARGE else -self.amount_cents

    @classmethod
    def parse(cls, text: str, *, group: str | None) -> Payment:
        """Read a payment from the body of a message.

        Args:
            text: the body.
            group: the message group it came in, which must be the customer's: in any other group it would not be
                in order with the customer's other payments.

        Raises:
            InvalidPaymentError: the text is not a payment, or came in a group that is not its customer's.
        """
        try:
            document = json.loads(text)
            payment = cls(
                payment_id=document["payment_id"],
                customer_id=document["customer_id"],
                order_id=document["order_id"],
                kind=Kind(document["kind"]),
                amount_cents=document["amount_cents"],
            )
        except KeyError as error:
            raise InvalidPaymentError(f"{error.args[0]} is missing") from None
        except (TypeError, ValueError) as error:
            raise InvalidPaymentError(f"not a payment: {error}") from None
        for name in ("payment_id", "customer_id", "order_id"):
            if not isinstance(getattr(payment, name), str) or not getattr(payment, name):
                raise InvalidPaymentError(f"{name} must be a text")
        if type(payment.amount_cents) is not int or payment.amount_cents < 1:  # isinstance would take true for 1
            raise InvalidPaymentError("amount_cents must be a whole number above 0")
        if payment.customer_id != group:
            raise InvalidPaymentError(f"payment of {payment.customer_id} came in message group {group}")
        return payment
