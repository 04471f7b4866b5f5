"""What differs between templates, in words that say what a deployment would do: ids first, then replacements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cache
from typing import Any, Final, NamedTuple

from cdk_esm.sources import SOURCES
from cdk_esm.sources.resources import RESOURCES
from tests.cdk.corpus.variant import STACK, Templates
from tools.drift import RESOURCE, installed_schemas
from tools.drift_replacement import create_only_of, create_only_of_sheets

_INDEX: Final = re.compile(r"\[\d+\]")
_LONGEST_VALUE: Final = 160
_SHOWN: Final = 3
_ABSENT: Final = object()


class Kind(IntEnum):
    """How grave a difference is, the gravest first."""

    ID_GONE = 1
    ID_NEW = 2
    REPLACED = 3
    MAYBE_REPLACED = 4
    CHANGED = 5


SAID: Final[Mapping[Kind, str]] = {
    Kind.ID_GONE: "logical id gone (the resource leaves the stack)",
    Kind.ID_NEW: "logical id new (a resource is made)",
    Kind.REPLACED: "create-only property changed (replaces the resource)",
    Kind.MAYBE_REPLACED: "property changed that is create-only in some cases (may replace the resource)",
    Kind.CHANGED: "property changed",
}


class Difference(NamedTuple):
    """One difference.

    Args:
        kind: how grave it is.
        where: the logical id with its type, or the section and the name of what is no resource.
        what: the property with its old and its new value; nothing where an id came or went.
    """

    kind: Kind
    where: str
    what: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.what else self.where


class CreateOnly(NamedTuple):
    """The properties whose change replaces a resource: always, or in some cases; a dot leads into a record."""

    always: frozenset[str]
    sometimes: frozenset[str]


@cache
def create_only(kind: str) -> CreateOnly:
    """What the fact sheets say of a type, and what the resource schema says that cfn-lint carries."""
    schema = installed_schemas((kind,)).get(kind, {})
    always = create_only_of(schema)
    sometimes = create_only_of(schema, "conditionalCreateOnlyProperties")
    if kind == RESOURCE:
        always |= create_only_of_sheets(SOURCES)
    if kind in RESOURCES:
        always |= frozenset(RESOURCES[kind].create_only)
        sometimes |= frozenset(RESOURCES[kind].sometimes_create_only)
    return CreateOnly(always, sometimes)


def differences(before: Templates, after: Templates) -> Iterator[Difference]:
    """Name everything that differs between the templates of a variant."""
    old, new = dict(_entries(before)), dict(_entries(after))
    for where in sorted({*old, *new}):
        if where not in new:
            yield Difference(Kind.ID_GONE, where)
        elif where not in old:
            yield Difference(Kind.ID_NEW, where)
        else:
            kind = new[where].get("Type") if isinstance(new[where], dict) else None
            for path, one, other in _changes("", old[where], new[where]):
                yield Difference(_grave(kind, path), where, f"{path or 'value'} {_shown(one)} -> {_shown(other)}")


def _entries(templates: Templates) -> Iterator[tuple[str, Any]]:
    """Every resource, parameter, output and so on, under the name that a message calls it by."""
    for stack, template in templates.items():
        for section, entries in template.items():
            for name, one in entries.items():
                label = f"{name} ({one['Type']})" if section == "Resources" else f"{section}.{name}"
                yield (label if stack == STACK else f"{stack}/{label}"), one


def _changes(path: str, one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    """Every place in which two values differ, with what stands there."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            inner = key if not path or path == "Properties" else f"{path}.{key}"
            yield from _changes(inner, one.get(key, _ABSENT), other.get(key, _ABSENT))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from _changes(f"{path}[{index}]", left, right)
    elif one is _ABSENT or other is _ABSENT or json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True):
        yield path, one, other


def _grave(kind: str | None, path: str) -> Kind:
    """What a change of a property does to its resource."""
    facts = create_only(kind or "")
    plain = _INDEX.sub("", path)
    for names, grave in ((facts.always, Kind.REPLACED), (facts.sometimes, Kind.MAYBE_REPLACED)):
        if any(f"{plain}.".startswith(f"{name}.") or name.startswith(f"{plain}.") for name in names):
            return grave
    return Kind.CHANGED


def _shown(value: Any) -> str:
    if value is _ABSENT:
        return "(absent)"
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"


def told(found: Mapping[str, Iterable[Difference]]) -> str:
    """The differences of all variants as one text: each once, the gravest first, with the variants that have it."""
    variants: dict[Difference, list[str]] = {}
    for name, differing in found.items():
        for one in differing:
            variants.setdefault(one, []).append(name)
    lines: list[str] = []
    for kind, said in SAID.items():
        members = sorted(one for one in variants if one.kind is kind)
        lines += [f"{said}:"] if members else []
        lines += [f"  {one} [{few(variants[one])}]" for one in members]
    return "\n".join(lines)


def few(names: list[str]) -> str:
    """The first of some names, and how many more there are."""
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
