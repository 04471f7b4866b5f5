"""The engine: finds the rules, runs them over plans, and settles acknowledgements."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import ModuleType

import cdk_esm.rules
from cdk_esm.facts import NotApplicable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.resting import named, named_in_group
from cdk_esm.rules.rule import Finding, Rule
from cdk_esm.rules.side_by_side import ways_deployed
from cdk_esm.sources import NO_SOURCE


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
    chosen = _chosen(tuple(select), tuple(ignore))
    found: list[Finding] = []
    sourceless = [plan for plan in everything if plan.source == NO_SOURCE.kind]
    for plan in sourceless:
        _ask(chosen.of_no_source, plan, found)
    sound = [plan for plan in everything if plan.source != NO_SOURCE.kind] if sourceless else everything
    for plan in sound:
        # Without filters there is nothing for their rules to look at, and most mappings have none.
        _ask(chosen.but_of_filters if plan.filters == () else chosen.of_one, plan, found)
    if chosen.of_several:
        for group in ways_deployed(sound):
            for look in chosen.of_several:
                found.extend(named_in_group(list(look(group)), group, look))
    if any(plan.when for plan in everything):
        found = list(_once_each(found))
    if found:  # which is seldom, and then the reasons are looked up
        reasons = {plan.path: {**(acknowledge or {}), **plan.acknowledged} for plan in everything}
        found = [_with_reason(finding, reasons.get(finding.path, {})) for finding in found]
    return sorted(found, key=lambda finding: (finding.rule.id, finding.path))


@dataclass(frozen=True)
class _Chosen:
    """The rules that a call asks for.

    Args:
        of_one: the checks of one plan.
        but_of_filters: the same without those that look at filters alone.
        of_no_source: those of a plan whose source is no event source.
        of_several: the checks of all plans that are deployed together.
    """

    of_one: tuple[Callable[[MappingPlan], Iterator[Finding]], ...]
    but_of_filters: tuple[Callable[[MappingPlan], Iterator[Finding]], ...]
    of_no_source: tuple[Callable[[MappingPlan], Iterator[Finding]], ...]
    of_several: tuple[Callable[[Sequence[MappingPlan]], Iterator[Finding]], ...]


@lru_cache(maxsize=64)
def _chosen(select: tuple[str, ...], ignore: tuple[str, ...]) -> _Chosen:
    wanted = [
        module
        for module in rule_modules()
        if (not select or module.RULE.id.startswith(select)) and not (ignore and module.RULE.id.startswith(ignore))
    ]
    one = [module for module in wanted if not hasattr(module, "check_all")]
    return _Chosen(
        of_one=tuple(module.check for module in one),
        but_of_filters=tuple(module.check for module in one if module.RULE.family != "ESM5"),
        of_no_source=tuple(module.check for module in one if module.RULE.of_no_source),
        of_several=tuple(module.check_all for module in wanted if hasattr(module, "check_all")),
    )


def _ask(checks: Sequence[Callable[[MappingPlan], Iterator[Finding]]], plan: MappingPlan, found: list[Finding]) -> None:
    """Run checks over one plan; if a rule would have to guess, it has nothing more to say."""
    for look in checks:
        before = len(found)
        try:
            for finding in look(plan):
                found.append(finding)  # noqa: PERF402 - what a rule found before it had to guess is kept
        except NotApplicable:
            pass
        if len(found) > before:  # which is seldom
            found[before:] = named(found[before:], plan, look)


def _with_reason(finding: Finding, reasons: Mapping[str, str]) -> Finding:
    """The finding as acknowledged, if there is a reason that may settle it."""
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
