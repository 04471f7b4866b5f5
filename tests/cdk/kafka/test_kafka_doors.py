"""What a Kafka construct refuses is found in the template that it would have been; and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.doors.agreement import NOT_IN_A_TEMPLATE, Both, Build, both_doors
from tests.cdk.kafka.bad_case import Bad
from tests.cdk.kafka.bad_kafka import cases
from tests.cdk.kafka.variants import VARIANTS, Variant

ONLY_HERE: Final[Mapping[str, str]] = {
    **NOT_IN_A_TEMPLATE,
    "ESM346": "only our constructs put the topic into the logical id",
}
OTHERWISE: Final[Mapping[str, frozenset[str]]] = {
    # A template without credentials does not tell which way is meant: IAM where it is on, or else nobody.
    "IAM where the cluster has SCRAM alone": frozenset(),
    "nobody where the cluster has IAM too": frozenset(),
    "nobody on a serverless cluster": frozenset(),
    "SCRAM on a serverless cluster": frozenset(),
    # CDK writes no list without members.
    "nothing said of the way to the brokers": frozenset({"ESM109"}),
    # The ARN of a connection does not tell of which kind the cluster behind it is.
    "a serverless cluster of another account": frozenset(),
}
"""Configurations of which a template says something else, and what is found there."""

BAD: Final = {name: case for name, case in cases().items() if case.error is not esm.EsmTypeError}
LEGAL: Final = {f"legal: {one.name}": one for one in VARIANTS}


def _build(case: Bad | Variant) -> tuple[bool, Build]:
    def build(stack: cdk.Stack, folder: Path, code: str) -> Any:
        del folder
        return case.build(stack, esm.NewFunction(code=code, handler="app.handler"))

    return False, build


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, code: str) -> Both:
    every: dict[str, Bad | Variant] = {**BAD, **LEGAL}
    built = {name: _build(case) for name, case in every.items()}
    return both_doors(built, tmp_path_factory.mktemp("kafka-doors"), code)


def in_a_template(rules: frozenset[str]) -> frozenset[str]:
    return rules - ONLY_HERE.keys()


@pytest.mark.parametrize("sentence", BAD)
def test_what_a_kafka_construct_refuses_is_found_in_its_template(sentence: str, both: Both) -> None:
    construct, template = both.construct[sentence], both.template[sentence]

    assert {rule for rule, _ in BAD[sentence].found} <= construct["open"]
    assert template["open"] == OTHERWISE.get(sentence, in_a_template(construct["open"]))
    assert template["acknowledged"] == in_a_template(construct["acknowledged"])


@pytest.mark.parametrize("sentence", LEGAL)
def test_what_a_kafka_construct_builds_has_the_same_findings_in_its_template(sentence: str, both: Both) -> None:
    construct, template, bare = both.construct[sentence], both.template[sentence], both.bare[sentence]

    assert template["open"] == in_a_template(construct["open"])
    assert template["acknowledged"] == in_a_template(construct["acknowledged"])
    assert bare["open"] >= template["open"]
