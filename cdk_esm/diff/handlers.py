"""Custom resources that know a mapping and are taken away: what their handlers do with it then, no template says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cdk_esm.diff.changes import DANGER, Change
from cdk_esm.diff.inputs import MappingHere, Side
from cdk_esm.diff.kinds import mappings as kinds
from cdk_esm.diff.sources import KEEPS
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.stack import Resource, Stack

_DELETER: Final = frozenset({"MqType", "EsmId"})
"""The properties of the custom resource of ``cdk-amazonmq``, whose handler deletes the mapping."""
_ITS_ID: Final = ".Id"


class Handlers:
    """The custom resources that are not in the new template any more, by the mappings that they know.

    Args:
        old: the old side.
        new: the new side.
    """

    def __init__(self, old: Side, new: Side) -> None:
        self._by_mapping: dict[tuple[Stack, str], list[Resource]] = {}
        for resource in old.resources.values():
            if resource.kind is not Kind.CUSTOM or resource.identity in new.resources:
                continue
            if resource.body.get("DeletionPolicy") in KEEPS:
                continue
            for logical_id in dict.fromkeys(_known(resource.properties)):
                self._by_mapping.setdefault((resource.stack, logical_id), []).append(resource)

    def gone(self, before: MappingHere, after: MappingHere) -> Iterator[Change]:
        """Yield what the handlers of a mapping that stays may do to it.

        Args:
            before: the mapping on the old side.
            after: the same mapping on the new side.
        """
        mapping = before.resource
        for resource in self._by_mapping.get((mapping.stack, mapping.logical_id), ()):
            certain = resource.properties.keys() >= _DELETER
            does = "its handler deletes the mapping" if certain else "its handler may delete the mapping"
            yield kinds.HANDLER_GONE.change(
                after.place,
                f"the custom resource {resource.logical_id} goes, which knows the mapping: {does}",
                before=resource.logical_id,
                severity=DANGER if certain else None,
            )


def _known(value: Any) -> Iterator[str]:
    """The logical ids of the resources whose ids the properties of a resource hold."""
    if isinstance(value, Mapping):
        named, attribute = value.get("Ref"), value.get("Fn::GetAtt")
        if isinstance(named, str):
            yield named
        if isinstance(attribute, list):
            attribute = ".".join(map(str, attribute))
        if isinstance(attribute, str) and attribute.endswith(_ITS_ID):
            yield attribute.removesuffix(_ITS_ID)
        for member in value.values():
            yield from _known(member)
    elif isinstance(value, list):
        for member in value:
            yield from _known(member)
