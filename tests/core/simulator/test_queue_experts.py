"""What an expert looks for first at a standard queue."""

from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.plan import FailureKind, FailurePath, MappingPlan
from cdk_esm.simulator import Arrivals, Change, Record, simulate
from cdk_esm.testing.plans import (
    mapping,
    with_dead_letter_queue,
    with_failure,
    with_function,
    with_queue,
    with_settings,
)
from tests.core.simulator.helping import bad, ok, raising, reporting, shows, texts

SILENT = {"FunctionResponseTypes": None}


@shows(recorded="visibility", chosen="queue-window")
def test_a_failed_message_returns_when_its_timeout_ends_and_the_window_uses_it_up() -> None:
    plan = with_queue(mapping("sqs", MaximumBatchingWindowInSeconds=20), visibility_timeout_seconds=60)
    trace = simulate(plan, raising(bad, seconds=1), ["bad"], until=100)

    first, second = trace.invocations
    assert (first.at, second.at) == (20, 80)  # received at 0, back at 60, and 20 s in the next window


@shows(recorded="redrive", documented="letter-age")
def test_the_move_happens_at_the_receive_after_the_last_allowed_one() -> None:
    plan = with_failure(with_queue(mapping("sqs"), visibility_timeout_seconds=60), max_receive_count=3)
    trace = simulate(plan, raising(bad), ["bad"])

    assert [one.at for one in trace.invocations] == [0, 60, 120]
    assert [(one.at, one.expires_at) for one in trace.dead_letters] == [(180, 14 * 86_400)]
    assert trace.records["r1"].receive_count == 3


@shows(chosen="disabled")
def test_the_move_needs_an_enabled_poller() -> None:
    plan = with_failure(with_queue(mapping("sqs"), visibility_timeout_seconds=60), max_receive_count=3)
    off = simulate(plan, raising(bad), ["bad"], changes=[Change.disable(150)], until=3600)
    on = simulate(plan, raising(bad), ["bad"], changes=[Change.disable(150), Change.enable(1000)], until=3600)

    assert off.summary.ends == {"in-flight": 1}
    assert [one.at for one in on.dead_letters] == [1000]


@shows(documented="queue-expiry", chosen="in-flight-expiry")
def test_a_message_past_its_retention_vanishes_and_reaches_no_dead_letter_queue() -> None:
    plan = with_queue(mapping("sqs"), visibility_timeout_seconds=300, retention_seconds=900)
    waits = simulate(plan, raising(bad), ["bad"], changes=[Change.disable(0)])
    hidden = simulate(plan, raising(bad), [Record("bad", at=-1)])

    assert waits.records["r1"].step == "queue-expiry"
    assert hidden.records["r1"].step == "in-flight-expiry"
    for trace in (waits, hidden):
        assert (trace.summary.lost, trace.dead_letters) == (1, ())
    assert hidden.summary.lost_by_choice == {"in-flight-expiry": 1}


@shows(documented="throttled-batch reserved-concurrency", chosen="throttle-wait")
def test_a_throttled_batch_is_tried_again_within_its_visibility_and_then_counts_one_receive() -> None:
    plan = with_queue(mapping("sqs"), visibility_timeout_seconds=60)
    changes = [Change.reserved_concurrency(100, None)]
    trace = simulate(plan, ok, ["a"], reserved_concurrency=0, changes=changes)

    assert trace.summary.throttles == 12  # at 0, 1, 3, 7, 15 and 31 s of each of two visibility timeouts
    (only,) = trace.invocations
    assert (only.at, only.event["Records"][0]["attributes"]["ApproximateReceiveCount"]) == (120, "3")


@shows(recorded="failed-batch any-answer", documented="no-json")
@pytest.mark.parametrize("listens", [True, False])
@pytest.mark.parametrize("fault", ["timeout", "crash", "exception", "not JSON"])
def test_timeout_crash_and_exception_fail_the_whole_batch(fault: str, listens: bool) -> None:
    def handler(_: Any, context: Any) -> Any:
        if fault == "timeout":
            context.spend(31)
        if fault == "crash":
            raise SystemExit(1)
        if fault == "exception":
            raise KeyError("order_id")
        return {"batchItemFailures": [], "seen": {1, 2}}

    plan = mapping("sqs") if listens else with_settings(mapping("sqs"), **SILENT)
    trace = simulate(plan, handler, ["a", "b"], until=100)

    (only,) = trace.invocations
    assert only.error is not None
    assert trace.summary.ends == {"in-flight": 2}
    assert only.took == (30 if fault == "timeout" else 0)


@shows(recorded="any-answer deleted", documented="reported")
def test_without_the_setting_any_answer_is_success() -> None:
    report = reporting(bad)

    assert simulate(with_settings(mapping("sqs"), **SILENT), report, ["bad", "a"]).summary.ends == {"processed": 2}
    assert simulate(mapping("sqs"), report, ["bad", "a"]).summary.ends == {"dead-letter": 1, "processed": 1}


@shows(chosen="stale-receipt timeout-effects no-cold-start")
def test_a_function_that_outlives_the_visibility_gives_a_concurrent_duplicate() -> None:
    plan = with_queue(mapping("sqs"), visibility_timeout_seconds=10)
    trace = simulate(plan, ok, ["a"], duration=15, until=24)

    first, second, third = trace.invocations
    assert (first.at, second.at, third.at) == (0, 10, 20)
    assert first.took > second.at
    assert trace.invocations[1].event["Records"][0]["attributes"]["ApproximateReceiveCount"] == "2"
    late = simulate(plan, ok, ["a"], duration=15)
    assert late.summary.duplicates >= 1
    assert simulate(mapping("sqs"), ok, ["a"], duration=15).summary.duplicates == 0


@shows(documented="starting-concurrency", chosen="ramp")
def test_a_standard_queue_starts_at_five_grows_by_300_a_minute_and_ends_at_1250() -> None:
    plan = with_function(with_settings(mapping("sqs"), BatchSize=1), timeout_seconds=900)
    plan = with_queue(plan, visibility_timeout_seconds=5400)
    trace = simulate(plan, ok, Arrivals.burst(4000), duration=600, until=400, keep="summary")
    running = {int(at): most for at, _, most, _ in trace.metrics[plan.function.identity]["ConcurrentExecutions"]}

    assert running[0] == 5 + 59 * 5
    assert running[60] == running[0] + 300
    assert trace.summary.most_concurrent == 1250


@shows(documented="slowing", chosen="slowing-half")
def test_errors_lower_the_concurrency_only_without_partial_responses() -> None:
    def invocations_of_a_minute(plan: MappingPlan) -> int:
        failing = simulate(plan, raising(bad, seconds=2), Arrivals.burst(2000, payload="bad"), until=60, keep="summary")
        return failing.summary.invocations

    plan = mapping("sqs", BatchSize=1)
    slowed = invocations_of_a_minute(with_settings(plan, **SILENT))
    assert slowed < invocations_of_a_minute(plan) / 5
    assert slowed >= 2 * 60 / 2 - 10  # two batches at a time are left


@shows(documented="maximum-concurrency")
def test_maximum_concurrency_bounds_the_batches_at_a_time() -> None:
    plan = mapping("sqs", BatchSize=1, ScalingConfig={"MaximumConcurrency": 7})
    trace = simulate(plan, ok, Arrivals.burst(300), duration=5, keep="summary")

    assert trace.summary.most_concurrent == 7
    assert trace.summary.ends == {"processed": 300}


@shows(documented="provisioned-pollers")
def test_each_provisioned_poller_makes_ten_invocations_at_a_time() -> None:
    config = {"MinimumPollers": 2, "MaximumPollers": 4}
    plan = mapping("sqs", BatchSize=1, ProvisionedPollerConfig=config)
    trace = simulate(plan, ok, Arrivals.burst(300), duration=5)

    assert len([one for one in trace.invocations if one.at == 0]) == 20
    assert trace.summary.most_concurrent == 40


@shows(documented="letter-age")
def test_a_letter_that_expires_within_the_run_is_lost() -> None:
    plan = with_queue(mapping("sqs"), visibility_timeout_seconds=60, retention_seconds=1000)
    short = with_dead_letter_queue(plan, retention_seconds=1000)
    lost = simulate(short, raising(bad), ["bad"], until=2000)
    kept = simulate(plan, raising(bad), ["bad"], until=2000)

    assert lost.summary.lost_because == {"letter-age": 1}
    assert (kept.summary.lost, kept.summary.dead_letters) == (0, 1)


@shows(documented="age-metric")
def test_the_age_leaves_out_what_was_received_three_times_on_a_standard_queue_only() -> None:
    def ages(kind: str) -> list[float]:
        trace = simulate(mapping(kind, BatchSize=1), raising(bad), ["bad"], until=800)
        series = trace.metrics[mapping(kind).event_source.identity]["ApproximateAgeOfOldestMessage"]
        return [most for _, _, most, _ in series]

    assert ages("sqs")[5] > 290
    assert ages("sqs")[7:] == [0] * 6  # the third receive is at 360 s
    assert ages("sqs-fifo")[-1] > 700


@shows(documented="filtered-message")
def test_a_message_that_matches_no_filter_is_deleted_and_nothing_is_invoked() -> None:
    plan = replace(mapping("sqs"), filters=('{"body": {"type": ["paid"]}}',))
    trace = simulate(plan, ok, [{"type": "created"}, {"type": "paid"}])

    assert [one.end for one in trace.records] == ["filtered", "processed"]
    assert [one.record_ids for one in trace.invocations] == [("r2",)]


@shows(documented="loop")
def test_a_loop_is_stopped_after_sixteen_invocations() -> None:
    plan = mapping("sqs")

    def handler(event: Any, context: Any) -> None:
        for text in texts(event):
            context.send(text, to=plan.path)

    trace = simulate(plan, handler, ["again"])

    ran = [one for one in trace.invocations if one.error is None]
    assert len(ran) == 16
    assert trace.summary.ends == {"processed": 16, "dead-letter": 1}


@shows(documented="six-megabytes")
def test_a_batch_is_cut_where_its_event_would_be_too_large() -> None:
    trace = simulate(mapping("sqs"), ok, ["x" * 1_000_000] * 10)

    assert [len(one.record_ids) for one in trace.invocations] == [6, 4]


@shows(chosen="duplicates")
def test_duplicates_are_delivered_once_more_as_many_as_asked_for() -> None:
    plan = mapping("sqs")
    every = simulate(plan, ok, ["a", "b"], duplicates=1)
    some = simulate(plan, ok, Arrivals.burst(400), duplicates=0.25, keep="summary")

    assert {one.successes for one in every.records} == {2}
    assert [words for _, words in every.records["r1"].tale][2:4] == [
        "succeeded, but is not deleted: it comes back",
        "back in the queue",
    ]
    assert 60 < some.summary.duplicates < 140
    assert some.summary.ends == {"processed": 400}


@shows(recorded="switched-version", chosen="source-gone in-flight")
def test_another_version_runs_from_its_moment_on_and_a_source_that_is_gone_takes_its_messages_along() -> None:
    def second(_: Any, context: Any) -> str:
        return str(context.function_version)

    plan = with_settings(mapping("sqs"), **SILENT)
    trace = simulate(plan, ok, ["a", Record("b", at=20)], changes=[Change.version(10, second)])
    gone = simulate(plan, raising(bad), ["bad"], changes=[Change.source_gone(10)])

    assert [one.response for one in trace.invocations] == [None, "2"]
    assert (gone.records["r1"].end, gone.records["r1"].step) == ("expired", "source-gone")


def test_without_a_dead_letter_queue_a_poison_message_is_tried_until_it_is_gone() -> None:
    plan = replace(with_queue(mapping("sqs"), retention_seconds=3600), failure=FailurePath(kind=FailureKind.NONE))
    trace = simulate(plan, raising(bad), ["bad"])

    assert trace.summary.invocations == 20
    assert trace.summary.lost == 1
