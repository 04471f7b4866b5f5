"""The one table of CloudFormation's resource types, and the questions to it.

What ``Ref`` gives, the attributes and what replaces a resource were read from CloudFormation's resource schemas
(``primaryIdentifier``, ``readOnlyProperties``, ``createOnlyProperties``); `make facts` compares them with the schemas
that cfn-lint carries.
"""

from collections.abc import Mapping
from typing import Final

from cdk_esm.sources.resource_facts import Gives, Kind, ResourceFacts
from cdk_esm.sources.resource_types import (
    access,
    alarms,
    clusters,
    documents,
    functions,
    messages,
    networks,
    secrets,
    stacks,
    storage,
    streams,
)

RESOURCES: Final[Mapping[str, ResourceFacts]] = {
    facts.type: facts
    for family in (
        messages,
        streams,
        clusters,
        documents,
        functions,
        secrets,
        storage,
        access,
        alarms,
        stacks,
        networks,
    )
    for facts in vars(family).values()
    if isinstance(facts, ResourceFacts)
}
"""CloudFormation's type to facts."""

TABLES: Final = frozenset({Kind.TABLE, Kind.GLOBAL_TABLE})
DOCUMENT_CLUSTERS: Final = frozenset(
    {Kind.DOCUMENT_CLUSTER, Kind.GLOBAL_DOCUMENT_CLUSTER, Kind.ELASTIC_DOCUMENT_CLUSTER}
)
LEAD_TO_SOURCES: Final = frozenset({Kind.VPC_CONNECTION})
"""What a mapping may name in the place of a source that is elsewhere."""
QUALIFIED_FUNCTIONS: Final = frozenset({Kind.ALIAS, Kind.VERSION})

_CUSTOM: Final = "Custom::"
_ITSELF: Final = ("Arn",)


def facts_of(type_name: str) -> ResourceFacts | None:
    """The facts of a type; every ``Custom::`` type is a custom resource."""
    return RESOURCES.get(type_name) or (stacks.CUSTOM if type_name.startswith(_CUSTOM) else None)


def itself_of(type_name: str) -> tuple[str, ...]:
    """``Ref`` or the attributes that are taken for a resource itself: ``Arn``, if the type is not known."""
    facts = facts_of(type_name)
    return _ITSELF if facts is None else facts.itself


def keys_below(type_name: str) -> Mapping[str, tuple[str, ...]]:
    """The keys of a type's nested records, by the name of the property that holds the record."""
    facts = facts_of(type_name)
    return {} if facts is None else facts.keys


def gives(type_name: str, attribute: str) -> Gives | None:
    """What ``Ref`` or an attribute of a resource gives.

    Args:
        type_name: CloudFormation's name of the type.
        attribute: ``Ref``, or what ``Fn::GetAtt`` names.

    Returns:
        An ARN, a name, a URL or an ID; ``None`` for anything else, and if nobody can say.
    """
    facts = facts_of(type_name)
    return None if facts is None else facts.gives(attribute)


def is_arn(type_name: str, attribute: str) -> bool | None:
    """Whether ``Ref`` or an attribute of a resource can be used as an ARN.

    Args:
        type_name: CloudFormation's name of the type.
        attribute: ``Ref``, or what ``Fn::GetAtt`` names.

    Returns:
        ``None`` if nobody can say: the type is not in the table, or the author of the template or of the custom
        resource chooses the value.
    """
    facts = facts_of(type_name)
    if facts is None or facts.gives(attribute) is Gives.ARN:
        return None if facts is None else True
    is_chosen = facts.ref is None if attribute == "Ref" else _is_chosen(facts, attribute)
    return None if is_chosen else False


def _is_chosen(facts: ResourceFacts, attribute: str) -> bool:
    return facts.chosen is not None and attribute.startswith(facts.chosen)
