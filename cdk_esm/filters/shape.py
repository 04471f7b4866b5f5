"""The shape of filter patterns: what can be told of their texts without knowing the operators."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any, NoReturn

_OR = "$or"


@dataclass(frozen=True)
class Entry:
    """One thing in a pattern: its place (such as ``.body.total``, empty for the pattern itself), key and value."""

    json_path: str
    key: str
    value: Any


@dataclass(frozen=True)
class Problem:
    """A fault in the shape of a pattern: its place, what stands there and what should, both in words."""

    json_path: str
    got: str
    wanted: str


def load(text: str) -> Any:
    """Read a pattern as JSON, strictly.

    Raises:
        ValueError: it is no JSON, or too deeply nested to be read.
    """
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("too deeply nested") from error


def problems(text: str) -> list[Problem]:
    """List the faults in a pattern's shape: it is an object, its leaves are lists, and nothing in it is empty."""
    try:
        waiting = [Entry("", "", load(text))]
    except ValueError:
        return [Problem("", "text that is not JSON", "a JSON object")]
    found = []
    while waiting:
        entry = waiting.pop()
        value = entry.value
        if isinstance(value, dict) and value:
            waiting.extend(reversed(_children(entry)))
        elif _is_or(entry):
            waiting.extend(reversed(_alternatives(entry)))
        elif not isinstance(value, list) or not value or not entry.json_path:
            got = "a list" if isinstance(value, list) and value else json.dumps(value)
            wanted = "a list of values or an object" if entry.key else "a JSON object with a key"
            found.append(Problem(entry.json_path, got, wanted))
    return found


def top_level(text: str) -> list[Entry]:
    """List the fields of a record that a pattern names, also inside ``$or``; none where it is no JSON object."""
    try:
        return fields(Entry("", "", load(text)))
    except ValueError:
        return []


def fields(entry: Entry) -> list[Entry]:
    """List the fields that an object names, also inside ``$or``; none where it is no object."""
    waiting = [entry]
    found = []
    while waiting:
        entry = waiting.pop()
        children = _children(entry) if isinstance(entry.value, dict) else []
        found += [child for child in children if not _is_or(child)]
        waiting += [part for child in children if _is_or(child) for part in _alternatives(child)][::-1]
    return found


def leaves(entry: Entry) -> list[Entry]:
    """List what stands at the ends of a pattern, below an entry: the entry itself, where it is no object."""
    waiting = [entry]
    found = []
    while waiting:
        entry = waiting.pop()
        if isinstance(entry.value, dict):
            waiting += fields(entry)[::-1]
        else:
            found.append(entry)
    return found


def repeated_keys(text: str) -> list[str]:
    """List the keys that stand more than once in one object, sorted; none where the text is not JSON."""
    repeated: set[str] = set()

    def collect(pairs: list[tuple[str, Any]]) -> None:
        keys = Counter(key for key, _ in pairs)
        repeated.update(key for key, count in keys.items() if count > 1)

    try:
        json.loads(text, object_pairs_hook=collect, parse_constant=_refuse)
    except (RecursionError, ValueError):
        return []
    return sorted(repeated)


def _children(entry: Entry) -> list[Entry]:
    return [Entry(f"{entry.json_path}.{key}", key, value) for key, value in entry.value.items()]


def _is_or(entry: Entry) -> bool:
    items = entry.value
    return entry.key == _OR and isinstance(items, list) and bool(items) and all(isinstance(i, dict) for i in items)


def _alternatives(entry: Entry) -> list[Entry]:
    return [Entry(f"{entry.json_path}[{index}]", "", value) for index, value in enumerate(entry.value)]


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
