from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM316"


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo", "dynamodb"])
def test_starting_at_the_end_is_a_danger(kind: str) -> None:
    assert ids(mapping(kind, StartingPosition="LATEST")) == [ID]


def test_fix_offers_what_the_source_offers() -> None:
    assert check([mapping("kinesis", StartingPosition="LATEST")])[0].allowed == "TRIM_HORIZON or AT_TIMESTAMP"
    assert check([mapping("dynamodb", StartingPosition="LATEST")])[0].allowed == "TRIM_HORIZON"


def test_setting_latest_explicitly_is_no_consent() -> None:
    chosen = replace(mapping("kinesis", StartingPosition="LATEST"), origin={"starting_position": "user"})

    assert ids(chosen) == [ID]


@pytest.mark.parametrize("position", ["TRIM_HORIZON", "AT_TIMESTAMP", None, UNKNOWN, UNRESOLVED])
def test_another_position_or_a_hidden_one_is_fine(position: str | Unknowable | None) -> None:
    assert ids(mapping("kinesis", StartingPosition=position), select=[ID]) == []


def test_other_sources_are_not_judged() -> None:
    assert ids(mapping("sqs", StartingPosition="LATEST"), select=[ID]) == []


@pytest.mark.parametrize("kind", ["msk", "self-managed-kafka", "documentdb"])
def test_latest_on_a_cluster_is_a_danger_too(kind: str) -> None:
    assert ids(mapping(kind, StartingPosition="LATEST"), select=["ESM316"]) == ["ESM316"]
    assert ids(mapping(kind, StartingPosition="TRIM_HORIZON"), select=["ESM316"]) == []
