"""What the compiler says about filters that AWS takes, in a record of its own that the 5xx rules turn into theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.facts import SourceFacts
from cdk_esm.filters.pattern import Condition, Path, json_path
from cdk_esm.filters.values import takes_absence
from cdk_esm.sources import pages


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One thing that can be wrong with filters that AWS takes.

    Args:
        code: what it is about, in kebab case.
        severity: ``error`` (a quota), ``danger`` (it deploys, and then matches nothing, or everything) or ``advice``.
        summary: what AWS does with it.
        facts: the ids of the facts behind it.
        page: the page to read.
    """

    code: str
    severity: str
    summary: str
    facts: tuple[str, ...]
    page: str


_KINDS: Final = (
    Kind(
        code="too-many-filters",
        severity="error",
        summary="more than five filters are refused until the quota is raised; ten is the end",
        facts=("FIL-1",),
        page=pages.FILTERS,
    ),
    Kind(
        code="unknown-key",
        severity="danger",
        summary="a key that the source's records do not have matches nothing, for ever",
        facts=("FIL-6", "SQS-FILTER-1"),
        page=pages.FILTERS,
    ),
    Kind(
        code="text-pattern",
        severity="danger",
        summary="a pattern for plain text misses every payload that is JSON",
        facts=("SQS-FILTER-2", "FIL-8"),
        page=pages.SQS_FILTERS,
    ),
    Kind(
        code="number-in-dynamodb",
        severity="danger",
        summary="a number never equals a DynamoDB attribute, whose values are texts in the record",
        facts=("DDB-4",),
        page=pages.DYNAMODB_FILTERS,
    ),
    Kind(
        code="missing-type-letter",
        severity="danger",
        summary="a condition on a DynamoDB attribute without its type matches nothing, or everything",
        facts=("DDB-5",),
        page=pages.DYNAMODB_FILTERS,
    ),
    Kind(
        code="exists-on-object",
        severity="danger",
        summary="exists sees leaves only: true matches nothing on an object, false matches everything",
        facts=("DDB-5",),
        page=pages.FILTERS,
    ),
    Kind(
        code="image-not-in-stream",
        severity="danger",
        summary="a condition on an image that the stream does not carry matches nothing, or everything",
        facts=("DDB-3",),
        page=pages.DYNAMODB_FILTERS,
    ),
    Kind(
        code="impossible-value",
        severity="danger",
        summary="a value that the field never has matches nothing",
        facts=("DDB-7",),
        page=pages.DYNAMODB_FILTERS,
    ),
    Kind(
        code="always-true",
        severity="danger",
        summary="a list whose members together take every value filters nothing",
        facts=("FIL-5",),
        page=pages.FILTERS,
    ),
    Kind(
        code="duplicate-key",
        severity="danger",
        summary="a key that stands twice in one object: which one counts is not documented",
        facts=("DDB-6",),
        page=pages.DYNAMODB_FILTERS,
    ),
    Kind(
        code="or-is-a-field",
        severity="danger",
        summary="a $or that is no list of two objects or more is taken for the name of a field",
        facts=("FIL-5",),
        page=pages.FILTERS,
    ),
    Kind(
        code="operator-is-a-field",
        severity="danger",
        summary="an operator that stands in no list is taken for the name of a field",
        facts=("FIL-5",),
        page=pages.FILTERS,
    ),
    Kind(
        code="unlisted-operator",
        severity="advice",
        summary="the Lambda guide's table of operators does not name it; EventBridge has it",
        facts=(),
        page=pages.FILTERS,
    ),
    Kind(
        code="unproved-metadata",
        severity="advice",
        summary="the page says that filters see the payload only; beside it, nothing was seen to work",
        facts=("FIL-6",),
        page=pages.FILTERS,
    ),
    Kind(
        code="number-beyond-range",
        severity="advice",
        summary="EventBridge compares numbers between -5e9 and 5e9, with six digits after the point",
        facts=(),
        page=pages.EVENTBRIDGE_FILTERS,
    ),
    Kind(
        code="number-by-its-text",
        severity="advice",
        summary="a bare number is compared by its text: 300, 300.0 and 3.0e2 differ",
        facts=(),
        page=pages.FILTERS,
    ),
    Kind(
        code="line-break",
        severity="advice",
        summary="CloudFormation's schema takes a pattern on one line only",
        facts=("FIL-4",),
        page=pages.MAPPING_RESOURCE,
    ),
)

KINDS: Final[Mapping[str, Kind]] = {kind.code: kind for kind in _KINDS}
"""Every finding that ``compile`` can make, by its code."""


@dataclass(frozen=True, kw_only=True)
class FilterFinding:
    """One thing wrong with filters that AWS takes, in parts.

    Args:
        code: a key of ``KINDS``.
        filter_index: which filter; ``None`` where it is about all of them.
        json_path: where, such as ``filters[0].body.total``.
        got: what stands there.
        allowed: what would do, in words.
        message: what is wrong.
        fix: the change to make.
    """

    code: str
    filter_index: int | None
    json_path: str
    got: object
    allowed: str
    message: str
    fix: str

    @property
    def kind(self) -> Kind:
        """What it is about, with its severity and its page."""
        return KINDS[self.code]

    @property
    def severity(self) -> str:
        """``error``, ``danger`` or ``advice``."""
        return self.kind.severity

    def to_dict(self) -> dict[str, Any]:
        """The finding in parts, ready for JSON."""
        return {
            "code": self.code,
            "severity": self.severity,
            "filter_index": self.filter_index,
            "json_path": self.json_path,
            "got": str(self.got),
            "allowed": self.allowed,
            "message": self.message,
            "fix": self.fix,
            "page": self.kind.page,
        }

    def __str__(self) -> str:
        return f"{self.severity}: {self.json_path}: {self.message} [{self.code}]\n  fix: {self.fix}"


@dataclass(frozen=True)
class Spot:
    """A place in one of the filters of a source, to make findings about.

    Args:
        facts: the source.
        index: which filter.
        path: the keys that lead there.
    """

    facts: SourceFacts
    index: int
    path: Path

    def finding(self, code: str, *, got: object, allowed: str, message: str, fix: str) -> FilterFinding:
        """Make a finding about this place."""
        return FilterFinding(
            code=code,
            filter_index=self.index,
            json_path=json_path(f"filters[{self.index}]", self.path),
            got=got,
            allowed=allowed,
            message=message,
            fix=fix,
        )

    def outcome(self, *conditions: Condition) -> str:
        """What becomes of records, where conditions can see no field."""
        if all(takes_absence(condition) for condition in conditions):
            return "so this matches every record"
        return f"so this matches nothing: Lambda {self.facts.unmatched}"


def exists_on_object(spot: Spot, condition: Condition, why: str) -> FilterFinding:
    """The finding about ``exists`` on something that is no leaf."""
    return spot.finding(
        "exists-on-object",
        got=str(condition),
        allowed="exists on a leaf below it",
        message=f"exists sees leaves only, and {why}, {spot.outcome(condition)}",
        fix="ask for a field inside it that every such object has",
    )
