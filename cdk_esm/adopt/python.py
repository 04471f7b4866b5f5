"""Values as Python writes them, with the words of CDK."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from cdk_esm.durations import SECONDS_A_DAY, SECONDS_A_MINUTE, SECONDS_AN_HOUR

WIDTH: Final = 100
"""Characters of a value that stays on one line."""
LONGEST_NAME: Final = 60
"""Characters of a name that are taken into a name of Python's: the last ones, where names differ."""
INDENT: Final = "    "
_UNITS: Final = (("days", SECONDS_A_DAY), ("hours", SECONDS_AN_HOUR), ("minutes", SECONDS_A_MINUTE))
_WORD: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_HASH: Final = re.compile(r"[0-9A-F]{8}$")


class Code(str):
    """A piece of Python as it is, and no text that would have to be quoted."""

    __slots__ = ()


def call(name: str, *values: Any, **keywords: Any) -> Code:
    """A call; a keyword that is ``None`` is left out."""
    given = [literal(value) for value in values]
    given += [f"{key}={literal(value)}" for key, value in keywords.items() if value is not None]
    return Code(f"{name}({', '.join(given)})")


def duration(seconds: Any) -> Code:
    """A ``Duration`` in its largest whole unit."""
    if not isinstance(seconds, Code) and seconds:
        for unit, size in _UNITS:
            if seconds % size == 0:
                return call(f"Duration.{unit}", seconds // size)
    return call("Duration.seconds", seconds)


def literal(value: Any, before: str = "") -> str:
    """A value as Python writes it, on one line if it is short.

    Args:
        value: what JSON can hold, and ``Code``.
        before: what the lines after the first one begin with.
    """
    if isinstance(value, Code):
        return value
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False)
    if isinstance(value, Mapping):
        return _several((f"{literal(str(key))}: ", one) for key, one in value.items()).laid_out("{}", before)
    if isinstance(value, list | tuple):
        return _several(("", one) for one in value).laid_out("[]", before)
    if isinstance(value, bool) or value is None:
        return repr(value)
    return int.__repr__(value) if isinstance(value, int) else repr(value)


class _Several:
    """The members of a list or of a dict, each with what is written before its value."""

    def __init__(self, members: list[tuple[str, Any]]) -> None:
        self.members = members

    def laid_out(self, around: str, before: str) -> str:
        short = around[0] + ", ".join(f"{key}{literal(value)}" for key, value in self.members) + around[1]
        if len(short) + len(before) <= WIDTH and "\n" not in short:
            return short
        inner = before + INDENT
        lines = [f"{inner}{key}{literal(value, inner)}," for key, value in self.members]
        return "\n".join([around[0], *lines, before + around[1]])


def _several(members: Iterable[tuple[str, Any]]) -> _Several:
    return _Several(list(members))


def snake(text: str) -> str:
    """A name of anything as a part of a Python name; ``x`` if nothing of it can be."""
    text = text[-LONGEST_NAME:]
    words = [word for part in re.split(r"[^A-Za-z0-9]+", text) if part for word in _WORD.split(part)]
    return "_".join(word.lower() for word in words if word) or "x"


def pascal(text: str) -> str:
    """A Python name as CDK's ids are written."""
    return "".join(word[:1].upper() + word[1:] for word in text.split("_"))


def without_hash(logical_id: str) -> str:
    """A logical id without the hash that CDK puts behind it."""
    return _HASH.sub("", logical_id) or logical_id
