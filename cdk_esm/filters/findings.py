"""What the compiler says about filters that AWS takes, in a record that the 5xx rules turn into theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cdk_esm.facts import SourceFacts
from cdk_esm.filters.fault import Kind
from cdk_esm.filters.faults import kind_on
from cdk_esm.filters.pattern import Condition, Path, json_path
from cdk_esm.filters.values import takes_absence
from cdk_esm.printed import one_line
from cdk_esm.severity import Severity
from cdk_esm.sources import SHEETS
from cdk_esm.sources.page_choice import page_for


@dataclass(frozen=True, kw_only=True)
class FilterFinding:
    """One thing wrong with filters that AWS takes, in parts.

    Args:
        source: the source kind of the mapping.
        code: a key of ``KINDS``.
        filter_index: which filter; ``None`` if it is about all of them.
        json_path: where, such as ``filters[0].body.total``.
        got: what is there.
        allowed: what would do, in words.
        message: what is wrong.
        fix: the change to make.
    """

    source: str
    code: str
    filter_index: int | None
    json_path: str
    got: object
    allowed: str
    message: str
    fix: str

    @property
    def kind(self) -> Kind:
        """What it is about on its source: the rule, with its severity and its facts."""
        return kind_on(self.code, self.source)

    @property
    def rule(self) -> str:
        """The id of the rule that judges it, such as ``ESM502``."""
        return self.kind.rule

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return self.kind.severity

    @property
    def page(self) -> str:
        """The page to read, about the source of the mapping."""
        return page_for(SHEETS[self.source], self.kind.page, "filters")

    def to_dict(self) -> dict[str, Any]:
        """The finding in parts, ready for JSON."""
        return {
            "rule": self.rule,
            "code": self.code,
            "severity": str(self.severity),
            "filter_index": self.filter_index,
            "json_path": self.json_path,
            "got": str(self.got),
            "allowed": self.allowed,
            "message": self.message,
            "fix": self.fix,
            "page": self.page,
        }

    def __str__(self) -> str:
        return (
            f"{self.severity}: {one_line(self.json_path)}: {one_line(self.message)} [{self.rule} {self.code}]\n"
            f"  fix: {one_line(self.fix)}\n  see: {self.page}"
        )


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
            source=self.facts.kind,
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
