"""Explains what filters make of a record: which one, which field, what was there, what was wanted, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from cdk_esm.facts import SourceFacts
from cdk_esm.filters import fields, wording
from cdk_esm.filters.branches import Branch, branches
from cdk_esm.filters.decoding import Form, asked_form
from cdk_esm.filters.json_values import describe
from cdk_esm.filters.pattern import Condition, Pattern
from cdk_esm.filters.values import condition_test, takes_absence
from cdk_esm.printed import one_line

Matches: TypeAlias = Callable[[Any], bool]
Decode: TypeAlias = Callable[[dict[str, Any]], tuple[Any, Form]]


@dataclass(frozen=True)
class Reason:
    """One field that decided about a record.

    Args:
        path: the field, as patterns name it: ``body.total``.
        found: what the record has there.
        wanted: what the filter wants there.
        filter_index: which filter; ``None`` if it is about the record as such.
        holds: the record has what the filter wants.
    """

    path: str
    found: str
    wanted: str
    filter_index: int | None = None
    holds: bool = False

    def __str__(self) -> str:
        return one_line(f"{self.path}: found {self.found}, wanted {self.wanted}")


@dataclass(frozen=True)
class Explanation:
    """What the filters of a mapping make of one record.

    Args:
        matched: the record reaches the function.
        filter_index: the first filter that matches; ``None`` if none does, or where there are none.
        reasons: the fields that decided. Of a matched record those of the filter that matches, of any other those that
            keep it from matching, filter by filter; where a ``$or`` branches, those of the nearest branch.
        consequence: what the service does with the record.
    """

    matched: bool
    filter_index: int | None
    reasons: tuple[Reason, ...]
    consequence: str

    def to_dict(self) -> dict[str, Any]:
        """The explanation in parts, ready for JSON."""
        return {
            "matched": self.matched,
            "filter_index": self.filter_index,
            "reasons": [dict(vars(reason)) for reason in self.reasons],
            "consequence": self.consequence,
        }

    @property
    def headline(self) -> str:
        """Whether it matches, and which filter."""
        if not self.matched:
            return "matches no filter"
        return "matches" if self.filter_index is None else f"matches filters[{self.filter_index}]"

    def __str__(self) -> str:
        lines = [
            f"  {'' if reason.filter_index is None else f'filters[{reason.filter_index}] '}{reason}"
            for reason in self.reasons
        ]
        return "\n".join([self.headline, *lines, f"  so {self.consequence}"])


@dataclass(frozen=True)
class Compiled:
    """The filters of one mapping, with what it takes to match a record.

    Args:
        facts: the source.
        patterns: the filters.
        decode: reads a record into the document that filters see, and the payload's form.
        by_form: for each form the test of each filter.
    """

    facts: SourceFacts
    patterns: Sequence[Pattern]
    decode: Decode
    by_form: Mapping[Form, Sequence[Matches]]


def explain(compiled: Compiled, record: object) -> Explanation:
    """Explain what compiled filters make of a record."""
    unmatched = f"Lambda {compiled.facts.unmatched}"
    passed = "Lambda passes the record to the function"
    if not compiled.patterns:
        return Explanation(
            matched=True, filter_index=None, reasons=(), consequence=f"{passed}: the mapping has no filters"
        )
    if not isinstance(record, dict):
        reason = Reason("record", describe(record), "an object")
        return Explanation(matched=False, filter_index=None, reasons=(reason,), consequence=unmatched)
    document, form = compiled.decode(record)
    for index, (pattern, test) in enumerate(zip(compiled.patterns, compiled.by_form[form], strict=True)):
        if test(document):
            reasons = _nearest(compiled.facts, pattern, document, form)
            if any(reason.path == compiled.facts.filter_key and not reason.holds for reason in reasons):
                passed += ", since a payload of another form than the pattern's is not filtered"
            return Explanation(matched=True, filter_index=index, reasons=_of(index, reasons), consequence=passed)
    failing = tuple(
        reason
        for index, pattern in enumerate(compiled.patterns)
        for reason in _of(index, _nearest(compiled.facts, pattern, document, form))
        if not reason.holds
    )
    return Explanation(matched=False, filter_index=None, reasons=failing, consequence=unmatched)


def _of(index: int, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    return tuple(Reason(reason.path, reason.found, reason.wanted, index, reason.holds) for reason in reasons)


def _nearest(facts: SourceFacts, pattern: Pattern, document: Any, form: Form) -> list[Reason]:
    """The reasons of the branch of a pattern of which the fewest conditions fail."""
    asked = _Asked(document)
    candidates = [_branch(facts, branch, asked, form) for branch in branches(pattern.root)]
    return min(candidates, key=lambda reasons: sum(not reason.holds for reason in reasons))


class _Asked:
    """What the conditions of a pattern make of a document, each asked once: the branches of a pattern share most."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self._reasons: dict[tuple[str, int], Reason] = {}

    def reason(self, name: str, condition: Condition) -> Reason:
        """What one condition makes of the document."""
        key = (name, id(condition))  # the pattern keeps its conditions
        if key not in self._reasons:
            test = condition_test(condition)
            values = [field.value for field in fields.find(self.document, name)]
            holds = any(map(test, values)) if values else takes_absence(condition)
            found, wanted = wording.found(self.document, name), wording.wanted(condition)
            self._reasons[key] = Reason(name, found, wanted, holds=holds)
        return self._reasons[key]


def _branch(facts: SourceFacts, branch: Branch, asked: _Asked, form: Form) -> list[Reason]:
    asked_for = asked_form(facts, branch)
    reasons = []
    if asked_for is not None and asked_for is not form:
        reasons.append(Reason(facts.filter_key or "", wording.FORMS[form], wording.FORMS[asked_for]))
        branch = {name: leaf for name, leaf in branch.items() if name.split(".")[0] != facts.filter_key}
    reasons += [asked.reason(name, leaf.condition) for name, leaf in branch.items()]
    if all(reason.holds for reason in reasons) and not fields.matches(fields.wanted(branch), asked.document):
        reasons.append(
            Reason(", ".join(branch), "each in another member of an array", "all of them in one member of the array")
        )
    return reasons
