"""Numbers as the filter engine compares them: by value where a 64-bit double can tell them apart, else by text."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Final, Self

from cdk_esm.sources import common as sheet

NUMBER_LIMIT: Final = float(sheet.NUMBER_LIMIT.value)
"""Where numeric comparison ends, in both directions."""


class WrittenFloat(float):
    """A number of a record that has a fraction or an exponent, with the text it had there."""

    text: str

    def __new__(cls, text: str) -> Self:
        """Read the number and keep its text."""
        found = super().__new__(cls, text)
        found.text = text
        return found


def shortest(number: float) -> Decimal:
    """The exact value of the shortest spelling of a finite double, which is not always the value of the double."""
    return Decimal(float.__repr__(number))


def is_comparable(text: str) -> bool:
    """Whether the engine compares a number by its value: it is exactly what the shortest spelling of a double says.

    ``300``, ``3.0e2`` and ``0.1`` are; ``9007199254740993``, ``0.10000000000000001`` and ``1e400`` are not, since other
    numbers lead to the same double, or no double is as large.

    Args:
        text: a JSON number.
    """
    number = float(text)
    try:
        return isfinite(number) and shortest(number) == Decimal(text)
    except InvalidOperation:  # an exponent of more digits than any number needs
        return False
