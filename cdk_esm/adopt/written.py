"""How the identities that a mapping names are written in Python, as far as its template tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.adopt.python import Code, call, literal
from cdk_esm.plan.defaults import OfParameter
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.intrinsics import evaluator_of
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Hole, Text, identity

_PSEUDO: Final = {
    ".AWS::AccountId": "Aws.ACCOUNT_ID",
    ".AWS::Partition": "Aws.PARTITION",
    ".AWS::Region": "Aws.REGION",
}
"""What CDK calls the pseudo parameters, by the end of the name that a hole of them has."""


def written_in(assembly: Assembly, resource: Resource) -> dict[str, Code]:
    """Identity to Python, for each text among the properties of a mapping that the same Python means in any stack.

    That is a text without a hole, or with the Region, account or partition of the deployment alone. What a parameter
    gives is none, although its default can be read: a deployment may give something else.
    """
    evaluator = evaluator_of(assembly)
    found: dict[str, Code] = {}
    for text in _texts(evaluator.value(resource.body.get("Properties"), resource.stack)):
        subject, code = identity(text), _code(text)
        if subject is not None and code is not None:
            found[subject] = code
    return found


@dataclass(frozen=True)
class Handed:
    """An ARN that a deployment is handed, and no template writes out.

    Args:
        code: the ARN in Python, as CDK asks for it.
        name: the name of the parameter or of the export.
        about: where it comes from, in words.
    """

    code: Code
    name: str
    about: str


def handed_to(assembly: Assembly, resource: Resource) -> dict[str, Handed]:
    """Identity to what hands it over: a parameter of the stack, or what another stack exports.

    A function is left out: what a parameter gives for it may be its name as well as its ARN.
    """
    evaluator, stack = evaluator_of(assembly), resource.stack
    found: dict[str, Handed] = {}
    waiting: list[Any] = [value for name, value in resource.properties.items() if name != "FunctionName"]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        if not isinstance(value, dict):
            continue
        handed = _handed(value, stack)
        subject = None if handed is None else identity(evaluator.value(value, stack))
        if handed is not None and subject is not None:
            found[subject] = handed
        else:
            waiting += value.values()
    return found


def _handed(value: dict[str, Any], stack: Stack) -> Handed | None:
    parameter, export = value.get("Ref"), value.get("Fn::ImportValue")
    if len(value) != 1:
        return None
    if isinstance(parameter, str) and parameter in stack.section("Parameters"):
        return Handed(call("Fn.ref", parameter), parameter, f", which the parameter {parameter} gives")
    if isinstance(export, str):
        return Handed(call("Fn.import_value", export), export, f", which another stack exports as {export}")
    return None


def _texts(value: Any) -> Iterator[str | Text]:
    if isinstance(value, str | Text):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)


def _code(text: str | Text) -> Code | None:
    if isinstance(text, OfParameter):
        return None
    if isinstance(text, str):
        return Code(literal(text))
    parts = []
    for part in text.parts:
        if isinstance(part, OfParameter):
            return None
        if isinstance(part, str):
            parts.append(part.replace("{", "{{").replace("}", "}}"))
            continue
        pseudo = next(
            (code for end, code in _PSEUDO.items() if isinstance(part, Hole) and part.name.endswith(end)), None
        )
        if pseudo is None:
            return None
        parts.append("{" + pseudo + "}")
    return Code("f" + literal("".join(parts)))
