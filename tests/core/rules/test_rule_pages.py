"""The page of a rule: its docstring, what it says about its bad example, where it is asked, and how sure it is."""

import re
from pathlib import Path

import pytest

from cdk_esm.rules.engine import rule_modules
from cdk_esm.rules.every_fact import facts
from cdk_esm.rules.explain import rule_text
from cdk_esm.rules.fact import EVIDENCE
from tools.rule_examples import bad_example, shown_finding
from tools.rule_pages import doors, only_at_constructs, rule_page

COLLECTED = Path(__file__).parents[4] / "shared" / "facts" / "esm_facts.json"
MODULES = {module.RULE.id: module for module in rule_modules()}


@pytest.mark.parametrize("rule", MODULES)
def test_a_page_says_all_that_is_known_of_its_rule(rule: str) -> None:
    page, text = rule_page(MODULES[rule]), rule_text(MODULES[rule])
    finding = shown_finding(MODULES[rule]) or bad_example(MODULES[rule]).finding

    for part in (text.summary, text.why, finding.message, finding.fix, finding.rule.page):
        assert part in page
    for code in (text.template.bad, text.template.good, text.python.bad, text.python.good):
        assert code in page
    assert ">>>" not in page, "users do not know the language of the tests"
    for fact in finding.rule.facts:
        assert f"`{fact}`: {facts()[fact].sentence} ({EVIDENCE[facts()[fact].evidence]})" in page
    assert re.findall("^## (.*)", page, re.MULTILINE) == [
        "Why",
        "Bad",
        "Good",
        "Fix",
        "Where it is asked",
        "Evidence",
    ]


def test_only_these_rules_ask_for_what_no_template_tells() -> None:
    silent = {rule for rule, module in MODULES.items() if only_at_constructs(module)}

    assert silent == {
        "ESM002",
        "ESM003",
        "ESM005",
        "ESM006",
        "ESM007",
        "ESM008",
        "ESM009",
        "ESM214",
        "ESM215",
        "ESM255",
        "ESM256",
        "ESM314",
        "ESM346",
    }


@pytest.mark.parametrize(
    ("rule", "construct", "app", "template"),
    [
        pytest.param("ESM201", "yes", "yes", "yes", id="everywhere"),
        pytest.param("ESM208", "no", "yes", "yes", id="several mappings"),
        pytest.param("ESM231", "no", "yes", "yes", id="several mappings on a source without a construct"),
        pytest.param("ESM242", "yes", "yes", "yes", id="one source alone"),
        pytest.param("ESM214", "yes", "no", "no", id="code"),
        pytest.param("ESM314", "no", "yes", "no", id="alarms"),
    ],
)
def test_the_doors_are_those_at_which_a_rule_can_know(rule: str, construct: str, app: str, template: str) -> None:
    lines = list(doors(MODULES[rule], bad_example(MODULES[rule])))

    assert [
        line.partition(": ")[2][: len(word)] for line, word in zip(lines, (construct, app, template), strict=True)
    ] == [
        construct,
        app,
        template,
    ]
