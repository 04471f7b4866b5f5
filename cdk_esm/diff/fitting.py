"""How well a mapping of a template fits a deployed one: by the ARNs of source and function, as far as they are known.

The name of a resource that CloudFormation names is made of the stack's name, the logical id and a suffix.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Any, Final

from cdk_esm.diff.deployed import Deployed
from cdk_esm.diff.inputs import MappingHere, Side
from cdk_esm.diff.pairing import names_of
from cdk_esm.diff.sources import has_hole
from cdk_esm.sources.live_mapping import NAMES_IN_ARNS
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.resources import QUALIFIED_FUNCTIONS
from cdk_esm.template.cloudformation.arns import recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, Text, listed

_FUNCTION_ARN: Final = re.compile(r"(?:(?:arn:[^:]*:lambda:[^:]*:)?(\d+):function:)?([^:]+)(?::([^:]+))?")
_NEWEST: Final = "$LATEST"
_LEAST_PREFIX: Final = 8
"""Characters of a stack's name or a logical id that are left where a name grew too long; our choice."""

_MOST_PARTS: Final = 12
"""Parts of a text that are looked for one by one; of one with more nothing is said."""

_SAME_FOR_GOOD: Final = (
    "Topics",
    "Queues",
    "DocumentDBEventSourceConfig.DatabaseName",
    "DocumentDBEventSourceConfig.CollectionName",
    "SelfManagedEventSource.Endpoints.KafkaBootstrapServers",
)
"""What a mapping keeps for its whole life, besides its source: another value is another mapping."""


class Fit(IntEnum):
    """How well a name in a template fits one that is deployed."""

    NO = 0
    OPEN = 1
    LIKELY = 2
    YES = 3


def keys_of(live: Deployed) -> set[str]:
    """What a template may know the source of a deployed mapping by: its ARN, its name, or a logical id in the name."""
    if live.source is None:
        return {""}
    keys = {live.source}
    for pattern in NAMES_IN_ARNS.values():
        found = re.fullmatch(pattern, live.source)
        if found is not None:
            keys |= {f"name {found['name']}", f"id {_parts_of(found['name'])[1].lower()}"}
    return keys


def _parts_of(name: str) -> tuple[str, str]:
    """The stack and the logical id in a name that CloudFormation made, without the suffix behind them."""
    head, _, _ = name.removesuffix(".fifo").rpartition("-")
    stack, _, logical_id = head.rpartition("-")
    return stack, logical_id


class Names:
    """What one mapping of a template reads and invokes, to compare with what is deployed.

    Args:
        side: the side that it is of.
        mapping: the mapping.
        stacks: the names of stacks to what they are deployed as, as far as the other side knows.
    """

    def __init__(self, side: Side, mapping: MappingHere, stacks: dict[str, str | None]) -> None:
        self.mapping = mapping
        self._evaluator: Evaluator = side.evaluator(mapping.resource)
        self._stacks = stacks
        read = self._evaluator.property
        written = read(mapping.resource, "EventSourceArn")
        self._source: Evaluated = recognized(self._evaluator, written, mapping.resource.stack)
        self._function: Evaluated = read(mapping.resource, "FunctionName")
        self._fixed = {name: read(mapping.resource, *name.split(".")) for name in _SAME_FOR_GOOD}

    @property
    def keys(self) -> set[str] | None:
        """What a deployed mapping must have one of among its own keys to fit; ``None`` if any may fit."""
        if self._source is None:
            return {""}
        if isinstance(self._source, str):
            return {self._source}
        if not isinstance(self._source, Pointer) or self._source.resource.kind not in NAMES_IN_ARNS:
            return None
        resource = self._source.resource
        name = self._own_name(resource)
        if name is not None:
            return {f"name {name}"} if isinstance(name, str) else None
        whole = resource.logical_id.lower()
        return {f"id {whole[:length]}" for length in (len(whole), *range(_LEAST_PREFIX, len(whole)))}

    def fit(self, live: Deployed) -> Fit:
        """How well it fits a deployed mapping: as well as the part that fits least."""
        source = self._fits_source(live.source)
        if source is Fit.NO or not all(_may_be(value, live.value(name)) for name, value in self._fixed.items()):
            return Fit.NO
        return min(source, self._fits_function(self._function, live.function))

    def _fits_source(self, arn: str | None) -> Fit:
        if self._source is None or arn is None:
            return Fit.YES if self._source is None and arn is None else Fit.NO
        if isinstance(self._source, Pointer):
            return self._named(self._source.resource, arn)
        return self._written(self._source, arn)

    def _fits_function(self, value: Evaluated, arn: str) -> Fit:
        """A function by its name, a part of its ARN or all of it; a version or an alias must be the same."""
        live = _FUNCTION_ARN.fullmatch(arn)
        if live is None:
            return Fit.NO
        qualifier = live[3] if live[3] != _NEWEST else None
        if isinstance(value, Text) and isinstance(value.parts[0], Pointer) and isinstance(value.parts[-1], str):
            written = "".join(part for part in value.parts[1:] if isinstance(part, str)).removeprefix(":")
            if written in ("", _NEWEST) or written == qualifier:
                return self._fits_function(value.parts[0], arn.removesuffix(f":{live[3]}"))
            return Fit.NO
        if isinstance(value, str):
            given = _FUNCTION_ARN.fullmatch(value)
            same = given is not None and given[2] == live[2] and given[1] in (None, live[1])
            same = same and given is not None and (given[3] if given[3] != _NEWEST else None) == qualifier
            return Fit.YES if same else Fit.NO
        if not isinstance(value, Pointer):
            return self._written(value, arn)
        return self._fits_target(value.resource, arn, qualifier)

    def _fits_target(self, resource: Resource, arn: str, qualifier: str | None) -> Fit:
        unqualified = arn if qualifier is None else arn.removesuffix(f":{qualifier}")
        if resource.kind is Kind.FUNCTION:
            return Fit.NO if qualifier is not None else self._named(resource, arn)
        if resource.kind not in QUALIFIED_FUNCTIONS:
            return Fit.OPEN
        if qualifier is None or (resource.kind is Kind.VERSION) is not qualifier.isdigit():
            return Fit.NO
        name = self._evaluator.property(resource, "Name")
        if resource.kind is Kind.ALIAS and isinstance(name, str) and name != qualifier:
            return Fit.NO
        return self._fits_function(self._evaluator.property(resource, "FunctionName"), unqualified)

    def _written(self, value: Evaluated, text: str) -> Fit:
        """A text with holes: its fixed parts must be there, and what names the thing is behind the last colon."""
        if isinstance(value, str):
            return Fit.YES if value == text else Fit.NO
        if not isinstance(value, Text) or len(value.parts) > _MOST_PARTS:
            return Fit.OPEN
        pattern = "".join(re.escape(part) if isinstance(part, str) else ".+" for part in value.parts)
        if not re.fullmatch(pattern, text):
            return Fit.NO
        return Fit.YES if isinstance(value.parts[-1], str) and ":" in value.parts[-1] else Fit.OPEN

    def _named(self, resource: Resource, arn: str) -> Fit:
        """Whether an ARN is that of a resource of the template."""
        pattern = None if resource.kind is None else NAMES_IN_ARNS.get(resource.kind)
        if pattern is None:
            return Fit.OPEN
        found = re.fullmatch(pattern, arn)
        if found is None:
            return Fit.NO
        name = self._own_name(resource)
        if name is None:
            return self._generated(resource, found["name"])
        return self._written(name, found["name"])

    def _own_name(self, resource: Resource) -> Evaluated:
        """The name that the template gives a resource; ``None`` if CloudFormation makes one."""
        facts = resource.facts
        return self._evaluator.property(resource, facts.name if facts is not None and facts.name else "FunctionName")

    def _generated(self, resource: Resource, name: str) -> Fit:
        """Whether CloudFormation would name a resource so: stack and logical id (perhaps both cut), and a suffix."""
        stack, logical_id = _parts_of(name)
        if not (stack and _begins(resource.logical_id, logical_id)):
            return Fit.NO
        known = self._known_names(resource.stack)
        if any(_begins(one, stack) for one in known | self._guessed_names(resource.stack)):
            return Fit.YES
        return Fit.NO if known else Fit.LIKELY

    def _known_names(self, stack: Stack) -> set[str]:
        """The names that the stack is deployed under, as an assembly has them; those of nested stacks nobody knows."""
        names = (stack.stack_name, self._stacks.get(stack.name)) if stack.parent is None else ()
        return {name for name in names if name is not None}

    def _guessed_names(self, stack: Stack) -> set[str]:
        """What the stack's template is called, which may be the stack's name."""
        return set(names_of(stack)) if stack.parent is None else set()


def _begins(whole: str, part: str) -> bool:
    """Whether a part of a name is the whole, or what is left of a long one; some services write it small."""
    whole, part = whole.lower(), part.lower()
    return part == whole or (len(part) >= _LEAST_PREFIX and whole.startswith(part))


def _may_be(written: Evaluated, live: Any) -> bool:
    """Whether a value in a template can be a deployed one; the order of a list tells nothing."""
    if has_hole(written) or isinstance(written, Pointer | Text | Hole):
        return True
    if isinstance(written, list) or isinstance(live, list):
        return _members(written) == _members(live)
    return written == live or (written is None and not live)


def _members(value: Any) -> set[str]:
    """What is in a list, or alone."""
    return set(map(str, listed(value)))
