"""What ``cdk-esm check`` found: findings with their places, and which of them count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from cdk_esm.judge.agreed import Agreed, said_of
from cdk_esm.judge.inputs import Inputs
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.plan.cdk_words import called, name_in
from cdk_esm.rules.engine import check
from cdk_esm.rules.rule import Finding, Severity
from cdk_esm.template.unread import Skipped

FORMAT_VERSION: Final = 1
NEVER: Final = "never"
"""The threshold that nothing reaches."""
GRAVEST_FIRST: Final = (Severity.ERROR, Severity.DANGER, Severity.ADVICE)

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Reported:
    """A finding with its place.

    Args:
        finding: the finding.
        plan: the mapping that it is about.
        baseline: it was there when the baseline was written.
        in_cdk: the fix in CDK's words, where those differ.
    """

    finding: Finding
    plan: MappingPlan
    baseline: bool = False
    in_cdk: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it is neither acknowledged nor in the baseline."""
        return self.finding.acknowledged is None and not self.baseline

    @property
    def key(self) -> Key:
        """What makes it the same finding in the next run."""
        return self.finding.rule.id, self.finding.path, self.finding.setting

    def to_dict(self) -> dict[str, Any]:
        """The finding in parts, with its place, ready for JSON."""
        place = {"template": self.plan.template, "logical_id": self.plan.logical_id, "baseline": self.baseline}
        return {**self.finding.to_dict(), **place}


@dataclass(frozen=True)
class Result:
    """What was found in all inputs.

    Args:
        inputs: what was looked at, and what could not be.
        reported: the findings, by mapping, the gravest first.
        agreed: what may stay unjudged.
        threshold: the severity from which on a finding fails the check; ``never`` if none does.
    """

    inputs: Inputs
    reported: tuple[Reported, ...]
    agreed: Agreed = field(default_factory=Agreed)
    threshold: str = str(Severity.DANGER)

    @property
    def counted(self) -> list[Reported]:
        """What is neither acknowledged nor in the baseline."""
        return [one for one in self.reported if one.counts]

    @property
    def mappings(self) -> int:
        """How many mappings were judged; one that conditions make several plans of counts once."""
        return len({(plan.template, plan.logical_id, plan.within) for plan in self.inputs.plans})

    @property
    def failing(self) -> list[Reported]:
        """The findings that fail the check: what counts and is as grave as the threshold, or graver."""
        if self.threshold == NEVER:
            return []
        grave = GRAVEST_FIRST[: GRAVEST_FIRST.index(Severity(self.threshold)) + 1]
        return [one for one in self.counted if one.finding.severity in grave]

    @property
    def unjudged(self) -> list[Skipped]:
        """What was not judged, and nobody agreed to that."""
        return self.agreed.left(self.inputs.skipped)

    @property
    def unreadable(self) -> bool:
        """Whether a file could not be read, and nobody agreed to that."""
        return any(one.unreadable for one in self.unjudged)

    @property
    def fails(self) -> bool:
        """Whether a finding fails the check, or something was not judged."""
        return bool(self.failing) or (self.threshold != NEVER and bool(self.unjudged))

    def summary(self) -> dict[str, Any]:
        """The numbers."""
        counts = Counter(one.finding.severity for one in self.counted)
        return {
            "templates": self.inputs.templates,
            "mappings": self.mappings,
            **{str(severity): counts[severity] for severity in GRAVEST_FIRST},
            "acknowledged": sum(one.finding.acknowledged is not None for one in self.reported),
            "baseline": sum(one.baseline and one.finding.acknowledged is None for one in self.reported),
            "skipped": [said_of(one, self.agreed) for one in self.inputs.skipped],
        }


def judge(
    inputs: Inputs,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    baseline: Iterable[Key] = (),
    agreed: Agreed | None = None,
    threshold: str = str(Severity.DANGER),
) -> Result:
    """Run the rules, and find each finding's place.

    Args:
        inputs: what was read.
        select: only these rules, by id or by the beginning of one.
        ignore: not these rules, in the same words.
        baseline: findings that were there before, and do not count.
        agreed: what may stay unjudged.
        threshold: the severity from which on a finding fails the check; ``never`` if none does.
    """
    plans = {plan.path: plan for plan in reversed(inputs.plans)}
    known = set(baseline)
    found = [Reported(one, plans[one.path]) for one in check(inputs.plans, select=select, ignore=ignore)]
    found = [replace(one, baseline=one.key in known) for one in found]
    order = {plan.path: place for place, plan in enumerate(inputs.plans)}
    found.sort(key=lambda one: (order[one.finding.path], GRAVEST_FIRST.index(one.finding.severity), one.key))
    return Result(inputs, tuple(found), agreed or Agreed(), threshold)


def with_words_of_cdk(result: Result) -> Result:
    """The result, with each fix in CDK's words too, for mappings that come from a CDK app."""
    concerned = {one.finding.path for one in result.reported}
    plans = [replace(plan, door=Door.CONSTRUCT) for plan in result.inputs.plans if _is_from_cdk(plan, concerned)]
    fixes = {(one.rule.id, one.path, one.setting): one.fix for one in check(plans)} if plans else {}
    return replace(result, reported=tuple(replace(one, in_cdk=_other_fix(one, fixes)) for one in result.reported))


_OURS: Final = re.compile(
    r"\besm\.|\b(?:OnFailure|NewQueue|NewFunction|NoDeadLetterQueue|ProvisionedPollers|Imported|Alarms)\b"
    r"|\bvisibility_timeout_factor\b|\bmax_receive_count\b"
)
"""What our constructs take and CDK's own do not."""


def _other_fix(one: Reported, fixes: Mapping[Key, str]) -> str | None:
    """The fix in CDK's words, if it is about a setting that CDK has a word for, and says it otherwise.

    A mapping of CDK's own gets the words of what made it, by name, and none of our records and knobs.
    """
    setting, made_by = one.plan.facts.by_name.get(one.finding.setting), one.plan.made_by
    named = setting is not None and (setting.keyword if made_by is None else name_in(made_by, setting)) is not None
    fix = fixes.get(one.key) if named else None
    if fix is None or fix == one.finding.fix:
        return None
    if made_by is None:
        return fix
    return None if _OURS.search(fix) else f"{fix} (at {called(made_by, one.plan.facts)})"


def _is_from_cdk(plan: MappingPlan, concerned: set[str]) -> bool:
    """Whether a mapping goes by its construct path, and something was found about it."""
    by_template = "/".join(("", str(plan.logical_id), *plan.within[-1:]))
    return plan.path in concerned and (plan.made_by is not None or not plan.path.endswith(by_template))
