"""The Python that ``explain`` and the pages of rules show: the bad one has the finding, and the good one has none."""

from __future__ import annotations

from typing import Final

import pytest

from cdk_esm.rules.engine import rule_modules
from cdk_esm.rules.explain import rule_text
from tests.cdk.rule_examples import spoken

EXAMPLES: Final = {
    module.RULE.id: rule_text(module).python for module in rule_modules() if rule_text(module).python.bad
}
Found = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The rules that speak about each example, from one app for all of them."""
    sides = {f"{rule}{side}": code for rule, one in EXAMPLES.items() for side, code in vars(one).items() if code}
    return spoken(sides, tmp_path_factory.mktemp("examples"))


def grave(findings: dict[str, str]) -> set[str]:
    return {rule for rule, severity in findings.items() if severity != "advice"}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_speaks_about_its_bad_python_alone(rule: str, found: Found) -> None:
    bad, good = found[f"{rule}bad"], found[f"{rule}good"]

    assert rule in bad, EXAMPLES[rule].bad
    assert rule not in good, EXAMPLES[rule].good
    assert grave(bad) <= {rule}, "it is bad in another way, too"
    assert grave(good) == set(), "it is not good"
