"""No fact about a source that we serve is left out by oversight."""

import json
from pathlib import Path

import pytest

from cdk_esm.rules.engine import rules
from cdk_esm.rules.not_rules import NOT_RULES

FACTS = Path(__file__).parents[3] / "shared" / "facts" / "esm_facts.json"
SERVED = {"sqs_standard", "sqs_fifo", "kinesis_shared", "kinesis_efo", "dynamodb_streams"}


def watched() -> set[str]:
    return {fact for rule in rules().values() for fact in rule.facts}


def test_a_fact_has_a_rule_or_a_reason_and_not_both() -> None:
    assert watched() & set(NOT_RULES) == set()


@pytest.mark.skipif(not FACTS.exists(), reason="the collected facts are not part of this project")
def test_every_fact_about_a_served_source_has_a_rule_or_a_reason() -> None:
    facts = {
        fact["id"]
        for fact in json.loads(FACTS.read_text(encoding="utf-8"))["rules"]
        if SERVED & set(fact["applies_to"])
    }

    assert facts
    assert sorted(facts - watched() - set(NOT_RULES)) == []
