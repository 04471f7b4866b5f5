"""Virtual time: whole microseconds from the moment at which the mappings are made, and what happens when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from heapq import heappop, heappush
from typing import Any, Final, TypeAlias

SECOND: Final = 1_000_000
"""Microseconds."""
MINUTE: Final = 60 * SECOND
EPOCH_SECONDS: Final = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
"""What the records' timestamps say at virtual time 0: our choice, so that two runs write the same."""

Action: TypeAlias = Callable[..., None]


def ticks(seconds: float) -> int:
    """Seconds as virtual time, to the microsecond."""
    return round(seconds * SECOND)


def seconds(when: int) -> float:
    """Virtual time as seconds, a whole number where it is one."""
    whole, rest = divmod(when, SECOND)
    return whole if not rest else when / SECOND


def milliseconds(when: int) -> int:
    """The Unix time in milliseconds that a record carries."""
    return EPOCH_SECONDS * 1000 + when // 1000


def written(when: int, *, whole: bool = False) -> str:
    """The time as the services write it: with milliseconds, or in whole seconds."""
    moment = datetime.fromtimestamp(EPOCH_SECONDS + when // SECOND, UTC)
    text = moment.strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}Z" if whole else f"{text}.{when // 1000 % 1000:03d}Z"


class Clock:
    """What is to happen, in order; at one moment, in the order in which it was asked for."""

    def __init__(self) -> None:
        self.now = 0
        self._heap: list[tuple[int, int, Action, tuple[Any, ...]]] = []
        self._count = 0

    def at(self, when: int, action: Action, *arguments: Any) -> None:
        """Let something happen at a moment that is not over."""
        self._count += 1
        heappush(self._heap, (when if when > self.now else self.now, self._count, action, arguments))  # noqa: FURB136 - hot

    @property
    def next(self) -> int | None:
        """When the next thing happens; ``None`` if nothing does."""
        return self._heap[0][0] if self._heap else None

    def step(self) -> None:
        """Let the next thing happen."""
        self.now, _, action, arguments = heappop(self._heap)
        action(*arguments)
