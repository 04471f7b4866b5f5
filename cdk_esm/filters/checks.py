"""Looks for what AWS takes and what then matches nothing, or everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeGuard

from cdk_esm.facts import SourceFacts
from cdk_esm.filters import dynamodb, keys, number_checks, overlaps
from cdk_esm.filters.findings import FilterFinding, Spot, exists_on_object
from cdk_esm.filters.operators import scalars, unlisted
from cdk_esm.filters.pattern import (
    EQUALS,
    OR,
    Condition,
    Either,
    Fields,
    Matcher,
    Number,
    Path,
    Pattern,
    field_names,
    same,
)
from cdk_esm.sources.common import FILTERS_LIMIT, FILTERS_QUOTA

_COMPARISONS: Final = ("=", "<", "<=", ">", ">=")
_NO_FIELDS: Final = ("anything-but", "equals-ignore-case")
"""Operators whose names nobody gives to a field; ``prefix``, ``suffix`` and ``exists`` are such names."""


@dataclass(frozen=True)
class Known:
    """What is known beside the filters.

    Args:
        view_type: what a DynamoDB stream carries of an item.
        keys: attribute to the letter of its type, for each attribute of a DynamoDB table's primary key.
        payload: ``text`` or ``json``, where it is known what producers send.
        verbatim: the texts of the patterns are deployed unchanged.
    """

    view_type: str | None = None
    keys: Mapping[str, str | None] | None = None
    payload: str | None = None
    verbatim: bool = False


def check(facts: SourceFacts, patterns: Sequence[Pattern], known: Known) -> Iterator[FilterFinding]:
    """Every finding about the filters of one mapping, filter by filter."""
    quota, most = FILTERS_QUOTA.value, FILTERS_LIMIT.value
    if len(patterns) > quota:
        yield FilterFinding(
            source=facts.kind,
            code="too-many-filters",
            filter_index=None,
            json_path="filters",
            got=len(patterns),
            allowed=f"at most {quota}, or {most} with a raised quota",
            message=f"{len(patterns)} filters are more than the {quota} that a mapping has by default",
            fix="join filters with $or or with several values, or ask AWS for a quota increase and acknowledge this",
        )
    objects = {name for pattern in patterns for name in _objects(pattern)}
    for index, pattern in enumerate(patterns):
        yield from _check_writing(Spot(facts, index, ()), pattern, verbatim=known.verbatim)
        yield from keys.check(facts, index, pattern, known.payload)
        yield from overlaps.check(facts, index, pattern)
        for path, condition in pattern.root.leaves():
            spot = Spot(facts, index, path)
            yield from _check_condition(spot, condition)
            if ".".join(field_names(path)) in objects and condition.asks_only("exists"):
                yield exists_on_object(spot, condition, "another condition goes below it, so it is an object")
        if facts.records.typed_attributes:
            yield from dynamodb.check(facts, index, pattern, known.view_type, known.keys)


def _objects(pattern: Pattern) -> Iterator[str]:
    """The names that some condition of the pattern goes below."""
    for path, _ in pattern.root.leaves():
        steps = ".".join(field_names(path)).split(".")
        yield from (".".join(steps[:depth]) for depth in range(1, len(steps)))


def _check_writing(whole: Spot, pattern: Pattern, *, verbatim: bool) -> Iterator[FilterFinding]:
    for path in pattern.duplicates:
        yield Spot(whole.facts, whole.index, path).finding(
            "duplicate-key",
            got=path[-1],
            allowed="each key once",
            message="this key stands twice in one object, and AWS does not say which one counts",
            fix="put both under one key; the conditions in one object all have to match",
        )
    if verbatim and pattern.text is not None and pattern.text.splitlines() != [pattern.text]:
        yield whole.finding(
            "line-break",
            got="several lines",
            allowed="one line",
            message="the pattern stands on several lines, which CloudFormation's schema does not take",
            fix="write it on one line, as filters.render() does",
        )
    for path, node in _nodes(pattern.root):
        if not whole.facts.records.typed_attributes and _is_operator(node, path):  # there the check of types sees it
            spot = Spot(whole.facts, whole.index, path)
            yield spot.finding(
                "operator-is-a-field",
                got=path[-1],
                allowed="operators in a list",
                message=f"outside of a list AWS takes {path[-1]!r} for the name of a field, "
                + spot.outcome(*([node] if isinstance(node, Condition) else [one for _, one in node.leaves()])),
                fix=f'put the operator into a list: [{{"{path[-1]}": ...}}]',
            )
        if path[-1] == OR and not isinstance(node, Either):
            yield Spot(whole.facts, whole.index, path).finding(
                "or-is-a-field",
                got=OR,
                allowed="a list of at least two objects whose keys are fields",
                message="this $or does not branch: AWS takes it for a field of that name, which no record has",
                fix='write "$or": [{...}, {...}] with the names of fields inside each object',
            )


def _is_operator(node: Fields | Condition | Either, path: Path) -> TypeGuard[Fields | Condition]:
    """Whether an operator was meant: its name can be no other word, or its argument tells."""
    if len(path) > 1 and path[-1] == "numeric" and isinstance(node, Condition):
        return node.matchers[0].operator == EQUALS and node.matchers[0].values[0] in _COMPARISONS
    return len(path) > 1 and path[-1] in _NO_FIELDS


def _nodes(fields: Fields, path: Path = ()) -> Iterator[tuple[Path, Fields | Condition | Either]]:
    for name, node in fields.items:
        yield (*path, name), node
        if isinstance(node, Fields):
            yield from _nodes(node, (*path, name))
        elif isinstance(node, Either):
            for index, branch in enumerate(node.branches):
                yield from _nodes(branch, (*path, name, index))


def _check_condition(spot: Spot, condition: Condition) -> Iterator[FilterFinding]:
    for matcher in condition.matchers:
        words = unlisted(matcher)
        if words is not None:
            yield spot.finding(
                "unlisted-operator",
                got=str(matcher),
                allowed="the operators in the guide's table",
                message=f"the Lambda guide's table does not list {words}; that it works in a mapping was not seen",
                fix="use a listed operator, or try it on AWS and acknowledge this",
            )
        for number in scalars(matcher):
            if isinstance(number, Number):
                yield from number_checks.check(spot, matcher, number)
    everything = takes_everything(condition.matchers)
    if any(_ignores_case_of_emoji(matcher) for matcher in condition.matchers):
        yield spot.finding(
            "emoji-ignoring-case",
            got=str(condition),
            allowed="characters up to U+FFFF where case is ignored",
            message="where letter case is ignored, the filter engine matches no character beyond U+FFFF, such as an "
            "emoji; that a mapping does was not seen",
            fix="compare the text itself, or the part of it that has no such character",
        )
    if everything is not None:
        yield spot.finding(
            "always-true",
            got=str(condition),
            allowed="a list that leaves some value out",
            message=f"this list takes {everything}, since any one of its members is enough",
            fix='put all that is excluded into one operator: [{"anything-but": ["a", "b"]}]',
        )


def _ignores_case_of_emoji(matcher: Matcher) -> bool:
    return "equals-ignore-case" in (matcher.operator, matcher.inner) and any(
        isinstance(text, str) and max(text, default="") > "\uffff" for text in matcher.values
    )


def takes_everything(matchers: Iterable[Matcher]) -> str | None:
    """What a list takes if its members together take every value; ``None`` if they leave something out."""
    found = list(matchers)
    if {matcher.values[0] for matcher in found if matcher.operator == "exists"} == {True, False}:
        return "every record, with the field and without it"
    but = [matcher for matcher in found if matcher.operator == "anything-but"]
    excluded = [set(map(same, matcher.values)) for matcher in but if not matcher.inner]
    named = {same(matcher.values[0]) for matcher in found if matcher.operator == EQUALS}
    if (
        any(one.isdisjoint(other) for one, other in combinations(excluded, 2))
        or any(one <= named for one in excluded)
        or not all(matcher.values for matcher in but)
    ):
        return "every value"
    return None
