"""Says in words what a condition wants and what a record has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.filters import fields
from cdk_esm.filters.decoding import Form
from cdk_esm.filters.numbers import WrittenFloat
from cdk_esm.filters.pattern import EQUALS, Condition, Matcher, write_scalar

LONGEST: Final = 200
"""Characters of a value that an explanation quotes. Our choice: a line or two."""

FORMS: Final[Mapping[Form, str]] = {
    Form.JSON: "JSON",
    Form.TEXT: "plain text",
    Form.UNREADABLE: "nothing that can be read as UTF-8 text",
}


def wanted(condition: Condition) -> str:
    """What a condition wants."""
    return " or ".join(_one(matcher) for matcher in condition.matchers)


def found(document: Any, name: str) -> str:
    """What a document has under a name."""
    values = [field.value for field in fields.find(document, name)]
    if values:
        return _short(", ".join(_write(value) for value in values))
    return _no_value(document, name)


def _no_value(document: Any, name: str) -> str:
    """What is at a name that has no value."""
    node = document
    for step in name.split("."):
        if isinstance(node, list):
            return "no such field in any member of the array"
        if not isinstance(node, dict) or step not in node:
            return "no such field"
        node = node[step]
    return "an object, which is no leaf" if isinstance(node, dict) else "an array without plain values"


def _write(value: Any) -> str:
    if isinstance(value, WrittenFloat):
        return value.text
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        return repr(value)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _one(matcher: Matcher) -> str:
    if matcher.operator == "exists":
        return "any value" if matcher.values[0] else "no such field"
    if matcher.operator == "numeric":
        terms = [f"{comparison} {write_scalar(number)}" for comparison, number in _pairs(matcher)]
        return "a number " + " and ".join(terms)
    if matcher.operator == "anything-but":
        inner = matcher.inner or EQUALS
        return "anything but " + " or ".join(_one(Matcher(inner, (value,))) for value in matcher.values)
    ignoring = " in any case" if matcher.inner else ""
    return _WORDS.get(matcher.operator, "{}").format(write_scalar(matcher.values[0])) + ignoring


def _pairs(matcher: Matcher) -> list[tuple[Any, Any]]:
    return list(zip(matcher.values[::2], matcher.values[1::2], strict=True))


_WORDS: Final[Mapping[str, str]] = {
    "prefix": "a text that begins with {}",
    "suffix": "a text that ends with {}",
    "equals-ignore-case": "{} in any case",
    "wildcard": "a text like {}",
    "cidr": "an address in {}",
}
