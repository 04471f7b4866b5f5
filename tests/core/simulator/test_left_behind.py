"""What is seldom left behind: messages that come back while their function runs, and moments between two looks."""

import base64
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.simulator import Change, Record, events, simulate
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import mapping, with_function, with_queue, with_source
from tests.core.reviewed import reviewed
from tests.core.simulator.helping import bad, ok, raising, records_of, reporting

FOLDER = Path(__file__).parent / "texts"
VISIBLE = "ApproximateNumberOfMessagesVisible"


def outlived(kind: str) -> Any:
    """A run in which a function takes longer than its message is hidden, and nobody receives that again meanwhile."""
    plan = with_function(with_queue(mapping(kind, BatchSize=1), visibility_timeout_seconds=10), timeout_seconds=100)
    trace = simulate(plan, ok, ["a"], duration=15, changes=[Change.disable(5)], until=200)
    return trace, {minute: most for minute, _, most, _ in trace.metrics[plan.event_source.identity][VISIBLE]}


def test_a_message_that_is_deleted_after_it_came_back_is_counted_no_more() -> None:
    trace, visible = outlived("sqs")

    assert (trace.records[0].end, trace.records[0].ended) == ("processed", 15)
    assert visible == {0: 0, 60: 0, 120: 0}


def test_an_old_receipt_deletes_nothing_from_a_fifo_queue() -> None:
    trace, visible = outlived("sqs-fifo")

    assert (trace.records[0].end, trace.records[0].successes) == ("in-flight", 1)
    assert trace.invocations[0].decision == "nothing deleted"
    assert visible == {0: 1, 60: 1, 120: 1}


def test_a_message_that_grows_too_old_between_two_looks_is_received_by_nobody() -> None:
    plan = with_queue(mapping("sqs", Enabled=False), retention_seconds=60)
    trace = simulate(plan, ok, ["a", Record("b", at=0.5), Record("c", at=5)], changes=[Change.enable(60.7)])

    assert [(one.end, one.ended) for one in trace.records] == [("expired", 60), ("expired", 60.7), ("processed", 60.7)]
    assert trace.summary.receives == 1


def test_a_group_is_free_again_after_its_last_message_was_moved() -> None:
    plan = with_queue(mapping("sqs-fifo"), visibility_timeout_seconds=60)
    late = Record("late", group="g", at=1000)
    trace = simulate(plan, raising(bad), [Record("bad", group="g"), late])

    assert [(one.end, one.ended) for one in trace.records] == [("dead-letter", 300), ("processed", 1000)]


def test_a_record_is_in_the_shard_that_it_names() -> None:
    plan = with_source(mapping("kinesis", BatchSize=10), shard_count=2)
    given = [Record("a", partition=1), Record("b", partition=0), Record("c", partition=1, key="k")]
    trace = simulate(plan, ok, given, until=5)

    assert [one.group for one in trace.records] == ["1", "0", "1"]
    assert {one.group: one.record_ids for one in trace.invocations} == {
        "shardId-000000000000": ("r2",),
        "shardId-000000000001": ("r1", "r3"),
    }


def test_a_deletion_in_a_topic_is_a_record_without_a_value() -> None:
    (made,) = records_of(events.msk(Record("x", key="k")))
    seen: list[Any] = []
    simulate(mapping("msk"), lambda event, _: seen.extend(records_of(event)), [{**made, "value": None}])

    assert [(one["key"], one["value"]) for one in seen] == [("aw==", None)]


def test_a_stream_that_is_enabled_in_time_is_read_whole() -> None:
    plan = mapping("kinesis", MaximumRecordAgeInSeconds=-1)
    trace = simulate(plan, ok, ["a"], changes=[Change.disable(0), Change.enable(80_000)], until=90_000)

    assert [(one.end, one.ended) for one in trace.records] == [("processed", 80_000)]


def test_the_alarms_that_are_watched_are_told_as_they_were_reviewed() -> None:
    lines = []
    for kind in SOURCES:
        trace = simulate(mapping(kind, MetricsConfig={"Metrics": ["EventCount"]}), ok, [])
        lines.append(f"{kind}:")
        lines += ["  " + ", ".join(f"{name} {value}" for name, value in one.items()) for one in trace.thresholds]
    text = "\n".join(lines) + "\n"

    assert text == reviewed(FOLDER / "thresholds.txt", text)


@pytest.mark.parametrize("batch", [1, 10])
def test_a_message_that_comes_back_while_its_batch_fills_is_in_it_twice(batch: int) -> None:
    """A window as long as the visibility timeout: the queue hands the message out again."""
    window = mapping("sqs", BatchSize=100, MaximumBatchingWindowInSeconds=20)
    trace = simulate(with_queue(window, visibility_timeout_seconds=15), ok, [str(one) for one in range(batch)])

    assert [(one.at, len(one.record_ids)) for one in trace.invocations] == [(20, 2 * batch)]
    assert trace.summary.duplicates == batch
    assert {one.receive_count for one in trace.records} == {2}


def test_stories_are_told_in_the_order_of_arrival_however_the_records_end() -> None:
    given = [Record("bad", id="one"), Record("a", id="two"), Record("b", id="three", at=-1)]
    trace = simulate(mapping("sqs"), reporting(bad), given)

    assert [one.id for one in trace.records] == ["three", "one", "two"]
    slow, fast = mapping("kinesis"), replace(mapping("kinesis-efo"), path="Shop/Fast")
    both = simulate([slow, fast], ok, [Record("a", at=0.5)], until=9)
    assert [one.source for one in both.records] == ["Shop/Orders", "Shop/Fast"]
    assert (both.records["r1"].source, both.records["r1"].ended) == ("Shop/Orders", 1)


def test_a_poller_that_has_grown_stays_so_while_anything_is_in_hand_and_begins_anew_after_that() -> None:
    later = [Record("b", at=31) for _ in range(60)] + [Record("c", at=5000) for _ in range(60)]
    trace = simulate(mapping("sqs", BatchSize=1), ok, ["a"] * 60 + later, duration=30)
    begun = Counter(one.at for one in trace.invocations)

    assert [begun[second] for second in (0, 1, 2)] == [5, 5, 5]
    assert begun[31] == 10, "those that began in the first two seconds are over, and the queue was empty meanwhile"
    assert begun[5000] == 5


def test_an_object_is_a_ready_made_record_of_a_topic_only_if_it_has_all_of_one() -> None:
    seen: list[Any] = []
    given = [{"value": "eA=="}, {"offset": 3}]
    simulate(mapping("msk"), lambda event, _: seen.extend(records_of(event)), given)

    assert [json.loads(base64.b64decode(one["value"])) for one in seen] == given


def test_a_key_that_is_no_text_is_told_by_its_bytes() -> None:
    (made,) = records_of(events.msk(Record("x", key="k")))
    trace = simulate(mapping("msk"), ok, [{**made, "key": base64.b64encode(b"k\xff").decode()}])

    assert trace.records[0].key == "k\\xff"
    assert records_of(trace.invocations[0].event)[0]["key"] == "a/8="
