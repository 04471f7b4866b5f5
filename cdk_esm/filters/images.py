"""What a pattern names of a DynamoDB record: the keys, the two images of the item, and their attributes."""

from __future__ import annotations

from typing import Final

from cdk_esm.filters.shape import Entry, fields, top_level

TYPES: Final = ("S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS")
"""The types of attributes, as the keys under which a record carries their values."""

_PAYLOAD: Final = "dynamodb"
_IMAGES: Final = ("Keys", "NewImage", "OldImage")
_MAP: Final = "M"


def images(text: str) -> list[Entry]:
    """List where a pattern names the keys or an image of the item, also inside ``$or``."""
    return [
        field
        for payload in top_level(text)
        if payload.key == _PAYLOAD
        for field in fields(payload)
        if field.key in _IMAGES
    ]


def attributes(image: Entry) -> list[Entry]:
    """List the attributes that a pattern names below an image, also inside maps."""
    waiting = [image]
    found = []
    while waiting:
        here = fields(waiting.pop())
        found += here
        waiting += [field for attribute in here for field in fields(attribute) if field.key == _MAP][::-1]
    return found
