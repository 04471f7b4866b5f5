"""Compiles the filters of one mapping: refuses what AWS refuses, finds what never matches, and matches records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from cdk_esm.errors import FilterPatternError
from cdk_esm.facts import SourceFacts
from cdk_esm.filters.branches import Branch, branches
from cdk_esm.filters.checks import Known, check
from cdk_esm.filters.decoding import Form, asked_form, decoder
from cdk_esm.filters.explaining import Compiled, Decode, Explanation, Matches, explain
from cdk_esm.filters.findings import FilterFinding
from cdk_esm.filters.matching import any_of, branch_matcher
from cdk_esm.filters.operators import did_you_mean
from cdk_esm.filters.parsing import LONGEST, parse
from cdk_esm.filters.pattern import Pattern, field_names, json_path
from cdk_esm.filters.values import needs_written_floats
from cdk_esm.sources import SHEETS, SOURCES
from cdk_esm.sources.common import FILTERS_LIMIT

MOST_FILTERS: Final = FILTERS_LIMIT.value
"""Filters of one mapping with the quota raised."""


@dataclass(frozen=True)
class FilterCriteria:
    """The filters of one mapping, compiled. A record that matches any of them reaches the function.

    Args:
        source: the source kind.
        patterns: the filters; without any, every record matches.
        findings: what is wrong with filters that AWS takes, filter by filter.
    """

    source: str
    patterns: tuple[Pattern, ...]
    findings: tuple[FilterFinding, ...]
    _facts: SourceFacts = field(repr=False, compare=False)
    _decode: Decode = field(repr=False, compare=False)
    _by_form: Mapping[Form, Sequence[Matches]] = field(repr=False, compare=False)

    def matches(self, record: object) -> bool:
        """Whether a record reaches the function.

        Args:
            record: one record in the shape in which Lambda delivers it, such as a member of an event's ``Records``.
                Anything that is not a record matches no filter.
        """
        return not self.patterns or self.first_match(record) is not None

    def first_match(self, record: object) -> int | None:
        """The index of the first filter that a record matches; ``None`` if it matches none."""
        if not isinstance(record, dict):
            return None
        document, form = self._decode(record)
        for index, test in enumerate(self._by_form[form]):
            if test(document):
                return index
        return None

    def explain(self, record: object) -> Explanation:
        """Which filter matches a record, or which field keeps each filter from it, and what becomes of the record."""
        return explain(Compiled(self._facts, self.patterns, self._decode, self._by_form), record)

    def to_cloudformation(self) -> dict[str, list[dict[str, str]]]:
        """The value of the mapping's ``FilterCriteria``."""
        return {"Filters": [{"Pattern": pattern.render()} for pattern in self.patterns]}


def compile(
    source: str,
    patterns: Iterable[object],
    *,
    view_type: str | None = None,
    keys: Mapping[str, str | None] | None = None,
    payload: Literal["json", "text"] | None = None,
    verbatim: bool = False,
) -> FilterCriteria:
    """Compile the filters of one mapping.

    Args:
        source: the source kind: ``sqs``, ``sqs-fifo``, ``kinesis``, ``kinesis-efo``, ``dynamodb``, ``msk``,
            ``msk-serverless``, ``self-managed-kafka``, ``activemq``, ``rabbitmq`` or ``documentdb``.
        patterns: one pattern for each filter, in any form that ``parse`` takes.
        view_type: what a DynamoDB stream carries of an item, such as ``NEW_IMAGE``; by default nothing is said of it.
        keys: the primary key of the DynamoDB table, as attribute to the letter of its type; ``None`` for a type that is
            not known. By default nothing is said of the keys.
        payload: what producers send, where you know it: a pattern for plain text is then no finding.
        verbatim: JSON texts are deployed unchanged, so their own length counts; by default they are rendered.

    Returns:
        The compiled filters, with findings on all that AWS takes and that then matches nothing, or everything.

    Raises:
        FilterPatternError: AWS refuses the filters; ``json_path`` says where, such as ``filters[0].body.total``.
    """
    facts = _facts_of(source)
    parsed = tuple(_parse_all(facts, patterns, verbatim=verbatim))
    findings = tuple(check(facts, parsed, Known(view_type=view_type, keys=keys, payload=payload, verbatim=verbatim)))
    leaves = [condition for pattern in parsed for _, condition in pattern.root.leaves()]
    decode = decoder(facts, written_floats=any(map(needs_written_floats, leaves)))
    return FilterCriteria(source, parsed, findings, facts, decode, _Tests(facts, parsed))


def _facts_of(source: str) -> SourceFacts:
    facts = SHEETS.get(source) if isinstance(source, str) else None
    if facts is None:
        question = did_you_mean(source, SOURCES) if isinstance(source, str) else ""
        hint = question or f"; it is one of {', '.join(SOURCES)}"
        raise FilterPatternError("source", f"there is no source kind {source!r}{hint}")
    return facts


def _parse_all(facts: SourceFacts, patterns: Iterable[object], *, verbatim: bool) -> Iterator[Pattern]:
    if isinstance(patterns, str | Mapping | Pattern) or not isinstance(patterns, Iterable):
        raise FilterPatternError("filters", "filters are a list of patterns; put brackets around a single one")
    given = list(patterns)
    if given and facts.filter_key is None:
        raise FilterPatternError("filters", f"Lambda offers no event filtering for an {facts.label}")
    if len(given) > MOST_FILTERS:
        raise FilterPatternError("filters", f"a mapping has at most {MOST_FILTERS} filters, got {len(given)}")
    for index, pattern in enumerate(given):
        name = f"filters[{index}]"
        parsed = parse(pattern, name=name)
        if verbatim and parsed.text is not None and len(parsed.text) > LONGEST:
            raise FilterPatternError(
                name,
                f"a pattern has at most {LONGEST:,} characters, this text has {len(parsed.text):,}; "
                f"without its blanks it would have {len(parsed.render()):,}",
            )
        for path, _ in parsed.root.leaves():
            if field_names(path) == (facts.filter_key,) and not facts.records.takes_text:
                raise FilterPatternError(
                    json_path(name, path),
                    f"{facts.filter_key!r} takes an object with the fields of the payload; a list is a pattern for "
                    "plain text, which the service refuses",
                )
        yield parsed


class _Tests(dict[Form, list[Matches]]):
    """Form of the payload to the test of each filter, made when the first record of that form comes."""

    def __init__(self, facts: SourceFacts, patterns: Sequence[Pattern]) -> None:
        self.facts = facts
        self.patterns = patterns

    def __missing__(self, form: Form) -> list[Matches]:
        self[form] = [self._test(pattern, form) for pattern in self.patterns]
        return self[form]

    def _test(self, pattern: Pattern, form: Form) -> Matches:
        tests = [_branch_test(self.facts, branch, form) for branch in branches(pattern.root)]
        return any_of([test for test in tests if test is not None])


def _branch_test(facts: SourceFacts, branch: Branch, form: Form) -> Matches | None:
    """The test of one branch; ``None`` if no record of that form can match."""
    asked = asked_form(facts, branch)
    if asked is None or asked is form:
        return branch_matcher(branch)
    if facts.other_format is None:
        return None
    rest = {name: leaf for name, leaf in branch.items() if name.split(".")[0] != facts.filter_key}
    return branch_matcher(rest)
