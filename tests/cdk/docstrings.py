"""The arguments of a public docstring, and the numbers in a text."""

from __future__ import annotations

import inspect
import re
from typing import Any, Final

from constructs import Construct

_WORDS: Final = {"five": 5, "ten": 10}
_UNITS: Final = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}
_NUMBER: Final = rf"(?<![\w-])(?:-?\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(_WORDS)})\b)"
_QUANTITY: Final = re.compile(rf"({_NUMBER})(?: ({'|'.join(_UNITS)})s?\b)?")
_RANGE: Final = re.compile(rf"({_NUMBER}) to ({_NUMBER}) ({'|'.join(_UNITS)})s?\b")


def arguments(public: Any) -> dict[str, str]:
    """What a docstring says of each argument."""
    doc = _doc(public)
    found = re.search(r"^Args:\n((?: {4}.*\n?|\n)+)", doc, re.MULTILINE)
    entries = re.split(r"^ {4}(?=\w+: )", found[1] if found else "", flags=re.MULTILINE)[1:]
    return {name: " ".join(text.split()) for name, _, text in (one.partition(": ") for one in entries)}


def prose(public: Any) -> str:
    """What a docstring says before its arguments."""
    return _doc(public).partition("\nArgs:\n")[0]


def _doc(public: Any) -> str:
    """The docstring that has the arguments: a construct's own ``__init__`` has one, a record's has none."""
    return inspect.getdoc(public.__init__ if issubclass(public, Construct) else public) or ""


def numbers(text: str) -> list[float]:
    """The numbers in a text, in their order; a duration in seconds, whatever its unit."""
    written = _RANGE.sub(r"\1 \3s to \2 \3s", text)  # the unit of a range is that of both its ends
    return [_number(one) * _UNITS.get(unit, 1) for one, unit in _QUANTITY.findall(written)]


def _number(text: str) -> float:
    return _WORDS[text] if text in _WORDS else float(text.replace(",", ""))
