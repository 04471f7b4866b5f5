"""No fact is left out by oversight."""

import json
from pathlib import Path

import pytest

from cdk_esm.rules.engine import rules
from cdk_esm.rules.not_rules import NOT_RULES
from tools.facts_doc import fact_rows

FACTS = Path(__file__).parents[3] / "shared" / "facts" / "esm_facts.json"


def watched() -> set[str]:
    return {fact for rule in rules().values() for fact in rule.facts}


def test_a_fact_has_a_rule_or_a_reason_and_not_both() -> None:
    assert watched() & set(NOT_RULES) == set()


@pytest.mark.skipif(not FACTS.exists(), reason="the collected facts are not part of this project")
def test_every_fact_has_a_rule_or_a_reason() -> None:
    facts = {fact["id"] for fact in json.loads(FACTS.read_text(encoding="utf-8"))["rules"]}

    assert len(facts) == 125
    assert sorted(facts - watched() - set(NOT_RULES)) == []
    assert sorted(set(NOT_RULES) - facts) == []


def test_the_table_gives_each_fact_rules_or_a_reason_and_never_both() -> None:
    for row in fact_rows():
        assert bool(row["rules"]) is not bool(row["reason_why_there_is_none"]), row["fact"]
