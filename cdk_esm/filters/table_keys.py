"""Looks at filters on the keys of a DynamoDB table, and on who deleted an item: what records have there is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cdk_esm.filters.findings import FilterFinding, Spot
from cdk_esm.filters.operators import nearest
from cdk_esm.filters.pattern import Condition
from cdk_esm.sources.dynamodb_table import DELETER_FIELDS, KEYS_FIELD


def check_key(
    spot: Spot, steps: Sequence[str], condition: Condition, keys: Mapping[str, str | None] | None
) -> Iterator[FilterFinding]:
    """A condition below ``Keys``, where the primary key of the table is known.

    Args:
        spot: where it is.
        steps: the field of the payload, and what follows it.
        condition: what the value has to be.
        keys: attribute to the letter of its type, for each attribute of the primary key, if that is known.
    """
    match steps:
        case [field, name, *types] if field == KEYS_FIELD and keys is not None:
            yield from _check_name(spot, name, types, condition, keys)


def _check_name(
    spot: Spot, name: str, types: Sequence[str], condition: Condition, keys: Mapping[str, str | None]
) -> Iterator[FilterFinding]:
    named = ", ".join(keys)
    if name not in keys:
        near = nearest(name, tuple(keys))
        meant = f" (did you mean {near!r}?)" if near else ""
        yield spot.finding(
            "key-not-of-table",
            got=name,
            allowed=named,
            message=f"{KEYS_FIELD} holds the table's primary key alone ({named}), and {name!r} is none of it{meant}, "
            + spot.outcome(condition),
            fix=f"write {near}" if near else "filter on NewImage or OldImage, which have the other attributes",
        )
        return
    letter = keys[name]
    if types and letter is not None and types[0] != letter:
        yield spot.finding(
            "key-of-other-type",
            got=types[0],
            allowed=letter,
            message=f"the table declares its key {name!r} with the type {letter}, and no record has it under "
            f"{types[0]}, {spot.outcome(condition)}",
            fix=f'write {{"{name}": {{"{letter}": [...]}}}}, with the value as a text',
        )


def check_deleter(spot: Spot, steps: Sequence[str], condition: Condition) -> Iterator[FilterFinding]:
    """A condition below ``userIdentity``, which a record has if Time to Live deleted the item."""
    if len(steps) > 1 and steps[1] not in DELETER_FIELDS:
        near = nearest(steps[1], DELETER_FIELDS)
        meant = f" (did you mean {near!r}?)" if near else ""
        named = " and ".join(DELETER_FIELDS)
        yield spot.finding(
            "unknown-key",
            got=steps[1],
            allowed=named,
            message=f"{steps[0]!r} has {named}, and no {steps[1]!r}{meant}, {spot.outcome(condition)}",
            fix=f"write {near or named}",
        )
