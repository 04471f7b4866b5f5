"""The one registry of what can be wrong with filters that AWS takes: the compiler and the 5xx rules both read it.

A rule whose findings the compiler makes is defined here, id, severity, facts and page, and its module turns the entry
into its ``RULE``. So every way to look at a filter says the same about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cdk_esm.filters.fault import Kind
from cdk_esm.filters.table_faults import OF_TABLES, TABLE
from cdk_esm.severity import Severity
from cdk_esm.sources import FILTERED_LIKE, SOURCES, pages

_FILTERED: Final = {kind: sheet for kind, sheet in SOURCES.items() if sheet.filter_key is not None}
_ALL: Final = tuple(_FILTERED)
_JSON: Final = tuple(kind for kind in _ALL if kind not in TABLE)
_TEXT: Final = {kind: sheet for kind, sheet in _FILTERED.items() if sheet.records.takes_text}
_UNPROVED: Final = tuple(
    kind
    for kind, sheet in _FILTERED.items()
    if not sheet.records.metadata_never_matches and sheet.records.metadata.keys() - set(sheet.records.proved)
)

TOO_MANY: Final = Kind(
    code="too-many-filters",
    rule="ESM503",
    name="filters-above-quota",
    severity=Severity.ERROR,
    summary="more filters than the quota are refused until AWS raises it",
    facts=("FIL-1",),
    page=pages.FILTERS,
    sources=_ALL,
    negotiable=True,
)
UNKNOWN_KEY: Final = Kind(
    code="unknown-key",
    rule="ESM502",
    name="filter-misses-payload",
    severity=Severity.DANGER,
    summary="a key that the source's records do not have matches nothing, for ever",
    facts=("SQS-FILTER-1", "FIL-6"),
    page=pages.FILTERS,
    sources=_ALL,
)
LOSES_JSON: Final = Kind(
    code="text-pattern",
    rule="ESM506",
    name="filter-on-plain-text",
    severity=Severity.DANGER,
    summary="a pattern for plain text drops every payload that is JSON",
    facts=("SQS-FILTER-2",),
    page=pages.SQS_FILTERS,
    sources=tuple(kind for kind, sheet in _TEXT.items() if sheet.other_format is None),
)
PASSES_JSON: Final = Kind(
    code="text-pattern",
    rule="ESM515",
    name="text-filter-lets-json-pass",
    severity=Severity.ADVICE,
    summary="a pattern for plain text lets every payload that is JSON pass",
    facts=("FIL-8",),
    page=pages.KAFKA_FILTERS,
    sources=tuple(kind for kind, sheet in _TEXT.items() if sheet.other_format is not None),
)
EXISTS_ON_OBJECT: Final = Kind(
    code="exists-on-object",
    rule="ESM520",
    name="exists-on-object",
    severity=Severity.DANGER,
    summary="exists sees leaves only: true matches nothing on an object, false matches everything",
    facts=("DDB-5",),
    page=pages.FILTERS,
    sources=_ALL,
)
ALWAYS_TRUE: Final = Kind(
    code="always-true",
    rule="ESM522",
    name="filter-takes-everything",
    severity=Severity.DANGER,
    summary="a list whose members together take every value filters nothing",
    facts=("FIL-5",),
    page=pages.FILTERS,
    sources=_ALL,
)
DUPLICATE_KEY: Final = Kind(
    code="duplicate-key",
    rule="ESM513",
    name="duplicate-key",
    severity=Severity.DANGER,
    summary="one object has a key twice: which one counts is not documented",
    facts=("DDB-6",),
    page=pages.DYNAMODB_FILTERS,
    sources=_ALL,
)
OR_IS_A_FIELD: Final = Kind(
    code="or-is-a-field",
    rule="ESM523",
    name="or-taken-for-a-field",
    severity=Severity.DANGER,
    summary="a $or that is no list of two objects or more is taken for the name of a field",
    facts=("FIL-5",),
    page=pages.FILTERS,
    sources=_ALL,
)
OPERATOR_IS_A_FIELD: Final = Kind(
    code="operator-is-a-field",
    rule="ESM528",
    name="operator-taken-for-a-field",
    severity=Severity.DANGER,
    summary="an operator outside of a list is taken for the name of a field",
    facts=("FIL-5",),
    page=pages.FILTERS,
    sources=_JSON,
)
UNLISTED_OPERATOR: Final = Kind(
    code="unlisted-operator",
    rule="ESM524",
    name="operator-not-in-the-guide",
    severity=Severity.ADVICE,
    summary="the Lambda guide's table of operators does not name it; EventBridge has it",
    facts=(),
    page=pages.FILTERS,
    sources=_ALL,
)
UNPROVED_METADATA: Final = Kind(
    code="unproved-metadata",
    rule="ESM525",
    name="filter-on-metadata",
    severity=Severity.ADVICE,
    summary="the page says that filters see the payload only; beside it, nothing was seen to work",
    facts=("FIL-6",),
    page=pages.FILTERS,
    sources=_UNPROVED,
)
NUMBER_BEYOND_RANGE: Final = Kind(
    code="number-beyond-range",
    rule="ESM526",
    name="filter-number-beyond-range",
    severity=Severity.ADVICE,
    summary="EventBridge's guide ends numbers at a range and at six digits after the point; newer engines do not",
    facts=("FIL-12",),
    page=pages.EVENTBRIDGE_FILTERS,
    sources=_ALL,
)
NUMBER_BY_ITS_TEXT: Final = Kind(
    code="number-by-its-text",
    rule="ESM527",
    name="filter-number-by-its-text",
    severity=Severity.ADVICE,
    summary="a bare number is compared by its value, and the guide says that 300, 300.0 and 3.0e2 differ",
    facts=("FIL-9",),
    page=pages.FILTERS,
    sources=_ALL,
)
OR_BRANCHES_OVERLAP: Final = Kind(
    code="or-branches-overlap",
    rule="ESM529",
    name="or-branches-overlap",
    severity=Severity.ADVICE,
    summary="a branch of $or that shares a condition of each field with an earlier one may be taken for a copy of it",
    facts=("FIL-10",),
    page=pages.EVENTBRIDGE_FILTERS,
    sources=_ALL,
)
EMOJI_IGNORING_CASE: Final = Kind(
    code="emoji-ignoring-case",
    rule="ESM530",
    name="emoji-ignoring-case",
    severity=Severity.ADVICE,
    summary="where letter case is ignored, the filter engine matches no character beyond U+FFFF",
    facts=("FIL-11",),
    page=pages.EVENTBRIDGE_FILTERS,
    sources=_ALL,
)
LINE_BREAK: Final = Kind(
    code="line-break",
    rule="ESM507",
    name="filter-on-several-lines",
    severity=Severity.ADVICE,
    summary="CloudFormation's schema takes a pattern on one line only",
    facts=("FIL-4",),
    page=pages.MAPPING_RESOURCE,
    sources=_ALL,
)

EVERY_KIND: Final = (
    TOO_MANY,
    UNKNOWN_KEY,
    LOSES_JSON,
    PASSES_JSON,
    *OF_TABLES,
    EXISTS_ON_OBJECT,
    ALWAYS_TRUE,
    DUPLICATE_KEY,
    OR_IS_A_FIELD,
    OPERATOR_IS_A_FIELD,
    UNLISTED_OPERATOR,
    UNPROVED_METADATA,
    NUMBER_BEYOND_RANGE,
    NUMBER_BY_ITS_TEXT,
    OR_BRANCHES_OVERLAP,
    EMOJI_IGNORING_CASE,
    LINE_BREAK,
)
"""Every kind of finding that ``compile`` can make; of one code, the gravest comes first."""

KINDS: Final[Mapping[str, Kind]] = {kind.code: kind for kind in reversed(EVERY_KIND)}
"""Every finding that ``compile`` can make, by its code; where sources differ, the gravest. ``kind_on`` tells one."""


def kind_on(code: str, source: str) -> Kind:
    """What a code means for one source.

    Args:
        code: a key of ``KINDS``.
        source: the source kind.

    Raises:
        LookupError: the compiler makes no such finding for the source.
    """
    alike = FILTERED_LIKE.get(source, source)
    for kind in EVERY_KIND:
        if kind.code == code and alike in kind.sources:
            return kind
    raise LookupError(f"there is no finding {code!r} on filters of {source!r}")
