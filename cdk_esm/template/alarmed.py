"""Which alarms watch a mapping and what is beside it, and which of their actions are surely never carried out.

It is asked of the templates as they are without assumptions: a condition that decides about an alarm alone is no reason
to read every mapping twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.plan.deaf_alarms import DeafAction
from cdk_esm.plan.identity import split_consumer, table_of_stream
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.order import names_in
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Pointer, Text, identity
from cdk_esm.template.resources.alarm_actions import deaf_actions
from cdk_esm.template.resources.alarms import read_alarms

_WITHOUT_SUBJECT: Final = "beside:"


def with_deaf_alarms(
    evaluator: Evaluator, plans: Iterable[MappingPlan], resources: Iterable[Resource]
) -> list[MappingPlan]:
    """The plans, each with the actions of its alarms that are never carried out.

    Args:
        evaluator: reads the stacks, without assumptions.
        plans: the plans of the mappings.
        resources: the resource of each of them.
    """
    deaf = dict(_by_subject(evaluator))
    evaluator.fresh()
    if not deaf:
        return list(plans)
    return [replace(plan, deaf=_of(plan, resource, deaf)) for plan, resource in zip(plans, resources, strict=True)]


def _of(plan: MappingPlan, resource: Resource, deaf: Mapping[str, tuple[DeafAction, ...]]) -> tuple[DeafAction, ...]:
    return tuple(_once(one for name in _names(plan, resource) for one in deaf.get(name, ())))


def _once(found: Iterable[DeafAction]) -> Iterator[DeafAction]:
    seen: set[tuple[object, ...]] = set()
    for one in found:
        key = (one.alarm, one.topic, one.key, one.regions)
        if key not in seen:
            seen.add(key)
            yield one


def _names(plan: MappingPlan, resource: Resource) -> Iterator[str]:
    """What the dimensions of an alarm may name of a mapping: itself, its source, its function, and where it fails."""
    source = table_of_stream(plan.event_source.identity)
    consumer = split_consumer(source)
    named = [
        resource.identity,
        _WITHOUT_SUBJECT + resource.stack.name,
        source,
        *(consumer or ()),
        plan.function.identity,
        plan.function.pool,
    ]
    named.append(plan.function.name if isinstance(plan.function.name, str) else None)
    if isinstance(plan.failure, FailurePath):
        named += [end.identity for end in (plan.failure.queue, plan.failure.destination) if end is not None]
    for name in dict.fromkeys(one for one in named if one is not None):
        yield name
        if name.startswith("arn:"):
            yield name.rpartition(":")[2].rpartition("/")[2]


def _by_subject(evaluator: Evaluator) -> Iterator[tuple[str, tuple[DeafAction, ...]]]:
    """What alarms watch, to the deaf actions of those alarms, and of the composite ones that look at them."""
    watched = _watched(evaluator)
    named = _by_name(evaluator) if watched else {}
    for alarm, subjects in watched.items():
        subjects |= {identity for subject in subjects for identity in named.get((alarm.stack.root, subject), ())}
        if not subjects:  # metric math of a query, or a metric of the handler: whoever is beside it is meant
            subjects.add(_WITHOUT_SUBJECT + alarm.stack.name)
    found: dict[str, list[DeafAction]] = {}
    for alarm, subjects in [*watched.items(), *_composite(evaluator, watched)]:
        for subject in subjects:
            found.setdefault(subject, []).extend(deaf_actions(evaluator, alarm))
    yield from ((subject, tuple(actions)) for subject, actions in found.items() if actions)


def _watched(evaluator: Evaluator) -> dict[Resource, set[str]]:
    """Every alarm that is deployed, with what it watches."""
    found: dict[Resource, set[str]] = {
        one: set()
        for stack in evaluator.neighbours.stacks
        for one in stack.resources.values()
        if one.kind is Kind.ALARM and stands(evaluator, one) is not False
    }
    for watch in read_alarms(evaluator):
        found.setdefault(watch.alarm, set()).update(watch.subjects)
    return found


def _by_name(evaluator: Evaluator) -> dict[tuple[Stack, str], list[str]]:
    """What an alarm may watch by a name in words, by the stack that it is deployed with."""
    found: dict[tuple[Stack, str], list[str]] = {}
    for stack in evaluator.neighbours.stacks:
        for one in stack.resources.values():
            named = None if one.facts is None else one.facts.name
            name = evaluator.property(one, named) if named is not None and named in one.properties else None
            if isinstance(name, str):
                found.setdefault((stack.root, str(name)), []).append(one.identity)
    return found


def _composite(evaluator: Evaluator, watched: Mapping[Resource, set[str]]) -> Iterator[tuple[Resource, set[str]]]:
    """The composite alarms, each with what the alarms watch that its rule names, itself or through others."""
    composite = {
        one: _looks_at(evaluator, one)
        for stack in evaluator.neighbours.stacks
        for one in stack.resources.values()
        if one.kind is Kind.COMPOSITE_ALARM and stands(evaluator, one) is not False
    }
    for alarm in composite:
        seen, waiting = {alarm}, [alarm]
        while waiting:
            new = composite.get(waiting.pop(), set()) - seen
            seen |= new
            waiting += new
        yield alarm, {subject for one in seen for subject in watched.get(one, ())}


def _looks_at(evaluator: Evaluator, alarm: Resource) -> set[Resource]:
    """The alarms that the rule of a composite alarm names."""
    rule = evaluator.property(alarm, "AlarmRule")
    parts = rule.parts if isinstance(rule, Text) else (rule,)
    found = {part.resource for part in parts if isinstance(part, Pointer)}
    names, written = names_in(evaluator, alarm), identity(rule) or ""
    for one in alarm.stack.resources.values():
        if one is not alarm and one.kind in (Kind.ALARM, Kind.COMPOSITE_ALARM):
            name = identity(evaluator.property(one, "AlarmName"))
            if one.logical_id in names or (name and name in written):
                found.add(one)
    return found
