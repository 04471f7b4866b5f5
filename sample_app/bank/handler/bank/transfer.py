"""A transfer: money that the bank has booked for the shop. No AWS in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class InvalidTransferError(ValueError):
    """The record is no transfer; delivering it again will not change that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Money that came in, with what its sender wrote."""

    transfer_id: str
    amount_cents: int
    currency: str
    reference: str

    @classmethod
    def of(cls, record: object) -> Transfer:
        """The transfer in the value of a record.

        Raises:
            InvalidTransferError: a part of it is missing, or of another kind.
        """
        if not isinstance(record, Mapping):
            raise InvalidTransferError(f"a transfer is an object, got {type(record).__name__}")
        amount = record.get("amount_cents")
        if isinstance(amount, bool) or not isinstance(amount, int) or amount <= 0:
            raise InvalidTransferError(f"amount_cents must be a whole number above 0, got {amount!r}")
        return cls(
            transfer_id=_text(record, "transfer_id"),
            amount_cents=amount,
            currency=_text(record, "currency"),
            reference=_text(record, "reference"),
        )


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    if not isinstance(value, str) or not value:
        raise InvalidTransferError(f"{name} must be a text, got {value!r}")
    return value
