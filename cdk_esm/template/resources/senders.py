"""Who names a queue, a stream or a topic as the place to send to: each place of a template is looked at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from cdk_esm.facts import Unknowable
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.senders import OFF, SENDERS, SENDING, Sender, Via
from cdk_esm.template.cloudformation.arns import recognized
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.places import values_at
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, identity, text
from cdk_esm.template.iam.callers import Answer, all_of
from cdk_esm.template.iam.roles import grants_of_role

_BY_TYPE: Final[Mapping[str, tuple[Sender, ...]]] = {
    type_name: tuple(one for one in SENDERS if one.type == type_name) for type_name in {one.type for one in SENDERS}
}
_MOST_OPEN: Final = 20
"""Senders that hide what they send to, which are asked for each target; of more, the others count as unknown."""


@dataclass(frozen=True)
class Entry:
    """One place in a template that sends to something.

    Args:
        resource: the resource that it is in.
        via: how it sends.
        written: the record that names the target.
        certain: it is deployed for certain, and switched on.
        role: the role that it sends with, if it has one of the templates.
    """

    resource: Resource
    via: Via
    written: Mapping[str, Evaluated] = field(hash=False)
    certain: bool = True
    role: str | None = None

    def setting(self, name: str) -> Evaluated:
        """A property of the record; a dot leads into a nested one."""
        value: Evaluated = self.written
        for part in name.split("."):
            value = value if isinstance(value, Hole) else value.get(part) if isinstance(value, dict) else None
        return value


def entries_for(evaluator: Evaluator, target: str) -> list[Entry]:
    """Everything in the templates that sends to a target, by the identity of that."""
    by_target = evaluator.apart(_senders_by_target)
    resources = [*by_target.get(target, ()), *by_target.get(None, ())[:_MOST_OPEN]]
    found: list[Entry] = []
    for resource in dict.fromkeys(resources):
        sends = all_of((stands(evaluator, resource), _is_on(evaluator, resource)))
        if sends is not False:
            entries = evaluator.once(_entries, resource).get(target, ())
            found += [Entry(one.resource, one.via, one.written, sends is True, one.role) for one in entries]
    return found


def _is_on(evaluator: Evaluator, resource: Resource) -> Answer:
    """Whether what sends is switched on, as it is unless it says otherwise."""
    if resource.type not in OFF:
        return True
    name, off = OFF[resource.type]
    state = text(evaluator.property(resource, name))
    return state if isinstance(state, Unknowable) else state != off


def _senders_by_target(evaluator: Evaluator) -> dict[str | None, list[Resource]]:
    """The resources that send, by what they send to; those that hide it are under ``None``."""
    found: dict[str | None, list[Resource]] = {}
    for stack in evaluator.neighbours.stacks:
        for resource in stack.resources.values():
            if resource.type in _BY_TYPE:
                for target in evaluator.once(_entries, resource):
                    found.setdefault(target, []).append(resource)
    return found


def _entries(evaluator: Evaluator, resource: Resource) -> dict[str | None, list[Entry]]:
    """The places of one resource, by the identity of what each sends to."""
    found: dict[str | None, list[Entry]] = {}
    for sender in _BY_TYPE.get(resource.type, ()):
        for entry in _of(evaluator, resource, sender):
            value = recognized(evaluator, entry.setting(sender.target), resource.stack)
            if value is not None:
                target = None if isinstance(value, Hole) else identity(value)
                found.setdefault(target, []).append(entry)
    return found


def _of(evaluator: Evaluator, resource: Resource, sender: Sender) -> Iterator[Entry]:
    values: Iterator[Evaluated] = values_at(evaluator, resource, sender.entries) if sender.entries else iter(())
    if not sender.entries:
        values = iter([{name: evaluator.property(resource, name) for name in resource.properties}])
    for value in values:
        if isinstance(value, dict):
            role = value.get(sender.role) if sender.role is not None else None
            yield Entry(resource, sender.via, value, role=_role(evaluator, role, resource))


def _role(evaluator: Evaluator, value: Evaluated, resource: Resource) -> str | None:
    found = recognized(evaluator, value, resource.stack)
    return found.resource.identity if isinstance(found, Pointer) else None


def roles_that_send(evaluator: Evaluator, target: Resource) -> frozenset[str]:
    """The roles of the templates that are allowed, in so many words, to send to a resource."""
    return evaluator.apart(_roles_by_target).get(target, frozenset())


def _roles_by_target(evaluator: Evaluator) -> dict[Resource, frozenset[str]]:
    found: dict[Resource, set[str]] = {}
    for stack in evaluator.neighbours.stacks:
        for role in stack.resources.values():
            if role.kind is not Kind.ROLE:
                continue
            grants = grants_of_role(evaluator, Pointer(role, "Arn"), stack)
            for resource in grants.resources_allowed(SENDING):
                found.setdefault(resource, set()).add(role.identity)
    return {resource: frozenset(roles) for resource, roles in found.items()}
