"""Connectors: the policy that one adds to the role of a function at either end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from cdk_esm.sources.resource_facts import Gives
from cdk_esm.sources.resource_types.access import MANAGED_POLICY
from cdk_esm.sources.resource_types.functions import MAPPING
from cdk_esm.sources.resources import gives
from cdk_esm.sources.sam_connectors import (
    AS_IN_CLOUDFORMATION,
    CONNECTORS,
    FUNCTION,
    OTHERS,
    ConnectorFacts,
)
from cdk_esm.template.sam.made import Made, allow, attribute, document, record
from cdk_esm.template.sam.policies import hidden

CONNECTOR: Final = "AWS::Serverless::Connector"
EMBEDDED: Final = "Connectors"


_Mappings: TypeAlias = Mapping[tuple[str | None, str | None], Sequence[str]]


@dataclass(frozen=True)
class _Connector:
    """One connector.

    Args:
        logical_id: its own, from which its policies have theirs.
        of: the user's resource that it is, or is part of.
        within: where it is there.
        source: what it connects.
        destinations: and to what.
        permissions: what is wanted.
        several: the destinations are a list.
    """

    logical_id: str
    of: str
    within: str
    source: Any
    destinations: tuple[Any, ...]
    permissions: Any
    several: bool


def add_connectors(made: Made) -> None:
    """Make the policies of all connectors, those within resources too; everything else must be made already."""
    mappings = _mappings(made)
    policies: dict[str, list[str]] = {}
    for connector in _connectors(made.written):
        policies[connector.logical_id] = []
        for index, destination in enumerate(connector.destinations):
            name = f"{connector.logical_id}Policy" + (f"Destination{index}" if connector.several else "")
            trouble = _add_policy(made, connector, name, record(destination), mappings)
            if trouble is not None:
                made.refuse(connector.of, connector.within, *trouble)
            elif name in made.resources:
                policies[connector.logical_id].append(name)
    for logical_id, body in list(made.resources.items()) if policies else ():
        _wait_for_policies(made, logical_id, record(body).get("DependsOn"), policies)


def _wait_for_policies(made: Made, logical_id: str, depends: Any, policies: Mapping[str, Sequence[str]]) -> None:
    """Let what depends on a connector depend on its policies, as SAM does."""
    written = depends if isinstance(depends, list) else [depends]
    named = [name for name in written if isinstance(name, str) and name in policies]
    if named:
        others = [name for name in written if name not in named]
        own = [policy for name in named for policy in policies[name]]
        made.resources[logical_id] = {**made.resources[logical_id], "DependsOn": [*others, *own]}


def _connectors(resources: Mapping[str, Any]) -> Iterator[_Connector]:
    for logical_id, body in resources.items():
        if record(body).get("Type") == CONNECTOR:
            properties = record(record(body).get("Properties"))
            yield _connector(logical_id, logical_id, "", properties.get("Source"), properties)
        for name, embedded in record(record(body).get(EMBEDDED)).items():
            properties = record(record(embedded).get("Properties"))
            source = {"Id": logical_id, **record(record(embedded).get("SourceReference"))}
            yield _connector(f"{logical_id}{name}", logical_id, f"{EMBEDDED}/{name}", source, properties)


def _connector(logical_id: str, of: str, within: str, source: Any, properties: Mapping[str, Any]) -> _Connector:
    ends = properties.get("Destination")
    several = isinstance(ends, list)
    destinations = tuple(ends) if isinstance(ends, list) else (ends,)
    return _Connector(logical_id, of, within, source, destinations, properties.get("Permissions"), several)


def _add_policy(
    made: Made, connector: _Connector, name: str, destination: Mapping[str, Any], mappings: _Mappings
) -> tuple[str, str] | None:
    """Make the policy of a connector to one destination, if it gives one; why not, and what to do, otherwise."""
    source = record(connector.source)
    kinds = _type_of(made, source), _type_of(made, destination)
    if None in kinds:
        return "one of its ends is no resource of the source and says no Type", "name resources by Id"
    types = (str(kinds[0]), str(kinds[1]))
    facts = CONNECTORS.get(types)
    if facts is None:
        concerned = FUNCTION in types and types not in OTHERS
        reason = f"SAM has no connector from {types[0]} to {types[1]}"
        return (reason, "give the role a policy instead") if concerned else None
    permissions = connector.permissions
    wanted = (
        set(permissions) if isinstance(permissions, list) and all(isinstance(p, str) for p in permissions) else set()
    )
    taken = " and ".join(facts.allows)
    if not wanted or not wanted <= facts.allows.keys() or (facts.together and wanted != set(facts.allows)):
        together = "together" if facts.together else "in a list"
        reason = f"SAM takes the permissions {taken} {together} for a connector from {types[0]} to {types[1]}"
        return reason, f"write Permissions: [{', '.join(facts.allows)}]"
    function, other = (source, destination) if facts.of_source else (destination, source)
    role = _role_name(made, function)
    if role is None:
        reason = "the function at one of its ends has a role that no resource of the source is, so it gives nothing"
        return reason, "give that role a policy instead"
    properties = {"PolicyDocument": _document(made, facts, other, wanted), "Roles": [role]}
    made.add(name, MANAGED_POLICY.type, properties, of=connector.of)
    if facts.before_mapping:
        between = mappings.get((_name(source), _name(destination)), ())
        if len(between) == 1 and name in made.resources:  # SAM lets a mapping wait where it is the only one
            made.wait(between[0], name)
    return None


def _name(end: Mapping[str, Any]) -> str | None:
    """The resource that one end is, where it is one of the source."""
    logical_id = end.get("Id")
    return logical_id if isinstance(logical_id, str) else None


def _type_of(made: Made, end: Mapping[str, Any]) -> str | None:
    """The type of one end, as CloudFormation names it."""
    logical_id = _name(end)
    kind = end.get("Type") if logical_id is None else record(made.written.get(logical_id)).get("Type")
    return AS_IN_CLOUDFORMATION.get(kind, kind) if isinstance(kind, str) else None


def _document(made: Made, facts: ConnectorFacts, other: Mapping[str, Any], wanted: set[str]) -> Mapping[str, Any]:
    logical_id = _name(other)
    if logical_id is not None:
        by_ref = gives(_type_of(made, other) or "", "Ref") is Gives.ARN
        arn: Any = {"Ref": logical_id} if by_ref else attribute(logical_id, "Arn")
    else:
        arn = other.get("Arn")
    if arn is None:
        return hidden(dict(other))
    places = [{"Fn::Join": ["", [arn, end]]} if end else arn for end in facts.below]
    return document(allow(actions, places) for permission, actions in facts.allows.items() if permission in wanted)


def _role_name(made: Made, function: Mapping[str, Any]) -> Any:
    """The role of a function, as a policy names it; ``None`` if it is no resource of the source."""
    logical_id = _name(function)
    if logical_id is None:
        return function.get("RoleName")
    role = record(record(made.resources.get(logical_id)).get("Properties")).get("Role")
    named = _logical_id(role)
    return {"Ref": named} if named in made.resources else None


def _logical_id(value: Any) -> str | None:
    """The resource that a reference names."""
    ref, got = record(value).get("Ref"), record(value).get("Fn::GetAtt")
    if isinstance(ref, str):
        return ref
    if isinstance(got, list) and got and isinstance(got[0], str):
        return got[0].partition(".")[0]
    return got.partition(".")[0] if isinstance(got, str) else None


def _mappings(made: Made) -> _Mappings:
    """The mappings by the source and the function that they name."""
    found: dict[tuple[str | None, str | None], list[str]] = {}
    for logical_id, body in made.resources.items():
        if record(body).get("Type") == MAPPING.type:
            properties = record(record(body).get("Properties"))
            ends = _logical_id(properties.get("EventSourceArn")), _logical_id(properties.get("FunctionName"))
            found.setdefault(ends, []).append(logical_id)
    return found
