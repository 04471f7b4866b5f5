"""Compares what the table of resource types says of ``Ref``, attributes and properties with the resource schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cdk_esm.sources.resource_facts import EACH, Gives, ResourceFacts
from cdk_esm.sources.resources import RESOURCES

_ENDINGS: Final = {"arn": Gives.ARN, "url": Gives.URL}
"""How the name of an attribute ends that surely gives such a value."""


def return_differences(schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Name everything of which the table and a schema say otherwise, with the difference in words.

    Args:
        schemas: type to resource schema; a type that is not there is not compared.
    """
    for facts in RESOURCES.values():
        schema = schemas.get(facts.type)
        for name, difference in _differences(facts, schema) if schema is not None else ():
            yield f"{facts.type} {name}", difference
        for policy in (*facts.policies, *facts.attached):
            schema = schemas.get(policy.type)
            for name in (policy.names, policy.document) if schema is not None else ():
                if not has_property(schema, (name,)):
                    yield f"{policy.type} {name}", "is no property, the table names it"


def _differences(facts: ResourceFacts, schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    identifiers = [_name(path) for path in schema.get("primaryIdentifier", ())]
    if len(identifiers) == 1 and facts.ref is not None:
        identified = Gives.NAME if identifiers[0] == facts.name else facts.attributes.get(identifiers[0])
        if identified is not facts.ref:
            yield "Ref", f"gives {identifiers[0]}, the table says it gives {facts.ref}"
    for name, given in attributes_of(schema).items():
        said = facts.attributes.get(name)
        if given is not None and said is not given:
            yield name, f"gives {given}, the table says {said or 'nothing of it'}"
    for name in facts.attributes:
        if not has_property(schema, tuple(name.split("."))):
            yield name, "is no attribute, the table names it"
    paths = [facts.key, *facts.policies_within, *((one,) for one in (facts.name, facts.stands_for) if one)]
    for path in paths:
        if path and not has_property(schema, path):
            yield ".".join(path), "is no property, the table names it"


def attributes_of(schema: Mapping[str, Any]) -> dict[str, Gives | None]:
    """The attributes that can only be read, and what each gives, as far as its name tells."""
    names = [_name(path) for path in schema.get("readOnlyProperties", ())]
    return {name: next((one for end, one in _ENDINGS.items() if name.lower().endswith(end)), None) for name in names}


def has_property(schema: Mapping[str, Any] | None, path: tuple[str, ...]) -> bool:
    """Whether a path leads to a property; what the schema does not describe may hold anything."""
    value: Any = schema
    for name in path:
        value = _resolved(schema or {}, value)
        inner = value.get("items") if name == EACH else value.get("properties", {}).get(name)
        if inner is None:
            return name != EACH and value is not schema and "properties" not in value and _is_open(value)
        value = inner
    return True


def _is_open(value: Mapping[str, Any]) -> bool:
    return "object" in str(value.get("type", "object"))


def _resolved(schema: Mapping[str, Any], value: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = value.get("$ref")
    definition: Mapping[str, Any] = value if reference is None else schema["definitions"][reference.rpartition("/")[2]]
    return definition


def _name(path: str) -> str:
    return path.removeprefix("/properties/").replace("/", ".")
