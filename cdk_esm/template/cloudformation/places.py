"""The values at a place in a resource's properties, as the table of resource types writes such a place."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_esm.sources.resource_facts import EACH
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.cloudformation.values import Evaluated, Hole, listed


def values_at(evaluator: Evaluator, resource: Resource, path: tuple[str, ...]) -> Iterator[Evaluated]:
    """Yield the value at a path, or that of each member of the list on the way: ``None``, or what hides it, too."""
    if EACH not in path:
        yield evaluator.property(resource, *path)
        return
    place = path.index(EACH)
    for member in listed(evaluator.property(resource, *path[:place])):
        yield _inside(member, path[place + 1 :])


def _inside(value: Evaluated, names: tuple[str, ...]) -> Evaluated:
    """A member of nested records, or what hides it."""
    for name in names:
        if isinstance(value, Hole):
            return value
        value = value.get(name) if isinstance(value, dict) else None
    return value
