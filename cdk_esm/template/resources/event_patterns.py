"""Whether a rule of EventBridge takes every event that somebody puts on its bus, as far as that can be proved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from cdk_esm.facts import UNRESOLVED, Value
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, Text, identity, listed

Pins: TypeAlias = Mapping[str, frozenset[str]]
"""Field of an event to the values that it has, if a policy lets its sender put no other."""

_IN_EVERY_EVENT: Final = ("version", "id", "detail-type", "source", "account", "time", "region")
"""The fields with a text that every event has."""
_VERSION: Final = "0"
_OF_AWS: Final = "aws."
"""How the source begins of events that only AWS can put."""
_PSEUDO: Final = {"account": "AWS::AccountId", "region": "AWS::Region"}
_CONDITIONS: Final = {"events:source": "source", "events:detail-type": "detail-type"}
_EQUALS: Final = ("StringEquals", "ForAllValues:StringEquals", "ForAnyValue:StringEquals")


def pins_of(condition: Evaluated) -> Pins | None:
    """What a policy says of the events that may be put; ``None`` if it asks for something else as well."""
    if condition is None:
        return {}
    if not isinstance(condition, dict):
        return None
    found: dict[str, frozenset[str]] = {}
    for operator, block in condition.items():
        for key, values in block.items() if isinstance(block, dict) else ((None, None),):
            field = _CONDITIONS.get(str(key).lower())
            texts = frozenset(value for value in listed(values) if isinstance(value, str))
            if field is None or operator not in _EQUALS or len(texts) != len(listed(values)):
                return None
            found[field] = texts
    return found


def narrows(pattern: Evaluated, stack: Stack, pins: Pins) -> Value[str]:
    """What keeps a rule from taking every event, in words; ``None`` if nothing does.

    Args:
        pattern: its event pattern, which may be written as a JSON text.
        stack: the stack of the rule, in whose account and Region the events are.
        pins: what is known of the events.
    """
    if isinstance(pattern, str):
        try:
            pattern = json.loads(pattern)
        except (ValueError, RecursionError):
            return UNRESOLVED
    if not isinstance(pattern, dict):
        return UNRESOLVED
    narrowing = [field for field, values in pattern.items() if not _takes_all(field, values, stack, pins)]
    return f"the event pattern of the rule, by {', '.join(map(str, narrowing))}" if narrowing else None


def _takes_all(field: str, values: Evaluated, stack: Stack, pins: Pins) -> bool:
    """Whether a condition holds for every event; one member of the list is enough."""
    if field not in _IN_EVERY_EVENT or not isinstance(values, list):
        return False
    texts = frozenset(value for value in values if isinstance(value, str))
    if field in pins and pins[field] and pins[field] <= texts:
        return True
    return any(_always(field, value, stack) for value in values)


def _always(field: str, value: Any, stack: Stack) -> bool:
    if isinstance(value, dict) and len(value) == 1:
        [(operator, argument)] = value.items()
        if operator in ("prefix", "suffix"):
            return bool(argument == "")
        if operator == "exists":
            return argument is True
        if operator == "wildcard":
            return isinstance(argument, str) and set(argument) == {"*"}
        return operator == "anything-but" and field == "source" and _only_of_aws(argument)
    if field == "version":
        return bool(value == _VERSION)
    return field in _PSEUDO and _is_own(field, value, stack)


def _only_of_aws(excluded: Any) -> bool:
    """Whether what is left out is put by AWS alone."""
    if isinstance(excluded, dict) and len(excluded) == 1:
        [(operator, argument)] = excluded.items()
        if operator not in ("prefix", "wildcard"):
            return False
        excluded = [one.removesuffix("*") if isinstance(one, str) else one for one in listed(argument)]
    texts = listed(excluded)
    return bool(texts) and all(isinstance(one, str) and one.startswith(_OF_AWS) for one in texts)


def _is_own(field: str, value: Evaluated, stack: Stack) -> bool:
    """Whether a value is the stack's own account or Region, where its function puts events too."""
    known = {"account": stack.root.account, "region": stack.root.region}[field]
    if isinstance(value, Hole):
        return value.name == f"{stack.root.name}.{_PSEUDO[field]}"
    return not isinstance(value, Pointer | Text) and known is not None and identity(value) == known
