from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM217"
PAST = 1_700_000_000


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo"])
@pytest.mark.parametrize("position", ["TRIM_HORIZON", "LATEST", None])
def test_timestamp_without_its_position_is_refused(kind: str, position: str | None) -> None:
    plan = mapping(kind, StartingPosition=position, StartingPositionTimestamp=PAST)
    (finding,) = check([plan], select=[ID])

    assert (finding.setting, finding.got) == ("StartingPosition", position)


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo"])
def test_position_without_its_timestamp_is_refused(kind: str) -> None:
    (finding,) = check([mapping(kind, StartingPosition="AT_TIMESTAMP")])

    assert (finding.rule.id, finding.setting, finding.got) == (ID, "StartingPositionTimestamp", None)


def test_a_timestamp_with_its_position_or_neither_is_fine() -> None:
    assert ids(mapping("kinesis", StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=PAST)) == []
    assert ids(mapping("kinesis", StartingPosition="TRIM_HORIZON")) == []


def test_moment_zero_is_a_timestamp() -> None:
    assert ids(mapping("kinesis", StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=0)) == []


def test_a_source_without_timestamps_is_left_to_other_rules() -> None:
    plan = mapping("dynamodb", StartingPosition="AT_TIMESTAMP")

    assert ids(plan) == ["ESM103"]
    assert ids(mapping("dynamodb", StartingPositionTimestamp=PAST)) == ["ESM102"]


def test_message_speaks_in_the_words_of_the_door() -> None:
    plan = replace(mapping("kinesis", StartingPosition="AT_TIMESTAMP"), door=Door.CONSTRUCT)

    assert "starting_position=lambda_.StartingPosition.AT_TIMESTAMP" in check([plan])[0].message


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(mapping("kinesis", StartingPosition=hidden, StartingPositionTimestamp=PAST), select=[ID]) == []
    assert ids(mapping("kinesis", StartingPositionTimestamp=hidden), select=[ID]) == []
    assert ids(mapping("kinesis", StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=hidden)) == []
