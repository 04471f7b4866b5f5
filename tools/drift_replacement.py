"""Compares what the sheets say of replacement with the resource schemas: create-only, or only sometimes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk_esm.facts import SourceFacts
from cdk_esm.sources import SOURCES
from cdk_esm.sources.resource_types.functions import MAPPING
from cdk_esm.sources.resources import RESOURCES


def create_only_of(schema: Mapping[str, Any], key: str = "createOnlyProperties") -> frozenset[str]:
    """The properties that a resource schema calls create-only, as the sheets write them."""
    return frozenset(path.removeprefix("/properties/").replace("/", ".") for path in schema.get(key, ()))


def create_only_of_sheets(sheets: Mapping[str, SourceFacts]) -> frozenset[str]:
    """The create-only settings of all sources; what is within another one is not named again."""
    found = {setting.name for sheet in sheets.values() for setting in sheet.settings if setting.create_only}
    return frozenset(name for name in found if not any(name.startswith(f"{other}.") for other in found))


def replacement_differences(schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Name every property of which the sheets and a schema say otherwise, with the difference in words.

    Args:
        schemas: type to resource schema; a type that is not there is not compared.
    """
    if MAPPING.type in schemas:
        theirs = create_only_of(schemas[MAPPING.type])
        yield from _named(MAPPING.type, create_only_of_sheets(SOURCES), theirs, "create-only")
    for facts in RESOURCES.values():
        schema = schemas.get(facts.type)
        if schema is None:
            continue
        sometimes = create_only_of(schema, "conditionalCreateOnlyProperties")
        yield from _named(facts.type, frozenset(facts.create_only), create_only_of(schema), "create-only")
        yield from _named(facts.type, frozenset(facts.sometimes_create_only), sometimes, "sometimes create-only")


def _named(kind: str, ours: frozenset[str], theirs: frozenset[str], what: str) -> Iterator[tuple[str, str]]:
    yield from ((f"{kind} {name}", f"is {what}, the sheets say otherwise") for name in sorted(theirs - ours))
    yield from ((f"{kind} {name}", f"is not {what}, the sheets say it is") for name in sorted(ours - theirs))
