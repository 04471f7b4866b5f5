"""``Ref`` and ``Fn::GetAtt``: parameters, pseudo parameters, resources, and the outputs of nested stacks."""

from __future__ import annotations

from typing import Any, Final

from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.evaluator import Evaluator, hidden, hole_name
from cdk_esm.template.cloudformation.stack import Stack, mapping_of
from cdk_esm.template.cloudformation.values import (
    NOTHING,
    Default,
    Evaluated,
    Hole,
    Pointer,
    Text,
    identity,
    scalar_text,
)

_ATTRIBUTE_PARTS: Final = 2
_PARTITIONS: Final = {"cn-": "aws-cn", "us-gov-": "aws-us-gov", "us-iso-": "aws-iso", "us-isob-": "aws-iso-b"}


def ref(evaluator: Evaluator, argument: Any, stack: Stack) -> Evaluated:
    """``Ref``: a parameter, a pseudo parameter or a resource."""
    if not isinstance(argument, str):
        return Hole(hole_name({"Ref": argument}, stack))
    return reference_to(evaluator, argument, stack)


def get_attribute(evaluator: Evaluator, argument: Any, stack: Stack) -> Evaluated:
    """``Fn::GetAtt``: an attribute of a resource, or an output of a nested stack."""
    parts = argument.split(".", 1) if isinstance(argument, str) else argument
    if not isinstance(parts, list) or len(parts) < _ATTRIBUTE_PARTS:
        return Hole(hole_name({"Fn::GetAtt": argument}, stack))
    words = [scalar_text(evaluator.value(part, stack)) for part in parts]
    if not all(isinstance(word, str) for word in words):
        return Hole(hole_name({"Fn::GetAtt": argument}, stack))
    return attribute_of(evaluator, [words[0], ".".join(words[1:])], stack)


def reference_to(evaluator: Evaluator, name: str, stack: Stack) -> Evaluated:
    """What ``Ref`` of a name comes to."""
    if name.startswith("AWS::"):
        return _pseudo(evaluator, name, stack)
    if name in stack.section("Parameters"):
        return evaluator.once(_parameter, name, stack, meanwhile=Hole(hole_name({"Ref": name}, stack)))
    resource = stack.resources.get(name)
    return hidden({"Ref": name}, stack) if resource is None else Pointer(resource, "Ref")


def attribute_of(evaluator: Evaluator, words: list[str], stack: Stack) -> Evaluated:
    """What ``Fn::GetAtt`` of a logical id and an attribute comes to."""
    logical_id, attribute = words
    resource = stack.resources.get(logical_id)
    if resource is None:
        return hidden({"Fn::GetAtt": words}, stack)
    if resource.kind is Kind.STACK and attribute.startswith("Outputs."):
        nested = evaluator.neighbours.nested(resource)
        if nested is not None:
            return output_of(evaluator, nested, attribute.removeprefix("Outputs."))
    return Pointer(resource, attribute)


def output_of(evaluator: Evaluator, stack: Stack, name: str) -> Evaluated:
    """The value of another stack's output: one scalar, so that nothing grows from stack to stack."""
    if "Value" not in mapping_of(stack.section("Outputs").get(name)):
        return hidden({"Output": name}, stack)
    return evaluator.once(_output, name, stack, meanwhile=Hole(hole_name({"Output": name}, stack)))


def _output(evaluator: Evaluator, name: str, stack: Stack) -> Evaluated:
    value = evaluator.value(stack.section("Outputs")[name]["Value"], stack)
    return (
        value if isinstance(value, Text) or scalar_text(value) is not None else Hole(hole_name({"Output": name}, stack))
    )


def _pseudo(evaluator: Evaluator, name: str, stack: Stack) -> Evaluated:
    """A pseudo parameter: known where the assembly says where the stack is deployed."""
    root = stack.root
    if name == "AWS::NoValue":
        return NOTHING
    known = {"AWS::Region": root.region, "AWS::AccountId": root.account}.get(name)
    if name == "AWS::StackName":
        known, root = stack.stack_name, stack
    if name == "AWS::Partition" and root.region is not None:
        region = root.region
        known = next((partition for begin, partition in _PARTITIONS.items() if region.startswith(begin)), "aws")
    if known is not None:
        return known
    subject = f"{root.name}.{name}"
    assumed = evaluator.assumed.value_of(subject)
    evaluator.touched.add(subject)
    return Hole(subject) if assumed is None else assumed


def _parameter(evaluator: Evaluator, name: str, stack: Stack) -> Evaluated:
    """A parameter: as given, as assumed, or by its default."""
    declared = mapping_of(stack.section("Parameters")[name])
    kind = str(declared.get("Type"))
    if name in stack.given:
        parent = stack.parent
        value = stack.given[name] if parent is None else evaluator.value(stack.given[name], parent)
        if not isinstance(value, list | Text) and scalar_text(value) is None:
            return Hole(hole_name({"Ref": name}, stack))
        return _members(value) if _is_list(kind) else value
    subject = f"{stack.name}.{name}"
    evaluator.touched.add(subject)
    if kind.startswith("AWS::SSM::"):
        return Hole(subject)
    assumed = evaluator.assumed.value_of(subject, allowed_values(stack, name))
    default = scalar_text(declared.get("Default"))
    if assumed is None and isinstance(default, str) and not evaluator.asking:
        assumed = None if evaluator.assumed.excludes(subject, default) else Default(default, name, subject)
    if assumed is None:
        return Hole(subject)
    return _members(assumed) if _is_list(kind) else assumed


def allowed_values(stack: Stack, name: str) -> tuple[str, ...]:
    """The only values that a parameter takes; empty if it takes any."""
    allowed = mapping_of(stack.section("Parameters").get(name)).get("AllowedValues")
    return tuple(str(scalar_text(value)) for value in allowed) if isinstance(allowed, list) else ()


def _is_list(kind: str) -> bool:
    return kind == "CommaDelimitedList" or kind.startswith("List<")


def _members(value: Evaluated) -> Evaluated:
    """A list parameter's members; its default is one text with commas."""
    if not isinstance(value, str):
        return value
    members = [member.strip() for member in value.split(",")]
    return [value.beside(member) for member in members] if isinstance(value, Default) else members


def same_text(one: Evaluated, other: Evaluated) -> bool | None:
    """Whether two values are equal as CloudFormation compares them; ``None`` if that is open."""
    texts = [scalar_text(value) for value in (one, other)]
    if all(isinstance(text, str) for text in texts):
        return bool(texts[0] == texts[1])
    if isinstance(one, list | dict) or isinstance(other, list | dict):
        return None
    return True if identity(one) is not None and one == other else None
