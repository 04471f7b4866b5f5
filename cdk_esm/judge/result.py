"""What ``cdk-esm check`` found: findings with their places, and which of them count."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from cdk_esm.errors import TemplateError
from cdk_esm.judge.inputs import Inputs
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.rules.rule import Finding, Severity
from cdk_esm.template.cloudformation.files import load_file
from cdk_esm.template.cloudformation.stack import mapping_of

FORMAT_VERSION: Final = 1
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
    """What was found in all inputs, the gravest first within each mapping."""

    inputs: Inputs
    reported: tuple[Reported, ...]

    @property
    def counted(self) -> list[Reported]:
        """What is neither acknowledged nor in the baseline."""
        return [one for one in self.reported if one.counts]

    @property
    def mappings(self) -> int:
        """How many mappings were judged; one that conditions make several plans of counts once."""
        return len({(plan.template, plan.logical_id, plan.within) for plan in self.inputs.plans})

    def fails(self, threshold: str) -> bool:
        """Whether something that counts is as grave as the threshold, or graver."""
        if threshold == "never":
            return False
        grave = GRAVEST_FIRST[: GRAVEST_FIRST.index(Severity(threshold)) + 1]
        return any(one.finding.severity in grave for one in self.counted)

    def summary(self) -> dict[str, Any]:
        """The numbers."""
        counts = Counter(one.finding.severity for one in self.counted)
        return {
            "templates": self.inputs.templates,
            "mappings": self.mappings,
            **{str(severity): counts[severity] for severity in GRAVEST_FIRST},
            "acknowledged": sum(one.finding.acknowledged is not None for one in self.reported),
            "baseline": sum(one.baseline and one.finding.acknowledged is None for one in self.reported),
            "skipped": [{"path": one.path, "reason": one.reason} for one in self.inputs.skipped],
        }


def judge(
    inputs: Inputs, *, select: Sequence[str] = (), ignore: Sequence[str] = (), baseline: Iterable[Key] = ()
) -> Result:
    """Run the rules, and find each finding's place."""
    plans = {plan.path: plan for plan in reversed(inputs.plans)}
    known = set(baseline)
    found = [Reported(one, plans[one.path]) for one in check(inputs.plans, select=select, ignore=ignore)]
    found = [replace(one, baseline=one.key in known) for one in found]
    order = {plan.path: place for place, plan in enumerate(inputs.plans)}
    found.sort(key=lambda one: (order[one.finding.path], GRAVEST_FIRST.index(one.finding.severity), one.key))
    return Result(inputs, tuple(found))


def with_words_of_cdk(result: Result) -> Result:
    """The result, with each fix in CDK's words too, for mappings that come from a CDK app."""
    concerned = {one.finding.path for one in result.reported}
    plans = [replace(plan, door="construct") for plan in result.inputs.plans if _is_from_cdk(plan, concerned)]
    fixes = {(one.rule.id, one.path, one.setting): one.fix for one in check(plans)} if plans else {}
    return replace(result, reported=tuple(replace(one, in_cdk=_other_fix(one, fixes)) for one in result.reported))


def _other_fix(one: Reported, fixes: Mapping[Key, str]) -> str | None:
    """The fix in CDK's words, if it is about a setting that CDK has a word for, and says it otherwise."""
    setting = one.plan.facts.by_name.get(one.finding.setting)
    fix = fixes.get(one.key) if setting is not None and setting.keyword is not None else None
    return None if fix == one.finding.fix else fix


def _is_from_cdk(plan: MappingPlan, concerned: set[str]) -> bool:
    """Whether a mapping goes by its construct path, and something was found about it."""
    by_template = "/".join(("", str(plan.logical_id), *plan.within[-1:]))
    return plan.path in concerned and not plan.path.endswith(by_template)


def read_baseline(file: str) -> list[Key]:
    """Read the findings that were there when a baseline was written.

    Raises:
        TemplateError: it cannot be read, or is no baseline.
    """
    document = mapping_of(load_file(Path(file)))
    entries = document.get("findings")
    if document.get("version") != FORMAT_VERSION or not isinstance(entries, list):
        raise TemplateError(f"{file}: it is no baseline of version {FORMAT_VERSION}; write one with --write-baseline")
    return [_key(mapping_of(entry)) for entry in entries]


def _key(entry: Mapping[str, Any]) -> Key:
    return str(entry.get("rule")), str(entry.get("path")), str(entry.get("setting"))


def write_baseline(file: str, result: Result) -> int:
    """Write what is found now and not acknowledged; return how many findings there are.

    Raises:
        TemplateError: it cannot be written.
    """
    keys = sorted({one.key for one in result.reported if one.finding.acknowledged is None})
    entries: list[Mapping[str, str]] = [{"rule": rule, "path": path, "setting": name} for rule, path, name in keys]
    try:
        text = json.dumps({"version": FORMAT_VERSION, "findings": entries}, indent=2) + "\n"
        Path(file).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise TemplateError(f"{file}: {getattr(error, 'strerror', None) or error}") from None
    return len(entries)
