"""One template, taken apart: its resources, parameters, mappings, conditions and outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from cdk_esm.errors import TemplateError
from cdk_esm.sources.resource_facts import Kind, ResourceFacts
from cdk_esm.sources.resources import facts_of
from cdk_esm.template.sam.expand import expanded
from cdk_esm.template.sam.made import Origin, Unread

DEEPEST: Final = 500
"""Levels that a template may be nested: far more than CloudFormation's own functions need."""

MOST_NODES: Final = 3_000_000
"""Objects and lists of a template; one that holds itself, or grows by aliases, has more."""

MOST_DIGITS: Final = 1_000
"""Digits of a number: far more than any setting has, and fewer than Python refuses to write."""

_TOO_LONG: Final[int] = 10**MOST_DIGITS


@dataclass(eq=False, slots=True)
class Resource:
    """One resource of a template.

    Args:
        stack: the template that it is in.
        logical_id: its key there.
        type: CloudFormation's name of its type.
        body: all that is said of it, as it was written.
        origin: where the user wrote it, for a function that SAM makes, and for a mapping that it makes of an event.
        made_of: the logical id of the user's own resource that SAM makes it of.
    """

    stack: Stack
    logical_id: str
    type: str
    body: Mapping[str, Any]
    origin: Origin | None = None
    made_of: str | None = None

    @property
    def identity(self) -> str:
        """What makes it the same resource in two plans."""
        return f"{self.stack.name}/{self.logical_id}"

    @property
    def facts(self) -> ResourceFacts | None:
        """What CloudFormation says of its type; ``None`` for a type that is not in the table."""
        return facts_of(self.type)

    @property
    def kind(self) -> Kind | None:
        """What it is for a mapping; ``None`` for a type that is not in the table."""
        facts = self.facts
        return None if facts is None else facts.kind

    @property
    def properties(self) -> Mapping[str, Any]:
        """Its properties, as they were written."""
        return mapping_of(self.body.get("Properties"))

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Its metadata, as they were written."""
        return mapping_of(self.body.get("Metadata"))

    def __repr__(self) -> str:
        return f"<{self.type} {self.identity}>"


@dataclass(eq=False, kw_only=True)
class Stack:
    """One template and what is known of its deployment.

    Args:
        name: what paths and identities begin with.
        document: the template; where it is a SAM source, what the transform would make of it.
        file: the file that it was read from.
        stack_name: the name that it is deployed under, if that is known.
        region: likewise.
        account: likewise.
        given: parameters with their values.
        parent: the stack that it is nested in.
        within: the resource there.
        metadata: construct path to what the assembly says of the construct.
        construct_path: its own, which the paths of its constructs begin with, as far as the assembly says so.
        loops: the loops that are still among its resources, each with the reason why.
        resources: logical id to resource.
        unread: what SAM would expand, and could not be read.
    """

    name: str
    document: Mapping[str, Any]
    file: str | None = None
    stack_name: str | None = None
    region: str | None = None
    account: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    parent: Stack | None = None
    within: Resource | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    construct_path: str | None = None
    loops: Mapping[str, str] = field(default_factory=dict)
    resources: dict[str, Resource] = field(init=False)
    unread: tuple[Unread, ...] = field(init=False)

    def __post_init__(self) -> None:
        expansion = expanded(self.document)
        self.document, self.unread = expansion.document, expansion.unread
        self.resources = {
            name: Resource(
                self, name, str(body.get("Type")), body, expansion.origins.get(name), expansion.made_of.get(name)
            )
            for name, body in ((str(key), body) for key, body in mapping_of(self.document.get("Resources")).items())
            if isinstance(body, dict)
        }

    def section(self, name: str) -> Mapping[str, Any]:
        """A part of the template, such as ``Conditions``; empty if there is none."""
        return mapping_of(self.document.get(name))

    @property
    def place(self) -> str:
        """What its author calls it: its construct path, or else its name."""
        return self.construct_path or self.name

    @cached_property
    def construct_paths(self) -> Mapping[str, str]:
        """Logical id to construct path, as far as the assembly says so."""
        found: dict[str, str] = {}
        begin = None if self.parent is None else f"/{self.construct_path}/"
        for path, entries in self.metadata.items():
            if begin is not None and not path.startswith(begin):
                continue
            for entry in entries if isinstance(entries, list) else ():
                logical_id = mapping_of(entry).get("data")
                if mapping_of(entry).get("type") == "aws:cdk:logicalId" and isinstance(logical_id, str):
                    found.setdefault(logical_id, path.lstrip("/"))
        return found

    @property
    def root(self) -> Stack:
        """The stack that is deployed by itself: nested ones share its Region and account."""
        stack = self
        while stack.parent is not None:
            stack = stack.parent
        return stack


def mapping_of(value: object) -> Mapping[str, Any]:
    """A value that should be an object; anything else counts as an empty one."""
    return value if isinstance(value, dict) else {}


def require_template(document: object, name: str) -> Mapping[str, Any]:
    """The document, if it can be a template.

    Raises:
        TemplateError: it is no object, has no resources, is nested too deeply or holds itself, or holds a number with
            thousands of digits.
    """
    if not isinstance(document, dict):
        raise TemplateError(f"{name}: a template is an object with Resources, got {_kind(document)}")
    if not isinstance(document.get("Resources"), dict):
        raise TemplateError(f"{name}: there are no Resources in it, so it is no CloudFormation template")
    measure(document, name)
    return document


def measure(document: Mapping[str, Any], name: str) -> None:
    """Walk through all of it once, without recursion, so that nobody later has to fear its depth or size.

    Raises:
        TemplateError: it is nested too deeply, holds itself, or holds a number with thousands of digits.
    """
    level: list[Any] = [document]
    seen = 0
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for value in level:
            for member in (*value, *value.values()) if isinstance(value, dict) else value:
                if isinstance(member, str):
                    continue
                if isinstance(member, dict | list):
                    inner.append(member)
                elif isinstance(member, int) and abs(member) >= _TOO_LONG:
                    raise TemplateError(f"{name}: a number in it has thousands of digits")
            if seen + len(inner) > MOST_NODES:
                raise TemplateError(f"{name}: it holds more than {MOST_NODES} objects and lists, or holds itself")
        seen += len(inner)
        level = inner
        if not level:
            return
    raise TemplateError(f"{name}: it is nested more than {DEEPEST} levels deep, or holds itself")


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", type(None): "nothing", bool: "a truth value", int: "a number"}
    return names.get(type(value), f"a {type(value).__name__}")
