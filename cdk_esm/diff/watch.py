"""Failure paths, grants and alarms that go away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cdk_esm.diff.changes import Change, Place
from cdk_esm.diff.inputs import Side, place_of
from cdk_esm.diff.kinds import neighbors as kinds
from cdk_esm.diff.sources import resource_name
from cdk_esm.facts import Unknowable
from cdk_esm.plan import FailureKind, FailurePath, MappingPlan, Queue, Stream
from cdk_esm.sources.destinations import DESTINATIONS
from cdk_esm.template.cloudformation.values import scalar_text
from cdk_esm.template.resources.alarms import Watch

_MANAGED: Final = "alias/aws/"
_SIGNS: Final = {
    "GreaterThanThreshold": ">",
    "GreaterThanOrEqualToThreshold": ">=",
    "LessThanThreshold": "<",
    "LessThanOrEqualToThreshold": "<=",
}


def key(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Whether the key of a queue is another one while messages wait that were encrypted with the old one."""
    before, after = ([_queue_of(plan), _dead_letters_of(plan)] for plan in (old, new))
    for name, one, other in zip(("queue", "dead-letter queue"), before, after, strict=True):
        if one is None or other is None or one.identity != other.identity:
            continue
        was, is_now = one.encryption_key, other.encryption_key
        if not isinstance(was, str) or _MANAGED in was or isinstance(is_now, Unknowable):
            continue  # AWS keeps its own keys, and lets in whoever may read the queue
        if was != is_now and not _may_be_one(was, is_now):
            message = f"KmsMasterKeyId of the {name}: {was} becomes {is_now or 'none'}"
            yield kinds.KEY_CHANGED.change(
                place, message, setting=f"KmsMasterKeyId of the {name}", before=was, after=is_now
            )


def _may_be_one(one: str, other: str | None) -> bool:
    """Whether two ways to write a key may mean the same one: its id or its ARN, or an alias of it."""
    if not one or not other:
        return not one
    ends = [text.rpartition(":")[2].removeprefix("key/") for text in (one, other)]
    return ends[0] == ends[1] or ends[0].startswith("alias/") is not ends[1].startswith("alias/")


def _queue_of(plan: MappingPlan) -> Queue | None:
    return plan.event_source if isinstance(plan.event_source, Queue) else None


def _dead_letters_of(plan: MappingPlan) -> Queue | None:
    return plan.failure.queue if isinstance(plan.failure, FailurePath) else None


def failure_path(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Whether failed records go nowhere any more, or elsewhere."""
    before, after = old.failure, new.failure
    if not isinstance(before, FailurePath) or not isinstance(after, FailurePath) or before.kind.nowhere:
        return
    values: dict[str, Any] = {"before": _target(before), "after": _target(after)}
    if after.kind.nowhere:
        message = f"the {before.kind.words} {_target(before)} is gone, and nothing takes its place"
        yield kinds.FAILURE_PATH_REMOVED.change(place, message, **values)
    elif (before.kind, values["before"]) != (after.kind, values["after"]):
        message = f"the {before.kind.words} {_target(before)} becomes the {after.kind.words} {_target(after)}"
        facts = DESTINATIONS.get(after.kind)
        if facts is not None and not facts.keeps_records and before.kind == FailureKind.BUCKET:
            message += ", which gets where the records were, and not the records"
        yield kinds.FAILURE_PATH_CHANGED.change(place, message, **values)


def _target(path: FailurePath) -> str | None:
    found = path.queue or path.destination
    return None if found is None else found.identity


def grants(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Actions that the poller needs, and had for certain, or did not need before."""
    before, after = old.role.access, new.role.access
    if before is None or after is None or new.role.declined:
        return
    known = {(one.action, one.on): one.held for one in before.permissions}
    for one in after.permissions:
        if one.held is not False:
            continue
        had = known.get((one.action, one.on))
        if had is True:
            message = f"the role may no longer do {one.action} on {one.resource}"
            yield kinds.GRANT_REMOVED.change(place, message, before=one.action)
        elif (one.action, one.on) not in known:
            message = f"the mapping needs {one.action} on {one.resource} now, and the role may not do it"
            yield kinds.GRANT_MISSING.change(place, message, after=one.action)
    held_before = {(one.action, one.resource) for one in before.permissions if one.held is True}
    open_ = {
        (one.action, one.resource)
        for one in after.permissions
        if isinstance(one.held, Unknowable) and not one.may_be_meant
    }
    hidden = sorted({action for action, _ in held_before & (open_ if after.permissions else held_before)})
    if hidden and old.function.concurrency_pool == new.function.concurrency_pool:  # another one is told as such
        actions = ", ".join(hidden)
        message = f"the role may or may not do {actions}: the new templates do not show it"
        yield kinds.GRANT_UNSEEN.change(place, message, before=actions)


class Alarms:
    """Compares which metrics of a mapping, and of what surrounds it, are watched.

    Args:
        old: the old side.
        new: the new side.
    """

    def __init__(self, old: Side, new: Side) -> None:
        self._sides = old, new
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
                if not watch.acts or role not in after:
                    continue
                if acting := [other for other in same if other.acts]:
                    yield from self._later(role, watch, acting)
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

    def _later(self, role: str, watch: Watch, acting: list[Watch]) -> Iterator[Change]:
        """Whether every alarm that still tells of a metric does so later than one did before."""
        was = _bound(self._sides[0], watch)
        bounds = [_bound(self._sides[1], other) for other in acting]
        if {_measured(self._sides[0], watch)} != {_measured(self._sides[1], other) for other in acting}:
            return
        if was is None or None in bounds or any(_is_as_early(was, one) for one in bounds if one is not None):
            return
        if (key := (kinds.ALARM_LATER.name, watch.metric, watch.alarm.identity)) in self._told:
            return
        self._told.add(key)
        said, now = _said(was), " or ".join(_said(one) for one in bounds if one is not None)
        yield kinds.ALARM_LATER.change(
            place_of(acting[0].alarm),
            f"the alarm on {watch.metric} of {role}: {said} becomes {now}",
            setting=watch.metric,
            before=said,
            after=now,
        )


def _bound(side: Side, watch: Watch) -> tuple[str, float] | None:
    """How a metric is compared, and with what; ``None`` if only the deployment knows, or it is not one number."""
    read = side.evaluator(watch.alarm).property
    sign, threshold = read(watch.alarm, "ComparisonOperator"), scalar_text(read(watch.alarm, "Threshold"))
    if read(watch.alarm, "Metrics") is not None or not isinstance(sign, str) or sign not in _SIGNS:
        return None
    try:
        return _SIGNS[sign], float(threshold)
    except (TypeError, ValueError):
        return None


def _measured(side: Side, watch: Watch) -> tuple[str, ...]:
    """What number of a metric is compared with the threshold: two of another kind cannot be."""
    read = side.evaluator(watch.alarm).property
    return tuple(repr(read(watch.alarm, name)) for name in ("Statistic", "ExtendedStatistic", "Period", "Unit"))


def _said(bound: tuple[str, float]) -> str:
    return f"{bound[0]} {bound[1]:,.15g}"


def _is_as_early(was: tuple[str, float], now: tuple[str, float]) -> bool:
    """Whether what made the one alarm ring makes the other one ring too."""
    if was[0][0] != now[0][0]:
        return False
    if (was[0], now[0]) in {(">", ">="), ("<", "<=")} and was[1].is_integer():  # most metrics count
        now = (was[0], now[1] - 1 if was[0] == ">" else now[1] + 1)
    if was[1] == now[1]:
        return len(now[0]) >= len(was[0])
    return (now[1] < was[1]) is (was[0][0] == ">")


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
