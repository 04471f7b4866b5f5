"""Decides whether an array matches where the absence of a field is asked for inside it.

The engine takes conditions by name and keeps to one member of the array as soon as a condition has chosen one. A
condition that finds its field in no member chooses none, and holds if it takes absence. So the first condition whose
field some member has decides: the array matches if one of these members satisfies all conditions. That takes one pass
over the members for each condition up to that one, and no choice has to be carried along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from cdk_esm.filters.pattern import Condition
from cdk_esm.filters.values import takes_absence

Tree: TypeAlias = "dict[str, Tree | Condition]"
Test: TypeAlias = Callable[[Any], bool]

MISSING: Final = object()
"""What takes the place where a record has no such key."""


class UndecidedError(Exception):
    """A walk along the keys could be wrong about this record."""


def array_test(tree: Tree, walk: Test) -> Test:
    """The test whether some member of an array matches, where members may lack fields.

    Args:
        tree: the conditions on a member, by step.
        walk: whether one object satisfies all of them.
    """
    named = sorted(_leaves(tree), key=lambda leaf: ".".join(leaf[0]).encode("utf-16-be", "surrogatepass"))
    conditions = [(_presence(tree, steps), takes_absence(condition)) for steps, condition in named]

    def test(array: Any) -> bool:
        members = list(object_members(array))
        for has, absence in conditions:
            chosen = False
            for member in members:
                if has(member):
                    chosen = True
                    if walk(member):
                        return True
            if chosen or not absence:
                return False
        return True

    return test


def joined(tree: Tree) -> Iterator[str]:
    """The names of what lies deeper than one step, as a key with dots would spell them."""
    for step, inner in tree.items():
        if not isinstance(inner, Condition):
            for name in (*inner, *joined(inner)):
                yield f"{step}.{name}"


def plain_members(array: Any) -> Iterator[Any]:
    """The values in an array, also those in arrays inside it."""
    todo = [array]
    while todo:
        for member in todo.pop():
            if isinstance(member, list | tuple):
                todo.append(member)
            elif not isinstance(member, dict):
                yield member


def object_members(array: Any) -> Iterator[dict[str, Any]]:
    """The objects in an array, also those in arrays inside it."""
    todo = [array]
    while todo:
        for member in todo.pop():
            if isinstance(member, dict):
                yield member
            elif isinstance(member, list | tuple):
                todo.append(member)


def _leaves(tree: Tree, steps: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Condition]]:
    for step, inner in tree.items():
        if isinstance(inner, Condition):
            yield (*steps, step), inner
        else:
            yield from _leaves(inner, (*steps, step))


def _presence(tree: Tree, steps: tuple[str, ...]) -> Test:
    """The test whether an object has a field, by the steps that lead to it."""
    step, *rest = steps
    below = tree[step]
    dotted = frozenset(joined(tree))
    inner = None if isinstance(below, Condition) else _presence(below, tuple(rest))

    def test(node: dict[str, Any]) -> bool:
        if dotted and not dotted.isdisjoint(node):
            raise UndecidedError
        value = node.get(step, MISSING)
        if value is MISSING:
            return False
        if isinstance(value, dict):
            return inner is not None and inner(value)
        if isinstance(value, list | tuple):
            return any(map(inner, object_members(value))) if inner else any(True for _ in plain_members(value))
        return inner is None

    return test
