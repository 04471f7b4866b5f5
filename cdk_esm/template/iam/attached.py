"""Which policies are attached to which roles, by resources beside the role."""

from __future__ import annotations

from typing import Final

from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.resource_types.access import ROLE
from cdk_esm.sources.transforms import MAKES_NO_MAPPING, name_of
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.order import names_in
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, identity, listed

_ATTACHED: Final = {policy.type: policy.names for policy in ROLE.attached}


def attached_to(evaluator: Evaluator, role: Resource) -> list[Resource]:
    """The policies that name a role."""
    return evaluator.once(_attached)[0].get(role, [])


def others_may_attach(evaluator: Evaluator, role: Resource) -> bool:
    """Whether a policy may be attached to a role that nobody could find in the templates.

    A policy may hide the name of its role, a macro may make more resources of those that are there, and a custom
    resource or a nested stack that is not at hand may get the role handed over.
    """
    stack = role.stack
    if stack.root in evaluator.once(_attached)[1]:
        return True
    return evaluator.once(_expands, stack) or role.logical_id in evaluator.once(_handed_over, stack)


def _attached(evaluator: Evaluator) -> tuple[dict[Resource, list[Resource]], set[Stack]]:
    """Every policy that is a resource itself, by the roles that it names, and the stacks where one hides a role."""
    found: dict[Resource, list[Resource]] = {}
    hidden: set[Stack] = set()
    for stack in evaluator.neighbours.stacks:
        for resource in stack.resources.values():
            if resource.type not in _ATTACHED:
                continue
            for name in listed(evaluator.property(resource, _ATTACHED[resource.type])):
                role = _role_by_name(evaluator, name, stack)
                if role is not None:
                    found.setdefault(role, []).append(resource)
                elif not isinstance(name, str):
                    hidden.add(stack.root)
    return found, hidden


def _role_by_name(evaluator: Evaluator, name: Evaluated, stack: Stack) -> Resource | None:
    if isinstance(name, Pointer):
        return name.resource if name.resource.kind is Kind.ROLE and name.attribute == "Ref" else None
    written = identity(name)
    return None if written is None else evaluator.once(_by_name).get((stack.root, written))


def _by_name(evaluator: Evaluator) -> dict[tuple[Stack, str | None], Resource]:
    """The roles by the stack that is deployed with them and the names that they give themselves, holes and all."""
    return {
        (stack.root, identity(evaluator.property(resource, "RoleName"))): resource
        for stack in evaluator.neighbours.stacks
        for resource in stack.resources.values()
        if resource.kind is Kind.ROLE and "RoleName" in resource.properties
    }


def _expands(evaluator: Evaluator, stack: Stack) -> bool:
    """Whether a macro may make further resources of the template."""
    del evaluator
    macros = [one for one in listed(stack.document.get("Transform")) if name_of(one) not in MAKES_NO_MAPPING]
    loops = [name for name in stack.section("Resources") if str(name).startswith("Fn::")]
    return bool(macros or loops)


def _handed_over(evaluator: Evaluator, stack: Stack) -> frozenset[str]:
    """Logical ids that something gets to work with which nobody can look into."""
    found: set[str] = set()
    for resource in stack.resources.values():
        if _is_opaque(evaluator, resource):
            found |= names_in(evaluator, resource)
    return frozenset(found)


def _is_opaque(evaluator: Evaluator, resource: Resource) -> bool:
    """Whether a resource does what no template tells: of a nested stack, whether one within it does."""
    if resource.kind is not Kind.STACK:
        return resource.kind is Kind.CUSTOM
    inner = evaluator.neighbours.nested(resource)
    return inner is None or evaluator.once(_hides_some, inner)


def _hides_some(evaluator: Evaluator, stack: Stack) -> bool:
    return any(_is_opaque(evaluator, one) for one in stack.resources.values())
