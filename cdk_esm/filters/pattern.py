"""What a filter pattern is made of; the text of each part is AWS's JSON for it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from cdk_esm.filters.numbers import is_comparable

EQUALS: Final = "equals"
"""The name we give to a bare value in a condition; AWS's JSON has no word for it."""

OR: Final = "$or"

_LONGEST_INTEGER: Final = 4_300
"""Digits that Python still turns into an integer without being told to."""

_UNSAFE: Final = re.compile("[\u0085\u2028\u2029\ud800-\udfff]")
"""What JSON allows in a text and a template does not: line ends outside ASCII, and halves of surrogate pairs."""


@dataclass(frozen=True)
class Number:
    """A number as it was written. Two of the same value are the same number, if the filter engine can compare them.

    Args:
        text: the JSON text, such as ``300``, ``300.0`` or ``3.0e2``.
    """

    text: str

    @property
    def is_whole(self) -> bool:
        """Whether the text has neither a fraction nor an exponent."""
        return not set(self.text) & set(".eE")

    @property
    def value(self) -> int | float:
        """The number that the text means."""
        if self.is_whole and len(self.text) <= _LONGEST_INTEGER:
            return int(self.text)
        return float(self.text)

    @property
    def is_comparable(self) -> bool:
        """Whether it equals other ways to write its value; any other number equals its own text only."""
        return is_comparable(self.text)


Scalar: TypeAlias = str | Number | bool | None
"""A value that a JSON leaf can have."""


def same(value: Scalar) -> tuple[str, object]:
    """What is equal for two values that no record tells apart: ``300`` and ``3.0e2``, but not ``1`` and ``true``."""
    if isinstance(value, Number):
        return "number", float(value.text) if value.is_comparable else value.text
    return type(value).__name__, value


Path: TypeAlias = tuple[str | int, ...]
"""The keys that lead to a place in a pattern; a number counts the members of a list."""


@dataclass(frozen=True)
class Matcher:
    """One operator with what it compares to.

    Args:
        operator: ``equals``, or AWS's word: ``prefix``, ``numeric``, ``anything-but`` …
        values: its arguments, in their order.
        inner: the operator inside it, as in ``{"anything-but": {"prefix": …}}``; ``None`` if there is none.
        bare: a single argument was written without a list around it; it means the same.
    """

    operator: str
    values: tuple[Scalar, ...]
    inner: str | None = None
    bare: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        if self.operator == EQUALS:
            return write_scalar(self.values[0])
        argument = ",".join(write_scalar(value) for value in self.values)
        if not self.bare:
            argument = f"[{argument}]"
        if self.inner is not None:
            argument = f"{{{write_text(self.inner)}:{argument}}}"
        return f"{{{write_text(self.operator)}:{argument}}}"


@dataclass(frozen=True)
class Condition:
    """What one field has to be: any of its matchers will do.

    Conditions join with ``|``: ``f.prefix("eu-") | f.equals("us-east-1")``.

    Args:
        matchers: at least one.
    """

    matchers: tuple[Matcher, ...]

    def asks_only(self, operator: str) -> bool:
        """Whether every matcher has this operator."""
        return all(matcher.operator == operator for matcher in self.matchers)

    def __or__(self, other: Condition) -> Condition:
        return Condition(self.matchers + other.matchers) if isinstance(other, Condition) else NotImplemented

    def __str__(self) -> str:
        return "[" + ",".join(map(str, self.matchers)) + "]"


@dataclass(frozen=True)
class Either:
    """The branches of a ``$or``: at least two, of which one has to match."""

    branches: tuple[Fields, ...]

    def __str__(self) -> str:
        return "[" + ",".join(map(str, self.branches)) + "]"


@dataclass(frozen=True)
class Fields:
    """An object of a pattern: all its fields have to match.

    Args:
        items: in the order in which they were written, which counts where a ``$or`` names a field again.
    """

    items: tuple[tuple[str, Fields | Condition | Either], ...]

    def __str__(self) -> str:
        return "{" + ",".join(f"{write_text(name)}:{node}" for name, node in self.items) + "}"

    def leaves(self, path: Path = ()) -> Iterator[tuple[Path, Condition]]:
        """Every condition with the keys that lead to it; ``$or`` and the number of the branch are among them."""
        for name, node in self.items:
            if isinstance(node, Condition):
                yield (*path, name), node
            elif isinstance(node, Fields):
                yield from node.leaves((*path, name))
            else:
                for index, branch in enumerate(node.branches):
                    yield from branch.leaves((*path, name, index))


@dataclass(frozen=True)
class Pattern:
    """One filter pattern. Two patterns are equal if they say the same in the same order.

    Args:
        root: its fields.
        duplicates: where a key is repeated in one object.
        text: the JSON text it was read from; ``None`` if it came as a dict or in the typed form.
    """

    root: Fields
    duplicates: tuple[Path, ...] = field(default=(), compare=False)
    text: str | None = field(default=None, compare=False, repr=False)
    matcher: Callable[[Any], bool] | None = field(default=None, init=False, compare=False, repr=False)

    def render(self) -> str:
        """Write the pattern in AWS's JSON: compact, on one line, the same text every time."""
        return str(self.root)

    def __str__(self) -> str:
        return self.render()

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "matcher": None}


def write_text(text: str) -> str:
    """Write a text as JSON, on one line, and readable where it can be."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def write_scalar(value: Scalar) -> str:
    """Write a leaf's value as JSON; a number keeps the text it came with."""
    if isinstance(value, Number):
        return value.text
    return write_text(value) if isinstance(value, str) else json.dumps(value)


def json_path(root: str, path: Path) -> str:
    """Write keys as a JSON path: ``filters[0].body.total``, ``filters[0].body["a.b"]``."""
    written = root
    for key in path:
        if isinstance(key, int):
            written += f"[{key}]"
        elif re.fullmatch(r"[A-Za-z_$][\w$-]*", key):
            written += f".{key}"
        else:
            written += f"[{write_text(key)}]"
    return written


def field_names(path: Path) -> tuple[str, ...]:
    """The keys of a path that name fields: without ``$or`` and the number of the branch."""
    return tuple(str(path[position]) for position in _positions(path))


def up_to(path: Path, depth: int) -> Path:
    """The beginning of a path, down to the field of a depth: 0 is the first."""
    positions = _positions(path)
    return path[: positions[min(depth, len(positions) - 1)] + 1]


def _positions(path: Path) -> list[int]:
    """Where in a path names of fields are."""
    following = (*path[1:], "")
    return [
        position
        for position, (key, after) in enumerate(zip(path, following, strict=True))
        if isinstance(key, str) and not isinstance(after, int)
    ]
