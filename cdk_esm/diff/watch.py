"""Failure paths, grants and alarms that go away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdk_esm.diff.changes import Change, Place
from cdk_esm.diff.inputs import Side, place_of
from cdk_esm.diff.kinds import neighbors as kinds
from cdk_esm.diff.sources import resource_name
from cdk_esm.plan import FailureKind, FailurePath, MappingPlan, Stream
from cdk_esm.sources.destinations import DESTINATIONS
from cdk_esm.template.resources.alarms import Watch


def failure_path(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Whether failed records go nowhere any more, or elsewhere."""
    before, after = old.failure, new.failure
    if not isinstance(before, FailurePath) or not isinstance(after, FailurePath) or before.kind.nowhere:
        return
    values: dict[str, Any] = {"before": _target(before), "after": _target(after)}
    if after.kind.nowhere:
        message = f"the {before.kind.words} {_target(before)} is gone, and nothing takes its place"
        yield kinds.FAILURE_PATH_REMOVED.change(place, message, **values)
    elif values["before"] != values["after"]:
        message = f"the {before.kind.words} {_target(before)} becomes the {after.kind.words} {_target(after)}"
        facts = DESTINATIONS.get(after.kind)
        if facts is not None and not facts.keeps_records and before.kind == FailureKind.BUCKET:
            message += ", which gets where the records were, and not the records"
        yield kinds.FAILURE_PATH_CHANGED.change(place, message, **values)


def _target(path: FailurePath) -> str | None:
    found = path.queue or path.destination
    return None if found is None else found.identity


def grants(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Actions that the poller needs, had, and has no longer."""
    before, after = old.role.access, new.role.access
    if before is None or after is None or new.role.declined:
        return
    had = {(one.action, one.on) for one in before.permissions if one.held is True}
    for one in after.permissions:
        if one.held is False and (one.action, one.on) in had:
            message = f"the role may no longer do {one.action} on {one.resource}"
            yield kinds.GRANT_REMOVED.change(place, message, before=one.action)


class Alarms:
    """Compares which metrics of a mapping, and of what surrounds it, are watched.

    Args:
        old: the old side.
        new: the new side.
    """

    def __init__(self, old: Side, new: Side) -> None:
        self._old, self._new = _by_subject(old), _by_subject(new)
        self._told: set[tuple[str, str, str]] = set()

    def changes(self, name: str, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
        """Alarms of one mapping that are gone, or tell nobody any more; each is told once, however many share it."""
        after = _roles(name, new)
        for role, subject in _roles(name, old).items():
            still = self._new.get(after.get(role, ""), [])
            for watch in self._old.get(subject, ()):
                same = [other for other in still if other.metric == watch.metric]
                kind = kinds.ALARM_REMOVED if not same else kinds.ALARM_SILENCED
                if not watch.acts or any(other.acts for other in same) or role not in after:
                    continue
                if (key := (kind.name, watch.metric, subject)) in self._told:
                    continue
                self._told.add(key)
                at = same[0].alarm if same else watch.alarm
                gone = "has no action any more" if same else "is gone"
                yield kind.change(
                    place_of(at),
                    f"the alarm on {watch.metric} of {role} {gone}",
                    setting=watch.metric,
                    before=watch.alarm.logical_id,
                    after=same[0].alarm.logical_id if same else None,
                )


def _by_subject(side: Side) -> dict[str, list[Watch]]:
    found: dict[str, list[Watch]] = {}
    for watch in side.watches:
        for subject in watch.subjects:
            found.setdefault(subject, []).append(watch)
    return found


def _roles(name: str, plan: MappingPlan) -> dict[str, str]:
    """What can be watched of a mapping: by the role that it plays, its identity."""
    found = {
        "the mapping": name,
        "the source": resource_name(plan.event_source.identity),
        "the function": plan.function.concurrency_pool,
    }
    if isinstance(plan.event_source, Stream) and plan.event_source.consumer is not None:
        found["the consumer"] = plan.event_source.consumer
    if isinstance(plan.failure, FailurePath):
        if plan.failure.queue is not None:
            found["the dead-letter queue"] = plan.failure.queue.identity
        if plan.failure.destination is not None:
            found["the on-failure destination"] = plan.failure.destination.identity
    return found
