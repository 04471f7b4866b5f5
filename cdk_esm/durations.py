"""Durations in words."""

from __future__ import annotations

from typing import Final

_UNITS: Final = (("day", 86_400), ("hour", 3600), ("min", 60), ("s", 1))


def in_words(seconds: int) -> str:
    """A duration in its two largest units: ``900`` is ``15 min``, ``345600`` is ``4 days``."""
    parts = []
    for unit, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            plural = "s" if count > 1 and unit in ("day", "hour") else ""
            parts.append(f"{count} {unit}{plural}")
    return " ".join(parts[:2]) or "0 s"
