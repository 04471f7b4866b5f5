from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import FailureKind, FailurePath
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_failure, with_queue

TIGHT = with_queue(mapping(), retention_seconds=900)


def test_receives_that_outlast_the_retention_are_a_danger() -> None:
    assert ids(TIGHT) == ["ESM310"]
    assert ids(with_queue(mapping("sqs-fifo"), retention_seconds=900)) == ["ESM310"]


def test_receives_that_fit_are_fine() -> None:
    assert ids(with_queue(mapping(), retention_seconds=901)) == []


def test_default_receives_count() -> None:
    plan = with_failure(with_queue(mapping(), retention_seconds=1800), max_receive_count=None)

    assert ids(plan) == ["ESM310"]


def test_without_dead_letter_queue_there_is_nothing_to_reach() -> None:
    assert ids(replace(TIGHT, failure=FailurePath(kind=FailureKind.NONE, reason="so"))) == []


def test_message_shows_the_product() -> None:
    message = check([TIGHT])[0].message

    assert message.startswith("5 receives of 180 seconds each take 900 seconds, but the queue keeps a message for 900")


def test_fix_never_asks_for_more_than_a_queue_can_keep() -> None:
    assert check([TIGHT])[0].fix.startswith("raise the queue's retention above 900 seconds, or lower ")

    long = with_failure(with_queue(TIGHT, visibility_timeout_seconds=43_200), max_receive_count=100)
    assert check([long], select=["ESM310"])[0].fix.startswith("lower RedrivePolicy.maxReceiveCount or the visibility")


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(with_queue(mapping(), retention_seconds=hidden)) == []
    assert ids(with_queue(TIGHT, visibility_timeout_seconds=hidden)) == []
    assert ids(with_failure(TIGHT, max_receive_count=hidden)) == []
    assert ids(replace(TIGHT, failure=hidden)) == []
