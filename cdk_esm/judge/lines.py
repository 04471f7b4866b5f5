"""The line of a file on which a mapping begins: its logical id, and what is below that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from cdk_esm.judge.loop_keys import key_in_loop
from cdk_esm.template.cloudformation.files import UNUSABLE

_KEY: Final = re.compile(
    r"""(?P<indent>\s*)(?:["']?(?P<key>(?:Fn::ForEach::)?[A-Za-z0-9]+)"""
    r"""|[\s-]*["']?(?P<of_loop>[A-Za-z0-9]*[$&]\{[A-Za-z0-9${}&]*))["']?\s*:"""
)
"""A key at the beginning of a line; what a loop makes may follow the dash of the loop's last member."""


def line_of(file: str, keys: Sequence[str]) -> int:
    """The line of the last of some keys that is found, each below the one before; the first line of all otherwise.

    Args:
        file: the file.
        keys: a logical id, and the keys that lead on from there.
    """
    found = _keys(file)
    first, *below = keys
    place = found.first.get(first)
    if place is None:
        place = found.first.get(key_in_loop(first, found.first) or "")
    if place is None:
        return 1
    for key in below:
        inner = _below(found.lines, place, key)
        if inner is None:
            break
        place = inner
    return found.lines[place].number


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that begins with a key, and how deep it is indented."""

    number: int
    indent: int
    key: str


@dataclass(frozen=True)
class _Keys:
    """The lines of a file that begin with a key, and the first of them for each key."""

    lines: Sequence[_Line]
    first: Mapping[str, int]


def _below(lines: Sequence[_Line], above: int, key: str) -> int | None:
    """Where a key is below another one; what is indented no deeper than that one ends the search."""
    for place in range(above + 1, len(lines)):
        if lines[place].indent <= lines[above].indent:
            return None
        if lines[place].key == key:
            return place
    return None


@lru_cache(maxsize=64)
def _keys(file: str) -> _Keys:
    path = Path(file)
    try:
        if not path.is_file():  # a pipe gave its text already, and would never give it again
            return _Keys((), {})
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except UNUSABLE:
        return _Keys((), {})
    matches = ((number, _KEY.match(line)) for number, line in enumerate(text.splitlines(), start=1))
    lines = [
        _Line(number, len(found["indent"]), found["key"] or found["of_loop"])
        for number, found in matches
        if found is not None
    ]
    return _Keys(lines, {line.key: place for place, line in reversed(list(enumerate(lines)))})
