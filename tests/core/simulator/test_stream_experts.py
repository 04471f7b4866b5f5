"""What an expert looks for first at a stream."""

from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.plan import FailureKind
from cdk_esm.simulator import Arrivals, Backoff, Change, Record, Trace, simulate
from cdk_esm.testing.plans import mapping, with_failure, with_settings, with_source
from tests.core.simulator.helping import bad, ok, raising, reporting, shows, texts

STREAMS = ("kinesis", "kinesis-efo", "dynamodb")
ONE_KEY = [Record(text, key="k") for text in ("a", "bad", "c", "d")]


def batches(trace: Trace) -> list[tuple[str, ...]]:
    return [one.record_ids for one in trace.invocations]


@shows(documented="same-batch", recorded="retries-spent checkpoint", chosen="read-on")
@pytest.mark.parametrize("kind", STREAMS)
def test_a_batch_that_is_tried_again_is_not_refilled(kind: str) -> None:
    plan = mapping(kind, BisectBatchOnFunctionError=False, MaximumRetryAttempts=2)
    trace = simulate(plan, raising(bad), [Record("bad", key="k"), Record("late", at=0.1, key="k")])

    assert batches(trace) == [("r1",)] * 3 + [("r2",)]


@shows(documented="bisect", chosen="split-at-once")
def test_a_split_spends_no_retry_and_the_second_half_waits_for_the_first() -> None:
    plan = mapping("kinesis", FunctionResponseTypes=None, MaximumRetryAttempts=1)
    trace = simulate(plan, raising(bad), ONE_KEY)

    assert batches(trace) == [("r1", "r2", "r3", "r4"), ("r1", "r2"), ("r1",), ("r2",), ("r2",), ("r3", "r4")]
    assert [one.at for one in trace.invocations] == [0, 0, 0, 0, 0.25, 0.25]
    assert [one.record_ids for one in trace.destinations] == [("r2",)]
    assert trace.destinations[0].document["requestContext"]["approximateInvokeCount"] == 2


@shows(documented="lowest-reported", chosen="partial-spends-retry")
def test_with_partial_responses_the_split_is_at_the_lowest_number_and_later_successes_run_again() -> None:
    plan = mapping("kinesis", MaximumRetryAttempts=1)
    trace = simulate(plan, reporting(bad), ONE_KEY)

    assert batches(trace) == [("r1", "r2", "r3", "r4"), ("r2", "r3", "r4"), ("r2", "r3", "r4")]
    assert trace.records["r1"].end == "processed"
    assert {trace.records[name].end for name in ("r2", "r3", "r4")} == {"destination"}
    assert trace.records["r3"].successes == 3


@shows(recorded="retries-spent")
def test_zero_retries_is_one_attempt() -> None:
    plan = mapping("kinesis", MaximumRetryAttempts=0)

    assert simulate(plan, raising(bad), ["bad"]).summary.invocations == 1


@shows(documented="throttles-spend-no-retry", recorded="record-age")
def test_throttles_spend_no_retry_but_age() -> None:
    plan = mapping("kinesis", MaximumRetryAttempts=0, MaximumRecordAgeInSeconds=3600)
    waits = simulate(plan, ok, ["a"], reserved_concurrency=0, changes=[Change.reserved_concurrency(600, 1)])
    ages = simulate(plan, ok, ["a"], reserved_concurrency=0)

    assert waits.summary.throttles > 10
    assert waits.summary.ends == {"processed": 1}
    assert ages.destinations[0].document["requestContext"]["condition"] == "RecordAgeExceeded"


@shows(recorded="record-age given-up")
def test_a_record_too_old_at_first_sight_goes_to_the_destination_uninvoked_with_count_one() -> None:
    plan = mapping("kinesis", MaximumRecordAgeInSeconds=60)
    trace = simulate(plan, ok, [Record("old", at=-80, key="k"), Record("new", key="k")])

    assert batches(trace) == [("r2",)]
    assert trace.records["r1"].deliveries == 0
    assert trace.destinations[0].document["requestContext"]["approximateInvokeCount"] == 1
    assert "responseContext" not in trace.destinations[0].document


@shows(documented="expired-in-stream discarded")
def test_expiry_in_the_stream_has_no_destination_and_no_dropped_count() -> None:
    settings = {
        "MaximumRetryAttempts": -1,
        "MaximumRecordAgeInSeconds": -1,
        "MetricsConfig": {"Metrics": ["EventCount"]},
    }
    plan = mapping("kinesis", BisectBatchOnFunctionError=False, **settings)
    trace = simulate(plan, raising(bad), ["bad"], backoff=Backoff.steady(600))

    assert (trace.records["r1"].end, trace.records["r1"].ended >= 86_400) == ("expired", True)
    assert trace.destinations == ()
    assert "DroppedEventCount" not in trace.metrics[plan.path]
    nowhere = with_failure(with_settings(plan, MaximumRetryAttempts=0), kind=FailureKind.NONE)
    dropped = simulate(nowhere, raising(bad), ["bad"])
    assert dropped.records["r1"].end == "discarded"
    assert [total for _, total, _, _ in dropped.metrics[plan.path]["DroppedEventCount"]] == [1]


@shows(documented="filtered-record")
@pytest.mark.parametrize("kind", ["kinesis", "msk", "activemq"])
def test_a_batch_that_is_filtered_empty_advances_without_an_invocation(kind: str) -> None:
    key = {"kinesis": "data", "msk": "value", "activemq": "data"}[kind]
    plan = replace(mapping(kind), filters=(f'{{"{key}": {{"type": ["paid"]}}}}',))
    trace = simulate(plan, ok, [{"type": "created"}] * 3)

    assert trace.invocations == ()
    assert trace.summary.ends == {"filtered": 3}


@shows(documented="key-hash lanes", chosen="parent-first table-shards")
@pytest.mark.parametrize("kind", STREAMS)
@pytest.mark.parametrize("factor", [1, 3])
def test_children_wait_for_the_parent_and_order_for_each_key_holds_across_a_split_and_a_merge(
    kind: str, factor: int
) -> None:
    order: dict[str, list[int]] = {}

    def handler(event: Any, context: Any) -> None:
        context.spend(0.7)
        for record in event["Records"]:
            inner = record.get("kinesis") or record["dynamodb"]
            key = inner.get("partitionKey") or str(inner["Keys"])
            order.setdefault(key, []).append(int(inner.get("sequenceNumber") or inner["SequenceNumber"]))

    plan = mapping(kind, ParallelizationFactor=factor, BatchSize=5)
    changes = [Change.split(4, shard=0), Change.merge(9, shard=2), Change.split(14, shard=1)]
    payload = (lambda number: {"id": f"k{number % 7}", "n": number}) if kind == "dynamodb" else "x"
    arrivals = Arrivals.steady(30, lasting=20, keys=7, payload=payload)
    trace = simulate(plan, handler, arrivals, changes=changes, assume={"ShardCount": 2})

    assert trace.summary.ends == {"processed": 600}
    assert all(numbers == sorted(numbers) for numbers in order.values())
    assert len({one.group for one in trace.invocations}) == 7


def test_disabled_beyond_the_retention_is_expired_and_named() -> None:
    changes = [Change.disable(1), Change.enable(100_000)]
    trace = simulate(
        mapping("dynamodb"), ok, [Record({"id": "a"}, at=5), Record({"id": "b"}, at=99_000)], changes=changes
    )

    assert (trace.records["r1"].end, trace.records["r1"].step) == ("expired", "expired-in-stream")
    assert "nobody read" in trace.records["r1"].tale[-1][1]
    assert trace.records["r2"].end == "processed"


@shows(chosen="back-off")
def test_the_back_off_makes_about_as_many_attempts_as_were_seen_once() -> None:
    """Eight attempts in 60 seconds were recorded once: our choice is to be between 6 and 10."""
    plan = mapping("kinesis", MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=60, MaximumBatchingWindowInSeconds=1)
    trace = simulate(plan, raising(bad), ["bad"])
    steady = simulate(plan, raising(bad), ["bad"], backoff=Backoff.steady(7.5))

    assert 6 <= trace.summary.invocations <= 10
    assert steady.summary.invocations == 8


@shows(recorded="starting-position", documented="skipped")
@pytest.mark.parametrize("kind", ["kinesis", "dynamodb", "msk", "documentdb"])
def test_latest_never_reads_what_was_there_before(kind: str) -> None:
    records = [Record({"id": "before"}, at=-60), Record({"id": "after"}, at=1)]
    latest = simulate(mapping(kind, StartingPosition="LATEST"), ok, records)
    horizon = simulate(mapping(kind, StartingPosition="TRIM_HORIZON"), ok, records)

    assert (latest.records["r1"].end, latest.records["r1"].step) == ("expired", "skipped")
    assert latest.summary.lost == 1
    assert horizon.summary.ends == {"processed": 2}


def test_a_timestamp_is_a_starting_position_too() -> None:
    plan = mapping("kinesis", StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=1_767_225_600 - 30)
    trace = simulate(plan, ok, [Record("a", at=-31), Record("b", at=-30)])

    assert [one.end for one in trace.records] == ["expired", "processed"]


@shows(documented="polling", chosen="pushed stream-window")
def test_a_quiet_shard_is_read_once_a_second_and_a_consumer_gets_its_records_at_once() -> None:
    def read(kind: str, **settings: Any) -> float:
        return simulate(mapping(kind, **settings), ok, [Record({"id": "a"}, at=3.1)]).invocations[0].at

    assert (read("kinesis"), read("dynamodb"), read("kinesis-efo")) == (4, 3.25, 3.1)
    assert read("kinesis", MaximumBatchingWindowInSeconds=10) == 14


def test_a_batching_window_ends_when_the_batch_is_full() -> None:
    plan = mapping("kinesis", BatchSize=10, MaximumBatchingWindowInSeconds=60)
    trace = simulate(plan, ok, Arrivals.steady(2, lasting=30, keys=1))

    assert [len(one.record_ids) for one in trace.invocations] == [10] * 6
    assert trace.invocations[0].at == 5


@shows(documented="tumbling", chosen="tumbling-end")
def test_a_tumbling_window_hands_its_state_on_and_ends_with_a_last_invocation() -> None:
    def handler(event: Any, _: Any) -> dict[str, Any]:
        return {"state": {"count": event["state"].get("count", 0) + len(texts(event))}}

    plan = mapping("kinesis", TumblingWindowInSeconds=30, BatchSize=10)
    trace = simulate(plan, handler, Arrivals.steady(2, lasting=60, keys=1))
    last = [one for one in trace.invocations if one.event["isFinalInvokeForWindow"]]

    assert [(one.at, one.event["state"], one.record_ids) for one in last] == [
        (30, {"count": 60}, ()),
        (60, {"count": 60}, ()),
    ]
    assert [one.event["window"]["start"] for one in last] == ["2026-01-01T00:00:00Z", "2026-01-01T00:00:30Z"]
    inside = [one for one in trace.invocations if one.record_ids]
    assert all(len({trace.records[name].at // 30 for name in one.record_ids}) == 1 for one in inside)


def test_a_last_invocation_that_fails_is_tried_until_it_succeeds() -> None:
    def handler(event: Any, _: Any) -> dict[str, Any]:
        if event["isFinalInvokeForWindow"] and len(failures) < 3:
            failures.append(event)
            raise ValueError("not yet")
        return {"state": {}}

    failures: list[Any] = []
    trace = simulate(mapping("kinesis", TumblingWindowInSeconds=30), handler, [Record("a"), Record("b", at=31)])

    assert len([one for one in trace.invocations if one.event["isFinalInvokeForWindow"]]) == 5
    assert trace.summary.ends == {"processed": 2}


def test_two_mappings_on_one_stream_have_their_own_story_of_each_record() -> None:
    one = mapping("kinesis", MaximumRetryAttempts=0)
    other = replace(one, path="Shop/Again")
    trace = simulate([one, other], {one.path: raising(bad), other.path: ok}, ["bad"])

    assert [(story.source, story.end) for story in trace.records] == [
        ("Shop/Orders", "destination"),
        ("Shop/Again", "processed"),
    ]


def test_a_partition_that_is_not_open_is_refused_with_those_that_are() -> None:
    with pytest.raises(Exception, match="there is no open shard 3; the stream has 0"):
        simulate(with_source(mapping("kinesis"), shard_count=1), ok, [Record("a", partition=3)])
