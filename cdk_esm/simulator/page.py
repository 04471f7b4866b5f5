"""A trace as one self-contained page: it loads nothing, and can be read offline, printed and used without a mouse."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Any, Final

_PAGE: Final = Path(__file__).with_name("page.html")
_MINUTE: Final = 60
_MOST_POINTS: Final = 1440
"""The points of a curve, at most: those of a day. More could not be told apart, and a year has half a million."""


def html_page(trace: dict[str, Any]) -> str:
    """The page of a trace.

    Args:
        trace: what ``Trace.to_dict`` gives. Events are left out: the page is about records, and payloads may be secret.
    """
    calls = [{name: value for name, value in one.items() if name not in _LEFT_OUT} for one in trace["invocations"]]
    curves = [points for series in trace["metrics"].values() for points in series.values()]
    last = max((points[-1][0] for points in curves if points), default=0)
    step = _MINUTE * ceil((last / _MINUTE + 1) / _MOST_POINTS)
    metrics = {
        owner: {name: _highest(points, step) for name, points in series.items()}
        for owner, series in trace["metrics"].items()
    }
    slim = {**trace, "invocations": calls, "destinations": [], "metrics": metrics, "step": step}
    # Nothing that a record is called can end the element that the data is in.
    text = json.dumps(slim, default=str).replace("<", "\\u003c")
    return _PAGE.read_text(encoding="utf-8").replace("__TRACE__", text)


_LEFT_OUT: Final = frozenset({"event", "response"})


def _highest(points: Sequence[Sequence[float]], step: int) -> list[list[float]]:
    """Of each step of a curve its highest minute."""
    found: dict[float, list[float]] = {}
    for at, *values in points:
        begin = at // step * step
        found[begin] = [begin, *map(max, found[begin][1:], values)] if begin in found else [begin, *values]
    return list(found.values())
