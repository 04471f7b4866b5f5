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


@lru_cache(maxsize=1)
def rules_that_read_grants() -> tuple[str, ...]:
    """The ids of the rules that a construct asks again after it granted what the poller needs."""
    return tuple(rule.id for rule in rules().values() if rule.reads_grants)


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
    reasons = {plan.path: {**(acknowledge or {}), **plan.acknowledged} for plan in everything}
    in_several_ways = any(plan.when for plan in everything)
    together = list(worlds(everything))
    found: list[Finding] = []
    for module in rule_modules():
        rule: Rule = module.RULE
        if (select and not rule.id.startswith(tuple(select))) or (ignore and rule.id.startswith(tuple(ignore))):
            continue
        findings = _run(module, everything, together)
        for finding in _once_each(findings) if in_several_ways else findings:
            reason = reasons.get(finding.path, {}).get(rule.id)
            found.append(
                replace(finding, acknowledged=reason)
                if isinstance(reason, str) and reason.strip() and rule.can_be_acknowledged
                else finding
            )
    return sorted(found, key=lambda finding: (finding.rule.id, finding.path))


def _once_each(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Findings, each once: a mapping that is read in several ways may break the same rule in all of them."""
    seen: set[tuple[str, str, str]] = set()
    for finding in findings:
        key = (finding.path, finding.setting, finding.message)
        if key not in seen:
            seen.add(key)
            yield finding


def _run(module: ModuleType, plans: list[MappingPlan], together: Sequence[Sequence[MappingPlan]]) -> Iterator[Finding]:
    """Run one rule; where it would have to guess about a plan, it has nothing to say about that plan."""
    if hasattr(module, "check_all"):
        for group in together:
            yield from module.check_all(group)
        return
    about_filters = module.RULE.family == "ESM5"
    for plan in plans:
        if about_filters and plan.filters == ():
            continue  # without filters there is nothing to look at, and most mappings have none
        findings: Iterator[Finding] = module.check(plan)
        try:
            yield from findings
        except NotApplicable:
            continue
