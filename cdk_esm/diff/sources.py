"""Queues, streams, tables, clusters and brokers that a deployment removes or replaces, with records in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from cdk_esm.diff.changes import ADVICE, Change
from cdk_esm.diff.inputs import Side, place_of
from cdk_esm.diff.kinds import neighbors as kinds
from cdk_esm.plan import FailurePath, MappingPlan, Stream
from cdk_esm.plan.identity import table_of_stream
from cdk_esm.rules.rule import Severity
from cdk_esm.sources.resource_facts import ResourceFacts
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, Text, identity, scalar_text

KEEPS: Final = ("Retain", "RetainExceptOnCreate")
"""Words of ``DeletionPolicy`` and ``UpdateReplacePolicy`` with which a resource stays."""
_VIEW: Final = "StreamSpecification.StreamViewType"


@dataclass
class Sources:
    """What becomes of the sources.

    Args:
        changes: what is to be told.
        replaced: identities of what is replaced for certain, with the property that does it.
        removed: identities of what is no longer in the new templates.
    """

    changes: list[Change] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)


def compare(old: Side, new: Side) -> Sources:
    """Compare what the old mappings read, and where their failed messages go."""
    found = Sources()
    roots = {stack.name for stack in new.stacks if stack.parent is None}
    read, read_on = _read_by_a_mapping(old), _arns_read(new)
    for name, use in _uses(old).items():
        resource = old.resources.get(name)
        facts = resource.facts if resource is not None else None
        if (
            resource is None
            or facts is None
            or not facts.sources
            or facts.name is None
            or resource.stack.root.name not in roots
        ):
            continue
        one = _Replaced(resource, facts, facts.name, use, old, new, name in read, read_on)
        successor = new.resources.get(name)
        if successor is None or successor.type != resource.type:
            found.removed.add(name)
            found.changes += one.removed()
            continue
        replacing = one.replacing(successor)
        if replacing and replacing[0].certain:
            found.replaced[name] = replacing[0].name
        found.changes += one.replaced(successor, replacing) if replacing else one.stream_ended(successor)
    return found


def resource_name(source: str) -> str:
    """The identity of a source's resource: a table's, for the stream of a table."""
    return table_of_stream(source)


def _uses(side: Side) -> dict[str, str]:
    """Identity to what it is for a mapping, in words; for the first mapping that needs it."""
    found: dict[str, str] = {}
    for plan in side.plans:
        for name, role in _needs(plan):
            found.setdefault(name, f"{role} of {plan.path}")
    return found


def _read_by_a_mapping(side: Side) -> set[str]:
    """Identities of what mappings read that are on, and end with their stack."""
    return {
        resource_name(plan.event_source.identity)
        for mapping in side.mappings.values()
        if mapping.resource.body.get("DeletionPolicy") not in KEEPS
        for plan in mapping.plans
        if plan.setting("Enabled") is not False
    }


def _arns_read(side: Side) -> frozenset[str]:
    """The names at the end of the ARNs by which mappings name what they read."""
    arns = [plan.event_source.identity for plan in side.plans if plan.event_source.identity.startswith("arn:")]
    return frozenset(arn.rpartition(":")[2].partition("/")[2] or arn.rpartition(":")[2] for arn in arns)


def _needs(plan: MappingPlan) -> Iterator[tuple[str, str]]:
    source = plan.event_source
    yield resource_name(source.identity), "the source"
    if isinstance(source, Stream) and source.consumer is not None:
        yield source.consumer, "the consumer"
    if isinstance(plan.failure, FailurePath):
        if plan.failure.queue is not None:
            yield plan.failure.queue.identity, "the dead-letter queue"
        if plan.failure.destination is not None:
            yield plan.failure.destination.identity, "the on-failure destination"


@dataclass(frozen=True)
class _Property:
    """A create-only property that changes, and whether that is certain before the deployment."""

    name: str
    before: str
    after: str
    certain: bool


@dataclass(frozen=True)
class _Replaced:
    """One resource of the old side, and what it is for.

    Args:
        resource: it.
        facts: what CloudFormation does with its type.
        use: what it is for a mapping, in words.
        old: the old side.
        new: the new side.
        was_read: a mapping took its records, and does not go on outside of the stack.
        read_on: the names at the end of the ARNs that the new mappings read.
    """

    resource: Resource
    facts: ResourceFacts
    name: str
    use: str
    old: Side
    new: Side
    was_read: bool
    read_on: frozenset[str]

    def removed(self) -> Iterator[Change]:
        """It is not in the new templates any more, or is there under another logical id."""
        facts, resource = self.facts, self.resource
        name = self.old.evaluator(resource).property(resource, self.name)
        twin = self._named_alike(name) if isinstance(name, str) else None
        if twin is not None:
            yield kinds.SOURCE_NAME_TAKEN.change(
                place_of(twin),
                f"the {facts.label} gets the logical id {twin.logical_id} instead of {resource.logical_id}, and keeps "
                f"its name {name}; it is {self.use}",
                setting=self.name,
                before=resource.logical_id,
                after=twin.logical_id,
            )
        elif facts.holds is not None:
            kept = resource.body.get("DeletionPolicy") in KEEPS
            kind = kinds.SOURCE_LEFT if kept else kinds.SOURCE_REMOVED
            message = f"the {facts.label} is removed, with its {facts.holds}; it was {self.use}"
            if kept:
                message = f"the {facts.label} is left outside of the stack, with its {facts.holds}; it was {self.use}"
            yield kind.change(place_of(resource), message, severity=self._left_read() if kept else None)

    def _left_read(self) -> Severity | None:
        """How bad it is to leave it, if that differs: nothing read it, or a new mapping goes on reading it."""
        name = self.old.evaluator(self.resource).property(self.resource, self.name)
        return ADVICE if not self.was_read or name in self.read_on else None

    def _named_alike(self, name: str) -> Resource | None:
        """The resource of the same type that has the name now."""
        for resource in self.new.resources.values():
            own = resource.type == self.facts.type
            if own and self.new.evaluator(resource).property(resource, self.name) == name:
                return resource
        return None

    def replacing(self, successor: Resource) -> list[_Property]:
        """The create-only properties that change, the certain ones first."""
        found = []
        for name in (*self.facts.create_only, *self.facts.sometimes_create_only):
            before, after = self._both(successor, name)
            if comparable(before) != comparable(after):
                open_ = has_hole(before) or has_hole(after)
                found.append(_Property(name, _shown(before), _shown(after), not open_))
        return sorted(found, key=lambda one: not one.certain)

    def replaced(self, successor: Resource, replacing: list[_Property]) -> Iterator[Change]:
        """It is replaced, or may be, or cannot be because the new one would have the same name."""
        facts, by = self.facts, replacing[0]
        place = place_of(successor)
        sometimes = by.name in facts.sometimes_create_only
        does = "may replace" if not by.certain else "can replace" if sometimes else "replaces"
        message = f"{by.name}: {by.before} becomes {by.after}, which {does} the {facts.label}; it is {self.use}"
        own = self.new.evaluator(successor).property(successor, self.name)
        kind, severity = kinds.SOURCE_REPLACED, None
        if not by.certain:
            kind = kinds.SOURCE_MAY_BE_REPLACED
        elif own is not None and self.name not in [one.name for one in replacing]:
            kind = kinds.SOURCE_NAME_TAKEN
            message += f", and keeps its name {_shown(own)}"
        elif facts.holds is None:
            return
        elif successor.body.get("UpdateReplacePolicy") in KEEPS:
            kind, severity = kinds.SOURCE_LEFT, self._left_read()
        yield kind.change(place, message, setting=by.name, before=by.before, after=by.after, severity=severity)

    def stream_ended(self, successor: Resource) -> Iterator[Change]:
        """The table stays, and its stream does not."""
        before, after = self._both(successor, _VIEW)
        if isinstance(before, str) and before != after and (after is None or isinstance(after, str)):
            yield kinds.TABLE_STREAM_ENDS.change(
                place_of(successor),
                f"{_VIEW}: {before} becomes {_shown(after)}, which ends the stream; it is {self.use}",
                setting=_VIEW,
                before=before,
                after=after,
            )

    def _both(self, successor: Resource, name: str) -> tuple[Evaluated, Evaluated]:
        """A property on both sides; a dot leads into a nested record."""
        first, *inner = name.split(".")
        old, new = self.old.evaluator(self.resource), self.new.evaluator(successor)
        return old.property(self.resource, first, *inner), new.property(successor, first, *inner)


def comparable(value: Evaluated) -> Any:
    """A value in a form in which both sides write it alike."""
    if isinstance(value, list):
        return [comparable(member) for member in value]
    if isinstance(value, dict):
        return {key: comparable(member) for key, member in value.items()}
    return identity(value) if isinstance(value, Pointer | Text | Hole) else scalar_text(value)


def has_hole(value: Evaluated) -> bool:
    """Whether only the deployment knows a part of a value."""
    if isinstance(value, list | dict):
        return any(has_hole(member) for member in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, Hole) or (isinstance(value, Text) and any(isinstance(one, Hole) for one in value.parts))


def _shown(value: Evaluated) -> str:
    kept = comparable(value)
    return "none" if kept is None else kept if isinstance(kept, str) else json.dumps(kept, default=str)
