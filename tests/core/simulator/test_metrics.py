"""The metrics of a run, as the services would write them."""

from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.plan import FailureKind
from cdk_esm.simulator import Arrivals, Change, Record, Trace, events, simulate
from cdk_esm.simulator.meter import Meter
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import mapping, with_failure, with_queue
from tests.core.simulator.helping import bad, ok, raising, reporting

COUNTED: dict[str, Any] = {"MetricsConfig": {"Metrics": ["EventCount"]}}


def total(trace: Trace, owner: str, name: str) -> float:
    return sum(value for _, value, _, _ in trace.metrics.get(owner, {}).get(name, ()))


def most(trace: Trace, owner: str, name: str) -> list[tuple[int, float]]:
    return [(at, value) for at, _, value, _ in trace.metrics[owner][name]]


@pytest.mark.parametrize("kind", ["sqs", "sqs-fifo", "kinesis", "dynamodb", "msk"])
def test_a_mapping_counts_what_it_polled_invoked_and_failed(kind: str) -> None:
    retries = {"MaximumRetryAttempts": 1} if SOURCES[kind].destinations else {}
    plan = mapping(kind, **retries, **COUNTED)
    records = [Record({"id": text}, key="id" if kind == "dynamodb" else "k") for text in ("a", "bad", "c")]
    is_bad = lambda text: "bad" in text  # noqa: E731 - a predicate
    trace = simulate(plan, reporting(is_bad), records)
    calls = [len(one.record_ids) for one in trace.invocations]

    assert total(trace, plan.path, "InvokedEventCount") == sum(calls) == trace.summary.deliveries
    assert total(trace, plan.path, "FailedInvokeEventCount") == sum(
        len(one.record_ids) for one in trace.invocations if one.step == "reported" and one.response["batchItemFailures"]
    )
    polled = total(trace, plan.path, "PolledEventCount")
    assert polled == (trace.summary.receives or 3)


def test_a_queue_counts_deletions_depths_and_what_is_filtered() -> None:
    plan = replace(mapping("sqs", **COUNTED), filters=('{"body": {"id": [{"anything-but": "no"}]}}',))
    plan = with_queue(plan, visibility_timeout_seconds=120)
    trace = simulate(plan, reporting(lambda text: "bad" in text), [{"id": one} for one in ("a", "no", "bad")])
    queue, dead = plan.event_source.identity, "arn:aws:sqs:eu-west-1:111122223333:orders-dead"

    assert total(trace, plan.path, "DeletedEventCount") == 1
    assert total(trace, plan.path, "FilteredOutEventCount") == 1
    assert most(trace, queue, "ApproximateNumberOfMessagesNotVisible")[:3] == [(0, 1), (60, 1), (120, 1)]
    assert most(trace, dead, "ApproximateNumberOfMessagesVisible")[9:11] == [(540, 0), (600, 1)]


def test_the_depth_of_a_dead_letter_queue_falls_when_letters_expire() -> None:
    plan = with_queue(mapping("sqs"), visibility_timeout_seconds=60, retention_seconds=3600)
    from_then = simulate(plan, raising(bad), ["bad"], until=14 * 86_400 + 120)
    depths = most(from_then, "arn:aws:sqs:eu-west-1:111122223333:orders-dead", "ApproximateNumberOfMessagesVisible")

    assert depths[-1][1] == 0
    assert max(value for _, value in depths) == 1


def test_a_mapping_that_does_not_count_events_has_no_metrics_and_the_function_has_its_own() -> None:
    plan = mapping("sqs")
    trace = simulate(plan, raising(bad, seconds=2), ["bad"], until=400, reserved_concurrency=1)
    function = plan.function.identity

    assert plan.path not in trace.metrics
    assert total(trace, function, "Errors") == 3
    assert total(trace, function, "Duration") == 6000
    assert most(trace, function, "ConcurrentExecutions") == [(0, 1), (180, 1), (360, 1)]


def test_throttles_are_counted_at_the_function() -> None:
    plan = mapping("kinesis", BatchSize=1)
    trace = simulate(plan, ok, ["a"], reserved_concurrency=0, changes=[Change.reserved_concurrency(10, 1)])

    assert total(trace, plan.function.identity, "Throttles") == trace.summary.throttles > 3


def test_a_stream_counts_what_reached_its_destination_and_what_was_dropped() -> None:
    plan = mapping("kinesis", MaximumRetryAttempts=0, **COUNTED)
    kept = simulate(plan, raising(bad), ["bad"])
    dropped = simulate(with_failure(plan, kind=FailureKind.NONE), raising(bad), ["bad"])

    assert total(kept, plan.path, "OnFailureDestinationDeliveredEventCount") == 1
    assert total(kept, plan.path, "DroppedEventCount") == 0
    assert total(dropped, plan.path, "DroppedEventCount") == 1
    assert total(dropped, plan.path, "OnFailureDestinationDeliveredEventCount") == 0


def test_the_age_and_the_lag_of_a_stream_grow_while_it_is_held() -> None:
    plan = mapping("kinesis-efo", BatchSize=1)
    trace = simulate(plan, ok, Arrivals.steady(2, lasting=300, keys=1), duration=1)
    ages = most(trace, plan.function.identity, "IteratorAge")
    lags = most(trace, plan.path, "LagSeconds")
    behind = most(trace, f"{plan.path}/consumer", "SubscribeToShardEvent.MillisBehindLatest")

    assert [value for _, value in ages][:5] == sorted(value for _, value in ages)[:5]
    assert 290_000 < max(value for _, value in ages) < 300_000
    assert behind == [(at, 1000 * lag) for at, lag in lags]
    assert max(lag for _, lag in lags) > 100


def test_a_loop_that_is_stopped_is_counted() -> None:
    plan = mapping("sqs")

    def again(_: Any, context: Any) -> None:
        context.send("x", to=plan.path)

    trace = simulate(plan, again, ["x"])

    assert total(trace, plan.function.identity, "RecursiveInvocationsDropped") == 5


def test_a_message_of_activemq_keeps_the_time_of_its_first_delivery() -> None:
    trace = simulate(mapping("activemq"), raising(bad), ["bad"])
    times = [one.event["messages"][0]["brokerOutTime"] for one in trace.invocations]

    assert len(times) == 7
    assert len(set(times)) == 1


@pytest.mark.parametrize(
    ("item", "size"),
    [
        ({"id": "ab"}, 4),
        ({"id": b"abc"}, 5),
        ({"id": 12345}, 6),
        ({"id": "a", "b": True}, 5),
        ({"id": "a", "l": [1, "xy"]}, 3 + 1 + 3 + (1 + 2) + (1 + 2)),
        ({"id": "a", "m": {"k": None}}, 3 + 1 + 3 + (1 + 1 + 1)),
        ({"id": "a", "s": {"p", "qq"}}, 3 + 1 + 3),
        ({"id": "a", "n": {"B": "not base64"}}, 3 + 1 + 10),
    ],
)
def test_the_size_of_a_change_is_that_of_its_names_and_values(item: dict[str, Any], size: int) -> None:
    (record,) = events.dynamodb(item)["Records"]
    keys = size_of_key = 2 + len(next(iter(record["dynamodb"]["Keys"]["id"].values())))
    if isinstance(item["id"], bytes):
        keys = size_of_key = 2 + len(item["id"])
    if isinstance(item["id"], int):
        keys = size_of_key = 6

    assert record["dynamodb"]["SizeBytes"] == size + keys
    assert size_of_key <= size


def test_a_period_without_data_is_none_and_with_some_has_sum_most_and_number() -> None:
    series = Meter().series("a", "b")
    for minute, value in ((0, 3), (0, -1), (2, 5)):
        series.add(minute * 60_000_000, value)

    assert series.over(0, 1) == [2, 3, 2]
    assert series.over(1, 1) is None
    assert series.over(0, 3) == [7, 5, 3]
