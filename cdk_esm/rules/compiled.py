"""A plan's filters as the filter compiler sees them, for the 5xx rules: each pattern is compiled once, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from cdk_esm import filters
from cdk_esm.facts import Unknowable
from cdk_esm.filters import FilterFinding, FilterPatternError
from cdk_esm.filters.fault import Kind
from cdk_esm.filters.table_faults import KEY_NOT_OF_TABLE, KEY_OF_OTHER_TYPE
from cdk_esm.plan import MappingPlan, TableStream
from cdk_esm.rules.open_patterns import GAP, open_patterns
from cdk_esm.rules.patterns import known_patterns, place_of
from cdk_esm.rules.rule import Finding, Rule
from cdk_esm.sources.common import PATTERN_CHARACTERS

_FIRST = "filters[0]"
_Table = tuple[str | None, tuple[tuple[str, str | None], ...] | None]
"""The view type of a table's stream, and the table's keys, as far as they are known."""
# Each rule asks about all plans before the next rule does: a forgotten pattern would be compiled anew by each rule.
_REMEMBERED = 16_384
_SAID = (": Lambda ", ", Lambda ", "every record", "reaches the function unfiltered")
_ABOUT_KEYS = (KEY_NOT_OF_TABLE.code, KEY_OF_OTHER_TYPE.code)
_KEEPS_RECORDS = ("always-true", "line-break")


@lru_cache(maxsize=_REMEMBERED)
def refusal(source: str, text: str) -> FilterPatternError | None:
    """Why AWS refuses a pattern for a source; ``None`` if it takes it."""
    try:
        filters.compile(source, [text])
    except FilterPatternError as error:
        return error
    return None


def refusals(plan: MappingPlan) -> Iterator[tuple[str, str, FilterPatternError]]:
    """Every pattern that AWS refuses, with its place, its text and the reason."""
    for place, text in known_patterns(plan):
        error = refusal(plan.source, text)
        if error is not None:
            yield place, text, error
    for index, texts in open_patterns(plan):
        errors = [refusal(plan.source, text) for text in texts]
        if errors[0] is not None and all(one is not None and _same_fault(one, errors[0]) for one in errors):
            yield place_of(plan, index), texts[0], errors[0]


def _same_fault(one: FilterPatternError, other: FilterPatternError) -> bool:
    """Whether two texts of one pattern are refused at one place: one field with a gap in its name is one place."""
    return one.json_path == other.json_path


def where(place: str, error: FilterPatternError) -> str:
    """Where in a pattern the fault is, in the words of the door."""
    return error.json_path.replace(_FIRST, place, 1) if error.json_path.startswith(_FIRST) else place


def rule_about(kind: Kind) -> Rule:
    """The rule that judges one kind of what the compiler finds."""
    return Rule(
        id=kind.rule,
        name=kind.name,
        severity=kind.severity,
        facts=kind.facts,
        page=kind.page,
        negotiable=kind.negotiable,
    )


def findings(plan: MappingPlan, rule: Rule) -> Iterator[Finding]:
    """Turn what the compiler finds, and what the rule judges, into findings of the rule."""
    taken = [(place, text) for place, text in known_patterns(plan) if refusal(plan.source, text) is None]
    table = _table_of(plan)
    for index, found in _compiled(plan.source, tuple(text for _, text in taken), table):
        if found.rule == rule.id:
            yield _as_finding(plan, rule, found, taken[index][0])
    yield from _of_open_patterns(plan, rule, table)


def _table_of(plan: MappingPlan) -> _Table:
    """What is known of the table that a mapping reads; nothing for any other source."""
    table = plan.event_source
    if not isinstance(table, TableStream):
        return None, None
    view, keys = table.view_type, table.keys
    return None if isinstance(view, Unknowable) else view, None if isinstance(keys, Unknowable) else keys


def _as_finding(plan: MappingPlan, rule: Rule, found: FilterFinding, place: str) -> Finding:
    return rule.finding(
        plan,
        setting="FilterCriteria",
        got=str(found.got),
        allowed=found.allowed,
        message=f"{found.json_path.replace(_FIRST, place, 1)}: {found.message}{_consequence(plan, found)}",
        fix=found.fix,
    )


def _of_open_patterns(plan: MappingPlan, rule: Rule, table: _Table) -> Iterator[Finding]:
    """Findings on patterns with gaps: what the compiler finds in each text that such a pattern may come to.

    A text that AWS refuses makes nothing right, so it is left out.
    """
    for index, texts in open_patterns(plan):
        taken = [text for text in texts if refusal(plan.source, text) is None]
        first, *others = [[found for _, found in _compiled(plan.source, (text,), table)] for text in taken] or [[]]
        for found in first:
            if (
                found.rule == rule.id
                and not _may_be_a_key(found)
                and all(any(found.code == one.code for one in other) for other in others)
            ):
                yield _as_finding(plan, rule, found, place_of(plan, index))


def _may_be_a_key(found: FilterFinding) -> bool:
    """Whether only the deployment knows the name or the type that is compared with the keys of a table."""
    return found.code in _ABOUT_KEYS and GAP in str(found.got)


def fix_of_text_pattern(plan: MappingPlan) -> str:
    """What to do about a pattern for plain text: a plan does not know what producers send, so a reason settles it."""
    key = plan.facts.filter_key
    return f'for JSON write {{"{key}": {{"field": [...]}}}}; if every {key} is plain text, acknowledge this'


def _consequence(plan: MappingPlan, found: FilterFinding) -> str:
    """What becomes of records that do not match, if the finding has not said it and is about such records."""
    if found.code in _KEEPS_RECORDS or any(words in found.message for words in _SAID):
        return ""
    return f"; when a record matches no filter, Lambda {plan.facts.unmatched}"


@lru_cache(maxsize=_REMEMBERED)
def _compiled(source: str, texts: tuple[str, ...], table: _Table) -> tuple[tuple[int, FilterFinding], ...]:
    """What is wrong with filters that AWS takes, each with the filter's index.

    The number of filters is another rule's affair, so they are compiled in groups that the compiler takes; fields that
    one pattern treats as an object and another as a leaf are seen within a group.
    """
    found = []
    size = filters.MOST_FILTERS
    patterns = [_short_enough(text) for text in texts]
    view_type, pairs = table
    keys = None if pairs is None else dict(pairs)
    for start in range(0, len(texts), size):
        group = patterns[start : start + size]
        for one in filters.compile(source, group, view_type=view_type, keys=keys, verbatim=True).findings:
            if one.filter_index is not None:
                path = one.json_path.replace(f"filters[{one.filter_index}]", _FIRST, 1)
                found.append((start + one.filter_index, replace(one, json_path=path)))
    return tuple(found)


def _short_enough(text: str) -> str | filters.Pattern:
    """A pattern without its text if that is too long: its other faults are found all the same."""
    return text if len(text) <= PATTERN_CHARACTERS.value else replace(filters.parse(text), text=None)
