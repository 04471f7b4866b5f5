"""A movement of stock, as the ERP system announces it. No AWS in here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


class UnreadableMovementError(ValueError):
    """The message is no movement; delivering it again will not change that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Pieces of one article that came into the warehouse, or left it."""

    movement_id: str
    sku: str
    pieces: int

    @classmethod
    def of(cls, payload: bytes) -> Movement:
        """What a message says.

        Args:
            payload: the message, JSON in UTF-8.

        Raises:
            UnreadableMovementError: a field is missing or of another kind, or it is no JSON at all.
        """
        try:
            said = json.loads(payload)
        except ValueError as error:
            raise UnreadableMovementError(f"no JSON: {error}") from None
        if not isinstance(said, dict):
            raise UnreadableMovementError(f"a {type(said).__name__} instead of an object")
        pieces = said.get("pieces")
        if type(pieces) is not int or pieces == 0:
            raise UnreadableMovementError(f"pieces must be a whole number that is not 0, got {pieces!r}")
        return cls(movement_id=_text(said, "movement_id"), sku=_text(said, "sku"), pieces=pieces)


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value:
        raise UnreadableMovementError(f"{name} must be a text that is not empty, got {value!r}")
    return value
