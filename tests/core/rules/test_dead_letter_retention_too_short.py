from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_dead_letter_queue, with_failure, with_queue

DAY = 86_400


@pytest.mark.parametrize("kept", [3 * DAY, 4 * DAY, None])
def test_dead_letter_queue_that_keeps_no_longer_than_its_source_is_a_danger(kept: int | None) -> None:
    assert ids(with_dead_letter_queue(mapping(), retention_seconds=kept)) == ["ESM309"]


def test_dead_letter_queue_that_keeps_longer_is_fine() -> None:
    assert ids(with_dead_letter_queue(mapping(), retention_seconds=4 * DAY + 1)) == []


def test_fifo_queue_dates_messages_anew() -> None:
    assert ids(with_dead_letter_queue(mapping("sqs-fifo"), retention_seconds=DAY)) == []


def test_mapping_without_dead_letter_queue_has_none_to_compare() -> None:
    assert ids(with_failure(mapping(), kind="none", queue=None, reason="so")) == []


def test_fix_raises_the_dead_letter_queues_retention() -> None:
    (finding,) = check([with_dead_letter_queue(mapping(), retention_seconds=DAY)])

    assert finding.fix == "set the dead-letter queue's retention to more than 345600 seconds, at most 1209600"


def test_fix_lowers_the_source_where_nothing_keeps_longer() -> None:
    plan = with_queue(mapping(), retention_seconds=14 * DAY)
    (equal,) = check([plan])
    (shorter,) = check([with_dead_letter_queue(plan, retention_seconds=DAY)])

    assert equal.fix.startswith("lower the source queue's retention below 1209600 seconds")
    assert "and set the dead-letter queue's" not in equal.fix
    assert "and set the dead-letter queue's to 1209600 seconds" in shorter.fix


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(with_dead_letter_queue(mapping(), retention_seconds=hidden)) == []
    assert ids(with_queue(with_dead_letter_queue(mapping(), retention_seconds=DAY), retention_seconds=hidden)) == []
    assert ids(replace(mapping(), failure=hidden)) == []
