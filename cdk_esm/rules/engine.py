"""The engine: finds the rules, runs them over plans, and settles acknowledgements."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import ModuleType

import cdk_esm.rules
from cdk_esm.facts import NotApplicable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.rule import Finding, Rule
from cdk_esm.rules.side_by_side import worlds


@lru_cache(maxsize=1)
def rule_modules() -> tuple[ModuleType, ...]:
    """Every module of ``cdk_esm/rules`` that defines a ``RULE``, sorted by id: a new rule is found by being there."""
    found = []
    for family in pkgutil.iter_modules(cdk_esm.rules.__path__, "cdk_esm.rules."):
        if not family.ispkg:
            continue
        package = importlib.import_module(family.name)
        for entry in pkgutil.iter_modules(package.__path__, family.name + "."):
            module = importlib.import_module(entry.name)
            if hasattr(module, "RULE"):
                found.append(module)
    return tuple(sorted(found, key=lambda module: str(module.RULE.id)))


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """Every rule by its id."""
    return {module.RULE.id: module.RULE for module in rule_modules()}


@lru_cache(maxsize=1)
def whole_app_rules() -> tuple[str, ...]:
    """The ids of the rules that look at several mappings at once."""
    return tuple(module.RULE.id for module in rule_modules() if hasattr(module, "check_all"))


def check(
    plans: Iterable[MappingPlan],
    *,
    acknowledge: Mapping[str, str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> list[Finding]:
    """Run every rule over plans.

    Args:
        plans: the mappings of one template, one app or one assembly; some rules look at several at once.
        acknowledge: rule id to reason, for all of the plans, beside what each plan acknowledges itself.
        select: only these rules, by id or by the beginning of one (``"ESM2"`` is the family of combinations).
        ignore: not these rules, in the same words.

    Returns:
        The findings, sorted by rule id and path. An acknowledged one is among them, with its reason.
    """
    everything = list(plans)
    by_plan, by_group = _chosen(tuple(select), tuple(ignore))
    found: list[Finding] = []
    for plan in everything:
        _ask_of_one(by_plan, plan, found)
    if by_group:
        for group in worlds(everything):
            for module in by_group:
                found.extend(module.check_all(group))
    if any(plan.when for plan in everything):
        found = list(_once_each(found))
    if found:  # which is seldom, and then the reasons are looked up
        reasons = {plan.path: {**(acknowledge or {}), **plan.acknowledged} for plan in everything}
        found = [_with_reason(finding, reasons.get(finding.path, {})) for finding in found]
    return sorted(found, key=lambda finding: (finding.rule.id, finding.path))


@lru_cache(maxsize=64)
def _chosen(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[tuple[ModuleType, ...], tuple[ModuleType, ...]]:
    """The rules that a call asks for: those that look at one plan, and those that look at several."""
    wanted = [
        module
        for module in rule_modules()
        if (not select or module.RULE.id.startswith(select)) and not (ignore and module.RULE.id.startswith(ignore))
    ]
    several = tuple(module for module in wanted if hasattr(module, "check_all"))
    return tuple(module for module in wanted if module not in several), several


def _ask_of_one(modules: Sequence[ModuleType], plan: MappingPlan, found: list[Finding]) -> None:
    """Run rules over one plan; where a rule would have to guess, it has nothing more to say."""
    unfiltered = plan.filters == ()
    for module in modules:
        if unfiltered and module in _about_filters():
            continue  # without filters there is nothing to look at, and most mappings have none
        try:
            for finding in module.check(plan):
                found.append(finding)  # noqa: PERF402 - what a rule found before it had to guess is kept
        except NotApplicable:
            continue


@lru_cache(maxsize=1)
def _about_filters() -> frozenset[ModuleType]:
    """The rules that look at filters alone."""
    return frozenset(module for module in rule_modules() if module.RULE.family == "ESM5")


def _with_reason(finding: Finding, reasons: Mapping[str, str]) -> Finding:
    """The finding as acknowledged, where there is a reason that may settle it."""
    reason = reasons.get(finding.rule.id)
    if isinstance(reason, str) and reason.strip() and finding.rule.can_be_acknowledged:
        return replace(finding, acknowledged=reason)
    return finding


def _once_each(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings, each once: a mapping that is read in several ways may break the same rule in all of them."""
    seen: set[tuple[str, str, str, str]] = set()
    for finding in findings:
        key = (finding.rule.id, finding.path, finding.setting, finding.message)
        if key not in seen:
            seen.add(key)
            yield finding
