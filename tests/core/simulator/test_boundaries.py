"""What is exactly at a boundary, or said in one place only: settings, changes, duplicates, the order of a moment."""

from dataclasses import replace
from math import nextafter
from random import Random
from typing import Any

import pytest

from cdk_esm.errors import EsmError
from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import FailureKind, FailurePath, MappingPlan, Queue
from cdk_esm.simulator import Change, Record, simulate
from cdk_esm.simulator.clock import Clock, seconds, ticks, written
from cdk_esm.simulator.queue_settings import QueueSettings, poller_settings, queue_settings
from cdk_esm.simulator.settings import HiddenValueError, Reading
from cdk_esm.testing.plans import mapping, with_dead_letter_queue, with_failure, with_function, with_queue
from tests.core.simulator.helping import ok, raising

DAY = 86_400


def settings_of(plan: MappingPlan, **assume: Any) -> QueueSettings:
    """What a run knows of a queue; nothing may be missing."""
    reading = Reading(plan, assume)
    found = queue_settings(plan, reading)
    reading.finished()
    return found


def failing(**about: Any) -> MappingPlan:
    return replace(mapping("sqs"), failure=FailurePath(kind=FailureKind.DEAD_LETTER_QUEUE, **about))


def test_letters_are_kept_as_long_as_the_dead_letter_queue_says() -> None:
    assert settings_of(with_dead_letter_queue(mapping("sqs"), retention_seconds=60)).letters_kept == ticks(60)
    assert settings_of(with_dead_letter_queue(mapping("sqs"), retention_seconds=None)).letters_kept == ticks(4 * DAY)


def test_letters_of_a_queue_that_nobody_describes_are_kept_as_long_as_the_service_s_default() -> None:
    found = settings_of(failing(max_receive_count=3))

    assert found.letters_kept == ticks(4 * DAY)
    assert (found.receives, found.dead_letters) == (3, "arn:aws:sqs:eu-west-1:111122223333:orders (dead letters)")


def test_a_retention_that_is_hidden_is_asked_for_by_its_name_and_taken_from_there() -> None:
    hidden = with_dead_letter_queue(mapping("sqs"), retention_seconds=UNKNOWN)

    assert settings_of(hidden, DeadLetterRetention=90).letters_kept == ticks(90)
    with pytest.raises(HiddenValueError) as caught:
        settings_of(hidden)
    assert str(caught.value) == (
        "Shop/Orders: DeadLetterRetention is not known: an import hides it\n"
        '  fix: say what holds: simulate(…, assume={"DeadLetterRetention": …}), or for this mapping alone '
        'assume={"Shop/Orders": {"DeadLetterRetention": …}}'
    )
    assert caught.value.as_command == (
        "Shop/Orders: DeadLetterRetention is not known: an import hides it; "
        "say what holds: --assume DeadLetterRetention=…"
    )


def test_every_hidden_value_of_a_queue_is_told_at_once_and_none_has_a_guess() -> None:
    plan = with_queue(
        mapping("sqs"), visibility_timeout_seconds=UNKNOWN, retention_seconds=UNKNOWN, delay_seconds=UNKNOWN
    )
    plan = with_failure(plan, max_receive_count=UNKNOWN)
    known = {"VisibilityTimeout": 1, "MessageRetentionPeriod": 2, "DelaySeconds": 3, "maxReceiveCount": 4}

    with pytest.raises(HiddenValueError) as caught:
        settings_of(plan)
    assert [line.split(":")[1].split()[0] for line in str(caught.value).splitlines()[:-1]] == [
        "maxReceiveCount",
        "VisibilityTimeout",
        "MessageRetentionPeriod",
        "DelaySeconds",
    ]
    found = settings_of(plan, **known)
    assert (found.visibility, found.retention, found.delay, found.receives) == (ticks(1), ticks(2), ticks(3), 4)


def test_a_failure_path_that_is_hidden_is_asked_for_and_0_means_none() -> None:
    hidden = replace(mapping("sqs"), failure=UNKNOWN)

    assert settings_of(hidden, maxReceiveCount=0).receives is None
    found = settings_of(hidden, maxReceiveCount=2)
    assert (found.receives, found.letters_kept) == (2, ticks(4 * DAY))
    assert settings_of(hidden, maxReceiveCount=2, DeadLetterRetention=60).letters_kept == ticks(60)
    with pytest.raises(HiddenValueError, match="maxReceiveCount is not known"):
        settings_of(hidden)


def test_a_queue_without_a_dead_letter_queue_moves_nothing() -> None:
    found = settings_of(replace(mapping("sqs"), failure=FailurePath(kind=FailureKind.NONE)))

    assert (found.receives, found.dead_letters, found.letters_kept) == (None, "", 0)


def test_a_queue_says_what_its_plan_says() -> None:
    plan = with_queue(mapping("sqs-fifo"), visibility_timeout_seconds=11, retention_seconds=120, delay_seconds=7)
    source = plan.source_as(Queue)

    assert settings_of(plan) == QueueSettings(
        identity=source.identity,
        fifo=True,
        visibility=ticks(11),
        retention=ticks(120),
        delay=ticks(7),
        receives=5,
        dead_letters=f"{source.identity.removesuffix('.fifo')}-dead",
        letters_kept=ticks(14 * DAY),
    )


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"MinimumPollers": 3, "MaximumPollers": 5}, (3, 5)),
        ({"MinimumPollers": 3}, (3, 200)),
        ({"MinimumPollers": 300}, (300, 300)),
        ({"MaximumPollers": 5}, (2, 5)),
        (None, None),
    ],
)
def test_provisioned_pollers_are_at_least_the_least(
    config: dict[str, int] | None, expected: tuple[int, int] | None
) -> None:
    plan = mapping("sqs") if config is None else mapping("sqs", ProvisionedPollerConfig=config)

    assert poller_settings(plan, Reading(plan, {})).pollers == expected


def test_pollers_that_are_hidden_are_asked_for() -> None:
    plan = mapping("sqs", ProvisionedPollerConfig={"MinimumPollers": 3, "MaximumPollers": UNKNOWN})

    assert poller_settings(plan, Reading(plan, {"MaximumPollers": 9})).pollers == (3, 9)
    reading = Reading(plan, {})
    assert poller_settings(plan, reading).pollers == (3, 3)
    with pytest.raises(HiddenValueError, match="MaximumPollers is not known"):
        reading.finished()


def test_a_change_says_what_when_and_for_which_mapping() -> None:
    """Each is made by a method of its own, and each can be for one mapping alone."""
    path = "Shop/Orders"

    assert Change.disable(1, path=path) == Change("disable", 1, path)
    assert Change.enable(2, path=path) == Change("enable", 2, path)
    assert Change.version(3, ok, path=path) == Change("version", 3, path, handler=ok)
    assert Change.source_gone(4, path=path) == Change("source_gone", 4, path)
    assert Change.split(5, shard=2, path=path) == Change("split", 5, path, number=2)
    assert Change.merge(6, shard=2, path=path) == Change("merge", 6, path, number=2)
    assert Change.rebalance(7, path=path) == Change("rebalance", 7, path)
    assert Change.reserved_concurrency(8, 9, path=path) == Change("reserved_concurrency", 8, path, number=9)
    assert (Change.split(1).number, Change.merge(1).number, Change.merge(1).path) == (0, 0, None)


@pytest.mark.parametrize(
    ("kind", "change", "error"),
    [
        (
            "sqs",
            Change.merge(0, path="Shop/Other"),
            "a change names 'Shop/Other', and the run has the mappings Shop/Orders",
        ),
        ("sqs", Change.split(0), "split: Shop/Orders reads no stream of shards"),
        ("sqs", Change.merge(0), "merge: Shop/Orders reads no stream of shards"),
        ("sqs", Change.rebalance(0), "rebalance: Shop/Orders reads no Kafka topic with a consumer group"),
    ],
)
def test_a_change_that_a_mapping_cannot_take_is_refused_in_full(kind: str, change: Change, error: str) -> None:
    with pytest.raises(EsmError) as caught:
        simulate(mapping(kind), ok, [Record("a")], changes=[change])

    assert str(caught.value) == error


def test_a_change_for_one_of_two_mappings_leaves_the_other_alone() -> None:
    one, two = (replace(mapping(kind), path=f"Shop/{kind}") for kind in ("sqs", "kinesis"))
    two = with_function(two, identity="other", name="other")
    arrivals = {plan.path: [Record("a", at=2)] for plan in (one, two)}
    changes = [
        Change.merge(1, shard=1, path=two.path),
        Change.split(0.5, path=two.path),
        Change.disable(1, path=one.path),
    ]
    trace = simulate([one, two], ok, arrivals, changes=changes, until=10, assume={"ShardCount": 1})

    assert {call.path for call in trace.invocations} == {two.path}


def test_no_record_is_delivered_twice_without_duplicates_and_every_one_with_all() -> None:
    arrivals = [Record(str(place)) for place in range(50)]

    assert simulate(mapping("sqs"), ok, arrivals, duplicates=0).summary.duplicates == 0
    assert simulate(mapping("sqs"), ok, arrivals, duplicates=1).summary.duplicates == 50


def test_a_record_is_delivered_again_if_its_draw_is_below_the_share() -> None:
    """The draw belongs to the seed and the record, so that another record of the run changes nothing."""
    draw = Random("7/again/2").random()  # noqa: S311 - no secret

    def again(share: float) -> int:
        trace = simulate(mapping("sqs"), ok, ["a", "b"], seed=7, duplicates=share)
        return trace.records["r2"].duplicates

    assert (again(draw), again(nextafter(draw, 1))) == (0, 1)


def test_what_happens_at_one_moment_happens_in_the_order_in_which_it_was_asked_for() -> None:
    clock = Clock()
    seen: list[str] = []
    for name, when in (("later", 5), ("first", 3), ("second", 3), ("third", 3)):
        clock.at(when, seen.append, name)
    while clock.next is not None:
        clock.step()
        if seen == ["first"]:
            clock.at(clock.now - 2, seen.append, "asked for too late")

    assert seen == ["first", "second", "third", "asked for too late", "later"]
    assert clock.now == 5


def test_a_moment_is_written_as_the_services_do() -> None:
    assert written(ticks(1.2345)) == "2026-01-01T00:00:01.234Z"
    assert written(ticks(1.2345), whole=True) == "2026-01-01T00:00:01Z"
    assert written(ticks(-0.001)) == "2025-12-31T23:59:59.999Z"
    assert (seconds(ticks(2)), seconds(ticks(2.5))) == (2, 2.5)


def test_a_queue_that_is_deleted_has_no_metrics_any_more() -> None:
    trace = simulate(mapping("sqs"), raising(bool), [Record("bad")], changes=[Change.source_gone(70)], until=300)
    queue = trace.metrics["arn:aws:sqs:eu-west-1:111122223333:orders"]

    assert {name: [at for at, *_ in points] for name, points in queue.items()} == {
        "ApproximateAgeOfOldestMessage": [0],
        "ApproximateNumberOfMessagesNotVisible": [0],
        "ApproximateNumberOfMessagesVisible": [0],
    }


def test_a_partition_that_a_topic_does_not_have_is_refused_with_a_fix() -> None:
    with pytest.raises(EsmError) as caught:
        simulate(mapping("msk"), ok, [Record("a", partition=2)], assume={"Partitions": 2})

    assert str(caught.value) == 'r1: there is no partition 2, the topic has 2; fix: assume={"Partitions": 3}'
