"""A count: how much of an article a partner has. No AWS in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class InvalidCountError(ValueError):
    """The record is no count; delivering it again will not change that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How much of an article a partner had, and when that was."""

    partner_id: str
    sku: str
    quantity: int
    counted_at_ms: int

    @classmethod
    def of(cls, record: object) -> Count:
        """The count in the value of a record.

        Raises:
            InvalidCountError: a part of it is missing, or of another kind.
        """
        if not isinstance(record, Mapping):
            raise InvalidCountError(f"a count is an object, got {type(record).__name__}")
        return cls(
            partner_id=_text(record, "partner_id"),
            sku=_text(record, "sku"),
            quantity=_number(record, "quantity"),
            counted_at_ms=_number(record, "counted_at_ms"),
        )


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    if not isinstance(value, str) or not value:
        raise InvalidCountError(f"{name} must be a text, got {value!r}")
    return value


def _number(record: Mapping[str, Any], name: str) -> int:
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidCountError(f"{name} must be a whole number, 0 or more, got {value!r}")
    return value
