"""No fact is left out by oversight."""

import json
from pathlib import Path

import pytest

from cdk_esm.rules.engine import rules
from cdk_esm.rules.every_fact import facts
from tools.facts_doc import fact_rows

FACTS = Path(__file__).parents[3] / "shared" / "facts" / "esm_facts.json"


def without_rule() -> set[str]:
    return {fact.id for fact in facts().values() if fact.no_rule}


def watched() -> set[str]:
    return {fact for rule in rules().values() for fact in rule.facts}


def test_a_fact_has_a_rule_or_a_reason_and_not_both() -> None:
    assert watched() & without_rule() == set()


@pytest.mark.skipif(not FACTS.exists(), reason="the collected facts are not part of this project")
def test_every_fact_has_a_rule_or_a_reason() -> None:
    collected = {fact["id"] for fact in json.loads(FACTS.read_text(encoding="utf-8"))["rules"]}

    assert len(collected) == 125
    assert sorted(collected - watched() - without_rule()) == []
    assert sorted(without_rule() - collected) == ["FN-SNAP-2"], "read later, for what NewFunction asks"


def test_the_table_gives_each_fact_rules_or_a_reason_and_never_both() -> None:
    for row in fact_rows():
        assert bool(row["rules"]) is not bool(row["reason_why_there_is_none"]), row["fact"]
