"""An order: what a valid one is, and what becomes of it. No AWS in here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

REVIEW_FROM_CENTS: Final = 100_000
"""From this total on, a person looks at the order before it is shipped."""


class InvalidOrderError(ValueError):
    """The message does not hold an order; delivering it again will not change that."""


class Verdict(StrEnum):
    """What becomes of an order."""

    ACCEPTED = "accepted"
    REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """So many of one article."""

    sku: str
    quantity: int
    unit_price_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a customer wants; all amounts in the cents of one currency."""

    order_id: str
    customer_id: str
    currency: str
    lines: tuple[Line, ...]

    @property
    def total_cents(self) -> int:
        """What the customer pays."""
        return sum(line.quantity * line.unit_price_cents for line in self.lines)

    @classmethod
    def parse(cls, text: str) -> Order:
        """Read an order from the body of a message.

        Raises:
            InvalidOrderError: the text is not JSON, or not an order; it names the field.
        """
        try:
            document = json.loads(text)
        except ValueError as error:
            raise InvalidOrderError(f"not JSON: {error}") from None
        lines = _field(document, "lines", list)
        if not lines:
            raise InvalidOrderError("lines is empty")
        return cls(
            order_id=_text(document, "order_id"),
            customer_id=_text(document, "customer_id"),
            currency=_text(document, "currency"),
            lines=tuple(
                Line(
                    sku=_text(line, "sku"),
                    quantity=_whole(line, "quantity", least=1),
                    unit_price_cents=_whole(line, "unit_price_cents", least=0),
                )
                for line in lines
            ),
        )


def decide(order: Order) -> Verdict:
    """Accept an order, or have a person look at it first."""
    return Verdict.REVIEW if order.total_cents >= REVIEW_FROM_CENTS else Verdict.ACCEPTED


def _field(document: object, name: str, kind: type) -> Any:
    if not isinstance(document, dict):
        raise InvalidOrderError(f"expected an object with {name}, got {type(document).__name__}")
    if name not in document:
        raise InvalidOrderError(f"{name} is missing")
    value = document[name]
    if type(value) is not kind:  # isinstance would take true for 1
        raise InvalidOrderError(f"{name} must be {kind.__name__}, got {type(value).__name__}")
    return value


def _text(document: object, name: str) -> str:
    value: str = _field(document, name, str)
    if not value:
        raise InvalidOrderError(f"{name} is empty")
    return value


def _whole(document: object, name: str, *, least: int) -> int:
    value: int = _field(document, name, int)
    if value < least:
        raise InvalidOrderError(f"{name} must be {least} or more, got {value}")
    return value
