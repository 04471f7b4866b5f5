from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function, with_queue

ID = "ESM305"


@pytest.mark.parametrize("visibility", [30, 179])
def test_visibility_between_the_timeout_and_six_times_it_is_weak(visibility: int) -> None:
    assert ids(with_queue(mapping(), visibility_timeout_seconds=visibility)) == [ID]


def test_six_times_the_timeout_is_enough() -> None:
    assert ids(with_queue(mapping(), visibility_timeout_seconds=180)) == []


def test_a_visibility_timeout_below_the_timeout_is_left_to_another_rule() -> None:
    assert ids(with_queue(mapping(), visibility_timeout_seconds=29), select=[ID]) == []


def test_window_is_added() -> None:
    plan = mapping(MaximumBatchingWindowInSeconds=20)

    assert ids(with_queue(plan, visibility_timeout_seconds=199)) == [ID]
    assert ids(with_queue(plan, visibility_timeout_seconds=200)) == []


def test_a_factor_that_the_user_chose_changes_nothing_but_the_fix() -> None:
    plan = replace(with_queue(mapping(), visibility_timeout_seconds=60), choices={"visibility_timeout_factor": 2})
    [at_construct] = check([replace(plan, door=Door.CONSTRUCT)])

    assert ids(plan) == [ID]
    assert at_construct.fix == "set visibility_timeout_factor=6 or more, or lower the function's timeout"


def test_a_factor_that_is_enough_is_not_offered_once_more() -> None:
    """A window or a timeout that was changed on the resource itself is not in what the construct derived."""
    plan = with_queue(mapping(MaximumBatchingWindowInSeconds=5), visibility_timeout_seconds=180)
    plan = replace(plan, door=Door.CONSTRUCT, origin={"visibility_timeout_factor": "default"})
    (finding,) = check([plan])

    assert finding.fix.startswith("pass queue=esm.NewQueue(visibility_timeout=Duration.seconds(185)), or lower ")


def test_message_shows_the_sum() -> None:
    plan = with_queue(mapping(MaximumBatchingWindowInSeconds=20), visibility_timeout_seconds=None)
    (finding,) = check([plan], select=[ID])

    assert finding.message == (
        "the queue hides a message for 30 seconds (the service's default), less than 200: "
        "6 times the function's timeout of 30 seconds plus the batching window of 20 seconds"
    )
    assert finding.allowed == "at least 200 seconds"


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    short = with_queue(mapping(), visibility_timeout_seconds=60)

    assert ids(with_queue(mapping(), visibility_timeout_seconds=hidden)) == []
    assert ids(with_function(short, timeout_seconds=hidden)) == []
    assert ids(with_queue(mapping(MaximumBatchingWindowInSeconds=hidden), visibility_timeout_seconds=60)) == []
