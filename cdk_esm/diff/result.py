"""What ``cdk-esm diff`` found: every change of two sides, the gravest first within each place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cdk_esm.diff import filters, settings, sources, watch
from cdk_esm.diff.changes import Change
from cdk_esm.diff.inputs import Mapping, Side
from cdk_esm.diff.mappings import Mappings
from cdk_esm.judge.result import FORMAT_VERSION, GRAVEST_FIRST
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Severity


@dataclass(frozen=True)
class Difference:
    """All changes, and how much was looked at.

    Args:
        changes: sorted by place, the gravest first.
        before: how many mappings there were.
        after: how many there are.
        not_compared: paths of mappings that one side cannot read, with the reason.
    """

    changes: tuple[Change, ...]
    before: int
    after: int
    not_compared: tuple[tuple[str, str], ...] = ()

    def fails(self, threshold: str) -> bool:
        """Whether a change is as grave as the threshold, or graver."""
        if threshold == "never":
            return False
        grave = GRAVEST_FIRST[: GRAVEST_FIRST.index(Severity(threshold)) + 1]
        return any(change.severity in grave for change in self.changes)

    def summary(self) -> dict[str, Any]:
        """The numbers."""
        counts = Counter(change.severity for change in self.changes)
        return {
            "mappings_before": self.before,
            "mappings_after": self.after,
            **{str(severity): counts[severity] for severity in GRAVEST_FIRST},
            "not_compared": [{"path": path, "reason": reason} for path, reason in self.not_compared],
        }

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        changes = [change.to_dict() for change in self.changes]
        return {"version": FORMAT_VERSION, "summary": self.summary(), "changes": changes}


def compare(old: Side, new: Side) -> Difference:
    """Compare two sides."""
    found = list(_said_once(_all(old, new)))
    order = {place: index for index, place in enumerate(dict.fromkeys(change.place for change in found))}
    found.sort(key=lambda change: (order[change.place], GRAVEST_FIRST.index(change.severity)))
    skipped = {(one.path, one.reason): None for side in (old, new) for one in side.skipped}
    return Difference(tuple(found), len(old.mappings), len(new.mappings), tuple(skipped))


def _all(old: Side, new: Side) -> Iterator[Change]:
    read = sources.compare(old, new)
    mappings = Mappings(old, new, read)
    alarms = watch.Alarms(old, new)
    for name, mapping in new.mappings.items():
        if name in old.mappings:
            yield from mappings.conditional(old.mappings[name], mapping)
            for before, after in _pairs(old.mappings[name], mapping):
                yield from mappings.replaced(mapping.place, before, after)
                if before.source == after.source:
                    yield from _of_pair(mapping, before, after)
                yield from mappings.function(mapping.place, before, after)
                yield from alarms.changes(name, before, after)
    yield from mappings.elsewhere()
    yield from read.changes


def _of_pair(mapping: Mapping, before: MappingPlan, after: MappingPlan) -> Iterator[Change]:
    for changes in (filters.changes, settings.changes, watch.failure_path, watch.grants):
        yield from changes(mapping.place, before, after)


def _pairs(old: Mapping, new: Mapping) -> Iterator[tuple[MappingPlan, MappingPlan]]:
    """Plans that can follow each other: those of the same conditions, or else all that do not exclude each other."""
    for after in new.plans:
        same = [before for before in old.plans if before.when == after.when]
        for before in same or [one for one in old.plans if not _exclude(one, after)]:
            yield before, after


def _exclude(one: MappingPlan, other: MappingPlan) -> bool:
    """Whether what holds for one plan cannot hold for the other one."""
    return any(
        subject == another and ((literal == value and holds is not stands) or (literal != value and holds and stands))
        for subject, literal, holds in one.when
        for another, value, stands in other.when
    )


def _said_once(changes: Iterator[Change]) -> Iterator[Change]:
    """Changes, each once: a mapping that is read in several ways may change alike in all of them."""
    seen = set()
    for change in changes:
        key = (change.kind.name, change.place, change.message)
        if key not in seen:
            seen.add(key)
            yield change
