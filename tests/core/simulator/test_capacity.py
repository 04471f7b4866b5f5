"""The calculation of capacity is what the simulator does at small scale, within five percent."""

import math
from typing import Any

import pytest

from cdk_esm.errors import EsmError
from cdk_esm.simulator import Arrivals, simulate
from cdk_esm.simulator.capacity import ERROR, Capacity, capacity
from cdk_esm.testing.plans import mapping, with_function, with_settings, with_source


def measured(plan: Any, duration: float, expected: float, *, assume: dict[str, Any] | None = None) -> float:
    """Records a second that a run works through while more than enough wait."""
    plan = with_settings(plan, MetricsConfig={"Metrics": ["EventCount"]})
    trace = simulate(
        plan,
        lambda _event, _context: None,
        Arrivals.burst(int(180 * expected), keys=997, payload=str),
        duration=duration,
        until=120,
        keep="summary",
        assume=assume,
    )
    done = trace.metrics[plan.path]["InvokedEventCount"]
    return next(total for at, total, _, _ in done if at == 60) / 60


def near(found: Capacity, run: float) -> bool:
    return abs(found.throughput - run) <= ERROR * run


@pytest.mark.parametrize("size", [1, 10])
@pytest.mark.parametrize("most", [2, 20])
def test_a_queue_works_through_what_its_batches_at_a_time_do(size: int, most: int) -> None:
    plan = mapping("sqs", BatchSize=size, ScalingConfig={"MaximumConcurrency": most})

    found = capacity(plan, 1, 0.25)

    assert near(found, measured(plan, 0.25, found.throughput))


@pytest.mark.parametrize(("kind", "shards", "factor"), [("kinesis", 1, 1), ("kinesis", 2, 3), ("dynamodb", 2, 1)])
def test_a_stream_works_through_what_its_lanes_do(kind: str, shards: int, factor: int) -> None:
    plan = mapping(kind, BatchSize=10, ParallelizationFactor=factor)
    found = capacity(plan, 1, 0.5, assume={"ShardCount": shards})
    lanes = found.lanes * found.per_lane
    run = measured(plan, 0.5, lanes, assume={"ShardCount": shards})

    assert abs(lanes - run) <= ERROR * run


def test_a_topic_works_through_what_its_consumers_do() -> None:
    pollers = {"MinimumPollers": 3, "MaximumPollers": 3}
    plan = mapping("msk", BatchSize=10, ProvisionedPollerConfig=pollers, MaximumBatchingWindowInSeconds=0)

    for partitions in (3, 8):
        found = capacity(plan, 1, 0.5, assume={"Partitions": partitions})
        lanes = found.lanes * found.per_lane
        run = measured(plan, 0.5, lanes, assume={"Partitions": partitions})
        assert abs(lanes - run) <= ERROR * run
        # Of 8 partitions one consumer has 3, and can do no more than the others.
        assert found.throughput == pytest.approx(lanes if partitions == 3 else 8 / 3 * found.per_lane)


def test_an_internet_scale_rate_is_told_in_shards_and_pollers() -> None:
    stream = capacity(mapping("kinesis", ParallelizationFactor=10), 1_000_000, 0.1, assume={"ShardCount": 100})
    queue = capacity(with_settings(mapping("sqs"), BatchSize=1000), 1_000_000, 1.0, record_bytes=100)

    assert stream.needs["shards"] == 1000
    assert stream.saturates == ("what the shards take in", 100_000)
    assert (stream.is_enough, queue.is_enough) == (False, True)
    assert queue.needs == {"concurrency": 1000, "pollers": 100}
    assert queue.reaches_after == pytest.approx((1000 - 5) / 5, abs=1)


@pytest.mark.parametrize(
    ("plan", "name"),
    [
        (mapping("sqs", ScalingConfig={"MaximumConcurrency": 3}), "MaximumConcurrency"),
        (mapping("sqs", ProvisionedPollerConfig={"MinimumPollers": 2, "MaximumPollers": 3}), "the provisioned pollers"),
        (mapping("sqs"), "the service's bound of batches at a time"),
        (with_source(mapping("kinesis"), shard_count=1), "what the shards take in"),
        (mapping("rabbitmq"), "one batch at a time"),
    ],
)
def test_what_saturates_first_is_named(plan: Any, name: str) -> None:
    found = capacity(plan, 10_000_000, 0.01)

    assert found.saturates[0] == name
    assert not found.is_enough
    assert found.drained_after is None
    assert found.advice


def test_everything_that_is_too_low_is_named_with_what_it_takes() -> None:
    """Provisioned pollers lift no reservation, and stand in the place of a maximum concurrency."""
    reserved = with_function(mapping("sqs", BatchSize=1), reserved_concurrency=4)
    bounded = mapping("sqs", BatchSize=1, ScalingConfig={"MaximumConcurrency": 3})

    assert capacity(reserved, 5, 1).advice.endswith("5 are needed: it takes a reserved concurrency of 5")
    assert capacity(bounded, 5, 1).advice.endswith("5 are needed: it takes a MaximumConcurrency of 5")
    assert "in the place of MaximumConcurrency" in capacity(bounded, 1001, 1).advice
    both = with_function(bounded, reserved_concurrency=2)
    assert capacity(both, 9, 1).advice.endswith("it takes a MaximumConcurrency of 9 and a reserved concurrency of 9")
    none = with_function(bounded, reserved_concurrency=0)
    assert capacity(none, 1, 1).advice.endswith("1 is needed: it takes a reserved concurrency of 1")


def test_no_shards_are_asked_of_what_has_none() -> None:
    assert "no setting gives 9 at a time: raise BatchSize" in capacity(mapping("rabbitmq", BatchSize=1), 9, 1).advice
    topic = capacity(mapping("msk", BatchSize=1), 9, 1, assume={"Partitions": 1})
    assert topic.advice.endswith("9 partitions are needed, and as many provisioned pollers")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rate": "x"}, "rate is records a second, 0 or more, got 'x'"),
        ({"rate": -1}, "rate is records a second, 0 or more, got -1"),
        ({"rate": math.inf}, "rate is records a second, 0 or more, got inf"),
        ({"duration": -1}, "duration is a number of seconds, 0 or more, got -1"),
        ({"backlog": -1}, "backlog is records that wait at first, 0 or more, got -1"),
        ({"record_bytes": 0}, "record_bytes is a whole number, 1 or more, got 0"),
        ({"assume": {"Shards": 3}}, "assume: nothing is called Shards"),
        ({"assume": [3]}, "got list"),
        ({"plan": 7}, "a mapping is a MappingPlan, got int"),
    ],
)
def test_what_cannot_be_calculated_with_is_refused(change: dict[str, Any], said: str) -> None:
    given: dict[str, Any] = {"plan": mapping("sqs"), "rate": 1, "duration": 1, **change}

    with pytest.raises(EsmError) as raised:
        capacity(given.pop("plan"), given.pop("rate"), given.pop("duration"), **given)
    assert said in str(raised.value)
