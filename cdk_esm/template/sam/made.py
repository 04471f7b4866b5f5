"""What becomes of a SAM source: the resources that are made, where each was written, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Final

from cdk_esm.plan import Wording
from cdk_esm.sources.resource_types.messages import TOPIC

_PASSED_ON: Final = ("Condition", "DeletionPolicy", "UpdateReplacePolicy")
"""Attributes of a serverless resource that everything has which is made of it."""
_SURELY_MISSPELT: Final = 0.8
_LONGEST_NAME: Final = 80


@dataclass(frozen=True)
class Origin:
    """Where the user wrote what a resource was made of.

    Args:
        logical_id: the user's own resource.
        within: what is there for the made one, such as ``Events`` and the name of an event; nothing for a function.
        wording: what its properties are called there.
        kind: the kind of source that it says it reads, if it does.
    """

    logical_id: str
    within: tuple[str, ...]
    wording: Wording
    kind: str | None = None


@dataclass(frozen=True)
class Unread:
    """Something in a SAM source that may hold or change a mapping, and could not be read.

    Args:
        logical_id: the user's own resource; absent for a section of the source.
        within: what is there, such as ``Events/Orders``.
        reason: why.
        fix: what the user can do.
    """

    logical_id: str | None
    within: str
    reason: str
    fix: str


@dataclass
class Made:
    """The resources that a SAM source becomes, one after the other.

    Args:
        written: the source's own resources.
        resources: what is there instead.
        origins: made logical id to where it was written.
        made_of: made logical id to the user's own resource.
        conditions: conditions that are made.
        unread: what could not be read.
        opaque: the transform makes more of the source than is known here.
    """

    written: Mapping[str, Any]
    resources: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    made_of: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, Any] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    opaque: bool = False

    @cached_property
    def fifo_topics(self) -> Mapping[str, Any]:
        """What the topics of the source say of their order, by logical id."""
        topics = {name: record(body) for name, body in self.written.items() if record(body).get("Type") == TOPIC.type}
        return {name: record(body.get("Properties")).get("FifoTopic") for name, body in topics.items()}

    def add(
        self,
        logical_id: str,
        kind: str,
        properties: Mapping[str, Any],
        *,
        of: str,
        origin: Origin | None = None,
        condition: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        """Add a resource that is made of another one, and exists where that one does.

        Args:
            logical_id: its logical id, which must be nobody else's.
            kind: its type.
            properties: its properties.
            of: the user's resource.
            origin: where it was written, for a function and for its mappings.
            condition: its own condition.
            metadata: its metadata.
        """
        if logical_id != of and (logical_id in self.written or logical_id in self.resources):
            reason = f"SAM makes a resource {logical_id} of it, and there is another one of that name"
            self.refuse(of, "", reason, "rename one of them")
            return
        self.made_of[logical_id] = of
        source = record(self.written.get(of))
        body: dict[str, Any] = {"Type": kind}
        body |= {name: source[name] for name in _PASSED_ON if name in source}
        if condition is not None:
            body["Condition"] = condition
        if logical_id == of:
            body |= {name: source[name] for name in ("DependsOn", "Metadata") if name in source}
        if metadata:
            body["Metadata"] = metadata
        self.resources[logical_id] = {**body, "Properties": dict(properties)}
        if origin is not None:
            self.origins[logical_id] = origin

    def wait(self, logical_id: str, other: str) -> None:
        """Let a resource be made after another one."""
        body = self.resources[logical_id]
        written = body.get("DependsOn")
        before = written if isinstance(written, list) else [] if written is None else [written]
        self.resources[logical_id] = {**body, "DependsOn": [*before, other]}

    def refuse(self, logical_id: str | None, within: str, reason: str, fix: str) -> None:
        """Note that something could not be read."""
        self.unread.append(Unread(logical_id, within, reason, fix))


def record(value: object) -> Mapping[str, Any]:
    """A value that should be an object; anything else counts as an empty one."""
    return value if isinstance(value, dict) else {}


def instead_of(written: object, names: Iterable[str]) -> str:
    """What to do about a name that SAM does not have: write the one that is near, if there is one."""
    close = get_close_matches(str(written)[:_LONGEST_NAME], list(names), n=1, cutoff=_SURELY_MISSPELT)
    return f"write {close[0]}" if close else "take it out"


def is_function(value: object) -> bool:
    """Whether a value is one of CloudFormation's functions."""
    if not isinstance(value, dict) or len(value) != 1:
        return False
    name = next(iter(value))
    return isinstance(name, str) and (name in ("Ref", "Condition") or name.startswith("Fn::"))


def is_nothing(value: object) -> bool:
    """Whether a value is ``AWS::NoValue``."""
    return isinstance(value, dict) and value == {"Ref": "AWS::NoValue"}


def branches(value: object) -> tuple[str, Any, Any] | None:
    """The condition of an ``Fn::If`` with its two values; ``None`` for what is none."""
    argument = value.get("Fn::If") if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(argument, list):
        return None
    match argument:
        case [str() as condition, yes, no]:
            return condition, yes, no
    return None


def by_macro(value: object) -> bool:
    """Whether a macro makes a value, or something in it."""
    return isinstance(value, dict) and "Fn::Transform" in value


def sub(text: str, variables: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    """A text with placeholders."""
    return {"Fn::Sub": [text, dict(variables)] if variables else text}


def attribute(logical_id: str, name: str) -> Mapping[str, Any]:
    """An attribute of a resource."""
    return {"Fn::GetAtt": [logical_id, name]}


def document(statements: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """A policy document."""
    return {"Statement": list(statements)}


def allow(actions: Iterable[str], resources: Any) -> Mapping[str, Any]:
    """A statement that allows something."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": resources}
