"""What an expression of a template comes to: a plain value, a resource of the template, or a text with holes in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Self, TypeAlias

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable, Value
from cdk_esm.plan.defaults import DefaultNumber, OfParameter
from cdk_esm.plan.identity import OWN_STREAM
from cdk_esm.sources.resources import itself_of
from cdk_esm.template.cloudformation.stack import Resource

LONGEST_TEXT: Final = 1_000_000
"""Characters of a text that is put together; what grows beyond that is no template that CloudFormation takes."""

_GREATEST_NUMBER: Final = 10**18
_DYNAMIC: Final = "{{resolve:"
_DYNAMIC_REFERENCE: Final = re.compile(r"(\{\{resolve:[^{}]*\}\})")
_WHOLE_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,18}(\.0*)?")
_FRACTION: Final = re.compile(r"[+-]?[0-9]{1,18}\.[0-9]{1,18}")


class Nothing:
    """What ``AWS::NoValue`` comes to: the property is not there."""

    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Final = Nothing()


@dataclass(frozen=True, slots=True)
class Hole:
    """A value, or a piece of a text, that only the deployment knows; the same name means the same value."""

    name: str
    why: Unknowable = UNRESOLVED


class Default(str, OfParameter):
    """The default of a parameter, or a text with one in it: what a deployment may use, and may replace.

    Args:
        text: the text.
        parameter: the parameter's name.
        subject: the same within its stack, as assumptions and holes name it.
    """

    parameter: str
    subject: str

    __slots__ = ("parameter", "subject")

    def __new__(cls, text: str, parameter: str, subject: str) -> Self:
        """Make the text."""
        made = super().__new__(cls, text)
        made.parameter, made.subject = parameter, subject
        return made

    def beside(self, text: str) -> Default:
        """Another text that holds this one, or a part of it."""
        return Default(text, self.parameter, self.subject)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A resource of the template, by its ``Ref`` or by one of its attributes."""

    resource: Resource
    attribute: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text with at least one piece in it that only the deployment knows."""

    parts: tuple[str | Hole | Pointer, ...]


Evaluated: TypeAlias = Any
"""A JSON value, which may contain ``Hole``, ``Pointer`` and ``Text``; ``NOTHING`` only at the top."""

_ATTRIBUTE_UNDER: Final = {"StreamArn": OWN_STREAM}


def identity(value: Evaluated) -> str | None:
    """The text that makes it the same thing in two plans; absent if it is no text at all."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Hole):
        return value.name
    if isinstance(value, Pointer):
        return _pointed_at(value)
    if isinstance(value, Text):
        return "".join(identity(part) or "" for part in value.parts)
    return None


def _pointed_at(pointer: Pointer) -> str:
    """A resource goes by its stack and logical id, so that ``…/stream/*`` below its ARN reads as IAM reads it."""
    if _is_its_arn(pointer):
        return pointer.resource.identity
    return pointer.resource.identity + _ATTRIBUTE_UNDER.get(pointer.attribute, f".{pointer.attribute}")


def _is_its_arn(pointer: Pointer) -> bool:
    return pointer.attribute in itself_of(pointer.resource.type)


def names_itself(pointer: Pointer) -> bool:
    """Whether it is the resource's ARN, or the ARN of something below it, such as a table's stream."""
    return _is_its_arn(pointer) or pointer.attribute in _ATTRIBUTE_UNDER


def joined(parts: Iterable[Evaluated], name: str) -> Evaluated:
    """Put a text together; ``name`` is the hole's, if a piece is no text or the whole grows too long."""
    pieces: list[str | Hole | Pointer] = []
    default: Default | None = None
    length = 0
    for part in parts:
        for piece in part.parts if isinstance(part, Text) else (scalar_text(part),):
            if piece is None:
                return Hole(name)
            default = piece if isinstance(piece, Default) else default
            length += len(piece) if isinstance(piece, str) else 1
            if length > LONGEST_TEXT:
                return Hole(name)
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            elif piece != "":
                pieces.append(piece)
    if all(isinstance(piece, str) for piece in pieces):
        whole = "".join(str(piece) for piece in pieces)
        return whole if default is None else default.beside(whole)
    return pieces[0] if len(pieces) == 1 else Text(tuple(pieces))


def opened(value: Evaluated) -> Evaluated:
    """The value with a hole for each dynamic reference in it, which CloudFormation resolves on deployment."""
    parts = value.parts if isinstance(value, Text) else (value,)
    if not any(isinstance(part, str) and _DYNAMIC in part for part in parts):
        return value
    pieces: list[str | Hole | Pointer] = []
    for part in parts:
        if isinstance(part, str):
            cut = _DYNAMIC_REFERENCE.split(part)
            pieces += [Hole(one) if index % 2 else one for index, one in enumerate(cut)]
        else:
            pieces.append(part)
    name = identity(value) or _DYNAMIC
    if any(isinstance(piece, str) and _DYNAMIC in piece for piece in pieces):
        return Hole(name)  # a part of the reference is itself known on deployment only
    return joined(pieces, name)


def scalar_text(value: Evaluated) -> Any:
    """A scalar as CloudFormation writes it into a text; ``None`` for anything else."""
    if isinstance(value, str | Hole | Pointer):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else None


def plain(value: Evaluated) -> Any:
    """The value as a plan keeps it: what only the deployment knows becomes ``UNRESOLVED`` or ``UNKNOWN``."""
    if isinstance(value, list):
        return [plain(member) for member in value]
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, Hole):
        return value.why
    return UNRESOLVED if isinstance(value, Pointer | Text) else value


def number(value: Evaluated) -> Value[int]:
    """A whole number, also one that is written as a text; ``UNKNOWN`` for anything else."""
    if isinstance(value, Default):
        found = number(str(value))
        return DefaultNumber.made(found, value.parameter) if isinstance(found, int) else found
    value = plain(value)
    if value is None or isinstance(value, Unknowable | Nothing):
        return value if isinstance(value, Unknowable) else None
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value.strip()):
        return int(value.strip().partition(".")[0])
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _GREATEST_NUMBER:
        return UNKNOWN
    return int(value) if value == int(value) else UNKNOWN


def moment(value: Evaluated) -> Value[float]:
    """A number that may have a fraction, also one that is written as a text; ``UNKNOWN`` for anything else."""
    found = number(value)
    if found is not UNKNOWN:
        return found
    value = plain(value)
    if isinstance(value, str) and _FRACTION.fullmatch(value.strip()):
        return float(value)
    return value if isinstance(value, float) and abs(value) < _GREATEST_NUMBER else UNKNOWN


def text(value: Evaluated) -> Value[str]:
    """A text, also one that is written as a number; ``UNKNOWN`` for anything else."""
    value = plain(value)
    if value is None or isinstance(value, Nothing):
        return None
    if isinstance(value, str | Unknowable):
        return value
    return UNKNOWN if isinstance(value, list | dict) else str(scalar_text(value))


def flag(value: Evaluated) -> Value[bool]:
    """A truth value, also one that is written as a text; ``UNKNOWN`` for anything else."""
    value = plain(value)
    if value is None or isinstance(value, Nothing):
        return None
    if isinstance(value, bool | Unknowable):
        return value
    words = {"true": True, "false": False}
    return words.get(value.strip().lower(), UNKNOWN) if isinstance(value, str) else UNKNOWN


def listed(value: Evaluated) -> list[Evaluated]:
    """A single value or a list of values, as a list."""
    return value if isinstance(value, list) else [] if value is None or value is NOTHING else [value]
