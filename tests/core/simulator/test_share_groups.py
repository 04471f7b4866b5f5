"""A topic that is read as a queue: what is documented of share groups, and what we chose where nothing is."""

from typing import Any

import pytest

from cdk_esm.errors import EsmError
from cdk_esm.plan import FailureKind, MappingPlan
from cdk_esm.simulator import Arrivals, Backoff, Change, Record, simulate
from cdk_esm.simulator.capacity import capacity
from cdk_esm.simulator.fidelity import steps_of
from cdk_esm.testing.plans import mapping, with_failure, with_settings
from tests.core.simulator.helping import bad, ok, raising, reporting, shows


def queue(**settings: Any) -> MappingPlan:
    """A mapping with a share group, and no on-failure destination."""
    config = {"ConsumerGroupId": "shop", "ConsumptionMode": "Queue"}
    left_out = {"StartingPosition": None, "MaximumRetryAttempts": None, "DestinationConfig": None}
    plan = mapping("self-managed-kafka", SelfManagedKafkaEventSourceConfig=config)
    return with_failure(with_settings(plan, **{**left_out, **settings}), kind=FailureKind.NONE)


def pollers(count: int) -> dict[str, int]:
    return {"MinimumPollers": count, "MaximumPollers": count}


@shows(documented="share-partitions", chosen="share-consumers")
def test_many_consumers_work_on_one_partition_and_a_failure_holds_up_nobody() -> None:
    plan = queue(BatchSize=1, ProvisionedPollerConfig=pollers(4))
    trace = simulate(plan, raising(bad), ["bad", *("abcdefg")], duration=1)
    stream = simulate(
        mapping("self-managed-kafka", BatchSize=1, ProvisionedPollerConfig=pollers(4)), ok, "abcd", duration=1
    )

    assert (trace.summary.most_concurrent, stream.summary.most_concurrent) == (4, 1)
    assert trace.records["r5"].ended < trace.records["r1"].ended
    assert (
        simulate(queue(BatchSize=1, ProvisionedPollerConfig=None), ok, "abcd", duration=1).summary.most_concurrent == 1
    )


@shows(documented="share-no-window")
def test_there_is_no_batching_window() -> None:
    assert simulate(queue(), ok, ["a"]).invocations[0].at == 0
    assert simulate(mapping("self-managed-kafka"), ok, ["a"]).invocations[0].at == 0.5


@shows(chosen="share-at-once share-archived", documented="share-retries share-released")
def test_the_broker_delivers_a_record_five_times_and_then_it_is_lost() -> None:
    trace = simulate(queue(BatchSize=1), raising(bad), ["bad", "a"])

    assert (trace.records["r1"].receive_count, trace.records["r1"].deliveries) == (5, 5)
    assert (trace.records["r1"].end, trace.records["r1"].step) == ("discarded", "share-archived")
    assert trace.records["r2"].end == "processed"
    assert trace.summary.lost == 1
    assert "share-archived" in trace.summary.lost_by_choice
    twice = simulate(queue(BatchSize=1), raising(bad), ["bad"], assume={"DeliveryCountLimit": 2})
    assert twice.records["r1"].receive_count == 2


def test_retries_within_lambda_come_before_the_broker_gets_a_record_back() -> None:
    plan = queue(BatchSize=1, MaximumRetryAttempts=2)
    trace = simulate(plan, raising(bad), ["bad"], backoff=Backoff.steady(10))

    assert (trace.records["r1"].receive_count, trace.records["r1"].deliveries) == (5, 15)


@shows(chosen="share-destination")
def test_with_a_destination_what_failed_goes_there_at_once() -> None:
    plan = with_failure(queue(BatchSize=1), kind=FailureKind.BUCKET)
    trace = simulate(plan, raising(bad), ["bad"])

    assert [one.end for one in trace.records] == ["destination"]
    assert trace.summary.invocations == 1
    assert trace.destinations[0].document["requestContext"]["approximateInvokeCount"] == 1


@shows(chosen="share-alone")
def test_after_a_partial_answer_only_what_was_named_comes_again() -> None:
    plan = queue(BatchSize=10, FunctionResponseTypes=["ReportBatchItemFailures"], MaximumRetryAttempts=1)
    trace = simulate(plan, reporting(bad), ["a", "bad", "b", "c"])

    assert trace.invocations[0].record_ids == ("r1", "r2", "r3", "r4")
    assert {one.record_ids for one in trace.invocations[1:]} == {("r2",)}
    assert [trace.records[name].deliveries for name in ("r1", "r3", "r4")] == [1, 1, 1]
    assert {trace.records[name].step for name in ("r1", "r3", "r4")} == {"share-alone"}
    assert "3 acknowledged" in trace.invocations[0].decision


@shows(chosen="share-start")
def test_a_new_group_reads_what_comes_from_now_on_unless_one_says_otherwise() -> None:
    records = [Record("old", at=-60), Record("new", at=1)]
    trace = simulate(queue(), ok, records)

    assert [(one.end, one.step) for one in trace.records] == [("expired", "share-start"), ("processed", "checkpoint")]
    assert simulate(queue(), ok, records, assume={"StartingPosition": "TRIM_HORIZON"}).summary.lost == 0
    known = simulate(queue(), ok, records, assume={"CommittedOffset": 1})
    assert [one.end for one in known.records] == ["processed", "processed"]
    assert known.summary.deliveries == 1


@shows(chosen="share-locks")
def test_a_function_that_runs_for_minutes_keeps_its_records() -> None:
    plan = queue(BatchSize=1, ProvisionedPollerConfig=pollers(3))

    assert simulate(plan, ok, ["a"], duration=2).summary.deliveries == 1


def test_age_and_filters_are_those_of_any_topic() -> None:
    old = simulate(
        queue(BatchSize=1, MaximumRecordAgeInSeconds=60),
        raising(bad),
        ["bad"],
        duration=1,
        reserved_concurrency=0,
        changes=[Change.reserved_concurrency(120, None)],
    )

    assert [(one.end, one.step) for one in old.records] == [("discarded", "discarded")]


def test_what_was_released_comes_again_in_the_order_in_which_it_came() -> None:
    plan = queue(BatchSize=2, BisectBatchOnFunctionError=False, ProvisionedPollerConfig=pollers(2))
    trace = simulate(
        plan, raising(bad), ["bad 1", "bad 2", "bad 3", "bad 4", "a", "b"], assume={"DeliveryCountLimit": 2}
    )

    assert [one.record_ids for one in trace.invocations] == [
        ("r1", "r2"),
        ("r3", "r4"),
        ("r1", "r2"),
        ("r3", "r4"),
        ("r5", "r6"),
    ]


def test_a_share_group_has_no_partitions_to_hand_out_anew() -> None:
    with pytest.raises(EsmError, match="no Kafka topic with a consumer group"):
        simulate(queue(), ok, ["a"], duration=2, changes=[Change.rebalance(1)])


def test_capacity_is_not_bound_by_partitions() -> None:
    plan = queue(BatchSize=10, ProvisionedPollerConfig=pollers(6))
    found = capacity(plan, 100, 0.5, assume={"Partitions": 2})
    run = simulate(
        plan, ok, Arrivals.burst(6000), duration=0.5, until=60, keep="summary", assume={"StartingPosition": "LATEST"}
    )

    assert found.throughput == 120
    assert run.summary.deliveries == pytest.approx(120 * 60, rel=0.2)


def test_its_steps_are_those_of_self_managed_clusters_alone() -> None:
    names = {step.id for step in steps_of("self-managed-kafka")} - {step.id for step in steps_of("msk")}

    assert {name.partition("-")[0] for name in names} == {"share"}
