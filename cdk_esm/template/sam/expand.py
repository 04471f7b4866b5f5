"""The expansion: a document with serverless resources, as the transform would make it of a SAM source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cdk_esm.sources.resource_types.functions import SAM_FUNCTION
from cdk_esm.sources.resource_types.stacks import STACK
from cdk_esm.sources.resource_types.streams import SAM_TABLE, TABLE
from cdk_esm.sources.sam_events import SERVERLESS, TRANSFORM, WITHOUT_MAPPINGS
from cdk_esm.sources.transforms import PROCESSED, name_of
from cdk_esm.template.sam.connectors import CONNECTOR, EMBEDDED, add_connectors
from cdk_esm.template.sam.functions import add_function, alias_id
from cdk_esm.template.sam.globals_section import check_globals, with_globals
from cdk_esm.template.sam.made import Made, Origin, Unread, is_function, record
from cdk_esm.template.sam.references import with_made_references

_APPLICATION: Final = f"{SERVERLESS}Application"
_OF_A_TABLE: Final = ("PointInTimeRecoverySpecification", "ProvisionedThroughput", "SSESpecification", "TableName")
_KEY_TYPES: Final = {"String": "S", "Number": "N", "Binary": "B"}
_REFERABLE: Final = {
    "Version": "Version",
    "DestinationQueue": "EventInvokeConfigOnFailureQueue",
    "DestinationTopic": "EventInvokeConfigOnFailureTopic",
}


@dataclass(frozen=True)
class Expansion:
    """What a document comes to.

    Args:
        document: the document, with the resources that SAM makes.
        origins: logical id to where the user wrote it, for functions and mappings that SAM makes.
        made_of: logical id of what SAM makes to the user's own resource.
        unread: what may hold or change a mapping, and could not be read.
    """

    document: Mapping[str, Any]
    origins: Mapping[str, Origin] = field(default_factory=dict)
    made_of: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()


def expanded(document: Mapping[str, Any]) -> Expansion:
    """Expand what SAM would expand; a document without serverless resources stays as it is."""
    resources = document.get("Resources")
    if not isinstance(resources, dict) or not _is_serverless(document, resources):
        return Expansion(document)
    names = _made_names(document, resources)
    written = {name: with_made_references(body, names) for name, body in resources.items()}
    source = {**document, "Globals": with_made_references(document.get("Globals"), names)}
    made = Made(written)
    check_globals(source, made)
    for logical_id, body in written.items():
        _add(made, str(logical_id), body, source)
    add_connectors(made)
    expansion = {**document, "Resources": made.resources}
    expansion["Conditions"] = {**record(document.get("Conditions")), **made.conditions}
    if "Outputs" in document:
        expansion["Outputs"] = with_made_references(document["Outputs"], names)
    expansion["Transform"] = [one for one in _transforms(document) if name_of(one) != TRANSFORM or made.opaque]
    return Expansion(expansion, made.origins, made.made_of, tuple(made.unread))


def _transforms(document: Mapping[str, Any]) -> list[Any]:
    written = document.get("Transform")
    return written if isinstance(written, list) else [] if written is None else [written]


def _is_serverless(document: Mapping[str, Any], resources: Mapping[str, Any]) -> bool:
    """Whether SAM has something to do here, even if the line that asks for its transform was forgotten."""
    types = (record(body).get("Type") for body in resources.values())
    return TRANSFORM in map(name_of, _transforms(document)) or any(
        isinstance(one, str) and one.startswith(SERVERLESS) for one in types
    )


def _made_names(document: Mapping[str, Any], resources: Mapping[str, Any]) -> Mapping[str, str]:
    """What references may say of what functions make, to the logical ids of that."""
    names: dict[str, str] = {}
    parameters = record(document.get("Parameters"))
    for logical_id, body in resources.items():
        if record(body).get("Type") == SAM_FUNCTION.type:
            properties = with_globals(document, "Function", body)
            alias = alias_id(logical_id, properties, parameters)
            names |= {f"{logical_id}.{word}": f"{logical_id}{end}" for word, end in _REFERABLE.items()}
            names |= {} if alias is None else {f"{logical_id}.Alias": alias}
    return names


def _keys(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The primary key of a simple table, which has one attribute."""
    key = record(properties.get("PrimaryKey"))
    name, kind = key.get("Name", "id"), key.get("Type", "String")
    letter = _KEY_TYPES.get(kind, kind) if isinstance(kind, str) else kind
    return {
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": letter}],
        "KeySchema": [{"AttributeName": name, "KeyType": "HASH"}],
    }


def _add(made: Made, logical_id: str, body: Any, source: Mapping[str, Any]) -> None:
    """Make what a resource of the source becomes."""
    kind = record(body).get("Type")
    if not isinstance(kind, str) or not kind.startswith(SERVERLESS):
        embedded = isinstance(body, dict) and EMBEDDED in body
        made.resources[logical_id] = {k: v for k, v in body.items() if k != EMBEDDED} if embedded else body
    elif is_function(body.get("Properties")):
        made.refuse(logical_id, "", "a function makes its properties, which SAM does not take", "write them out")
    elif kind == SAM_FUNCTION.type:
        properties = with_globals(source, "Function", body)
        add_function(made, logical_id, properties, alias_id(logical_id, properties, record(source.get("Parameters"))))
    elif kind == SAM_TABLE.type:
        properties = with_globals(source, "SimpleTable", body)
        kept = {name: properties[name] for name in _OF_A_TABLE if name in properties} | dict(_keys(properties))
        made.add(logical_id, TABLE.type, kept, of=logical_id)
    elif kind == _APPLICATION:
        properties = record(body.get("Properties"))
        nested = {"TemplateURL": properties.get("Location"), "Parameters": properties.get("Parameters")}
        made.add(logical_id, STACK.type, nested, of=logical_id)
    elif kind.removeprefix(SERVERLESS) in WITHOUT_MAPPINGS:
        made.resources[logical_id] = body
    elif kind != CONNECTOR:
        made.refuse(logical_id, "", f"SAM has no resource of type {kind}, as far as is known here", PROCESSED)
        made.opaque = True
        made.resources[logical_id] = body
