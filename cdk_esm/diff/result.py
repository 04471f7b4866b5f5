"""What ``cdk-esm diff`` found: every change of two sides, the gravest first within each place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from cdk_esm.diff import filters, groups, load, settings, sources, updates, watch
from cdk_esm.diff.accepted import Accepted
from cdk_esm.diff.changes import Change
from cdk_esm.diff.deployed import Deployed
from cdk_esm.diff.handlers import Handlers
from cdk_esm.diff.inputs import MappingHere, Side
from cdk_esm.diff.live import Live, look
from cdk_esm.diff.mappings import Mappings
from cdk_esm.judge.agreed import Agreed, said_of
from cdk_esm.judge.result import FORMAT_VERSION, GRAVEST_FIRST, NEVER
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Severity
from cdk_esm.template.unread import Skipped


@dataclass(frozen=True)
class Difference:
    """All changes, and how much was looked at.

    Args:
        changes: sorted by place, the gravest first.
        before: how many mappings there were.
        after: how many there are.
        skipped: what could not be read or compared, by side.
        agreed: what may stay so.
        threshold: the severity from which on a change makes the comparison fail; ``never`` if none does.
        first: nothing was deployed before.
        accepted: which changes are meant.
        live: how many mappings the list of deployed ones has, if one was given.
    """

    changes: tuple[Change, ...]
    before: int
    after: int
    skipped: tuple[tuple[str, Skipped], ...] = ()
    agreed: Agreed = field(default_factory=Agreed)
    threshold: str = str(Severity.DANGER)
    first: bool = False
    accepted: Accepted = field(default_factory=Accepted)
    live: int | None = None

    @property
    def fails(self) -> bool:
        """Whether a change is as grave as the threshold, or graver, or something was not compared."""
        if self.threshold == NEVER:
            return False
        grave = GRAVEST_FIRST[: GRAVEST_FIRST.index(Severity(self.threshold)) + 1]
        return bool(self.unjudged) or any(change.severity in grave for change in self.counted)

    @property
    def counted(self) -> list[Change]:
        """The changes that nobody agreed to."""
        return [change for change in self.changes if self.accepted.reason(change) is None]

    @property
    def unjudged(self) -> list[tuple[str, Skipped]]:
        """What was not compared, and nobody agreed to that."""
        return [(side, one) for side, one in self.skipped if self.agreed.reason(one) is None]

    @property
    def unreadable(self) -> bool:
        """Whether a file could not be read, and nobody agreed to that."""
        return any(one.unreadable for _, one in self.unjudged)

    def summary(self) -> dict[str, Any]:
        """The numbers."""
        counted = self.counted
        counts = Counter(change.severity for change in counted)
        return {
            "mappings_before": self.before,
            "mappings_after": self.after,
            **({} if self.live is None else {"mappings_live": self.live}),
            **{str(severity): counts[severity] for severity in GRAVEST_FIRST},
            "accepted": len(self.changes) - len(counted),
            "not_compared": [{**said_of(one, self.agreed), "side": side} for side, one in self.skipped],
        }

    def to_dict(self) -> dict[str, Any]:
        """Everything, ready for JSON."""
        changes = [{**change.to_dict(), "accepted": self.accepted.reason(change)} for change in self.changes]
        return {"version": FORMAT_VERSION, "summary": self.summary(), "changes": changes}


def compare(
    old: Side,
    new: Side,
    *,
    agreed: Agreed | None = None,
    threshold: str = str(Severity.DANGER),
    accepted: Accepted | None = None,
    deployed: Sequence[Deployed] | None = None,
) -> Difference:
    """Compare two sides.

    Args:
        old: what is deployed.
        new: what is to be deployed.
        agreed: what may stay unjudged.
        threshold: the severity from which on a change makes the comparison fail; ``never`` if none does.
        accepted: which changes are meant.
        deployed: a list of what really is deployed.
    """
    live = look(old, new, deployed or ()) if deployed is not None else Live()
    found = list(_said_once(chain(_all(old, new), live.changes)))
    order = {place: index for index, place in enumerate(dict.fromkeys(change.place for change in found))}
    found.sort(key=lambda change: (order[change.place], GRAVEST_FIRST.index(change.severity)))
    sides = (("new", new.skipped), ("old", old.skipped), ("live", live.skipped))
    skipped = {(one.path, one.reason): (word, one) for word, unread in sides for one in unread}
    return Difference(
        tuple(found),
        len(old.mappings),
        len(new.mappings),
        tuple(skipped.values()),
        agreed or Agreed(),
        threshold,
        first=not old.assemblies,
        accepted=accepted or Accepted(),
        live=None if deployed is None else len(deployed),
    )


def _all(old: Side, new: Side) -> Iterator[Change]:
    read = sources.compare(old, new)
    mappings = Mappings(old, new, read)
    alarms, handlers = watch.Alarms(old, new), Handlers(old, new)
    for name, mapping in new.mappings.items():
        if name in old.mappings:
            yield from mappings.conditional(old.mappings[name], mapping)
            yield from handlers.gone(old.mappings[name], mapping)
            for before, after in _pairs(old.mappings[name], mapping):
                yield from mappings.replaced(mapping.place, before, after)
                if before.source == after.source:
                    yield from _of_pair(mapping, before, after)
                yield from mappings.function(mapping.place, before, after)
                yield from alarms.changes(name, before, after)
            yield from updates.refused(old, new, old.mappings[name], mapping)
            yield from groups.regrouped(old, new, old.mappings[name], mapping)
    yield from mappings.elsewhere()
    yield from mappings.renamed_stacks()
    yield from read.changes


def _of_pair(mapping: MappingHere, before: MappingPlan, after: MappingPlan) -> Iterator[Change]:
    for changes in (filters.changes, settings.changes, load.changes, watch.failure_path, watch.grants, watch.key):
        yield from changes(mapping.place, before, after)


def _pairs(old: MappingHere, new: MappingHere) -> Iterator[tuple[MappingPlan, MappingPlan]]:
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
