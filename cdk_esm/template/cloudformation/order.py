"""What is made before what: ``DependsOn``, and the references that imply it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource

_FARTHEST: Final = 500
_IN_TEXT: Final = re.compile(r"\$\{([^!.}{]+)")


def waits_for(evaluator: Evaluator, resource: Resource, other: Resource) -> bool | Unknowable:
    """Whether a resource is made only after another one; ``UNKNOWN`` across stacks and over very long ways."""
    if resource.stack is not other.stack:
        return UNKNOWN
    seen = {resource.logical_id}
    waiting = [resource]
    while waiting:
        for name in names_in(evaluator, waiting.pop()):
            if name == other.logical_id:
                return True
            if name not in seen and name in resource.stack.resources:
                seen.add(name)
                waiting.append(resource.stack.resources[name])
        if len(seen) > _FARTHEST:
            return UNKNOWN
    return False


def names_in(evaluator: Evaluator, resource: Resource) -> frozenset[str]:
    """What a resource names in its properties and in ``DependsOn``."""
    return evaluator.once(_names_in, resource)


def _names_in(evaluator: Evaluator, resource: Resource) -> frozenset[str]:
    del evaluator
    return frozenset(named(resource.body))


def named(body: Mapping[str, Any]) -> list[str]:
    """What the body of a resource names, each as often as it does."""
    depends = body.get("DependsOn")
    found = [name for name in (depends if isinstance(depends, list) else [depends]) if isinstance(name, str)]
    waiting = [body.get("Properties")]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        if not isinstance(value, dict):
            continue
        for key, argument in value.items():
            if key == "Ref" and isinstance(argument, str):
                found.append(argument)
            elif key == "Fn::GetAtt":
                first = argument[0] if isinstance(argument, list) and argument else argument
                found += [first.partition(".")[0]] if isinstance(first, str) else []
            elif key == "Fn::Sub":
                template = argument[0] if isinstance(argument, list) and argument else argument
                found += _IN_TEXT.findall(template) if isinstance(template, str) else []
            if isinstance(argument, dict | list):
                waiting.append(argument)
    return found
