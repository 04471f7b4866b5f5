"""Sessions: the clicks of one visitor, until half an hour passes without one. No AWS in here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .click import Click

GAP_MS: Final = 30 * 60 * 1000
"""After so long without a click, the next one opens another session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A visit: from its first click to its last, and how many there were."""

    visitor_id: str
    started_at_ms: int
    ended_at_ms: int
    clicks: int

    def reaches(self, click: Click) -> bool:
        """Whether the click is its visitor's, and near enough to belong to it."""
        near = self.started_at_ms - GAP_MS <= click.clicked_at_ms <= self.ended_at_ms + GAP_MS
        return near and click.visitor_id == self.visitor_id


def join(click: Click, known: Iterable[Session]) -> tuple[Session, tuple[Session, ...]]:
    """Put a click, which is in no session yet, into its session.

    The sessions that come of it are the same in whatever order clicks come. A click that comes late may prolong a
    session at either end, and may close the gap between two, which then are one.

    Args:
        click: the click.
        known: sessions as they are so far; at least those within reach of the click.

    Returns:
        The session that the click is in now, and those that it takes the place of: none, one or two.
    """
    reached = tuple(session for session in known if session.reaches(click))
    session = Session(
        visitor_id=click.visitor_id,
        started_at_ms=min([click.clicked_at_ms, *(one.started_at_ms for one in reached)]),
        ended_at_ms=max([click.clicked_at_ms, *(one.ended_at_ms for one in reached)]),
        clicks=1 + sum(one.clicks for one in reached),
    )
    return session, reached
