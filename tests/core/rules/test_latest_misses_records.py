from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM316"


def existing(kind: str, position: object = "LATEST") -> MappingPlan:
    return with_source(mapping(kind, StartingPosition=position), existing=True)


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo", "dynamodb"])
def test_starting_at_the_end_is_a_danger(kind: str) -> None:
    assert ids(existing(kind)) == [ID]


def test_fix_offers_what_the_source_offers() -> None:
    assert check([existing("kinesis")])[0].allowed == "TRIM_HORIZON or AT_TIMESTAMP"
    assert check([existing("dynamodb")])[0].allowed == "TRIM_HORIZON"


def test_setting_latest_explicitly_is_no_consent() -> None:
    chosen = replace(existing("kinesis"), origin={"starting_position": "user"})

    assert ids(chosen) == [ID]


@pytest.mark.parametrize("position", ["TRIM_HORIZON", "AT_TIMESTAMP", None, UNKNOWN, UNRESOLVED])
def test_another_position_or_a_hidden_one_is_fine(position: str | Unknowable | None) -> None:
    assert ids(existing("kinesis", position), select=[ID]) == []


def test_other_sources_are_not_judged() -> None:
    assert ids(existing("sqs"), select=[ID]) == []


@pytest.mark.parametrize("kind", ["msk", "self-managed-kafka", "documentdb"])
def test_latest_on_a_cluster_is_a_danger_too(kind: str) -> None:
    assert ids(existing(kind), select=["ESM316"]) == ["ESM316"]
    assert ids(existing(kind, "TRIM_HORIZON"), select=["ESM316"]) == []


def test_fix_says_what_each_position_is_for_and_what_a_deployed_mapping_bears() -> None:
    fix = check([existing("kinesis")])[0].fix

    assert "TRIM_HORIZON, which costs nothing on a new source" in fix
    assert "AT_TIMESTAMP and StartingPositionTimestamp: 1767225600 (your own moment, in seconds since 1970), " in fix
    assert "a mapping that is deployed must not be changed so" in fix
    assert "acknowledge this, or take the mapping out, deploy, and add it again" in fix


def test_source_that_the_deployment_makes_is_no_danger() -> None:
    assert ids(mapping("kinesis", StartingPosition="LATEST"), select=[ID]) == []
