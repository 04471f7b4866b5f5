"""What a New… record hands on to CDK: checked by its annotation, and stronger than what we derive and choose."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, Final, Union, cast, get_args, get_origin

import aws_cdk as cdk

from cdk_esm.constructs.intake.cdk_classes import OF_CDK
from cdk_esm.constructs.intake.keywords import Intake, looks_like
from cdk_esm.constructs.intake.tokens import is_token

_PLAIN: Final[Mapping[Any, Callable[[Intake, str, Any], object]]] = {
    bool: lambda intake, keyword, value: intake.boolean(keyword, value, now=True),
    int: Intake.integer,
    str: Intake.text,
    cdk.Duration: Intake.duration,
}


def given(record: Any) -> dict[str, Any]:
    """What a record says of the properties of its class of CDK; a property that it does not speak of is not there."""
    own = OF_CDK[type(record).__name__].own
    said = {one.name: getattr(record, one.name) for one in fields(record) if one.name not in own}
    return {name: value for name, value in said.items() if value is not None}


def settled(*layers: Mapping[str, Any]) -> dict[str, Any]:
    """The properties for CDK, from the weakest layer to the strongest: our choice, what follows, what the user says.

    ``None`` says nothing in any of them.
    """
    return {name: value for layer in layers for name, value in layer.items() if value is not None}


def check_given(intake: Intake, keyword: str, record: Any, *, elsewhere: Collection[str] = ()) -> None:
    """Check each value of a record by the annotation of its field.

    Args:
        intake: remembers what cannot be taken.
        keyword: what messages call the record.
        record: the record.
        elsewhere: the fields that are checked where they get into the plan.
    """
    kinds: Mapping[str, tuple[tuple[Any, ...], str]] = _kinds(cast("Hashable", type(record)))
    for name, value in vars(record).items():
        if value is not None and name not in elsewhere and name in kinds:
            _check(intake, f"{keyword}.{name}", value, *kinds[name])


def _check(intake: Intake, keyword: str, value: Any, kinds: Sequence[Any], words: str) -> None:
    """Check one value."""
    if value is cdk.RemovalPolicy.SNAPSHOT:  # CloudFormation refuses the template
        intake.refuse(keyword, "SNAPSHOT", "a RemovalPolicy that it has: nothing that is made here takes a snapshot")
    elif len(kinds) == 1 and kinds[0] in _PLAIN:
        _PLAIN[kinds[0]](intake, keyword, value)
    elif len(kinds) == 1 and get_origin(kinds[0]) is not None:
        members = _members(get_args(kinds[0])[0])
        intake.members(keyword, value, words, lambda one: any(_fits(one, kind) for kind in members))
    else:
        intake.one_of(keyword, value, {words: lambda one: any(_fits(one, kind) for kind in kinds)})


def _fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a kind; an interface of CDK has no type at run time, only what it offers."""
    if kind is float:  # jsii survives neither infinity nor a number of another class
        return type(value) in {int, float} and abs(value) <= sys.float_info.max
    if getattr(kind, "_is_protocol", False):
        offers = [name for name in dir(kind) if not name.startswith("_")]
        if offers == ["bind"]:  # which many things of CDK have, so that it alone tells nothing
            return any(kind in one.__mro__ for one in getattr(type(value), "__jsii_ifaces__", ()))
        return looks_like(value, *offers)
    return isinstance(value, kind) and not (kind is str and not is_token(value) and not value.strip())


@cache
def _kinds(record: Hashable) -> dict[str, tuple[tuple[Any, ...], str]]:
    """By field: the kinds that it takes, and what a message calls them.

    What an annotation names is asked for one by one, because an older aws-cdk-lib lacks a class here and there. CDK
    itself checks what we cannot.
    """
    return dict(_evaluated(cast("type", record)))


def _evaluated(record: type) -> Iterator[tuple[str, tuple[tuple[Any, ...], str]]]:
    names = vars(sys.modules[record.__module__])
    for one in fields(record):
        text = str(one.type)
        try:
            kinds = _members(eval(text, names))  # noqa: S307 - an annotation of ours
        except (AttributeError, NameError):
            continue
        yield one.name, (kinds, _words(text))


def _members(kind: Any) -> tuple[Any, ...]:
    """The members of a union but for ``None``; one kind alone is its only member."""
    members = get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)
    return tuple(one for one in members if one is not type(None))


def _words(annotation: str) -> str:
    """An annotation as a message tells it: ``ec2.IVpc | ec2.Vpc | None`` is an ``ec2.IVpc``."""
    inner = annotation.removesuffix(" | None")
    if inner.startswith("Sequence["):
        inner = inner.removeprefix("Sequence[").removesuffix("]")
    first, *others = inner.split(" | ")
    plain = {"bool": "True or False", "int": "a whole number", "float": "a number", "str": "a text that is not empty"}
    names = [first, *(one for one in others if f".I{one.rpartition('.')[2]}" not in first and "Base" not in one)]
    said = [plain.get(one) or f"{'an' if one[0] in 'aeiouAEIOU' else 'a'} {one}" for one in names]
    return said[0] if len(said) == 1 else ", ".join(said[:-1]) + " or " + said[-1]
