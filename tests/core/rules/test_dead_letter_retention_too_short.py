from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_dead_letter_queue, with_failure, with_queue

ID = "ESM309"
DAY = 86_400


@pytest.mark.parametrize("kept", [3 * DAY, 4 * DAY - 1, 60])
def test_dead_letter_queue_that_gives_up_before_its_source_is_a_danger(kept: int) -> None:
    assert ids(with_dead_letter_queue(mapping(), retention_seconds=kept), select=["ESM309", "ESM352"]) == [ID]


@pytest.mark.parametrize("kept", [4 * DAY, 4 * DAY + 1, None])
def test_dead_letter_queue_that_keeps_as_long_is_no_danger(kept: int | None) -> None:
    assert ids(with_dead_letter_queue(mapping(), retention_seconds=kept), select=[ID]) == []


@pytest.mark.parametrize(("receives", "said"), [(12, []), (13, [ID]), (24, [ID])])
def test_receives_that_leave_less_than_a_day_are_a_danger(receives: int, said: list[str]) -> None:
    hidden = with_queue(mapping(), retention_seconds=2 * DAY, visibility_timeout_seconds=6 * 3600)
    plan = with_failure(with_dead_letter_queue(hidden, retention_seconds=4 * DAY), max_receive_count=receives)

    assert ids(plan, select=[ID]) == said


def test_receives_that_take_too_long_are_to_be_fewer_where_no_retention_helps() -> None:
    hidden = with_queue(mapping(), visibility_timeout_seconds=43_200)
    longest = with_failure(with_dead_letter_queue(hidden, retention_seconds=14 * DAY), max_receive_count=27)
    shorter = with_failure(with_dead_letter_queue(hidden, retention_seconds=13 * DAY), max_receive_count=27)

    assert check([longest], select=[ID])[0].fix.startswith("lower maxReceiveCount, or the visibility timeout")
    assert check([shorter], select=[ID])[0].fix.startswith("set the dead-letter queue's retention to 1209600 seconds")
    assert "after 1166400 seconds of receives 43200 are left" in check([longest], select=[ID])[0].message


def test_fifo_queue_dates_messages_anew() -> None:
    assert ids(with_dead_letter_queue(mapping("sqs-fifo"), retention_seconds=DAY)) == []


def test_mapping_without_dead_letter_queue_has_none_to_compare() -> None:
    assert ids(with_failure(mapping(), kind="none", queue=None, reason="so")) == []


@pytest.mark.parametrize(
    ("source_keeps", "fix"),
    [
        (4 * DAY, "set the dead-letter queue's retention to more than 345600 seconds, at most 1209600"),
        (14 * DAY, "set the dead-letter queue's retention to 1209600 seconds, which is the longest"),
    ],
)
def test_fix_raises_the_dead_letter_queues_retention_and_leaves_the_source_alone(source_keeps: int, fix: str) -> None:
    plan = with_queue(with_dead_letter_queue(mapping(), retention_seconds=2 * DAY), retention_seconds=source_keeps)
    (finding,) = check([plan], select=[ID])

    assert finding.fix == fix


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    short = with_dead_letter_queue(mapping(), retention_seconds=DAY)

    assert ids(with_dead_letter_queue(mapping(), retention_seconds=hidden), select=[ID]) == []
    assert ids(with_queue(short, retention_seconds=hidden), select=[ID]) == []
    assert ids(replace(mapping(), failure=hidden), select=[ID]) == []
    assert ids(with_queue(short, visibility_timeout_seconds=hidden), select=[ID]) == [ID]
    assert ids(with_failure(mapping(), max_receive_count=hidden), select=[ID]) == []
