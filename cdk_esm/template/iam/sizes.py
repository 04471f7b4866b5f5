"""How long the inline policies of a role are, as IAM counts them: without white space.

What only the deployment knows has no length yet. So there are two counts: what it is at least, with nothing in the
place of a value that nobody can tell; and what it is likely to be, with the usual length of such a value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.plan import InlinePolicies
from cdk_esm.sources.resource_facts import Gives, Kind
from cdk_esm.sources.resource_types.access import MANAGED_POLICY, ROLE
from cdk_esm.sources.resources import gives
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Default, Evaluated, Hole, Pointer, Text, identity, listed
from cdk_esm.template.iam.attached import attached_to

_INLINE: Final = {one.type: one for one in ROLE.attached if one.type != MANAGED_POLICY.type}
_ACCOUNT: Final = 12
_SHORTEST_PARTITION: Final = len("aws")
_SHORTEST_REGION: Final = len("us-east-1")
_USUAL_REGION: Final = len("eu-central-1")
_USUAL_STACK_NAME: Final = 20
_MADE_UP: Final = len("--1A2B3C4D5E6F")
"""What CloudFormation adds to the names of stack and resource, where a template gives no name."""
_USUAL_ID: Final = len("1234abcd-12ab-34cd-56ef-1234567890ab")
_USUAL_PART: Final = 30
_USUAL_ARN: Final = 80
_STREAM: Final = "/stream/2026-11-28T12:00:00.000"


@dataclass(frozen=True, slots=True)
class Size:
    """Characters: at least so many, and likely so many."""

    at_least: int = 0
    about: int = 0

    def __add__(self, other: Size) -> Size:
        return Size(self.at_least + other.at_least, self.about + other.about)


def inline_policies(evaluator: Evaluator, role: Resource) -> InlinePolicies | None:
    """The policies within a role of a template, and those beside it that name it; ``None`` if there are none."""
    found: list[_One] = [
        (None, _size(entry.get("PolicyDocument")), True)
        for entry in listed(evaluator.property(role, "Policies"))
        if isinstance(entry, dict)
    ]
    beside = [resource for resource in attached_to(evaluator, role) if resource.type in _INLINE]
    return _together(role.identity, [*found, *_read(evaluator, beside)])


def inline_policies_by_name(evaluator: Evaluator, role: Evaluated, stack: Stack) -> InlinePolicies | None:
    """The policies of the templates that name a role which is in none of them; ``None`` if there are none."""
    last = role.parts[-1] if isinstance(role, Text) else role
    if not isinstance(last, str) or ":role/" not in last:
        return None
    name = last.rpartition("/")[2]
    beside = evaluator.once(_by_name).get((_place(stack), name), [])
    return _together(identity(role) or name, list(_read(evaluator, beside)))


def _place(stack: Stack) -> str | Stack:
    """Where a name means one role: in an account, or, where that is not known, in what is deployed with the stack."""
    return stack.root.account or stack.root


def _by_name(evaluator: Evaluator) -> dict[tuple[str | Stack, str], list[Resource]]:
    """Every inline policy that is a resource itself, by the names of roles that are written out in it."""
    found: dict[tuple[str | Stack, str], list[Resource]] = {}
    for stack in evaluator.neighbours.stacks:
        for resource in stack.resources.values():
            facts = _INLINE.get(resource.type)
            for name in listed(evaluator.property(resource, facts.names)) if facts is not None else ():
                if isinstance(name, str):
                    found.setdefault((_place(stack), str(name)), []).append(resource)
    return found


_One = tuple[str | None, Size, bool]
"""A policy's name, its size, and whether it is there for certain."""


def _read(evaluator: Evaluator, resources: Iterable[Resource]) -> Iterable[_One]:
    for resource in resources:
        answer = stands(evaluator, resource)
        if answer is not False:
            name = identity(evaluator.property(resource, "PolicyName"))
            yield name, evaluator.once(_of_resource, resource), answer is True


def _of_resource(evaluator: Evaluator, resource: Resource) -> Size:
    return _size(evaluator.property(resource, _INLINE[resource.type].document))


def _together(role: str, policies: Iterable[_One]) -> InlinePolicies | None:
    """The sum; of two policies beside a role that have one name the later overwrites the other."""
    named: dict[object, list[tuple[Size, bool]]] = {}
    for number, (name, size, certain) in enumerate(policies):
        named.setdefault(number if name is None else name, []).append((size, certain))
    if not named:
        return None
    least = [min(size.at_least for size, _ in same) for same in named.values() if all(certain for _, certain in same)]
    return InlinePolicies(
        role=role,
        count=len(named),
        at_least=sum(least),
        about=sum(max(size.about for size, _ in same) for same in named.values()),
    )


def _size(document: Evaluated) -> Size:
    """The length of a policy document; without recursion, because nobody knows its depth."""
    if not isinstance(document, dict):
        return Size()
    fixed, others = 0, Size()
    waiting: list[Any] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
            fixed += 2 + len(value) + max(len(value) - 1, 0)  # braces, colons, commas
        elif isinstance(value, list):
            waiting += value
            fixed += 2 + max(len(value) - 1, 0)
        elif type(value) is str:
            fixed += 2 + len("".join(value.split()))
        else:
            others += _scalar(value)
    return _fixed(fixed) + others


def _fixed(count: int) -> Size:
    return Size(count, count)


def _scalar(value: Evaluated) -> Size:
    if isinstance(value, Text):
        return sum(map(_piece, value.parts), _fixed(2))
    if isinstance(value, str | Pointer | Hole):
        return _fixed(2) + _piece(value, whole=True)
    return _fixed(len(json.dumps(value, default=str)))


def _piece(value: str | Pointer | Hole, *, whole: bool = False) -> Size:
    """A text, or a piece of one: as it is written, or as the deployment will fill it in."""
    if isinstance(value, Pointer):
        return _pointed_at(value)
    if isinstance(value, Hole):
        return _hidden(value, whole=whole)
    length = len("".join(value.split()))
    return Size(0, length) if isinstance(value, Default) else _fixed(length)


def _hidden(hole: Hole, *, whole: bool) -> Size:
    """What only the deployment knows: a pseudo parameter, or anything; alone in its place it is probably an ARN."""
    usual = _USUAL_ARN if whole else _USUAL_PART
    for ending, size in _PSEUDO.items():
        if hole.name.endswith(ending):
            return size
    return Size(0, usual)


_PSEUDO: Final = {
    ".AWS::AccountId": _fixed(_ACCOUNT),
    ".AWS::Region": Size(_SHORTEST_REGION, _USUAL_REGION),
    ".AWS::Partition": _fixed(_SHORTEST_PARTITION),
}


def _pointed_at(pointer: Pointer) -> Size:
    """A resource by what it gives; its name is as long as CloudFormation makes one, unless the template writes it."""
    resource, facts = pointer.resource, pointer.resource.facts
    given = gives(resource.type, pointer.attribute)
    name = _name(resource)
    if given is not Gives.ARN or facts is None or facts.arn is None:
        usual = _USUAL_ARN if given is Gives.ARN else _USUAL_ID if given is Gives.ID else None
        return name if usual is None else Size(1, usual)
    form, root = facts.arn, resource.stack.root
    frame = len(f"arn:aws:{form.service}:::{form.before}")
    size = _fixed(frame + (_ACCOUNT if form.has_account else 0)) + name
    if form.has_region:
        region = root.region
        size += Size(_SHORTEST_REGION, _USUAL_REGION) if region is None else _fixed(len(region))
    return size + Size(0, len(_STREAM)) if pointer.attribute == "StreamArn" else size


def _name(resource: Resource) -> Size:
    facts, root = resource.facts, resource.stack.root
    written = None if facts is None or facts.name is None else resource.properties.get(facts.name)
    if isinstance(written, str):
        return _fixed(len(written))
    if resource.kind is Kind.KEY:
        return Size(1, _USUAL_ID)
    stack_name = len(root.stack_name) if root.stack_name else _USUAL_STACK_NAME
    return Size(1, stack_name + len(resource.logical_id) + _MADE_UP)
