"""The engine's own way to match: it takes a record apart into fields and never mixes two members of one array.

A record's field is a path, its steps joined by dots, with a value and the members of arrays that it lies in. All the
conditions of a branch have to hold for fields that lie in the same members. This is slower than walking the record
along the pattern, and it is always right: ``matching`` comes here wherever the walk could be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from cdk_esm.filters.branches import Branch
from cdk_esm.filters.values import Test, condition_test, takes_absence

Member: TypeAlias = tuple[int, int]
"""Which member of which array; arrays are told apart by ``Places``."""

Members: TypeAlias = "tuple[Members, Member] | None"
"""The members of arrays that a node lies in: the outer ones, and the innermost."""


@dataclass(frozen=True)
class Found:
    """One field of a record.

    Args:
        value: a text, a number, true, false or null.
        members: the members of arrays that the field lies in, from the outside in; an array of plain values has none.
    """

    value: Any
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Wanted:
    """One condition, ready to be tested: the field's name, the test of a value, and whether absence will do."""

    name: str
    test: Test
    takes_absence: bool


def wanted(branch: Branch) -> list[Wanted]:
    """The conditions of a branch in the order in which the engine takes them: by name, in UTF-16."""
    names = sorted(branch, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return [
        Wanted(name, condition_test(branch[name].condition), takes_absence(branch[name].condition)) for name in names
    ]


class Places:
    """Numbers for the places of one record: the same steps lead to the same number."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[int, str | int], int] = {}

    def below(self, place: int, step: str | int) -> int:
        """The place one step further in."""
        return self.numbers.setdefault((place, step), len(self.numbers) + 1)


def find(  # noqa: C901 - one loop in place of a recursion, for records of any depth
    record: dict[str, Any], name: str, places: Places | None = None
) -> Iterator[Found]:
    """Every field of a record that has the name. An object, an empty array and an empty object are no field."""
    places = places or Places()
    todo: list[tuple[Any, str | None, int, Members]] = [(record, name, 0, None)]
    while todo:
        node, rest, place, members = todo.pop()
        if isinstance(node, dict):
            if rest is not None:
                for key, left in _splits(rest):
                    if key in node:
                        todo.append((node[key], left, places.below(place, key), members))
        elif isinstance(node, list | tuple):
            for index, inner in enumerate(node):
                if isinstance(inner, dict | list | tuple):
                    todo.append((inner, rest, places.below(place, index), (members, (place, index))))
                elif rest is None:
                    yield Found(inner, _outside_in(members))
        elif rest is None:
            yield Found(node, _outside_in(members))


def _outside_in(members: Members) -> tuple[Member, ...]:
    found = []
    while members is not None:
        members, innermost = members
        found.append(innermost)
    return tuple(reversed(found))


def _splits(name: str) -> Iterator[tuple[str, str | None]]:
    """Every way to read the beginning of a name as one key, with what is left of it: keys may hold dots themselves."""
    position = name.find(".")
    while position >= 0:
        yield name[:position], name[position + 1 :]
        position = name.find(".", position + 1)
    yield name, None


def matches(conditions: list[Wanted], record: Any) -> bool:
    """Whether the fields of a record satisfy all conditions, without mixing members of an array.

    The choices of members that are still possible are carried from condition to condition; an array that no later
    condition knows is forgotten, which keeps them few.
    """
    if not isinstance(record, dict):
        return False
    places = Places()
    fields = [list(find(record, condition.name, places)) for condition in conditions]
    later: list[set[int]] = [set()]
    for found in reversed(fields):
        later.append(later[-1] | {array for field in found for array, _ in field.members})
    later.reverse()
    choices: set[frozenset[Member]] = {frozenset()}
    for condition, found, needed in zip(conditions, fields, later[1:], strict=True):
        index = _Index()
        for field in found:
            index.add(field)
        following: set[frozenset[Member]] = set()
        for choice in choices:
            compatible = list(index.compatible(dict(choice)))
            if not compatible and condition.takes_absence:
                following.add(choice)
            following.update(choice.union(field.members) for field in compatible if condition.test(field.value))
        choices = {frozenset(member for member in choice if member[0] in needed) for choice in following}
        if not choices:
            return False
    return True


class _Index:
    """Fields by the members they lie in, so that a choice meets only those that it is compatible with."""

    def __init__(self) -> None:
        self.here: list[Found] = []
        self.inside: dict[int, dict[int, _Index]] = {}

    def add(self, field: Found) -> None:
        """Put a field under its members, from the outside in."""
        index = self
        for array, member in field.members:
            index = index.inside.setdefault(array, {}).setdefault(member, _Index())
        index.here.append(field)

    def compatible(self, choice: dict[int, int]) -> Iterator[Found]:
        """The fields that lie in no other member of an array than the chosen one."""
        todo = [self]
        while todo:
            index = todo.pop()
            yield from index.here
            for array, by_member in index.inside.items():
                if array not in choice:
                    todo.extend(by_member.values())
                elif choice[array] in by_member:
                    todo.append(by_member[choice[array]])
