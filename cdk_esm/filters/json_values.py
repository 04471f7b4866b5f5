"""JSON as a pattern needs it: numbers keep their text, objects keep a repeated key."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NoReturn

from cdk_esm.errors import FilterPatternError
from cdk_esm.filters.pattern import Condition, Fields, Number, Path, Pattern, json_path

DEEPEST: Final = 100
"""How many levels of objects and lists we read. Our choice: AWS names no limit, and no record is so deep."""


class Place:
    """Where in a pattern we are, to say so when something is wrong."""

    def __init__(self, root: str, path: Path = ()) -> None:
        self.root = root
        self.path = path

    def into(self, key: str | int) -> Place:
        """The place one step further in."""
        return Place(self.root, (*self.path, key))

    def refuse(self, reason: str) -> FilterPatternError:
        """The error that says what is wrong here."""
        return FilterPatternError(json_path(self.root, self.path), reason)


class Members:
    """A JSON object as pairs."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        self.pairs = pairs

    def __len__(self) -> int:
        return len(self.pairs)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.pairs)

    @property
    def names(self) -> list[str]:
        """The keys, as often as they occur."""
        return [name for name, _ in self.pairs]


def read_text(text: str, place: Place) -> Any:
    """Read JSON text into ``Members``, lists, ``Number`` and plain scalars.

    Raises:
        FilterPatternError: it is no JSON, or nested too deeply.
    """
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise place.refuse(f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise _too_deep(place) from None
    except _NotJsonError as error:
        raise place.refuse(f"not JSON: {error} is no JSON number") from None
    return read_value(value, place)


def read_value(value: Any, place: Place, depth: int = 0) -> Any:  # noqa: C901, PLR0911 - one case for each kind of value
    """Read a Python value, our typed forms among it, into the same.

    Raises:
        FilterPatternError: a value that JSON does not have, or nested too deeply.
    """
    if depth > DEEPEST:
        raise _too_deep(place)
    if value is None or isinstance(value, bool | Number):
        return value
    if isinstance(value, Condition | Fields | Pattern):
        return read_text(str(value), place)
    if isinstance(value, Members):
        return Members([(name, read_value(inner, place.into(name), depth + 1)) for name, inner in value])
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int | float | Decimal):
        return _read_number(value, place)
    if isinstance(value, list | tuple):
        members: list[Any] = []
        for index, inner in enumerate(value):
            read = read_value(inner, place.into(index), depth + 1)
            members.extend(read if isinstance(inner, Condition) else [read])
        return members
    if isinstance(value, Mapping):
        pairs = []
        for name, inner in value.items():
            if not isinstance(name, str):
                raise place.refuse(f"the name of a field is a text, got one of the type {type(name).__name__}")
            pairs.append((str.__str__(name), read_value(inner, place.into(name), depth + 1)))
        return Members(pairs)
    raise place.refuse(f"JSON has no value of the type {type(value).__name__}")


def is_scalar(value: Any) -> bool:
    """Whether a value, as it was read, is a leaf's value."""
    return value is None or isinstance(value, str | Number | bool)


def describe(value: Any) -> str:
    """A value in words that tell its JSON type."""
    if isinstance(value, Number | int | float | Decimal) and not isinstance(value, bool):
        return f"the number {value.text}" if isinstance(value, Number) else "a number"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text {value!r}"
    if value is None:
        return "null"
    if isinstance(value, Members | Mapping):
        return "an object"
    return f"a {type(value).__name__}"


class _NotJsonError(Exception):
    """One of the numbers that Python's JSON has and JSON has not."""


def _no_constant(name: str) -> NoReturn:
    raise _NotJsonError(name)


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=Members, parse_int=Number, parse_float=Number, parse_constant=_no_constant
)


def _read_number(value: float | Decimal, place: Place) -> Number:
    if isinstance(value, int):
        try:
            return Number(int.__repr__(value))
        except ValueError:
            raise place.refuse("an integer of more digits than a pattern has room for") from None
    if not math.isfinite(value):
        raise place.refuse(f"{value} is no JSON number")
    return Number(str(value) if isinstance(value, Decimal) else float.__repr__(value))


def _too_deep(place: Place) -> FilterPatternError:
    return place.refuse(f"nested more than {DEEPEST} levels deep")
