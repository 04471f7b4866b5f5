"""Metrics: what the services would write to CloudWatch, by the minute, so that their size follows time, not records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from cdk_esm.simulator.clock import MINUTE

SUM: Final = 0
MOST: Final = 1
COUNT: Final = 2


class Series:
    """One metric: for each minute in which something was written, the sum, the greatest value and how many."""

    __slots__ = ("_last", "_values", "minutes")

    def __init__(self) -> None:
        self.minutes: dict[int, list[float]] = {}
        self._last = -1
        self._values: list[float] = []

    def add(self, now: int, value: float) -> None:
        """Write a value."""
        minute = now // MINUTE
        if minute != self._last:
            self._last = minute
            self._values = self.minutes.setdefault(minute, [0, value, 0])
        values = self._values
        values[SUM] += value
        values[COUNT] += 1
        values[MOST] = max(values[MOST], value)

    def over(self, first: int, count: int) -> list[float] | None:
        """Sum, greatest value and number of a period, in minutes; ``None`` if nothing was written in it."""
        found = [self.minutes[minute] for minute in range(first, first + count) if minute in self.minutes]
        if not found:
            return None
        return [sum(one[SUM] for one in found), max(one[MOST] for one in found), sum(one[COUNT] for one in found)]


class Meter:
    """All metrics of a run, by whose they are and what they are called."""

    def __init__(self) -> None:
        self._series: dict[tuple[str, str], Series] = {}

    def series(self, owner: str, name: str) -> Series:
        """The metric of a function, a mapping or a source; made when it is first asked for."""
        found = self._series.get((owner, name))
        if found is None:
            found = self._series[owner, name] = Series()
        return found

    def get(self, owner: str, name: str) -> Series | None:
        """The metric, if anything was ever written to it."""
        return self._series.get((owner, name))

    def __iter__(self) -> Iterator[tuple[str, str, Mapping[int, list[float]]]]:
        for (owner, name), series in sorted(self._series.items()):
            if series.minutes:
                yield owner, name, series.minutes
