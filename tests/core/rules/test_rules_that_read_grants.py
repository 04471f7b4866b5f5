"""A rule that reads what a construct grants says so, and is asked again when everything is granted."""

from __future__ import annotations

from dataclasses import fields
from types import ModuleType
from typing import Any, Final

import pytest

from cdk_esm.plan import MappingPlan, Role
from cdk_esm.rules.engine import check, rule_modules, rules_that_read_grants
from cdk_esm.testing import plans
from tools.rule_examples import run_example

AFTER_GRANTING: Final = {"filter_key", "identity", "takes_grants", "needs"}
"""What a construct fills in last; the rest of a role is what the template door reads of it."""
READ: Final[set[str]] = set()


class ReadRole(Role):
    """A role that notes what is read of it."""

    def __getattribute__(self, name: str) -> Any:
        if super().__getattribute__("access") is None:  # otherwise a template is read, and nothing is granted
            READ.add(name)
        return super().__getattribute__(name)


class ReadPlan(MappingPlan):
    """A plan that notes whether the key of its filters is read, and that of its role."""

    def __getattribute__(self, name: str) -> Any:
        if name == "filter_key":
            READ.add(name)
        return super().__getattribute__(name)


def noting(plan: MappingPlan) -> MappingPlan:
    """The same plan, noting what is read of it."""
    members = {one.name: getattr(plan, one.name) for one in fields(plan)}
    role = ReadRole(**{one.name: getattr(plan.role, one.name) for one in fields(plan.role)})
    return ReadPlan(**{**members, "role": role})


def reads_grants(module: ModuleType) -> bool:
    """Whether a rule reads what a construct grants, in any of its examples."""
    read = set()

    def ids(*given: MappingPlan, select: tuple[str, ...] = ()) -> list[str]:
        watched = [noting(plan) for plan in given]
        READ.clear()
        check(watched, select=(module.RULE.id,))
        read.update(READ)
        return plans.ids(*given, select=select)

    assert run_example(module, "bad", ids).failures == ""
    assert run_example(module, "good", ids).failures == ""
    return bool(read & AFTER_GRANTING)


@pytest.mark.parametrize("module", [pytest.param(one, id=one.RULE.id) for one in rule_modules()])
def test_a_rule_says_whether_it_reads_grants(module: ModuleType) -> None:
    if module.RULE.reads_grants:
        assert reads_grants(module)
    else:
        assert not reads_grants(module), (
            "say reads_grants=True in its RULE, or a construct never asks it about its grants"
        )


def test_rules_about_grants_are_asked_again() -> None:
    assert {"ESM207", "ESM401", "ESM404"} < set(rules_that_read_grants())
