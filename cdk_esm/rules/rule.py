"""What a rule and a finding are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cdk_esm.facts import SourceFacts
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.printed import laid_out, one_line
from cdk_esm.rules.create_only import as_deployed
from cdk_esm.rules.python_fixes import with_imports
from cdk_esm.severity import Severity
from cdk_esm.sources.page_choice import page_for

__all__ = ["Finding", "Rule", "Severity"]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing that can be wrong with a mapping.

    Args:
        id: ``ESM`` and three digits; the first digit is the family. An id is never used again.
        name: what it is about, in kebab case.
        severity: derived from what happens when it is broken.
        facts: the ids of the facts behind it; empty for a rule about the use of this library.
        page: the page to read; if it is about another source than the mapping's, the source's own takes its place.
        topic: what it is about there: ``permissions``, ``failures`` or ``filters`` (which a 5xx rule is about
            anyway), or nothing that has its own page.
        negotiable: an ``error`` about a number that AWS can raise, so it can be acknowledged with a reason.
        reads_grants: it reads what a construct grants to the role or to the key of the filters. That is known only when
            everything is made, so the construct asks again then.
        of_no_source: it also speaks of a mapping that names something else than an event source.
    """

    id: str
    name: str
    severity: Severity
    facts: tuple[str, ...]
    page: str
    topic: str = ""
    negotiable: bool = False
    reads_grants: bool = False
    of_no_source: bool = False

    def __post_init__(self) -> None:
        if not re.fullmatch(r"ESM\d{3}", self.id):
            raise ValueError(f"a rule's id is ESM and three digits, got {self.id!r}")

    @property
    def family(self) -> str:
        """The id's first digit, with the prefix: ``ESM2`` for every combination."""
        return self.id[:4]

    @property
    def can_be_acknowledged(self) -> bool:
        """Whether a reason can settle it: every ``danger`` and ``advice``, and an ``error`` that AWS may lift."""
        return self.severity is not Severity.ERROR or self.negotiable

    def finding(self, plan: MappingPlan, *, setting: str, got: object, allowed: str, message: str, fix: str) -> Finding:
        """Make a finding of this rule on a plan; the acknowledgement, if there is one, is filled in by ``check``.

        Where the user's file is no CloudFormation, settings are named as that file names them.
        """
        wording = plan.wording if plan.door == Door.TEMPLATE else None
        if self.can_be_acknowledged:  # what AWS refuses is not deployed
            fix += as_deployed(plan, setting, fix)
        return Finding(
            rule=self,
            path=plan.path,
            setting=setting if wording is None else wording.setting(setting),
            got=got,
            allowed=allowed if wording is None else wording.text(allowed),
            message=message if wording is None else wording.text(message),
            fix=with_imports(fix) if plan.door == Door.CONSTRUCT else fix if wording is None else wording.text(fix),
            page=self.page_for(plan.facts) if plan.source else self.page,  # a call that made no plan has none
        )

    def page_for(self, sheet: SourceFacts) -> str:
        """The page to read about a mapping on one source."""
        return page_for(sheet, self.page, self.topic or ("filters" if self.family == "ESM5" else ""))


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One rule broken by one mapping, in parts.

    Args:
        rule: the rule.
        path: the construct path, or template name and logical id.
        setting: CloudFormation's name of what is wrong, or our keyword if CloudFormation has none.
        got: the value that came.
        allowed: what is allowed, in words.
        message: what is wrong, in the words of the door that the plan came through.
        fix: the change to make.
        page: the page to read.
        acknowledged: the reason why it is accepted, if it was acknowledged.
    """

    rule: Rule
    path: str
    setting: str
    got: object
    allowed: str
    message: str
    fix: str
    page: str
    acknowledged: str | None = None

    @property
    def severity(self) -> Severity:
        """The rule's severity."""
        return self.rule.severity

    def to_dict(self) -> dict[str, Any]:
        """The finding in parts, ready for JSON."""
        got = self.got if self.got is None or isinstance(self.got, bool | int | float | str) else str(self.got)
        return {
            "rule": self.rule.id,
            "name": self.rule.name,
            "severity": str(self.severity),
            "path": self.path,
            "setting": self.setting,
            "got": got,
            "allowed": self.allowed,
            "message": self.message,
            "fix": self.fix,
            "page": self.page,
            "acknowledged": self.acknowledged,
        }

    def __str__(self) -> str:
        lines = [
            f"{one_line(self.path)}: {one_line(self.message)} [{self.rule.id} {self.rule.name}]",
            f"  fix: {laid_out(self.fix)}",
            f"  see: {self.page}",
        ]
        if self.acknowledged is not None:
            lines.append(f"  acknowledged: {one_line(self.acknowledged)}")
        return "\n".join(lines)
