"""CloudWatch alarms: what each of them watches, and whether it tells anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.order import names_in
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, flag, identity, listed


@dataclass(frozen=True)
class Watch:
    """One metric that an alarm looks at.

    Args:
        alarm: the alarm.
        metric: the metric's name.
        subjects: what its dimensions name: resources by their identities, anything else as it is written.
        acts: the alarm has an action that is carried out.
    """

    alarm: Resource
    metric: str
    subjects: frozenset[str]
    acts: bool


def read_alarms(evaluator: Evaluator) -> Iterator[Watch]:
    """Every metric that the alarms of all stacks look at, as far as it is known which one it is."""
    for stack in evaluator.neighbours.stacks:
        heard = _heard_by_others(evaluator, stack)
        for resource in stack.resources.values():
            if resource.kind is Kind.ALARM and stands(evaluator, resource) is not False:
                yield from _watches(evaluator, resource, heard=resource.logical_id in heard)


def _acts(evaluator: Evaluator, alarm: Resource) -> bool:
    actions = evaluator.property(alarm, "AlarmActions")
    return flag(evaluator.property(alarm, "ActionsEnabled")) is not False and bool(listed(actions))


def _heard_by_others(evaluator: Evaluator, stack: Stack) -> frozenset[str]:
    """The alarms of a stack whose state a composite alarm with actions looks at."""
    others = [one for one in stack.resources.values() if one.kind is Kind.COMPOSITE_ALARM and _acts(evaluator, one)]
    names = list(_names(evaluator, stack)) if others else []
    found: set[str] = set()
    for other in others:
        found |= names_in(evaluator, other)
        rule = identity(evaluator.property(other, "AlarmRule")) or ""
        found |= {logical_id for logical_id, name in names if name in rule}
    return frozenset(found)


def _names(evaluator: Evaluator, stack: Stack) -> Iterator[tuple[str, str]]:
    """The alarms of a stack by the names that they give themselves."""
    for one in stack.resources.values():
        name = identity(evaluator.property(one, "AlarmName")) if one.kind is Kind.ALARM else None
        if name:
            yield one.logical_id, name


def _watches(evaluator: Evaluator, alarm: Resource, *, heard: bool) -> Iterator[Watch]:
    acts = heard or _acts(evaluator, alarm)
    own = {"MetricName": evaluator.property(alarm, "MetricName"), "Dimensions": evaluator.property(alarm, "Dimensions")}
    combined = [one.get("MetricStat") for one in listed(evaluator.property(alarm, "Metrics")) if isinstance(one, dict)]
    for metric in [own, *(stat.get("Metric") for stat in combined if isinstance(stat, dict))]:
        name = metric.get("MetricName") if isinstance(metric, dict) else None
        if isinstance(metric, dict) and isinstance(name, str):
            values = [one.get("Value") for one in listed(metric.get("Dimensions")) if isinstance(one, dict)]
            subjects = [_subject(value) for value in values]
            yield Watch(alarm, name, frozenset(one for one in subjects if one is not None), acts)


def _subject(value: Evaluated) -> str | None:
    return value.resource.identity if isinstance(value, Pointer) else identity(value)
