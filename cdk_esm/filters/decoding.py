"""Takes the payload out of a record in the shape in which Lambda delivers it, as the filter engine sees it."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, NoReturn

from cdk_esm.facts import SourceFacts
from cdk_esm.filters.branches import Branch
from cdk_esm.filters.numbers import WrittenFloat


class Form(StrEnum):
    """What a payload is made of."""

    JSON = "json"
    TEXT = "text"
    UNREADABLE = "unreadable"
    """Not there, not base64, or not UTF-8."""


def read_json(text: str, *, written_floats: bool = False) -> Any:
    """Read JSON text as strictly as the engine does; Python also takes NaN and Infinity.

    Args:
        text: the text.
        written_floats: numbers with a fraction or an exponent keep their text.

    Raises:
        ValueError: it is no JSON.
    """
    try:
        try:
            return (_EXACT if written_floats else _QUICK)(text)
        except (json.JSONDecodeError, _NotJsonError):
            raise
        except ValueError:  # an integer of more digits than Python reads
            return _LONG_INTEGERS(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def decoder(facts: SourceFacts, *, written_floats: bool = False) -> Callable[[dict[str, Any]], tuple[Any, Form]]:
    """The function that reads a record of a source into the document that its filters see, and the payload's form."""
    payload, encoding, envelope = facts.filter_key or "", facts.records.encoding, facts.records.envelope

    def decode(record: dict[str, Any]) -> tuple[Any, Form]:
        document = record if envelope is None else _opened(record, envelope)
        value = document.get(payload)
        if isinstance(value, str) and encoding == "base64":
            text = _from_base64(value)
        elif isinstance(value, str) and encoding == "text":
            text = value
        else:
            return document, Form.JSON if isinstance(value, dict | list) else Form.UNREADABLE
        if text is None:
            return document, Form.UNREADABLE
        try:
            return {**document, payload: read_json(text, written_floats=written_floats)}, Form.JSON
        except ValueError:
            return {**document, payload: text}, Form.TEXT

    return decode


def asked_form(facts: SourceFacts, branch: Branch) -> Form | None:
    """What form of payload a branch is for; ``None`` if it says nothing about the payload."""
    prefix = f"{facts.filter_key}."
    if any(name.startswith(prefix) for name in branch):
        return Form.JSON
    return Form.TEXT if facts.filter_key in branch else None


def _opened(record: dict[str, Any], envelope: str) -> dict[str, Any]:
    """The record with what lies in its envelope beside the rest, as patterns name it."""
    inside = record.get(envelope)
    if not isinstance(inside, dict):
        return record
    document = {**record, **inside}
    del document[envelope]
    return document


def _from_base64(text: str) -> str | None:
    try:
        return base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None


def _integer(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        return WrittenFloat(text)


class _NotJsonError(ValueError):
    """A number that Python's JSON has and JSON has not."""


def _no_constant(name: str) -> NoReturn:
    raise _NotJsonError(name)


_QUICK: Final = json.JSONDecoder(parse_constant=_no_constant).decode
_EXACT: Final = json.JSONDecoder(parse_constant=_no_constant, parse_float=WrittenFloat).decode
_LONG_INTEGERS: Final = json.JSONDecoder(
    parse_constant=_no_constant, parse_float=WrittenFloat, parse_int=_integer
).decode
