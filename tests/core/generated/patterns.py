"""Legal filter patterns, as the page of each source writes them, from a seed.

A field is either always an object or always a leaf, an operator stands alone, and every pattern can match something
and can fail to match something.
"""

from __future__ import annotations

import json
from typing import Any, Final

from cdk_esm.sources.common import FILTERS_QUOTA
from tests.core.generated.drawing import Draw

_LEAVES: Final = ("type", "total", "state", "sku", "createdBy")
_OBJECTS: Final = ("customer", "address", "meta")
_WORDS: Final = ("created", "paid", "shipped", "lost", "eu", "A-1")
_EVENT_NAMES: Final = ("INSERT", "MODIFY", "REMOVE")
_IMAGES: Final = {
    "KEYS_ONLY": ("Keys",),
    "NEW_IMAGE": ("Keys", "NewImage"),
    "OLD_IMAGE": ("Keys", "OldImage"),
    "NEW_AND_OLD_IMAGES": ("Keys", "NewImage", "OldImage"),
}
_WITHOUT: Final = (("OldImage", "INSERT"), ("NewImage", "REMOVE"))
_ROOTS: Final = {"sqs": "body", "sqs-fifo": "body", "kinesis": "data", "kinesis-efo": "data", "dynamodb": "dynamodb"}


def filters(draw: Draw, kind: str, view: str | None = None) -> list[dict[str, str]]:
    """One filter or several, as the template carries them."""
    made = [pattern(draw, kind, view) for _ in range(draw.between(1, FILTERS_QUOTA.value))]
    return [{"Pattern": json.dumps(one, separators=draw.one_of(((",", ":"), (", ", ": "))))} for one in made]


def pattern(draw: Draw, kind: str, view: str | None = None) -> dict[str, Any]:
    """One pattern under the root that the source's records have."""
    if kind == "dynamodb":
        return _of_table(draw, view or "NEW_AND_OLD_IMAGES")
    root = _ROOTS.get(kind, "data" if kind in ("activemq", "rabbitmq") else "value")
    return {root: _fields(draw, 0)}


def _fields(draw: Draw, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {name: _condition(draw) for name in draw.some_of(_LEAVES, 1)[:3]}
    if depth < 2 and draw.chance(0.3):
        found[draw.one_of(_OBJECTS)] = _fields(draw, depth + 1)
    if depth == 0 and draw.chance(0.15):
        one, other, *_ = draw.some_of(_LEAVES, 2)
        found["$or"] = [{one: _condition(draw)}, {other: _condition(draw)}]
        for name in (one, other):
            found.pop(name, None)
    return found


def _condition(draw: Draw) -> list[Any]:
    """What a leaf must be: values, or one operator of the guide's table."""
    word = draw.one_of(_WORDS)
    low = draw.between(0, 1000)
    ways: tuple[list[Any], ...] = (
        [word],
        [*dict.fromkeys((word, draw.one_of(_WORDS)))],
        [draw.one_of((0, 1, 42, -5, 2.5))],
        [None],
        [""],
        [draw.one_of((True, False))],
        [{"exists": draw.one_of((True, False))}],
        [{"prefix": word}],
        [{"suffix": word}],
        [{"equals-ignore-case": word}],
        [{"anything-but": [word]}],
        [{"numeric": ["=", low]}],
        [{"numeric": [draw.one_of((">", ">=")), low]}],
        [{"numeric": [draw.one_of((">", ">=")), low, draw.one_of(("<", "<=")), low + draw.between(1, 500)]}],
    )
    return draw.one_of(ways)


def _of_table(draw: Draw, view: str) -> dict[str, Any]:
    """A pattern on a table's changes: their name, and typed attributes, on which no number operator works."""
    found: dict[str, Any] = {}
    image = draw.one_of(_IMAGES[view])
    if draw.chance(0.6):
        # A new item has no old image, and a removed one has no new image.
        names = [name for name in _EVENT_NAMES if (image, name) not in _WITHOUT]
        found["eventName"] = draw.some_of(names, 1)[:2]
    if not found or draw.chance(0.5):
        attributes = {name: _attribute(draw) for name in draw.some_of(_LEAVES, 1)[:2]}
        found["dynamodb"] = {image: {"id": _text(draw)} if image == "Keys" else attributes}
    if draw.chance(0.1):
        found["userIdentity"] = {"type": ["Service"], "principalId": ["dynamodb.amazonaws.com"]}
    return found


def _text(draw: Draw) -> dict[str, Any]:
    word = draw.one_of(_WORDS)
    ways: tuple[list[Any], ...] = (
        [word],
        [{"prefix": word}],
        [{"anything-but": [word]}],
        [{"exists": draw.one_of((True, False))}],
    )
    return {"S": draw.one_of(ways)}


def _attribute(draw: Draw) -> dict[str, Any]:
    ways: tuple[dict[str, Any], ...] = (
        _text(draw),
        _text(draw),
        {"N": [str(draw.between(0, 1000))]},
        {"BOOL": [draw.one_of((True, False))]},
    )
    return draw.one_of(ways)
