"""What an expert looks for first at Kafka, Amazon MQ and DocumentDB."""

from typing import Any

import pytest

from cdk_esm.errors import EsmError
from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import FailureKind
from cdk_esm.simulator import Arrivals, Backoff, Change, Record, events, simulate
from cdk_esm.testing.plans import mapping, with_failure, with_settings, with_source
from tests.core.simulator.helping import bad, ok, raising, reporting, shows

KAFKA = ("msk", "msk-serverless", "self-managed-kafka")
WITHOUT_POLLERS: dict[str, Any] = {
    "ProvisionedPollerConfig": None,
    "FunctionResponseTypes": None,
    "BisectBatchOnFunctionError": None,
    "MaximumRetryAttempts": None,
    "MaximumRecordAgeInSeconds": None,
}


@shows(documented="mixed-batch", chosen="consumers")
@pytest.mark.parametrize("kind", KAFKA)
def test_a_batch_has_one_topic_and_may_have_several_partitions(kind: str) -> None:
    trace = simulate(mapping(kind), ok, Arrivals.burst(30, keys=20), assume={"Partitions": 4})
    (event,) = [one.event for one in trace.invocations]

    assert set(event["records"]) == {f"orders-{number}" for number in range(4)}
    for name, records in event["records"].items():
        assert [one["offset"] for one in records] == list(range(len(records)))
        assert {f"{one['topic']}-{one['partition']}" for one in records} == {name}


def test_no_more_consumers_than_partitions_work_at_the_same_time() -> None:
    plan = mapping("msk", ProvisionedPollerConfig={"MinimumPollers": 5, "MaximumPollers": 9}, BatchSize=1)
    two = simulate(plan, ok, Arrivals.burst(20), duration=1, assume={"Partitions": 2})
    eight = simulate(plan, ok, Arrivals.burst(20), duration=1, assume={"Partitions": 8})

    assert (two.summary.most_concurrent, eight.summary.most_concurrent) == (2, 5)


@shows(chosen="rebalance")
def test_offsets_commit_after_success_and_a_rebalance_redelivers_what_is_uncommitted() -> None:
    trace = simulate(mapping("msk"), ok, ["a", "b"], duration=10, changes=[Change.rebalance(5)])

    assert [(one.at, one.record_ids) for one in trace.invocations] == [(0.5, ("r1", "r2")), (5.5, ("r1", "r2"))]
    assert trace.summary.duplicates == 2
    assert "not committed" in trace.invocations[0].decision
    assert trace.summary.ends == {"processed": 2}


@shows(documented="known-group")
def test_a_known_group_ignores_the_starting_position() -> None:
    records = [Record(text, at=-60) for text in "abc"]
    plan = mapping("msk", StartingPosition="LATEST")

    assert simulate(plan, ok, records, assume={"CommittedOffset": 0}).summary.ends == {"processed": 3}
    assert simulate(plan, ok, records, assume={"CommittedOffset": 2}).summary.deliveries == 1
    assert simulate(plan, ok, records).summary.ends == {"expired": 3}


@shows(documented="retries-capped")
@pytest.mark.parametrize("kind", KAFKA)
def test_infinite_retries_with_a_destination_end_at_ten(kind: str) -> None:
    plan = with_settings(mapping(kind), **WITHOUT_POLLERS)
    trace = simulate(plan, raising(bad), ["bad"])
    without = with_failure(with_settings(plan, DestinationConfig=None), kind=FailureKind.NONE)

    assert trace.summary.invocations == 11
    assert [one.end for one in trace.records] == ["destination"]
    assert simulate(without, raising(bad), ["bad"], until=86_400).summary.ends == {"in-flight": 1}


def test_a_partial_answer_goes_on_at_the_lowest_offset_of_each_partition() -> None:
    records = [Record(text, partition=number % 2) for number, text in enumerate(["a", "b", "bad", "c", "d", "e"])]
    plan = mapping("msk", MaximumRetryAttempts=1, BisectBatchOnFunctionError=False)
    trace = simulate(plan, reporting(bad), records, assume={"Partitions": 2})

    assert [one.record_ids for one in trace.invocations] == [("r1", "r2", "r3", "r4", "r5", "r6"), ("r3", "r5")]
    assert {one.id for one in trace.records if one.end == "destination"} == {"r3", "r5"}


def test_a_kafka_topic_gets_one_message_for_each_record() -> None:
    plan = with_failure(mapping("msk", MaximumRetryAttempts=0), kind=FailureKind.KAFKA_TOPIC)
    trace = simulate(with_settings(plan, BisectBatchOnFunctionError=False), raising(bad), ["bad", "a"])

    assert [(one.record_ids, one.document["payload"]["offset"]) for one in trace.destinations] == [
        (("r1",), 0),
        (("r2",), 1),
    ]
    assert trace.destinations[0].document["KafkaBatchInfo"]["recordsInfo"]["orders-0"]["lastRecordOffset"] == 1


@shows(documented="activemq-redeliveries broker-concurrency")
def test_activemq_delivers_six_times_again_and_then_moves_to_its_own_dead_letter_queue() -> None:
    trace = simulate(mapping("activemq", BatchSize=1), raising(bad), ["bad", "a"])

    assert trace.records["r1"].deliveries == 7
    assert [one.record_id for one in trace.dead_letters] == ["r1"]
    assert trace.dead_letters[0].expires_at is None
    assert trace.invocations[-1].event["messages"][0]["redelivered"] is True
    busy = simulate(mapping("activemq", BatchSize=1), ok, Arrivals.burst(50), duration=1)
    assert busy.summary.most_concurrent == 5


@shows(chosen="rabbitmq-until-success")
def test_rabbitmq_delivers_until_success_one_batch_at_a_time() -> None:
    tries: list[int] = []

    def handler(_: Any, __: Any) -> None:
        tries.append(1)
        if len(tries) < 30:
            raise ValueError("not yet")

    trace = simulate(mapping("rabbitmq"), handler, ["a", "b"])

    assert trace.summary.ends == {"processed": 2}
    assert trace.summary.invocations == 30
    assert simulate(mapping("rabbitmq"), ok, Arrivals.burst(500), duration=1).summary.most_concurrent == 1


@shows(documented="one-at-a-time changes-expire")
def test_documentdb_has_one_invocation_at_a_time_and_what_expires_disables_the_mapping() -> None:
    plan = mapping("documentdb", BatchSize=10)
    busy = simulate(plan, ok, Arrivals.burst(100), duration=1)
    stuck = simulate(plan, raising(bad), [Record("bad"), Record("late", at=12_000)], backoff=Backoff.steady(60))

    assert busy.summary.most_concurrent == 1
    assert [one.record_ids[0] for one in busy.invocations] == [f"r{number}" for number in range(1, 100, 10)]
    assert [one.step for one in stuck.records] == ["changes-expire", "changes-expire"]
    assert stuck.invocations[-1].at < 10_801


def test_a_change_stream_keeps_events_for_as_long_as_its_cluster_says() -> None:
    def last_attempt(**more: Any) -> float:
        plan = with_source(mapping("documentdb"), **more.pop("cluster", {}))
        return simulate(plan, raising(bad), ["bad"], backoff=Backoff.steady(600), **more).invocations[-1].at

    assert last_attempt(cluster={"change_stream_seconds": 3600}) < 3600
    assert 3600 < last_attempt(cluster={"change_stream_seconds": 7200}) < 7200
    hidden = {"change_stream_seconds": UNKNOWN}
    assert last_attempt(cluster=hidden, assume={"ChangeStreamSeconds": 3600}) < 3600
    with pytest.raises(EsmError, match="ChangeStreamSeconds"):
        last_attempt(cluster=hidden)


def test_a_window_of_a_broker_begins_with_the_first_record() -> None:
    assert simulate(mapping("rabbitmq"), ok, [Record("a", at=3)]).invocations[0].at == 3.5


@pytest.mark.parametrize("text", ["", "a", "ab", "abc", "ä"])
def test_a_message_of_rabbitmq_says_how_long_it_is(text: str) -> None:
    (message,) = events.rabbitmq(text, queue="in", virtual_host="shop")["rmqMessagesByQueue"]["in::shop"]

    assert message["basicProperties"]["bodySize"] == len(text.encode())
    assert message["redelivered"] is False


def test_a_record_of_kafka_carries_its_key_in_base64_and_none_has_no_key() -> None:
    first, second = events.msk(Record("a", key="k-1"), "b", topic="orders")["records"]["orders-0"]

    assert first["key"] == "ay0x"
    assert "key" not in second
    assert (first["offset"], second["offset"]) == (0, 1)
    assert first["timestamp"] == 1_767_225_600_000


@pytest.mark.parametrize("kind", ["activemq", "rabbitmq", "msk", "documentdb"])
def test_the_times_of_a_message_are_those_of_its_arrival(kind: str) -> None:
    trace = simulate(mapping(kind), ok, [Record({"id": "a"}, at=12.5)])
    text = str(trace.invocations[0].event)

    assert ("1767225612500" in text) == (kind in ("activemq", "msk"))
    assert ("1767225612" in text) == (kind != "rabbitmq")
