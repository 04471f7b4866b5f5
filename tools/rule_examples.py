"""Runs a rule's bad example, for the documentation to show what is said, and on which sources."""

from __future__ import annotations

import doctest
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from cdk_esm import facts, plan
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.rules.explain import rule_text
from cdk_esm.rules.rule import Finding
from cdk_esm.testing import plans as kit


@dataclass(frozen=True)
class Example:
    """What a bad example comes to.

    Args:
        plans: the mappings in it.
        finding: what its rule says about them.
    """

    plans: tuple[MappingPlan, ...]
    finding: Finding


def bad_example(module: ModuleType) -> Example:
    """Run the bad example of a rule.

    Raises:
        ValueError: the rule says nothing about it.
    """
    seen: list[MappingPlan] = []
    found: list[Finding] = []

    def ids(*plans: MappingPlan, select: Sequence[str] = ()) -> list[str]:
        findings = check(plans, select=select)
        seen.extend(plans)
        found.extend(one for one in findings if one.rule.id == module.RULE.id)
        return [one.rule.id for one in findings]

    names: dict[str, Any] = {}
    for source in (facts, kit):
        names |= {name: value for name, value in vars(source).items() if not name.startswith("_")}
    names |= {name: getattr(plan, name) for name in plan.__all__}
    names |= {"replace": replace, "ids": ids}
    for example in doctest.DocTestParser().get_examples(rule_text(module).bad):
        exec(compile(example.source, f"<{module.RULE.id}>", "exec"), names)  # noqa: S102 - a doctest of our own
    if not found:
        raise ValueError(f"{module.RULE.id} says nothing about its bad example")
    return Example(tuple(seen), found[0])
