"""A click: what a valid one is. No AWS in here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

AHEAD_MS: Final = 60_000
"""So far the clock of a web server may be ahead of the stream's."""


class InvalidClickError(ValueError):
    """The record does not hold a click; delivering it again will not change that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """A visitor looks at a page; the time is Unix milliseconds."""

    click_id: str
    visitor_id: str
    page: str
    clicked_at_ms: int

    @classmethod
    def parse(cls, data: bytes, *, arrived_at_ms: int) -> Click:
        """Read a click from the data of a record.

        Args:
            data: the record's data, decoded.
            arrived_at_ms: when the stream took it in: a click of the future would open a visit that nobody made.

        Raises:
            InvalidClickError: the data is not a click.
        """
        try:
            document = json.loads(data)
            click = cls(**{name: document[name] for name in ("click_id", "visitor_id", "page", "clicked_at_ms")})
        except KeyError as error:
            raise InvalidClickError(f"{error.args[0]} is missing") from None
        except (TypeError, ValueError) as error:
            raise InvalidClickError(f"not a click: {error}") from None
        for name in ("click_id", "visitor_id", "page"):
            if not isinstance(getattr(click, name), str) or not getattr(click, name):
                raise InvalidClickError(f"{name} must be a text")
        if type(click.clicked_at_ms) is not int or click.clicked_at_ms < 0:  # isinstance would take true for 1
            raise InvalidClickError("clicked_at_ms must be a whole number of milliseconds")
        if click.clicked_at_ms > arrived_at_ms + AHEAD_MS:
            raise InvalidClickError(f"clicked {click.clicked_at_ms - arrived_at_ms} ms after it arrived")
        return click
