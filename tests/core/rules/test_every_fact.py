"""Every fact is one sentence with its evidence, written once."""

import ast
import inspect
import json
import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from cdk_esm.report.rules import rule_explained
from cdk_esm.rules.engine import rule_modules
from cdk_esm.rules.every_fact import facts, facts_behind, written
from cdk_esm.rules.fact import EVIDENCE, Fact
from cdk_esm.rules.rule import Rule, Severity
from cdk_esm.sources import pages

COLLECTED = Path(__file__).parents[4] / "shared" / "facts" / "esm_facts.json"
PAGES = {page for name, page in vars(pages).items() if name.isupper()}

every_fact = pytest.mark.parametrize("fact", [pytest.param(fact, id=fact.id) for _, fact in written()])
every_rule = pytest.mark.parametrize("module", [pytest.param(module, id=module.RULE.id) for module in rule_modules()])


def test_no_fact_is_written_twice() -> None:
    ids = Counter(fact.id for _, fact in written())
    sentences = Counter(fact.sentence for _, fact in written())

    assert [name for name, times in (ids + sentences).items() if times > 1] == []


@every_fact
def test_a_fact_is_one_short_sentence(fact: Fact) -> None:
    assert re.fullmatch(r"[A-Z][^.!?\n]*\.", fact.sentence), "one sentence, from its capital to its full stop"
    assert 20 <= len(fact.sentence) <= 200
    assert len(fact.sentence.split()) >= 5


@every_fact
def test_a_fact_names_no_address_but_its_page(fact: Fact) -> None:
    assert not re.search(r"https?:|www\.|localhost|/\w+/|\b\d+\.\d+\.\d+\b", fact.sentence)
    assert fact.page in PAGES | {""}


@every_fact
def test_a_fact_has_a_word_for_how_sure_it_is(fact: Fact) -> None:
    assert fact.evidence in EVIDENCE


def test_every_word_of_evidence_is_used() -> None:
    assert {fact.evidence for fact in facts().values()} == set(EVIDENCE)


@pytest.mark.parametrize("name", sorted({module for module, _ in written()}))
def test_numbers_in_facts_come_from_the_fact_sheets(name: str) -> None:
    calls = [
        node
        for node in ast.walk(ast.parse(inspect.getsource(import_module(name))))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fact"
    ]
    texts = [
        part.value
        for call in calls
        for part in ast.walk(call.args[2])
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]

    assert calls
    assert [text for text in texts if re.search(r"\b\d", text)] == [], "write f'{FIGURE.value}', from cdk_esm/sources"


@every_rule
def test_every_fact_of_a_rule_is_written_down(module: ModuleType) -> None:
    assert [fact.id for fact in facts_behind(module.RULE)] == list(module.RULE.facts)


@every_rule
def test_a_rule_brings_no_fact_but_its_own(module: ModuleType) -> None:
    brought = {fact.id for fact in getattr(module, "FACTS", ())}
    others = {name for other in rule_modules() if other is not module for name in other.RULE.facts}

    assert brought <= set(module.RULE.facts), "a fact beside a rule is behind that rule"
    assert brought & others == set(), "a fact behind several rules belongs to cdk_esm/rules/fact_tables"


def test_a_fact_that_nobody_wrote_is_named_with_its_rule() -> None:
    rule = Rule(id="ESM999", name="a", severity=Severity.ADVICE, facts=("ID-1", "NO-1"), page=pages.SQS)

    with pytest.raises(LookupError, match="ESM999 names NO-1: write it into FACTS beside its RULE"):
        facts_behind(rule)


@every_rule
def test_explain_tells_what_the_facts_say(module: ModuleType) -> None:
    text = rule_explained(module)

    for fact in module.RULE.facts:
        assert f"\n  {fact}, {facts()[fact].word}: {facts()[fact].sentence}\n" in text


@every_rule
def test_what_is_unverified_is_an_advice_at_most(module: ModuleType) -> None:
    if {fact.evidence for fact in facts_behind(module.RULE)} == {"unverified"}:
        assert module.RULE.severity is Severity.ADVICE


SEEN_SINCE = {"SQS-DLQ-9", "ALARM-TOPIC-2"}
"""Facts that somebody saw on AWS and wrote down, and that were not collected with the others."""


@pytest.mark.skipif(not COLLECTED.exists(), reason="the collected facts are not part of this project")
def test_the_evidence_is_that_of_the_collected_facts() -> None:
    words = {fact["id"]: fact["status"] for fact in json.loads(COLLECTED.read_text(encoding="utf-8"))["rules"]}

    assert {name: fact.evidence for name, fact in facts().items() if name in words} == words
    others = {fact.evidence for name, fact in facts().items() if name not in words and name not in SEEN_SINCE}
    assert others <= {"doc", "schema", "derived", "unverified"}, "only the collected facts were seen on AWS"
