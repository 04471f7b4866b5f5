"""Looks at the first key of conditions: whether the source has it, and whether filters see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_esm.facts import SourceFacts
from cdk_esm.filters.findings import FilterFinding, Spot, exists_on_object
from cdk_esm.filters.operators import nearest
from cdk_esm.filters.pattern import Condition, Path, Pattern, field_names, up_to


def check(facts: SourceFacts, index: int, pattern: Pattern, payload: str | None) -> Iterator[FilterFinding]:
    """Every finding about the first keys of one filter: one for each key, however many conditions are below it.

    Args:
        facts: the source.
        index: which filter.
        pattern: the filter.
        payload: ``text`` or ``json``, where it is known what producers send.
    """
    below: dict[Path, list[Condition]] = {}
    for path, condition in pattern.root.leaves():
        steps = _steps(path)
        if steps[0] != facts.filter_key:
            below.setdefault(up_to(path, 0), []).append(condition)
            if facts.records.metadata.get(steps[0]) and len(steps) == 1 and condition.asks_only("exists"):
                yield exists_on_object(Spot(facts, index, path), condition, f"{steps[0]} is an object")
        elif len(steps) == 1 and (payload != "text" or _is_json_inside(condition)):
            yield _text_pattern(Spot(facts, index, path), condition)
        elif len(steps) > 1 and payload == "text":
            yield _json_pattern(Spot(facts, index, path))
    for path, conditions in below.items():
        yield from _check_key(Spot(facts, index, path), _steps(path)[0], conditions)


def _steps(path: Path) -> list[str]:
    return ".".join(field_names(path)).split(".")


def _check_key(spot: Spot, key: str, conditions: Sequence[Condition]) -> Iterator[FilterFinding]:
    """A key beside the payload's."""
    facts, payload = spot.facts, spot.facts.filter_key or ""
    if key not in facts.records.metadata:
        near = nearest(key, [payload, *facts.records.metadata])
        meant = f"(did you mean {near!r}?)" if near else f"(the fields of a message stand under {payload!r})"
        yield spot.finding(
            "unknown-key",
            got=key,
            allowed=payload,
            message=f"the records of this {facts.label} have no key {key!r} {meant}, {spot.outcome(*conditions)}",
            fix=f"write {near!r}" if near else f'write {{"{payload}": {{...}}}}',
        )
    elif facts.records.metadata_never_matches:
        yield spot.finding(
            "unknown-key",
            got=key,
            allowed=f"{payload}, and nothing beside it",
            message=f"the page says that filters on this {facts.label} see {payload!r} only, not {key!r}; "
            f"a record that does not match is lost: Lambda {facts.unmatched}",
            fix=f"let producers put it into the {payload}, or decide in the function",
        )
    elif key not in facts.records.proved:
        yield spot.finding(
            "unproved-metadata",
            got=key,
            allowed=f"{payload}, and nothing beside it",
            message=f"the page says that filters on this {facts.label} see {payload!r} only; "
            f"that {key!r} works was not seen",
            fix="try it on AWS before you rely on it, and acknowledge this",
        )


def _text_pattern(spot: Spot, condition: Condition) -> FilterFinding:
    """A list at the payload's key is a pattern for plain text."""
    facts, payload = spot.facts, spot.facts.filter_key
    lost = f"Lambda {facts.unmatched}" if facts.other_format is None else "the record reaches the function unfiltered"
    return spot.finding(
        "text-pattern",
        got=str(condition),
        allowed=f"an object at {payload} for JSON",
        message=f"this is a pattern for plain text; where {payload} is JSON, {lost}",
        fix=f'for JSON write {{"{payload}": {{"field": [...]}}}}; if every {payload} is plain text, '
        "say so with payload='text'",
    )


def _json_pattern(spot: Spot) -> FilterFinding:
    payload = spot.facts.filter_key
    return spot.finding(
        "text-pattern",
        got=".".join(field_names(spot.path)),
        allowed=f"a list at {payload}",
        message=f"this asks for a field of a JSON {payload}, and yours are said to be plain text",
        fix=f'write {{"{payload}": [...]}}',
    )


def _is_json_inside(condition: Condition) -> bool:
    """Whether a text that is compared to looks like a JSON object or array itself."""
    texts = [value for matcher in condition.matchers for value in matcher.values if isinstance(value, str)]
    return any(text.lstrip().startswith(("{", "[")) for text in texts)
