"""The time to drain a backlog, as it is calculated and as runs take it, within the error that is stated."""

from typing import Any

import pytest

from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.simulator import Arrivals, Trace, simulate
from cdk_esm.simulator.capacity import ERROR, capacity
from cdk_esm.testing.plans import mapping, with_queue, with_settings
from tests.core.simulator.helping import ok


def patient(plan: MappingPlan) -> MappingPlan:
    """The mapping, with nothing that would deliver a record a second time, or let it go."""
    if isinstance(plan.event_source, Queue):
        return with_queue(plan, visibility_timeout_seconds=43_200, retention_seconds=1_209_600)
    return with_settings(plan, MaximumRecordAgeInSeconds=-1, MaximumBatchingWindowInSeconds=0)


def gone_after(trace: Trace, backlog: int, rate: float) -> float:
    """The moment at which every record that has come by then is in hand."""
    in_hand = 0
    for one in trace.invocations:
        in_hand += len(one.record_ids)
        if in_hand >= backlog + int(one.at * rate):
            return one.at
    raise AssertionError("it was never gone")


CASES: dict[str, tuple[MappingPlan, dict[str, Any], float, int, float]] = {
    # The mapping, what is assumed, the rate, the backlog, and the duration of an invocation.
    "a queue that grows": (mapping("sqs", BatchSize=1), {}, 5, 3000, 4),
    "a queue at its maximum": (
        mapping("sqs", BatchSize=2, ScalingConfig={"MaximumConcurrency": 5}),
        {},
        0.6,
        480,
        10,
    ),
    "a queue for an hour": (
        mapping("sqs", BatchSize=1, ScalingConfig={"MaximumConcurrency": 2}),
        {},
        0.1,
        360,
        10,
    ),
    "provisioned pollers": (
        mapping("sqs", BatchSize=1, ProvisionedPollerConfig={"MinimumPollers": 2, "MaximumPollers": 5}),
        {},
        4,
        600,
        10,
    ),
    "a stream": (mapping("kinesis", BatchSize=5, ParallelizationFactor=1), {"ShardCount": 1}, 2, 600, 2),
    "a table": (mapping("dynamodb", BatchSize=2, ParallelizationFactor=1), {"ShardCount": 1}, 0.3, 240, 4),
    "a topic": (mapping("msk", BatchSize=5), {"Partitions": 1}, 1, 400, 3),
    "a broker": (mapping("activemq", BatchSize=1), {}, 2, 900, 2),
}


@pytest.mark.parametrize("case", CASES)
def test_a_run_takes_as_long_to_drain_a_backlog_as_was_calculated(case: str) -> None:
    plan, assume, rate, backlog, duration = CASES[case]
    plan = patient(plan)
    found = capacity(plan, rate, duration, backlog=backlog, assume=assume)
    assert found.drained_after is not None
    assert found.drain_error is not None
    until = 2 * found.drained_after + 60
    arrivals = [Arrivals.burst(backlog, keys=97), Arrivals.steady(rate, lasting=until, keys=97)]
    trace = simulate(plan, ok, arrivals, duration=duration, until=until, assume=assume)

    gone = gone_after(trace, backlog, rate)
    assert abs(gone - found.drained_after) <= found.drain_error
    assert found.drain_error == pytest.approx(ERROR * found.drained_after + duration)


def test_among_the_runs_are_minutes_and_an_hour() -> None:
    times = {
        case: capacity(patient(plan), rate, duration, backlog=backlog, assume=assume).drained_after
        for case, (plan, assume, rate, backlog, duration) in CASES.items()
    }

    assert times["a queue for an hour"] == pytest.approx((360 - 2) / 0.1)
    assert times["a queue at its maximum"] == pytest.approx((480 - 10) / 0.4)
    assert all(after is not None and after > 25 for after in times.values())


@pytest.mark.parametrize(
    ("kind", "settings", "assume", "name"),
    [
        ("kinesis", {"BatchSize": 100, "ParallelizationFactor": 1}, "ShardCount", "shards"),
        ("dynamodb", {"BatchSize": 100, "ParallelizationFactor": 1}, "ShardCount", "shards"),
    ],
)
def test_a_million_records_a_second_are_calculated_as_few_are(
    kind: str, settings: dict[str, Any], assume: str, name: str
) -> None:
    plan = mapping(kind, **settings)
    great = capacity(plan, 1_000_000, 0.08, backlog=2 * 3600 * 1_000_000, assume={assume: 1600})
    small = capacity(plan, 1000, 0.128, backlog=2 * 3600 * 1000, assume={assume: 2}, record_bytes=100)

    assert great.needs == {"concurrency": 800, name: 1000 if kind == "kinesis" else 800}
    assert great.drained_after == pytest.approx(2 * 3600, rel=0.001)
    assert small.drained_after == pytest.approx(2 * 3600 * 1000 / (2 * 781.25 - 1000), rel=0.001)
    assert great.is_enough


def test_a_million_a_second_takes_a_queue_minutes_to_grow_and_hours_to_drain() -> None:
    queue = with_settings(mapping("sqs"), BatchSize=10_000, MaximumBatchingWindowInSeconds=1)
    found = capacity(queue, 1_000_000, 2, backlog=3600 * 1_000_000, record_bytes=1000)
    late = capacity(queue, 10_000_000, 2, backlog=3600 * 1_000_000, record_bytes=1000)

    assert found.batch == 6291
    assert found.needs == {"concurrency": 318, "pollers": 32}
    assert found.reaches_after == pytest.approx((318 - 5) / 5)
    # Until it has grown the backlog gets longer: a little more than the hour's messages by what is spare at the end.
    assert found.drained_after == pytest.approx(3600 * 1_000_000 / (1250 * 3145.5 - 1_000_000), rel=0.15)
    assert (late.drained_after, late.drain_error, late.is_enough) == (None, None, False)
