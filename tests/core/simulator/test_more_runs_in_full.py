"""More whole runs, as they were reviewed: windows, time-outs, throttles, and what ends by itself."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.simulator import Arrivals, Change, Record, Trace, simulate
from cdk_esm.sources.polling import INVOCATION_BYTES, STATE_BYTES
from cdk_esm.testing.plans import mapping, with_function, with_queue, with_source
from tests.core.reviewed import reviewed
from tests.core.simulator.helping import bad, ok, raising
from tests.core.simulator.test_runs_in_full import FOLDER, ONE_SHARD, records, stream, told


def a_window_whose_end_fails() -> Trace:
    """The last invocation of a tumbling window fails once, and is tried again with the same state."""
    left = iter([False, True])

    def handler(event: Any, _: Any) -> Any:
        if event["isFinalInvokeForWindow"] and next(left, False) is False and not event["Records"]:
            raise ValueError("not yet")
        return {"state": {"seen": len(event["Records"])}}

    plan = stream(TumblingWindowInSeconds=30)
    return simulate(plan, handler, records("a", "b", every=5), assume=ONE_SHARD, until=40)


def a_window_whose_state_is_too_large() -> Trace:
    def handler(event: Any, _: Any) -> Any:
        large = "x" * (STATE_BYTES.value + 1) if event["Records"] and not event["state"] else ""
        return {"state": {"all": large} if large else {}}

    plan = stream(TumblingWindowInSeconds=30, MaximumRetryAttempts=1)
    trace = simulate(plan, handler, records("a", "b", every=5), assume=ONE_SHARD, until=65)
    return replace(trace, invocations=tuple(replace(one, response=None) for one in trace.invocations))


def a_queue_with_a_window() -> Trace:
    """Batches that fill before the window ends, and one that does not; half of the time is spent waiting."""
    plan = mapping("sqs", BatchSize=4, MaximumBatchingWindowInSeconds=5)
    return simulate(plan, ok, Arrivals.steady(1, count=10, payload=str), duration=2, duplicates=0.3)


def a_function_that_outlives_the_visibility() -> Trace:
    plan = with_queue(with_function(mapping("sqs", BatchSize=1), timeout_seconds=60), visibility_timeout_seconds=20)
    return simulate(plan, ok, records("a"), duration=45, until=200)


def a_function_that_times_out() -> Trace:
    plan = with_function(stream(MaximumRetryAttempts=1), timeout_seconds=2)
    return simulate(plan, raising(bad, seconds=3), records("a"), assume=ONE_SHARD)


def a_queue_with_provisioned_pollers() -> Trace:
    plan = mapping("sqs", BatchSize=1, ProvisionedPollerConfig={"MinimumPollers": 2, "MaximumPollers": 3})
    return simulate(plan, ok, Arrivals.burst(50, payload=str), duration=10)


def a_queue_whose_function_is_throttled() -> Trace:
    plan = with_queue(mapping("sqs", BatchSize=1), visibility_timeout_seconds=30)
    return simulate(plan, ok, records("a", "b", "c", key=None), duration=12, reserved_concurrency=1, until=100)


def a_fifo_queue_whose_function_raises() -> Trace:
    arrivals = [Record(text, group=text[:1]) for text in ("a1", "b1 bad", "a2")]
    return simulate(mapping("sqs-fifo", BatchSize=10), raising(bad), arrivals, until=400)


def a_stream_that_is_disabled_too_long() -> Trace:
    changes = [Change.disable(1), Change.enable(100_000)]
    return simulate(
        stream(MaximumRecordAgeInSeconds=-1),
        ok,
        records("a", "b", "c", every=10_000),
        assume=ONE_SHARD,
        changes=changes,
    )


def a_stream_that_is_deleted() -> Trace:
    changes = [Change.source_gone(1)]
    return simulate(stream(BatchSize=1), ok, records("a", "b", "c", every=0.75), assume=ONE_SHARD, changes=changes)


def one_handler_that_sends_to_another() -> Trace:
    first = replace(mapping("sqs", BatchSize=1), path="Shop/First")
    second = replace(stream(), path="Shop/Second")

    def send(_: Any, context: Any) -> None:
        context.spend(0.5)
        context.send("next", to="Shop/Second", key="k")

    handlers = {"Shop/First": send, "Shop/Second": ok}
    arrivals: dict[str, Any] = {"Shop/First": records("a", "b", key=None), "Shop/Second": []}
    return simulate([first, second], handlers, arrivals, assume=ONE_SHARD)


def a_stream_whose_function_is_throttled() -> Trace:
    """The queue has the function for six seconds; the stream tries again and again, and spends no retry on it."""
    queue = replace(mapping("sqs", BatchSize=1), path="Shop/Queue")
    other = replace(stream(MaximumRetryAttempts=0), path="Shop/Stream")
    arrivals: dict[str, Any] = {"Shop/Queue": records("a", key=None), "Shop/Stream": [Record("b", at=0.5, key="k")]}
    return simulate([queue, other], ok, arrivals, assume=ONE_SHARD, duration=6, reserved_concurrency=1)


RUNS: list[Callable[[], Trace]] = [
    a_window_whose_end_fails,
    a_window_whose_state_is_too_large,
    a_queue_with_a_window,
    a_function_that_outlives_the_visibility,
    a_function_that_times_out,
    a_queue_with_provisioned_pollers,
    a_queue_whose_function_is_throttled,
    a_stream_whose_function_is_throttled,
    a_fifo_queue_whose_function_raises,
    a_stream_that_is_disabled_too_long,
    a_stream_that_is_deleted,
    one_handler_that_sends_to_another,
]


@pytest.mark.parametrize("run", RUNS)
def test_a_run_is_told_as_it_was_reviewed(run: Callable[[], Trace]) -> None:
    text = "\n".join(told(run())) + "\n"

    assert text == reviewed(FOLDER / f"run-{run.__name__}.txt", text)


@pytest.mark.parametrize(("short", "begins"), [(0, 0), (1, 60)])
def test_a_batch_that_fills_an_event_does_not_wait_for_its_window(short: int, begins: float) -> None:
    """The stream carries keys alone: the name and the value of one. A byte less, and the window runs to its end."""
    key = "x" * (INVOCATION_BYTES.value - len("id") - short)
    plan = with_source(stream("dynamodb", MaximumBatchingWindowInSeconds=60), view_type="KEYS_ONLY")
    trace = simulate(plan, ok, [{"id": key}], assume=ONE_SHARD)

    assert trace.invocations[0].at == begins
