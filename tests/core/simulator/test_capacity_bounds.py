"""What a calculation of capacity has to know of windows, message groups, and partitions that go around consumers."""

from typing import Any

import pytest

from cdk_esm.cli.capacity import told
from cdk_esm.plan import MappingPlan
from cdk_esm.simulator import Arrivals, simulate
from cdk_esm.simulator.capacity import ERROR, capacity
from cdk_esm.testing.plans import mapping
from tests.core.simulator.helping import ok
from tests.core.simulator.test_capacity_drains import gone_after


@pytest.mark.parametrize(
    ("plan", "assume"),
    [
        (mapping("sqs", BatchSize=100, MaximumBatchingWindowInSeconds=1), {}),
        (
            mapping("kinesis", BatchSize=100, ParallelizationFactor=1, MaximumBatchingWindowInSeconds=5),
            {"ShardCount": 1},
        ),
    ],
)
def test_the_last_batch_may_wait_for_its_window(plan: MappingPlan, assume: dict[str, Any]) -> None:
    window = plan.settings["MaximumBatchingWindowInSeconds"]
    found = capacity(plan, 10, 1, backlog=2000, assume=assume)
    assert found.drained_after is not None
    assert found.drain_error is not None
    assert found.drain_error == pytest.approx(ERROR * found.drained_after + 1 + window)

    arrivals = [Arrivals.burst(2000), Arrivals.steady(10, lasting=90)]
    gone = gone_after(simulate(plan, ok, arrivals, duration=1, until=90, assume=assume), 2000, 10)
    assert ERROR * found.drained_after + 1 < gone - found.drained_after <= found.drain_error


def consumers(number: int) -> MappingPlan:
    pollers = {"MinimumPollers": number, "MaximumPollers": number}
    return mapping("msk", BatchSize=10, ProvisionedPollerConfig=pollers, MaximumBatchingWindowInSeconds=0)


@pytest.mark.parametrize(("number", "partitions", "lanes"), [(4, 6, 3), (5, 6, 3), (2, 3, 1.5), (3, 3, 3), (9, 4, 4)])
def test_the_consumer_with_the_most_partitions_bounds_a_topic(number: int, partitions: int, lanes: float) -> None:
    plan, assume = consumers(number), {"Partitions": partitions}
    found = capacity(plan, 0, 1, backlog=600, assume=assume)
    trace = simulate(plan, ok, Arrivals.burst(600), duration=1, assume=assume)
    assert found.drained_after is not None
    assert found.drain_error is not None

    assert found.throughput == lanes * 10
    assert abs(trace.invocations[-1].at - found.drained_after) <= found.drain_error


@pytest.mark.parametrize(("rate", "enough"), [(29, True), (35, False)])
def test_a_topic_keeps_up_with_its_throughput_and_not_with_more(rate: int, enough: bool) -> None:
    plan, assume = consumers(4), {"Partitions": 6}
    found = capacity(plan, rate, 1, assume=assume)
    trace = simulate(plan, ok, Arrivals.steady(rate, lasting=300), duration=1, assume=assume, keep="summary")

    assert found.is_enough == enough
    assert (trace.summary.ended < 310) == enough
    advice = "4 batches at a time, one of them for 2 partitions: 30 records/s at most; "
    advice += "6 provisioned pollers are needed for its 6 partitions"
    assert found.advice == ("" if enough else advice)


def test_the_pollers_that_are_advised_are_enough() -> None:
    for partitions in range(1, 9):
        for rate in (5, 15, 35, 61, 79):
            found = capacity(consumers(1), rate, 1, assume={"Partitions": partitions})
            if found.is_enough or found.needs["partitions"] > partitions:
                continue
            advised = int(found.advice.split("; ")[1].split()[0])
            assert capacity(consumers(advised), rate, 1, assume={"Partitions": partitions}).is_enough
            assert not capacity(consumers(advised - 1), rate, 1, assume={"Partitions": partitions}).is_enough


def test_a_fifo_queue_needs_as_many_message_groups_as_batches_at_a_time() -> None:
    found = capacity(mapping("sqs-fifo", BatchSize=10), 50, 1)
    text = told("Shop/Orders", found)

    assert found.needs["message groups"] == found.needs["concurrency"] == 5
    assert "needed: a concurrency of 5, 1 poller, 5 message groups;" in text
    assert "if so many message groups have messages" in text
    assert "message groups" not in told("Shop/Orders", capacity(mapping("sqs"), 50, 1))
    few, enough = (
        simulate(
            mapping("sqs-fifo", BatchSize=10),
            ok,
            Arrivals.steady(50, lasting=60, groups=groups),
            duration=1,
            keep="summary",
        )
        for groups in (4, 10)
    )
    assert few.summary.processed_until > 70 > enough.summary.processed_until
