"""Durations in words, and the seconds of an hour and of a day."""

from __future__ import annotations

from typing import Final

SECONDS_A_MINUTE: Final = 60
SECONDS_AN_HOUR: Final = 3600
SECONDS_A_DAY: Final = 24 * SECONDS_AN_HOUR
_UNITS: Final = (("day", SECONDS_A_DAY), ("hour", SECONDS_AN_HOUR), ("min", 60), ("s", 1))


def in_words(seconds: int) -> str:
    """A duration in its two largest units: ``900`` is ``15 min``, ``345600`` is ``4 days``."""
    parts = []
    for unit, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            plural = "s" if count > 1 and unit in ("day", "hour") else ""
            parts.append(f"{count} {unit}{plural}")
    return " ".join(parts[:2]) or "0 s"
