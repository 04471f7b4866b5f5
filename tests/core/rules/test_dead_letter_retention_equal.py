import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_dead_letter_queue, with_failure, with_queue

ID = "ESM352"
DAY = 86_400


@pytest.mark.parametrize("kept", [4 * DAY, None])
def test_same_retention_is_an_advice(kept: int | None) -> None:
    (finding,) = check([with_dead_letter_queue(mapping(), retention_seconds=kept)], select=["ESM309", ID])

    assert (finding.rule.id, finding.severity) == (ID, "advice")
    assert finding.fix.startswith("set the dead-letter queue's retention to more than 345600 seconds, at most 1209600")


def test_where_nothing_keeps_longer_somebody_has_to_look() -> None:
    (finding,) = check([with_queue(mapping(), retention_seconds=14 * DAY)], select=["ESM309", ID])

    assert finding.rule.id == ID
    assert finding.fix.startswith("no queue keeps messages longer: let somebody look")


@pytest.mark.parametrize("kept", [3 * DAY, 4 * DAY + 1, UNKNOWN])
def test_other_retentions_are_fine_or_a_danger(kept: object) -> None:
    assert ids(with_dead_letter_queue(mapping(), retention_seconds=kept), select=[ID]) == []


def test_receives_that_take_long_are_told_as_a_danger_alone() -> None:
    plan = with_queue(
        with_failure(mapping(), max_receive_count=8), retention_seconds=DAY, visibility_timeout_seconds=60
    )

    assert ids(with_dead_letter_queue(plan, retention_seconds=DAY), select=["ESM309", ID]) == ["ESM309"]


def test_fifo_queue_dates_messages_anew() -> None:
    assert ids(with_dead_letter_queue(mapping("sqs-fifo"), retention_seconds=4 * DAY), select=[ID]) == []
