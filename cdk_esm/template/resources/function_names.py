"""Which function a value names, and which of its versions and aliases: by name, by ARN, or in parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.resources import QUALIFIED_FUNCTIONS, itself_of
from cdk_esm.template.cloudformation import conditions
from cdk_esm.template.cloudformation.arns import recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.order import named
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, Text, identity, joined
from cdk_esm.template.cloudformation.written_out import VERSION_NUMBER

_ITS_FUNCTION: Final = "FunctionName"
_LATEST: Final = "$LATEST"
_PARTIAL_ARN: Final = "function:"
_MOST_STEPS: Final = 2
_MOST_DETOURS: Final = 20
_IF_PARTS: Final = 3
_CHOSEN_BY_OTHERS: Final = frozenset({Kind.CUSTOM, Kind.STACK})
"""What they give is somebody else's to say, as with an import."""


@dataclass(frozen=True)
class Named:
    """What a value names.

    Args:
        function: the function of the templates.
        target: the version or the alias of the templates that it goes through.
        qualifier: its name or number, where it is not in the templates; absent for the function itself.
    """

    function: Resource
    target: Resource | None = None
    qualifier: str | None = None


def function_named(evaluator: Evaluator, value: Evaluated, stack: Stack) -> Named | None:
    """Find the function of the templates that a value names; ``None`` if it names none that can be told."""
    return _named(evaluator, value, stack, _MOST_STEPS)


def _named(evaluator: Evaluator, value: Evaluated, stack: Stack, steps: int) -> Named | None:
    value = recognized(evaluator, value, stack)
    head, qualifier = _cut(value)
    resource = _resource(evaluator, head, stack)
    if resource is None:
        return None
    if resource.kind in QUALIFIED_FUNCTIONS:
        # There is no alias of an alias, and nothing follows one.
        above = evaluator.property(resource, _ITS_FUNCTION)
        found = _named(evaluator, above, resource.stack, steps - 1) if steps > 1 and qualifier is None else None
        return None if found is None or found.target is not None else Named(found.function, target=resource)
    if qualifier is None or qualifier == _LATEST:
        return Named(resource)
    return _qualified(evaluator, resource, qualifier)


def _qualified(evaluator: Evaluator, function: Resource, qualifier: Evaluated) -> Named | None:
    """The version or the alias of a function by what follows its name."""
    if isinstance(qualifier, Pointer):
        is_version = qualifier.resource.kind is Kind.VERSION and qualifier.attribute == VERSION_NUMBER
        return Named(function, target=qualifier.resource) if is_version else None
    name = identity(qualifier)
    if name is None:
        return None
    own = evaluator.once(_aliases, function).get(name)
    return Named(function, qualifier=name) if own is None else Named(function, target=own)


def _aliases(evaluator: Evaluator, function: Resource) -> dict[str | None, Resource]:
    """The aliases of a function in its own template, by their names."""
    aliases = [one for one in function.stack.resources.values() if one.kind is Kind.ALIAS]
    found: dict[str | None, Resource] = {}
    for one in aliases:
        of = _named(evaluator, evaluator.property(one, _ITS_FUNCTION), one.stack, 1)
        if of is not None and of.function is function:
            found.setdefault(identity(evaluator.property(one, "Name")), one)
    return found


def _cut(value: Evaluated) -> tuple[Evaluated, Evaluated]:
    """What names the function, and what follows it: name, ``account:function:name`` and ARN may have a qualifier."""
    parts = list(value.parts) if isinstance(value, Text) else [value]
    if isinstance(parts[0], str) and not parts[0].startswith("arn:") and _PARTIAL_ARN in parts[0]:
        parts[0] = parts[0].partition(_PARTIAL_ARN)[2]
    elif len(parts) > 1 and isinstance(parts[1], str) and parts[1].startswith(f":{_PARTIAL_ARN}"):
        parts = [parts[1].removeprefix(f":{_PARTIAL_ARN}"), *parts[2:]]  # behind an account that is no literal
    parts = parts[1:] if parts[0] == "" and len(parts) > 1 else parts
    if isinstance(parts[0], str) and parts[0].startswith("arn:"):
        return value, None
    for place, part in enumerate(parts):
        if isinstance(part, str) and ":" in part:
            before, _, after = part.partition(":")
            return joined([*parts[:place], before], "name"), joined([after, *parts[place + 1 :]], "qualifier")
    return joined(parts, "name"), None


def _resource(evaluator: Evaluator, head: Evaluated, stack: Stack) -> Resource | None:
    """The function, the version or the alias that a name or a reference gives."""
    if isinstance(head, Pointer):
        resource = head.resource
        is_one = resource.kind is Kind.FUNCTION or resource.kind in QUALIFIED_FUNCTIONS
        return resource if is_one and head.attribute in itself_of(resource.type) else None
    if not isinstance(head, str | Text | Hole):
        return None
    return evaluator.once(_by_name, stack).get(identity(head)) or _beside(evaluator, head, stack)


def _beside(evaluator: Evaluator, head: Evaluated, stack: Stack) -> Resource | None:
    """The function of another stack that has a name in the same account and Region."""
    place = stack.root.region, stack.root.account
    if None in place or not isinstance(head, str):
        return None
    found = evaluator.apart(_by_place).get((*place, head), [])
    return found[0] if len(found) == 1 else None


def _by_place(evaluator: Evaluator) -> dict[tuple[str | None, str | None, str], list[Resource]]:
    """The functions whose names are written out, by their Region, their account and the name."""
    found: dict[tuple[str | None, str | None, str], list[Resource]] = {}
    for stack in evaluator.neighbours.stacks:
        for name, one in evaluator.once(_by_name, stack).items():
            if isinstance(evaluator.property(one, _ITS_FUNCTION), str) and name is not None:
                found.setdefault((stack.root.region, stack.root.account, name), []).append(one)
    return found


def _by_name(evaluator: Evaluator, stack: Stack) -> dict[str | None, Resource]:
    """The functions of a stack that give themselves a name."""
    own = [one for one in stack.resources.values() if one.kind is Kind.FUNCTION and _ITS_FUNCTION in one.properties]
    return {identity(evaluator.property(one, _ITS_FUNCTION)): one for one in own}


def mentioned(evaluator: Evaluator, expression: Any, stack: Stack) -> list[str]:
    """The resources of the templates that an expression for a function mentions, in the order of their names.

    For an expression that leads to no function: a value that a custom resource or a stack elsewhere gives is not
    known, but whoever writes a resource of the template there means one that can be looked at.

    Args:
        evaluator: the evaluator.
        expression: what is there, not evaluated.
        stack: the template that it is in.
    """
    value = evaluator.value(expression, stack)
    if isinstance(value, Hole):
        expression, stack = _chosen(evaluator, expression, stack)
        names = named({"Properties": {"FunctionName": expression}})
        found = [stack.resources[name] for name in names if name in stack.resources]
    else:
        found = [part.resource for part in _parts(value) if isinstance(part, Pointer)]
    return sorted({one.logical_id for one in found if one.facts and one.kind not in _CHOSEN_BY_OTHERS})


def _parts(value: Evaluated) -> Iterator[Evaluated]:
    yield from value.parts if isinstance(value, Text) else (value,)


def _chosen(evaluator: Evaluator, expression: Any, stack: Stack) -> tuple[Any, Stack]:
    """The expression behind conditions that hold, and behind parameters that a parent stack gives."""
    for _ in range(_MOST_DETOURS):
        if not isinstance(expression, dict) or len(expression) != 1:
            break
        [(name, argument)] = expression.items()
        if name == "Fn::If" and isinstance(argument, list) and len(argument) == _IF_PARTS:
            holds = conditions.holds(evaluator, argument[0], stack) if isinstance(argument[0], str) else None
            if holds is None:
                break
            expression = argument[1 if holds else 2]
        elif name == "Ref" and stack.parent is not None and isinstance(argument, str) and argument in stack.given:
            expression, stack = stack.given[argument], stack.parent
        else:
            break
    return expression, stack
