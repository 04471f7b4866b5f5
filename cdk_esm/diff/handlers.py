"""Custom resources that know a mapping and are taken away: what their handlers do with it then, no template says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cdk_esm.diff.changes import DANGER, Change
from cdk_esm.diff.inputs import MappingHere, Side
from cdk_esm.diff.kinds import mappings as kinds
from cdk_esm.diff.sources import KEEPS
from cdk_esm.sources.resource_facts import Kind

_DELETER: Final = frozenset({"MqType", "EsmId"})
"""The properties of the custom resource of ``cdk-amazonmq``, whose handler deletes the mapping."""


def handlers_gone(old: Side, new: Side, before: MappingHere, after: MappingHere) -> Iterator[Change]:
    """Yield the custom resources that got the mapping's id and are not in the new template any more.

    Args:
        old: the old side.
        new: the new side.
        before: the mapping on the old side.
        after: the same mapping on the new side, which stays.
    """
    mapping = before.resource
    del old
    for resource in mapping.stack.resources.values():
        if resource.kind is not Kind.CUSTOM or resource.identity in new.resources:
            continue
        if resource.body.get("DeletionPolicy") in KEEPS or not _gets(resource.properties, mapping.logical_id):
            continue
        certain = resource.properties.keys() >= _DELETER
        does = "its handler deletes the mapping" if certain else "its handler may delete the mapping"
        yield kinds.HANDLER_GONE.change(
            after.place,
            f"the custom resource {resource.logical_id} goes, which knows the mapping: {does}",
            before=resource.logical_id,
            severity=DANGER if certain else None,
        )


def _gets(value: Any, logical_id: str) -> bool:
    """Whether the properties of a resource hold a reference to another one."""
    if isinstance(value, Mapping):
        if value.get("Ref") == logical_id or value.get("Fn::GetAtt") in ([logical_id, "Id"], f"{logical_id}.Id"):
            return True
        return any(_gets(member, logical_id) for member in value.values())
    return isinstance(value, list) and any(_gets(member, logical_id) for member in value)
