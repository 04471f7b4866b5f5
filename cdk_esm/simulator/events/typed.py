"""Items of DynamoDB: plain values with their type letters, and how many bytes they take."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from cdk_esm.errors import EsmError

_LETTERS: Final = frozenset({"S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"})


def image_of(item: Mapping[str, Any], name: str = "a record") -> dict[str, Any]:
    """An item with type letters; one that has them already stays as it is.

    Args:
        item: its attributes.
        name: what the trace calls the record.

    Raises:
        EsmError: DynamoDB has no type for one of them.
    """
    try:
        return {_named(key): _checked(value) if _is_typed(value) else typed(value) for key, value in item.items()}
    except TypeError as error:
        raise EsmError(f"{name}: {error}") from None


def typed(value: Any) -> dict[str, Any]:
    """One plain value under the letter of its type.

    Raises:
        TypeError: there is no such type.
    """
    for kind, letter, write in _WRITES:
        if isinstance(value, kind):
            return {letter: write(value)}
    if isinstance(value, set | frozenset):
        for kind, letter, write_one in _MEMBERS:
            if value and all(isinstance(one, kind) and not isinstance(one, bool) for one in value):
                return {letter: sorted(map(write_one, value))}
    raise TypeError(
        "an attribute is text, a number, True, False, None, bytes, a list, an object, or a set of texts, of numbers or "
        f"of bytes, got {type(value).__name__}: {value!r:.80}"
    )


def _named(name: Any) -> str:
    if not isinstance(name, str):
        raise TypeError(f"the name of an attribute is text, got {name!r:.80}")
    return name


def size_of(images: Mapping[str, Mapping[str, Any]]) -> int:
    """What the stream says of a record's size: the names and the values of its keys and images."""
    return sum(len(name.encode()) + _bytes(value) for image in images.values() for name, value in image.items())


def _is_typed(value: Any) -> bool:
    return isinstance(value, Mapping) and len(value) == 1 and next(iter(value)) in _LETTERS


def _checked(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """A value with the letter of its type, as DynamoDB writes it: a number is text there."""
    ((letter, inner),) = value.items()
    if letter == "B" and isinstance(inner, bytes | bytearray):
        return typed(inner)
    if not isinstance(inner, _HELD[letter]):
        written = f'{{"{letter}": "{inner}"}}' if letter in ("S", "N") else "as DynamoDB writes it"
        raise TypeError(f"what has a type letter is written {written}, got {dict(value)!r:.80}")
    return value


def _bytes(value: Mapping[str, Any]) -> int:
    """The bytes of one value, as DynamoDB counts an item's size."""
    ((letter, inner),) = value.items()
    return _SIZES.get(letter, _text_bytes)(inner)


def _text_bytes(text: Any) -> int:
    return len(str(text).encode())


def _number_bytes(text: Any) -> int:
    digits = str(text).strip("-").replace(".", "").strip("0")
    return (len(digits) + 1) // 2 + 1


def _binary_bytes(text: Any) -> int:
    try:
        return len(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return len(text)


_WRITES: Final[tuple[tuple[Any, str, Callable[[Any], Any]], ...]] = (
    (type(None), "NULL", lambda _: True),
    (bool, "BOOL", bool),
    ((int, float, Decimal), "N", str),
    ((bytes, bytearray), "B", lambda value: base64.b64encode(bytes(value)).decode()),
    (str, "S", str),
    (Mapping, "M", lambda value: {_named(name): typed(one) for name, one in value.items()}),
    ((list, tuple), "L", lambda value: [typed(one) for one in value]),
)
_MEMBERS: Final[tuple[tuple[Any, str, Callable[[Any], str]], ...]] = (
    (str, "SS", str),
    ((int, float, Decimal), "NS", str),
    ((bytes, bytearray), "BS", lambda value: base64.b64encode(bytes(value)).decode()),
)
_HELD: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("S", "N", "B"), str),
    **dict.fromkeys(("BOOL", "NULL"), bool),
    **dict.fromkeys(("L", "SS", "NS", "BS"), (list, tuple)),
    "M": Mapping,
}
_SIZES: Final[Mapping[str, Callable[[Any], int]]] = {
    "BOOL": lambda _: 1,
    "NULL": lambda _: 1,
    "N": _number_bytes,
    "B": _binary_bytes,
    "M": lambda inner: 3 + sum(1 + len(name.encode()) + _bytes(one) for name, one in inner.items()),
    "L": lambda inner: 3 + sum(1 + _bytes(one) for one in inner),
    **dict.fromkeys(("SS", "NS", "BS"), lambda inner: sum(map(_text_bytes, inner))),
}
