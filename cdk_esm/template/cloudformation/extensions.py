"""AWS::LanguageExtensions: a template as the transform leaves it, without loops, and with plain names in references.

Read from the CloudFormation template reference (AWS::LanguageExtensions transform) on 2026-11-28. ``Fn::Length``,
``Fn::ToJsonString`` and ``Fn::FindInMap`` with a default are evaluated in their place, like any other function.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from cdk_esm.sources.transforms import LANGUAGE_EXTENSIONS
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.intrinsics import evaluator_of
from cdk_esm.template.cloudformation.loops import Evaluate, Loops
from cdk_esm.template.cloudformation.stack import Stack, mapping_of
from cdk_esm.template.cloudformation.values import NOTHING, listed

_ATTRIBUTES: Final = ("Condition", "DeletionPolicy", "UpdateReplacePolicy")
"""Attributes of a resource that are plain words without the transform, and may be functions with it."""


def extended(stack: Stack, document: Mapping[str, Any]) -> Stack:
    """The stack with its loops unrolled, as far as that can be done before the deployment.

    Args:
        stack: the stack, whose parameters, mappings and conditions say what the loops go over.
        document: its template as it was written.
    """
    if LANGUAGE_EXTENSIONS not in listed(document.get("Transform")):
        return stack
    evaluator = evaluator_of(Assembly([stack]))
    loops = Loops(lambda expression: evaluator.value(expression, stack))
    made = {name: loops.unrolled(mapping_of(document[name])) for name in _SECTIONS if name in document}
    resources = made["Resources"].entries
    for logical_id, body in resources.items():
        if isinstance(body, dict) and any(isinstance(body.get(name), dict) for name in _ATTRIBUTES):
            resources[logical_id] = _with_plain_attributes(body, loops.evaluate)
    sections = {name: section.entries for name, section in made.items()}
    return replace(stack, document={**document, **sections}, loops=made["Resources"].left)


_SECTIONS: Final = ("Conditions", "Resources", "Outputs")
"""The sections in which the transform does something."""


def _with_plain_attributes(body: Mapping[str, Any], evaluate: Evaluate) -> dict[str, Any]:
    """A resource whose attributes are words, as far as that can be told; without what comes to ``AWS::NoValue``."""
    made = dict(body)
    for name in _ATTRIBUTES:
        found = evaluate(body[name]) if isinstance(body.get(name), dict) else None
        if found is NOTHING:
            del made[name]
        elif isinstance(found, str):
            made[name] = found
    return made
