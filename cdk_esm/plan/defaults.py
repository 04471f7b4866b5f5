"""The defaults of a template's parameters in a plan: judged as if deployed so, though a deployment may differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Self

from cdk_esm.facts import UNKNOWN

if TYPE_CHECKING:
    from cdk_esm.plan.mapping import MappingPlan

# What of a plan holds values of a template. Paths, origins and notes are none of the template's values.
_RECORDS: Final = ("settings", "event_source", "function", "failure", "filters")


class OfParameter:
    """What a value is that came out of a parameter's default.

    Args:
        parameter: the parameter's name.
    """

    __slots__ = ()
    parameter: str


class DefaultNumber(int, OfParameter):
    """A number that is the default of a parameter."""

    @classmethod
    def made(cls, number: int, parameter: str) -> Self:
        """The number, with the parameter whose default it is."""
        made = cls(number)
        made.parameter = parameter
        return made


def parameters_in(plan: MappingPlan) -> tuple[str, ...]:
    """The parameters whose defaults are among the values of a plan, each once."""
    found = {one: None for name in _RECORDS for one in _named_in(getattr(plan, name))}
    return tuple(found)


def without(plan: MappingPlan, parameter: str) -> MappingPlan:
    """The plan as it is if nobody knows what the parameter will be."""
    changed = {name: _hidden(getattr(plan, name), parameter) for name in _RECORDS}
    return replace(plan, **changed)


def _named_in(value: Any) -> Iterator[str]:
    if isinstance(value, OfParameter):
        yield value.parameter
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from _named_in(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _named_in(member)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _named_in(getattr(value, one.name))


def _hidden(value: Any, parameter: str) -> Any:
    if isinstance(value, OfParameter):
        return UNKNOWN if value.parameter == parameter else value
    if isinstance(value, Mapping):
        return {key: _hidden(member, parameter) for key, member in value.items()}
    if isinstance(value, list):
        return [_hidden(member, parameter) for member in value]
    if isinstance(value, tuple):
        return tuple(_hidden(member, parameter) for member in value)
    if is_dataclass(value) and not isinstance(value, type) and parameter in set(_named_in(value)):
        return replace(value, **{one.name: _hidden(getattr(value, one.name), parameter) for one in fields(value)})
    return value
