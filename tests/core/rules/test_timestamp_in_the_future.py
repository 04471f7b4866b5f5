import time

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM218"
NOW = 1_700_000_000


@pytest.fixture(autouse=True)
def _stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: float(NOW))


def start_at(timestamp: object, kind: str = "kinesis") -> MappingPlan:
    return mapping(kind, StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=timestamp)


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo"])
@pytest.mark.parametrize("later", [NOW + 1, NOW + 0.5, NOW + 86_400])
def test_later_than_now_is_refused(kind: str, later: float) -> None:
    (finding,) = check([start_at(later, kind)])

    assert (finding.rule.id, finding.got) == (ID, later)
    assert "milliseconds" not in finding.message + finding.fix


def test_milliseconds_are_recognized() -> None:
    (finding,) = check([start_at(NOW * 1000)])

    assert finding.message.endswith("it counts seconds, not milliseconds")
    assert finding.fix == "divide StartingPositionTimestamp by 1000: give seconds, not milliseconds"


@pytest.mark.parametrize("timestamp", [0, NOW - 1, NOW])
def test_a_timestamp_of_now_or_earlier_is_fine(timestamp: int) -> None:
    assert ids(start_at(timestamp)) == []


def test_source_without_timestamps_is_for_another_rule() -> None:
    assert ids(mapping("dynamodb", StartingPositionTimestamp=NOW + 1)) == ["ESM102"]


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED, None, "tomorrow"])
def test_what_is_not_known_is_not_judged(hidden: object) -> None:
    assert ids(start_at(hidden), select=[ID]) == []
