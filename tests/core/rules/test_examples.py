"""What ``explain`` shows: the template with something wrong in it has the finding, and the right one has none.

The Python beside it runs in ``tests/cdk/test_rule_examples.py``.
"""

from __future__ import annotations

from types import ModuleType
from typing import Final

import pytest

import cdk_esm as esm
from cdk_esm.rules.engine import rule_modules
from cdk_esm.rules.explain import Shown, both_sides, rule_text
from cdk_esm.template.cloudformation.yaml_form import load_yaml

MODULES: Final = {module.RULE.id: module for module in rule_modules()}
WANTED: Final = """\
{file}: the docstring needs a section {heading}: after Good:, as in combined/batch_needs_window.py. In it, each line
begins with "- " if only the bad example has it, with "+ " if only the good one has it, and otherwise with two
spaces. If there is no such example, write "none: " and the reason instead."""

NEITHER: Final = ("ESM009",)
"""What only an older aws-cdk-lib shows than the one that is installed; the tests run with that one, too."""

every_rule = pytest.mark.parametrize("module", [pytest.param(one, id=rule) for rule, one in MODULES.items()])


def found(template: str, name: str) -> dict[str, str]:
    """The severity of each rule that speaks about a template."""
    plans = esm.read_template(load_yaml(template, name), name="Shop")
    return {one.rule.id: str(one.severity) for one in esm.check(plans) if one.acknowledged is None}


def lacking(shown: Shown) -> bool:
    return not shown.none and not (shown.bad and shown.good)


@every_rule
def test_a_rule_shows_what_a_user_writes(module: ModuleType) -> None:
    text, file = rule_text(module), f"{module.__name__.replace('.', '/')}.py"

    assert not lacking(text.template), WANTED.format(file=file, heading="Template")
    assert not lacking(text.python), WANTED.format(file=file, heading="Python")
    if module.RULE.id not in NEITHER:
        assert not (text.template.none and text.python.none), f"{file}: nobody can break a rule that has no example"


@every_rule
def test_the_bad_template_has_the_finding_and_the_good_one_none(module: ModuleType) -> None:
    shown, rule = rule_text(module).template, module.RULE
    if shown.none or lacking(shown):
        return
    bad, good = found(shown.bad, f"{rule.id} bad"), found(shown.good, f"{rule.id} good")

    assert rule.id in bad, "the bad template has no finding of this rule"
    assert {one for one, severity in bad.items() if severity != "advice"} <= {rule.id}, "it is bad in another way, too"
    assert good.keys() <= {one for one, severity in good.items() if severity == "advice"} - {rule.id}, "it is not good"


def test_only_these_rules_show_no_template() -> None:
    assert {rule for rule, module in MODULES.items() if rule_text(module).template.none} == {
        *(
            "ESM002",
            "ESM003",
            "ESM004",
            "ESM005",
            "ESM006",
            "ESM007",
            "ESM008",
            "ESM009",
            "ESM212",
            "ESM247",
            "ESM314",
            "ESM346",
        ),  # of a call
        *("ESM214", "ESM215", "ESM255", "ESM257"),  # of code
        *("ESM224", "ESM427", "ESM428", "ESM505"),  # too long to read
        *("ESM363", "ESM401", "ESM403", "ESM405", "ESM407", "ESM425", "ESM426", "ESM442"),  # of what lies elsewhere
    }


def test_every_rule_shows_python() -> None:
    assert [rule for rule, module in MODULES.items() if rule_text(module).python.none] == [*NEITHER]


def test_marks_take_code_apart() -> None:
    assert both_sides("  a:\n-   b: 1\n+   b: 2\n\n    - c") == Shown(
        bad="a:\n  b: 1\n\n  - c", good="a:\n  b: 2\n\n  - c"
    )
    assert both_sides("none: nobody\nwrites that") == Shown(none="nobody writes that")
