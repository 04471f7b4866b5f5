"""Lint of the rules themselves: whoever adds a rule is told here what its file still lacks."""

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from cdk_esm.plan import Door, MappingPlan
from cdk_esm.rules.engine import check, rule_modules
from cdk_esm.rules.rule import Finding
from cdk_esm.testing import plans
from tests.core.reviewed import reviewed
from tools.rule_examples import run_example

FAMILIES = {"call": "0", "ranges": "1", "combined": "2", "delivery": "3", "access": "4", "filters": "5"}

TEXTS = Path(__file__).parent / "texts"
ROOT = Path(__file__).parents[3]

every_rule = pytest.mark.parametrize("module", [pytest.param(module, id=module.RULE.id) for module in rule_modules()])


def _bad_findings(module: ModuleType) -> list[tuple[Finding, Finding]]:
    """What the rule says about its bad examples, and what it says at the door of constructs."""
    found: list[tuple[Finding, Finding]] = []

    def ids(*given: MappingPlan, select: tuple[str, ...] = ()) -> list[str]:
        at_the_doors = check(given), check([replace(one, door=Door.CONSTRUCT) for one in given])
        own = ([finding for finding in findings if finding.rule is module.RULE] for findings in at_the_doors)
        found.extend(zip(*own, strict=True))
        return plans.ids(*given, select=select)

    assert run_example(module, "bad", ids).failures == ""
    return found


def test_words_of_every_rule_are_those_that_were_reviewed() -> None:
    families = defaultdict(list)
    for module in rule_modules():
        for finding, in_python in _bad_findings(module):
            lines = [str(finding), *(f"  {name}: {getattr(finding, name)}" for name in ("setting", "got", "allowed"))]
            for name in ("message", "fix"):
                words = getattr(in_python, name)
                lines += [f"  {name} in Python: {words}"] if words != getattr(finding, name) else []
            families[module.__name__.split(".")[2]].append("\n".join(lines))

    for family, texts in families.items():
        text = "\n\n".join(texts) + "\n"
        assert reviewed(TEXTS / f"{family}.txt", text) == text


def test_ids_and_names_are_unique() -> None:
    rules = [module.RULE for module in rule_modules()]

    assert len({rule.id for rule in rules}) == len(rules)
    assert len({rule.name for rule in rules}) == len(rules)


@every_rule
def test_rule_says_why_it_hurts_before_itsexamples(module: ModuleType) -> None:
    summary, _, rest = (module.__doc__ or "").partition("\n\n")

    assert summary.endswith(".")
    assert "\n" not in summary
    assert len(rest.partition("Bad:")[0].split()) >= 10, "say in a sentence or two what happens when it is broken"


@every_rule
def test_rule_stands_in_its_familys_folder_under_its_name(module: ModuleType) -> None:
    *_, folder, file = module.__name__.split(".")

    assert module.RULE.id[3] == FAMILIES[folder]
    assert module.RULE.name == file.replace("_", "-")


@every_rule
def test_bad_and_good_example_hold(module: ModuleType) -> None:
    bad, good = run_example(module, "bad"), run_example(module, "good")

    assert bad.wants, "the docstring needs an indented example under Bad:"
    assert good.wants, "the docstring needs an indented example under Good:"
    assert bad.failures + good.failures == ""
    assert any(module.RULE.id in want for want in bad.wants)
    assert not any(module.RULE.id in want for want in good.wants)


@every_rule
def test_rule_has_its_own_test(module: ModuleType) -> None:
    file = Path(__file__).parent / f"test_{module.__name__.rsplit('.', 1)[1]}.py"

    assert file.exists()
    assert len(re.findall(r"^def test_\w+", file.read_text(), re.MULTILINE)) >= 2, "one that fires, one that is silent"


@every_rule
def test_nothing_of_a_skeleton_is_left(module: ModuleType) -> None:
    name = module.__name__.rsplit(".", 1)[1]
    files = [
        ROOT / (module.__name__.replace(".", "/") + ".py"),
        ROOT / "tests" / "core" / "rules" / f"test_{name}.py",
        ROOT / "tests" / "core" / "generated" / f"corrupt_{name}.py",
    ]
    left = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in files
        if file.exists()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if "write here" in line.lower()
    ]

    assert left == []


@every_rule
def test_rule_points_to_an_aws_page(module: ModuleType) -> None:
    assert module.RULE.page.startswith("https://docs.aws.amazon.com/")


@every_rule
def test_rule_has_exactly_one_way_to_look(module: ModuleType) -> None:
    assert hasattr(module, "check") is not hasattr(module, "check_all")
