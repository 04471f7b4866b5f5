"""What of a template nobody can read here, and could still hold a mapping or change one: macros and the like.

A macro counts only if its result could be a mapping or change a resource that a mapping reads. An include in any other
resource, or a nested stack that is elsewhere and gets none of a mapping's neighbors handed over, does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.plan.identity import table_of_stream
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.resource_types.functions import MAPPING
from cdk_esm.sources.resources import RESOURCES
from cdk_esm.sources.sam_events import TRANSFORM
from cdk_esm.sources.transforms import LANGUAGE_EXTENSIONS, MAKES_NO_MAPPING, PROCESSED, name_of
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.loops import is_loop
from cdk_esm.template.cloudformation.order import names_in
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import listed
from cdk_esm.template.iam.attached import attached_to

_MACRO: Final = "Fn::Transform"
_MODULE: Final = "::MODULE"
AGREE: Final = "agree to it with --allow-unjudged"
"""What to do about anything that nobody can read here, or that somebody judges elsewhere."""
EXPAND: Final = f"{PROCESSED}, or {AGREE}"
"""What to do about a macro."""
NAME_THE_FUNCTION: Final = f"write !Ref of the function, of its version or of its alias, or {AGREE}"
"""What to do about a reference to a function that the reader cannot follow."""


_MEND: Final = f"mend it, for CloudFormation takes no such resource, or {AGREE}"
_BY_SMALL_LETTERS: Final = {known.lower(): known for known in RESOURCES}
_BEGINNING: Final = "aws::lambda::event"
_NEARLY: Final = 0.85
"""How alike two names of types are where one is meant by the other; our choice."""
_TELLING: Final = ("AWSTemplateFormatVersion", "Transform", "Parameters", "Conditions", "Mappings", "Outputs")
"""Parts that only a template has, should none of its resources tell that it is one."""


@dataclass(frozen=True)
class Skipped:
    """Something that holds a mapping, or may hold or change one, and was not judged.

    Args:
        path: its name: the path of a mapping, or the template with what is in it.
        reason: why it was not judged.
        fix: what the user can do.
        template: the file, or the name of the template, that it is in.
        logical_id: its logical id there, or that of the resource that it is a part of.
        within: what it is there, such as ``Events`` and the name of an event.
        unreadable: it is a file that could not be read at all.
    """

    path: str
    reason: str
    fix: str = AGREE
    template: str | None = None
    logical_id: str | None = None
    within: tuple[str, ...] = ()
    unreadable: bool = False


def unread_parts(
    evaluator: Evaluator, plans: Iterable[MappingPlan], skipped: Iterable[Skipped] = ()
) -> Iterator[Skipped]:
    """Yield what of the stacks was not read, and could be a mapping or change what one reads.

    Args:
        evaluator: reads the stacks.
        plans: the mappings that were read, whose neighbors must be known as they will be.
        skipped: what is named already; a resource that is named as a whole is not named again for its macros.
    """
    neighbors = _neighbors(evaluator, plans)
    named = {(one.template, one.logical_id) for one in skipped if not one.within}
    for stack in evaluator.neighbours.stacks:
        yield from _of_template(stack)
        yield from _no_resources(stack)
        for resource in stack.resources.values():
            if resource.type.endswith(_MODULE):
                yield _skipped(resource, "a module makes its resources, and its contents are not in the template")
            elif resource in neighbors and _holds_macro(resource):
                one = _skipped(_written(resource), "a macro makes some of its properties, and a mapping depends on it")
                if (one.template, one.logical_id) not in named:
                    named.add((one.template, one.logical_id))
                    yield one
            elif resource.kind is Kind.STACK and evaluator.neighbours.nested(resource) is None:
                yield from _elsewhere(evaluator, resource, neighbors)


def _no_resources(stack: Stack) -> Iterator[Skipped]:
    """What is among the resources and is none, or none of a type that there is, so that nobody reads it."""
    told = any("::" in resource.type or "Properties" in resource.body for resource in stack.resources.values())
    if not told and not any(name in stack.document for name in _TELLING):
        return  # another file with a member Resources, such as the settings of an application
    for name, body in stack.section("Resources").items():
        if not isinstance(body, dict) and not str(name).startswith("Fn::"):
            file = stack.file or stack.name
            yield Skipped(f"{stack.name}/{name}", "it is no object with a Type", _MEND, file, str(name))
    for resource in stack.resources.values():
        if resource.logical_id.startswith("Fn::"):
            continue  # which is told above
        if not isinstance(resource.body.get("Type"), str):
            yield _skipped(_written(resource), "its Type is no text", _MEND)
        elif resource.type.endswith(_MODULE):
            continue  # which is told as what it is
        elif resource.kind is None and (meant := _meant(resource.type)) is not None:
            yield _skipped(_written(resource), f"there is no type {resource.type}; did you mean {meant}?", _MEND)


def _meant(written: str) -> str | None:
    """The type that was meant by one with other capitals, or by one that is nearly that of a mapping."""
    small = written.strip().lower()
    if small in _BY_SMALL_LETTERS:
        return _BY_SMALL_LETTERS[small]
    if not small.startswith(_BEGINNING):
        return None
    return MAPPING.type if get_close_matches(small, [MAPPING.type.lower()], cutoff=_NEARLY) else None


def _skipped(resource: Resource, reason: str, fix: str = EXPAND) -> Skipped:
    return Skipped(resource.identity, reason, fix, resource.stack.file or resource.stack.name, resource.logical_id)


def _written(resource: Resource) -> Resource:
    """The resource that the user wrote, if SAM makes this one of it."""
    return resource.stack.resources.get(resource.made_of or "", resource)


def _of_template(stack: Stack) -> Iterator[Skipped]:
    """Macros at the top of the template, and in the list of its resources."""
    file = stack.file or stack.name
    for entry in [*listed(stack.document.get("Transform")), *_macros_in(stack.document)]:
        name = name_of(entry)
        if name not in MAKES_NO_MAPPING and name != TRANSFORM:  # what of a SAM source is unread, its expansion names
            reason = f"the macro {name} may make any resource of the template, or change it"
            yield Skipped(f"{stack.name}: {name}", reason, EXPAND, file)
    resources = stack.section("Resources")
    for entry in _macros_in(resources):
        name = name_of(entry)
        yield Skipped(f"{stack.name}/Resources: {name}", f"{name} puts further resources there", EXPAND, file)
    for key in resources:
        if str(key).startswith("Fn::") and key != _MACRO:
            reason = stack.loops.get(key, f"the template does not say `Transform: {LANGUAGE_EXTENSIONS}`")
            yield Skipped(f"{stack.name}/{key}", reason, EXPAND, file, str(key))


def _macros_in(value: Any) -> list[Any]:
    """What ``Fn::Transform`` calls in an object, without what lies deeper."""
    return listed(value.get(_MACRO)) if isinstance(value, dict) else []


def _holds_macro(resource: Resource) -> bool:
    """Whether a macro, or a loop that nobody could unroll, is anywhere in what is said of a resource."""
    waiting: list[Any] = [resource.body]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if _MACRO in value or any(map(is_loop, value)):
                return True
            waiting += [member for member in value.values() if isinstance(member, dict | list)]
        elif isinstance(value, list):
            waiting += [member for member in value if isinstance(member, dict | list)]
    return False


def _elsewhere(evaluator: Evaluator, nested: Resource, neighbors: Collection[Resource]) -> Iterator[Skipped]:
    """A nested stack whose template is not at hand, if it can do something to a mapping with what it gets.

    With a neighbor of a mapping it may change who else reads or sends there; with a source and a function it can make a
    mapping itself.
    """
    stack = nested.stack
    given = [stack.resources[name] for name in sorted(names_in(evaluator, nested)) if name in stack.resources]
    sources = any(resource.facts is not None and resource.facts.sources for resource in given)
    makes_one = sources and any(resource.kind is Kind.FUNCTION for resource in given)
    if not makes_one and not any(resource in neighbors for resource in given):
        return
    names = ", ".join(resource.logical_id for resource in given)
    reason = f"the template of this nested stack is elsewhere, and {names} is handed over to it"
    yield _skipped(nested, reason, "check the folder that holds its template too, such as the whole cloud assembly")


def _neighbors(evaluator: Evaluator, plans: Iterable[MappingPlan]) -> set[Resource]:
    """The resources that are the source, the function, the role, a policy or the failure path of a mapping."""
    by_identity = {one.identity: one for stack in evaluator.neighbours.stacks for one in stack.resources.values()}
    found: set[Resource] = set()
    for plan in plans:
        names = [table_of_stream(plan.event_source.identity), plan.function.identity]
        names += [name for name in (plan.function.pool, plan.role.identity) if name is not None]
        if isinstance(plan.failure, FailurePath):
            ends = (plan.failure.queue, plan.failure.destination)
            names += [end.identity for end in ends if end is not None]
        found |= {by_identity[name] for name in names if name in by_identity}
    roles = {resource for resource in found if resource.kind is Kind.ROLE}
    return found | {policy for role in roles for policy in attached_to(evaluator, role)}
