"""How one value of two plans is compared: what reads it, when it is told, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from cdk_esm.diff.changes import Change, Kind, Place
from cdk_esm.diff.updates import hidden
from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.rules.rule import Severity

Read = Callable[[MappingPlan], Any]


@dataclass(frozen=True)
class Comparison:
    """One value that can change.

    Args:
        kind: the change that it is.
        setting: CloudFormation's name, as the message says it.
        read: its value in a plan; ``None`` if there is none to compare.
        tells: whether the change from the first value to the second one is told.
        of: what both values have to belong to, if another one has other values.
        softened: how bad it is where failed records go on to a destination or a dead-letter queue.
        in_words: how a value is said.
    """

    kind: Kind
    setting: str
    read: Read
    tells: Callable[[Any, Any], bool]
    of: Read = lambda _: None
    softened: Severity | None = None
    in_words: Callable[[Any], str] = str


def compared(comparisons: Iterable[Comparison], place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Every change that is told; what only the deployment knows is not compared."""
    for one in comparisons:
        before, after = one.read(old), one.read(new)
        if any(value is None or hidden(value) for value in (before, after)) or one.of(old) != one.of(new):
            continue
        if one.tells(before, after):
            yield one.kind.change(
                place,
                f"{one.setting}: {one.in_words(before)} becomes {one.in_words(after)}",
                setting=one.setting,
                before=_or_none(before),
                after=_or_none(after),
                severity=one.softened if one.softened is not None and has_failure_path(new) else None,
            )


def _or_none(value: Any) -> Any:
    """A value as a change keeps it: what has no end has no number."""
    return None if value == inf else value


def has_failure_path(plan: MappingPlan) -> bool:
    """Whether failed records certainly go on to somewhere."""
    return isinstance(plan.failure, FailurePath) and not plan.failure.kind.nowhere


def setting(name: str) -> Read:
    """A setting as AWS sees it, where the source takes it."""
    return lambda plan: plan.setting(name) if name in plan.facts.by_name else None


def smaller(before: Any, after: Any) -> bool:
    """A value got smaller."""
    return bool(after < before)


def larger(before: Any, after: Any) -> bool:
    """A value got larger."""
    return bool(after > before)


def differs(before: Any, after: Any) -> bool:
    """A value is another one."""
    return bool(before != after)
