"""CloudFormation's functions that make values of values: texts, lists, lookups and conditions.

``evaluator_of`` makes an evaluator that knows them all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.template.cloudformation import conditions
from cdk_esm.template.cloudformation.assumptions import When
from cdk_esm.template.cloudformation.evaluator import Evaluator, Function, Neighbours, hidden, hole_name
from cdk_esm.template.cloudformation.references import attribute_of, get_attribute, output_of, ref, reference_to
from cdk_esm.template.cloudformation.stack import Stack, mapping_of
from cdk_esm.template.cloudformation.values import (
    NOTHING,
    Default,
    Evaluated,
    Hole,
    Pointer,
    Text,
    joined,
    number,
    scalar_text,
)
from cdk_esm.template.cloudformation.written_out import arn_in_parts, is_bare_name

_PLACEHOLDER: Final = re.compile(r"\$\{([^{}]*)\}")
_SEPARATORS: Final = (":", "/")
_WITHOUT_SEPARATORS: Final = ("AWS::Region", "AWS::AccountId", "AWS::Partition")
_PAIR: Final = 2
_KEYS: Final = 3


def substitute(evaluator: Evaluator, argument: Any, stack: Stack) -> Evaluated:
    """``Fn::Sub``: a text with placeholders, which mean the variables beside it, parameters or attributes."""
    variables: Any = {}
    template = argument
    if isinstance(argument, list) and len(argument) == _PAIR:
        template, variables = argument[0], mapping_of(argument[1])
    name = hole_name({"Fn::Sub": argument}, stack)
    if not isinstance(template, str):
        return Hole(name)
    parts: list[Evaluated] = []
    known: dict[str, Evaluated] = {}  # each variable once: texts within texts would double the work level by level
    end = 0
    for found in _PLACEHOLDER.finditer(template):
        parts.append(template[end : found.start()])
        end = found.end()
        word = found[1].strip()
        if word.startswith("!"):
            parts.append("${" + word[1:] + "}")
        elif word in variables:
            if word not in known:
                known[word] = evaluator.value(variables[word], stack)
            parts.append(known[word])
        elif "." in word:
            parts.append(attribute_of(evaluator, word.split(".", 1), stack))
        else:
            parts.append(reference_to(evaluator, word, stack))
    return joined([*parts, template[end:]], name)


def join(evaluator: Evaluator, argument: Any, stack: Stack) -> Evaluated:
    """``Fn::Join``: the members of a list with a delimiter between them."""
    name = hole_name({"Fn::Join": argument}, stack)
    if not isinstance(argument, list) or len(argument) != _PAIR:
        return Hole(name)
    delimiter, members = scalar_text(argument[0]), evaluator.value(argument[1], stack)
    if not isinstance(delimiter, str) or not isinstance(members, list):
        return Hole(name)
    spaced = [piece for member in members for piece in (delimiter, member)]
    return joined(spaced[1:], name)


def split(evaluator: Evaluator, argument: Any, stack: Stack) -> Evaluated:
    """``Fn::Split``: a text cut at a delimiter, as far as the holes in it surely hold none."""
    name = hole_name({"Fn::Split": argument}, stack)
    if not isinstance(argument, list) or len(argument) != _PAIR:
        return Hole(name)
    delimiter, whole = argument[0], evaluator.value(argument[1], stack)
    if not isinstance(delimiter, str) or not delimiter:
        return Hole(name)
    if isinstance(whole, str):
        cut_text = whole.split(delimiter)
        return [whole.beside(one) for one in cut_text] if isinstance(whole, Default) else cut_text
    pieces: list[Evaluated] = []
    for part in _parts_of(whole):
        written = arn_in_parts(evaluator, part)
        if written is None and not _without_separators(part):
            return Hole(name)
        pieces += _parts_of(part if written is None else written)
    if len(pieces) < _PAIR or delimiter not in _SEPARATORS:
        return Hole(name)
    cut: list[list[Evaluated]] = [[]]
    for piece in pieces:
        first, *rest = piece.split(delimiter) if isinstance(piece, str) else [piece]
        cut[-1].append(first)
        cut += [[one] for one in rest]
    return [joined(parts, name) for parts in cut]


def _parts_of(value: Evaluated) -> tuple[Evaluated, ...]:
    return value.parts if isinstance(value, Text) else (value,)


def _without_separators(piece: Evaluated) -> bool:
    """Whether a piece of a text surely holds no separator: a place, or the name of most resources."""
    if isinstance(piece, Pointer):
        return is_bare_name(piece)
    return isinstance(piece, str) or (isinstance(piece, Hole) and piece.name.endswith(_WITHOUT_SEPARATORS))


def select(evaluator: Evaluator, argument: Any, stack: Stack) -> Evaluated:
    """``Fn::Select``: a member of a list by its index."""
    name = hole_name({"Fn::Select": argument}, stack)
    if not isinstance(argument, list) or len(argument) != _PAIR:
        return Hole(name)
    index, members = number(evaluator.value(argument[0], stack)), evaluator.value(argument[1], stack)
    if isinstance(index, int) and isinstance(members, list) and 0 <= index < len(members):
        return members[index]
    return Hole(name)


def find_in_map(evaluator: Evaluator, argument: Any, stack: Stack) -> Evaluated:
    """``Fn::FindInMap``: a value of the template's own mappings, or the default that may be beside the keys."""
    name = hole_name({"Fn::FindInMap": argument}, stack)
    if not isinstance(argument, list) or len(argument) < _KEYS:
        return Hole(name)
    found: Any = stack.section("Mappings")
    for key in argument[:_KEYS]:
        word = scalar_text(evaluator.value(key, stack))
        if not isinstance(word, str):
            return Hole(name)
        found = _entry(mapping_of(found), word)
    otherwise = mapping_of(argument[-1])
    if found is NOTHING and "DefaultValue" in otherwise:
        return evaluator.value(otherwise["DefaultValue"], stack)
    flat = isinstance(found, list) and all(isinstance(member, str | int | float) for member in found)
    return found if flat or isinstance(found, str | int | float) else Hole(name)


def _entry(entries: Mapping[Any, Any], word: str) -> Any:
    """An entry by its key, which YAML may have read as a number, such as that of an account; ``NOTHING`` without it."""
    if word in entries or not word.isdecimal():
        return entries.get(word, NOTHING)
    return next((value for name, value in entries.items() if str(name) == word), NOTHING)


def if_(evaluator: Evaluator, argument: Any, stack: Stack) -> Evaluated:
    """``Fn::If``: one of two values; a question to the evaluator where its condition is open."""
    name = hole_name({"Fn::If": argument}, stack)
    if not isinstance(argument, list) or len(argument) != _PAIR + 1 or not isinstance(argument[0], str):
        return Hole(name)
    holds = conditions.holds(evaluator, argument[0], stack)
    return Hole(name) if holds is None else evaluator.value(argument[1 if holds else 2], stack)


def length(evaluator: Evaluator, argument: Any, stack: Stack) -> Evaluated:
    """``Fn::Length``: the members of a list."""
    members = evaluator.value(argument, stack)
    return len(members) if isinstance(members, list) else Hole(hole_name({"Fn::Length": argument}, stack))


def to_json(evaluator: Evaluator, argument: Any, stack: Stack) -> Evaluated:
    """``Fn::ToJsonString``: a value as JSON, where all of it is known."""
    value = evaluator.value(argument, stack)
    try:
        return json.dumps(value, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError):
        return Hole(hole_name({"Fn::ToJsonString": argument}, stack))


def import_value(evaluator: Evaluator, argument: Any, stack: Stack) -> Evaluated:
    """``Fn::ImportValue``: what another stack of the assembly exports."""
    expression = {"Fn::ImportValue": argument}
    name = evaluator.value(argument, stack)
    found = evaluator.neighbours.exported(name, stack) if isinstance(name, str) else None
    if found is None:
        return hidden({"Fn::ImportValue": name} if isinstance(name, str) else expression, stack.root)
    return output_of(evaluator, *found)


def stack_output(evaluator: Evaluator, argument: Any, stack: Stack) -> Evaluated:
    """``Fn::GetStackOutput``: an output of another stack of the assembly, by the name that it is deployed under."""
    wanted = evaluator.value(argument, stack) if isinstance(argument, dict) else None
    name, output = (wanted.get("StackName"), wanted.get("OutputName")) if isinstance(wanted, dict) else (None, None)
    found = evaluator.neighbours.deployed(name, stack) if isinstance(name, str) else None
    if found is None or not isinstance(output, str):
        return hidden({"Fn::GetStackOutput": wanted if _flat(wanted) else argument}, stack.root)
    return output_of(evaluator, found, output)


def _flat(value: Evaluated) -> bool:
    return isinstance(value, dict) and all(isinstance(member, str) for member in value.values())


FUNCTIONS: Final[Mapping[str, Function]] = {
    "Fn::FindInMap": find_in_map,
    "Fn::GetAtt": get_attribute,
    "Fn::GetStackOutput": stack_output,
    "Fn::If": if_,
    "Fn::ImportValue": import_value,
    "Fn::Join": join,
    "Fn::Length": length,
    "Fn::Select": select,
    "Fn::Split": split,
    "Fn::Sub": substitute,
    "Fn::ToJsonString": to_json,
    "Ref": ref,
}
"""CloudFormation's functions by their names in JSON."""


def evaluator_of(neighbours: Neighbours, when: When = frozenset(), base: Evaluator | None = None) -> Evaluator:
    """Return an evaluator with all functions.

    Args:
        neighbours: the stacks.
        when: what is assumed.
        base: the evaluator without assumptions.
    """
    return Evaluator(neighbours, FUNCTIONS, when, base)
