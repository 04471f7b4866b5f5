"""Works a pattern out into its branches: what the engine makes of ``$or`` beside other fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from cdk_esm.filters.pattern import Condition, Either, Fields, Path

MOST_COMBINATIONS: Final = 1_000
"""Branches that the ``$or`` of one pattern may lead to (EventBridge user guide, content filtering)."""


@dataclass(frozen=True)
class Leaf:
    """One condition of a branch.

    Args:
        path: the keys as they were written.
        condition: what the field has to be.
    """

    path: Path
    condition: Condition


Branch: TypeAlias = dict[str, Leaf]
"""Name of a field, its steps joined by dots, to its condition: all of them have to match."""


def combinations(fields: Fields) -> int:
    """How many branches a pattern has, without working them out."""
    count = 1
    for _, node in fields.items:
        if isinstance(node, Fields):
            count *= combinations(node)
        elif isinstance(node, Either):
            count *= sum(combinations(branch) for branch in node.branches)
        if count > MOST_COMBINATIONS:
            return count
    return count


def branches(fields: Fields) -> list[Branch]:
    """The branches of a pattern, of which one has to match.

    A ``$or`` copies what is before it into each of its branches; a field that is named again later takes the place
    of the earlier one. So in ``{"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}`` the first branch wants ``a`` to be 2 only.
    """
    found: list[Branch] = [{}]
    _work_out(fields, "", (), found)
    return found


def _work_out(fields: Fields, prefix: str, path: Path, found: list[Branch]) -> None:
    for name, node in fields.items:
        here = (*path, name)
        if isinstance(node, Condition):
            for branch in found:
                branch[prefix + name] = Leaf(here, node)
        elif isinstance(node, Fields):
            _work_out(node, f"{prefix}{name}.", here, found)
        else:
            before = found[:]
            found.clear()
            for index, alternative in enumerate(node.branches):
                copies = [dict(branch) for branch in before]
                _work_out(alternative, prefix, (*here, index), copies)
                found.extend(copies)
