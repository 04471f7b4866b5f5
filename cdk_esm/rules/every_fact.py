"""Every fact, collected from the tables of facts and from the rules that bring their own."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

from cdk_esm.rules import fact_tables
from cdk_esm.rules.engine import rule_modules
from cdk_esm.rules.fact import Fact
from cdk_esm.rules.rule import Rule


def written() -> Iterator[tuple[str, Fact]]:
    """Every fact with the name of the module that it is written in."""
    names = [entry.name for entry in pkgutil.iter_modules(fact_tables.__path__, f"{fact_tables.__name__}.")]
    for module in (*map(import_module, names), *rule_modules()):
        for fact in getattr(module, "FACTS", ()):
            yield module.__name__, fact


@cache
def facts() -> Mapping[str, Fact]:
    """Every fact by its id, sorted."""
    return {fact.id: fact for _, fact in sorted(written(), key=lambda pair: pair[1].id)}


def facts_behind(rule: Rule) -> list[Fact]:
    """The facts that a rule was made from.

    Raises:
        LookupError: one of them is not written down.
    """
    unknown = [name for name in rule.facts if name not in facts()]
    if unknown:
        raise LookupError(f"{rule.id} names {', '.join(unknown)}: write it into FACTS beside its RULE")
    return [facts()[name] for name in rule.facts]
