"""Mappings that a deployment removes, adds, moves or replaces, and what they read and invoke."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from cdk_esm.diff import updates
from cdk_esm.diff.changes import ADVICE, Change, Place
from cdk_esm.diff.inputs import MappingHere, Side
from cdk_esm.diff.kinds import mappings as kinds
from cdk_esm.diff.renewals import of_renewal, renewal
from cdk_esm.diff.sources import KEEPS, Sources, resource_name
from cdk_esm.diff.updates import hidden, said
from cdk_esm.facts import Setting
from cdk_esm.plan import MappingPlan, Stream
from cdk_esm.plan.conflicts import conflict_keys, source_named
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.conditions import stands

_ARN: Final = "EventSourceArn"


_IN_ANOTHER_STACK: Final = (
    "in two steps: take the mapping out of the old stack, deploy that, and then deploy the new stack (while it is out, "
    "nothing reads the source); or map an alias of the function, which for Lambda is another mapping"
)


def _is_off(plan: MappingPlan) -> bool:
    return plan.setting("Enabled") is False


class Mappings:
    """Compares what mappings are, and where they are.

    Args:
        old: the old side.
        new: the new side.
        sources: what becomes of the sources.
    """

    def __init__(self, old: Side, new: Side, sources: Sources) -> None:
        self.old, self.new, self.sources = old, new, sources
        self._read_on = {resource_name(plan.event_source.identity) for plan in new.plans if plan.setting("Enabled")}

    def renamed_stacks(self) -> Iterator[Change]:
        """Stacks with mappings that are deployed under another name from now on."""
        holding = {mapping.resource.stack.root.name for mapping in self.old.mappings.values()}
        for name, stack in self.new.renamed:
            if stack.name in holding:
                place = Place(stack.name, stack.file or stack.name, str(stack.stack_name))
                message = f"the stack {name} is called {stack.stack_name} now"
                yield kinds.STACK_RENAMED.change(place, message, before=name, after=stack.stack_name)

    def elsewhere(self) -> Iterator[Change]:
        """Mappings that are on one side only: moved to another logical id, removed, or added."""
        added = {name: one for name, one in self.new.mappings.items() if name not in self.old.mappings}
        by_key = {key: (one, plan) for one in added.values() for plan in one.plans for key in conflict_keys(plan)}
        roots = {stack.name for stack in self.new.stacks if stack.parent is None}
        told: set[str] = set()
        for name, mapping in self.old.mappings.items():
            if name in self.new.mappings:
                continue
            successor = self._successor(mapping, by_key)
            if successor is not None:
                added.pop(successor.resource.identity, None)
                yield self._moved(mapping, successor)
            elif (renewed := renewal(mapping, added.values())) is not None:
                added.pop(renewed[0].resource.identity)
                yield of_renewal(mapping, *renewed, keeping=_keeping(mapping.resource.logical_id))
            elif mapping.resource.stack.root.name in self.old.open_stacks:
                continue  # which is named as not judged
            elif mapping.resource.stack.root.name in roots:
                yield self._removed(mapping)
            elif mapping.resource.stack.root.name not in told:
                root = mapping.resource.stack.root
                told.add(root.name)
                message = f"the stack {root.stack_name or root.name} and its mappings are not there any more"
                yield kinds.STACK_GONE.change(mapping.place, message)
        for mapping in added.values():
            reads = ", ".join(dict.fromkeys(plan.event_source.identity for plan in mapping.plans)) or "a source"
            late = next((plan for plan in mapping.plans if self._misses_some(plan)), None)
            kind = kinds.MAPPING_ADDED if late is None else kinds.MAPPING_ADDED_LATE
            off = ", and is off" if mapping.plans and all(_is_off(plan) for plan in mapping.plans) else ""
            yield kind.change(
                mapping.place, f"a new mapping reads {reads}{'' if late is None else ' from LATEST on'}{off}"
            )

    def _misses_some(self, plan: MappingPlan) -> bool:
        """Whether a new mapping begins at the end of a source that is there before it."""
        name = resource_name(plan.event_source.identity)
        there = plan.event_source.existing or (name in self.old.resources and name not in self.sources.replaced)
        return there and plan.given("StartingPosition") == "LATEST"

    def _successor(
        self, mapping: MappingHere, by_key: dict[tuple[str, ...], tuple[MappingHere, MappingPlan]]
    ) -> MappingHere | None:
        """The new mapping that Lambda takes for the same as one that is no longer there."""
        for plan in mapping.plans:
            found = [by_key[key] for key in conflict_keys(plan) if key in by_key]
            for successor, other in found:
                if not self._is_renewed(plan) and plan.function.name == other.function.name:
                    return successor
        return None

    def _is_renewed(self, plan: MappingPlan) -> bool:
        """Whether what the mapping names as its source gets another ARN in the same deployment."""
        names = {resource_name(plan.event_source.identity), source_named(plan)}
        return bool(names & self.sources.replaced.keys())

    def _moved(self, mapping: MappingHere, successor: MappingHere) -> Change:
        before, after = mapping.resource, successor.resource
        where = "" if before.stack.name == after.stack.name else f" of the stack {before.stack.name}"
        return kinds.MAPPING_RENAMED.change(
            successor.place,
            f"the logical id {after.logical_id} takes the place of {before.logical_id}{where}, with the same source "
            "and the same function",
            before=before.logical_id,
            after=after.logical_id,
            fix=_keeping(before.logical_id) if where == "" else _IN_ANOTHER_STACK,
        )

    def _removed(self, mapping: MappingHere) -> Change:
        plan = mapping.plans[0] if mapping.plans else None
        message, severity = "the mapping is removed", None
        if mapping.resource.body.get("DeletionPolicy") in KEEPS:
            message = "the mapping leaves the stack, and reads on outside of it, as its DeletionPolicy says"
            severity = ADVICE
        elif plan is not None:
            name = resource_name(plan.event_source.identity)
            others = name in self._read_on
            gone = name in self.sources.removed
            message += f"; it read {plan.event_source.identity}"
            message += ", which another mapping still reads" if others else ", which is removed as well" if gone else ""
            severity = ADVICE if others or gone or plan.setting("Enabled") is False else None
        return kinds.MAPPING_REMOVED.change(mapping.place, message, severity=severity)

    # A mapping that is on both sides.

    def replaced(self, place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
        """What makes a new mapping of it, or cannot be applied to it."""
        if source_named(old) != source_named(new) and (old.given(_ARN) or new.given(_ARN)) is not None:
            yield self._other_source(place, old, new)
            return
        consumer = old.event_source.consumer if isinstance(old.event_source, Stream) else None
        if consumer is not None and consumer in self.sources.replaced:
            yield self._renewed(place, "the consumer", self.sources.replaced[consumer], new)
        replacing = [setting for setting in updates.tops(old, "create_only") if _changes(setting, old, new)]
        for setting in replacing:
            yield self._replacing(place, setting, old, new)
        if not replacing:  # a new mapping gets everything that the new template says
            yield from updates.staying(place, old, new)

    def _other_source(self, place: Place, old: MappingPlan, new: MappingPlan) -> Change:
        before, after = source_named(old), source_named(new)
        message = f"{_ARN}: {before} becomes {after}"
        values: dict[str, Any] = {"setting": _ARN, "before": before, "after": after}
        if not self._certainly_others(old, new):
            return kinds.SOURCE_MAY_CHANGE.change(place, message, **values)
        left = resource_name(old.event_source.identity)
        if left == resource_name(new.event_source.identity):  # a stream itself, and through a consumer of it
            return kinds.MAPPING_REPLACED.change(place, f"{message}, of the same stream; {_begins(new)}", **values)
        settled = left in self._read_on or left in self.sources.removed
        return kinds.SOURCE_CHANGED.change(place, message, severity=ADVICE if settled else None, **values)

    def _certainly_others(self, old: MappingPlan, new: MappingPlan) -> bool:
        """Whether both sides name a resource of a template, or both an ARN in full."""
        known = []
        for side, plan in ((self.old, old), (self.new, new)):
            own = resource_name(source_named(plan)) in side.resources
            known.append("resource" if own else "arn" if isinstance(plan.given(_ARN), str) else "")
        return known[0] == known[1] != ""

    def _renewed(self, place: Place, what: str, by: str, new: MappingPlan) -> Change:
        message = f"{what} is replaced, for its {by} changes, and the mapping with it; {_begins(new)}"
        return kinds.MAPPING_REPLACED.change(place, message, setting=_ARN)

    def _replacing(self, place: Place, setting: Setting, old: MappingPlan, new: MappingPlan) -> Change:
        before, after = old.given(setting.name), new.given(setting.name)
        message = f"{setting.name}: {said(before)} becomes {said(after)}, which replaces the mapping"
        values: dict[str, Any] = {"setting": setting.name, "before": before, "after": after}
        same_function = old.function.name == new.function.name
        if same_function and not self._is_renewed(old) and set(conflict_keys(old)) & set(conflict_keys(new)):
            return kinds.MAPPING_REFUSED.change(place, message, **values)
        group = _group(new)
        keeps = group is not None and group == _group(old)
        message += f"; the consumer group {group} keeps its position" if keeps else f"; {_begins(new)}"
        severity = ADVICE if keeps else None
        return kinds.MAPPING_REPLACED.change(place, message, severity=severity, **values)

    def conditional(self, old: MappingHere, new: MappingHere) -> Iterator[Change]:
        """Whether it gets a condition of which only the deployment knows whether it holds."""
        condition = new.resource.body.get("Condition")
        if (
            condition == old.resource.body.get("Condition")
            or stands(self.new.evaluator(new.resource), new.resource) is True
        ):
            return
        message = f"the mapping is removed where its new condition {condition} does not hold"
        yield kinds.MAPPING_REMOVED.change(new.place, message, setting="Condition", after=condition, severity=ADVICE)

    def function(self, place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
        """Whether it invokes another target; a newer version of the same function is what a deployment is for."""
        before, after = old.function.identity, new.function.identity
        if before == after:
            return
        same = old.function.concurrency_pool == new.function.concurrency_pool
        types = [side.resources.get(name) for side, name in ((self.old, before), (self.new, after))]
        if same and all(one is not None and one.kind is Kind.VERSION for one in types):
            return
        message = f"FunctionName: {before} becomes {after}"
        if same and old.function.qualified is True and new.function.qualified is False:
            message += ": from a version or an alias to whatever code is newest"
        yield kinds.FUNCTION_CHANGED.change(place, message, setting="FunctionName", before=before, after=after)


def _changes(setting: Setting, old: MappingPlan, new: MappingPlan) -> bool:
    """Whether a setting certainly changes; what the mapping reads is compared by itself."""
    before, after = old.given(setting.name), new.given(setting.name)
    return setting.name != _ARN and not hidden(before) and not hidden(after) and before != after


def _keeping(logical_id: str) -> str:
    """How to keep a logical id: in our constructs, in plain CDK, and in a template."""
    written = json.dumps(logical_id)
    return (
        f"keep the logical id: logical_id={written} on a construct of cdk_esm, "
        f"mapping.override_logical_id({written}) on the CfnEventSourceMapping of plain CDK, or the key "
        f"{logical_id} in a template; or {kinds.TWO_STEPS}"
    )


def _group(plan: MappingPlan) -> str | None:
    names = [name for name in plan.facts.by_name if name.endswith(".ConsumerGroupId")]
    value = plan.given(names[0]) if names else None
    return value if isinstance(value, str) else None


def _begins(plan: MappingPlan) -> str:
    position = plan.setting("StartingPosition")
    meanings = {
        "LATEST": "it begins with LATEST, so what comes in meanwhile is missed",
        "TRIM_HORIZON": "it begins with TRIM_HORIZON, so all that the source still keeps comes again",
        "AT_TIMESTAMP": "it begins at its timestamp, so what came since comes again",
    }
    return meanings.get(position, "its position is lost") if isinstance(position, str) else "its position is lost"
