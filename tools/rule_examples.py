"""Runs a rule's examples: the tests check them, and the documentation shows what is said about them."""

from __future__ import annotations

import doctest
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any, Literal

from cdk_esm import facts, plan
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.rules.explain import rule_text
from cdk_esm.rules.rule import Finding
from cdk_esm.template.cloudformation.yaml_form import load_yaml
from cdk_esm.template.read import read_template
from cdk_esm.testing import plans as kit

Heading = Literal["bad", "good"]


@dataclass(frozen=True)
class Run:
    """What became of an example when it ran.

    Args:
        wants: what each of its statements is to print.
        failures: what was printed instead, in words; empty if the example holds.
    """

    wants: tuple[str, ...]
    failures: str


@dataclass(frozen=True)
class Example:
    """What a bad example comes to.

    Args:
        plans: the mappings in it.
        finding: what its rule says about them.
    """

    plans: tuple[MappingPlan, ...]
    finding: Finding


def run_example(module: ModuleType, heading: Heading, ids: Callable[..., list[str]] = kit.ids) -> Run:
    """Run an example of a rule.

    Args:
        module: the module of the rule.
        heading: which example.
        ids: what the example looks for findings with.
    """
    name = f"{module.RULE.id} {heading}"
    source = getattr(rule_text(module), heading) + "\n"
    example = doctest.DocTestParser().get_doctest(source, {**_names(), "ids": ids}, name, module.__file__, 0)
    told = io.StringIO()
    doctest.DocTestRunner(verbose=False).run(example, out=told.write)
    return Run(tuple(statement.want for statement in example.examples), told.getvalue())


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

    run_example(module, "bad", ids)
    if not found:
        raise ValueError(f"{module.RULE.id} says nothing about its bad example")
    return Example(tuple(seen), found[0])


def shown_finding(module: ModuleType) -> Finding | None:
    """What a rule says about the bad template that its page shows; ``None`` if it shows none.

    Raises:
        ValueError: the rule says nothing about it.
    """
    template, rule = rule_text(module).template.bad, module.RULE
    if not template:
        return None
    for finding in check(read_template(load_yaml(template, rule.id), name="Shop")):
        if finding.rule is rule:
            return finding
    raise ValueError(f"{rule.id} says nothing about its bad template")


def _names() -> dict[str, Any]:
    """What an example may use without an import."""
    public = {name: value for part in (facts, kit) for name, value in vars(part).items() if not name.startswith("_")}
    return public | {name: getattr(plan, name) for name in plan.__all__} | {"replace": replace}
