"""Templates of AWS Solutions Constructs and of SAM: what is found in them is true; the guide peers.md says why."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

import cdk_esm as esm
from tests.core.peers.documented import ROOT, documented, found_in

FIXTURES: Final = ROOT / "tests" / "fixtures"
SOLUTIONS: Final = documented("solutions")
SAM: Final = documented("sam")


def load(folder: str, name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((FIXTURES / folder / f"{name}.json").read_text(encoding="utf-8"))
    return document


@pytest.mark.parametrize("name", SOLUTIONS)
def test_a_solutions_construct_has_the_findings_that_are_documented(name: str) -> None:
    [plan] = esm.read_template(load("solutions", name))

    assert plan.source == name.partition("-")[0]
    assert found_in([plan]) == SOLUTIONS[name]


def test_every_template_of_solutions_constructs_is_documented() -> None:
    assert {file.stem for file in (FIXTURES / "solutions").glob("*.json")} == SOLUTIONS.keys()


@pytest.mark.parametrize("name", SAM)
def test_an_event_of_sam_has_the_findings_that_are_documented(name: str) -> None:
    plans = {plan.logical_id: plan for plan in esm.read_template(load("sam", "transformed"))}

    assert found_in([plans[name]]) == SAM[name]


def test_every_mapping_of_sam_is_read_and_documented() -> None:
    plans = esm.read_template(load("sam", "transformed"))

    assert {plan.logical_id for plan in plans} == SAM.keys()
    assert {plan.source for plan in plans} == {"sqs", "kinesis", "dynamodb", "msk"}
    assert found_in(plans) == frozenset().union(*SAM.values())


@pytest.mark.parametrize("file", sorted(FIXTURES.rglob("*.json")), ids=lambda file: file.stem)
def test_a_fixture_is_small_and_holds_no_hash(file: Any) -> None:
    text = file.read_text(encoding="utf-8")

    assert len(text) < 12_000
    assert "cdk-hnb659fds" not in text
