"""Whole runs as a person reads them, as they were reviewed: the timeline, each record's story, and the documents.

``UPDATE_SNAPSHOTS=1`` writes them anew.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.plan import FailureKind, MappingPlan
from cdk_esm.simulator import Backoff, Change, Record, Trace, simulate
from cdk_esm.testing.plans import mapping, with_dead_letter_queue, with_failure, with_queue, with_settings
from tests.core.reviewed import reviewed
from tests.core.simulator.helping import bad, ok, raising, reporting

FOLDER = Path(__file__).parent / "texts"
ONE_SHARD = {"ShardCount": 1}
COUNTED = {"Metrics": ["EventCount"]}


def told(trace: Trace) -> Iterator[str]:
    """A run in full, without the events, which have texts of their own."""
    yield trace.show()
    yield ""
    for one in trace.records:
        yield (
            f"{one.id} of {one.source}: {one.end} by {one.step}, from {one.at} to {one.ended}, delivered "
            f"{one.deliveries}, received {one.receive_count}, succeeded {one.successes}, "
            f"group {one.group}, key {one.key}"
        )
        yield from (f"  {at} {words}" for at, words in one.tale)
    for call in trace.invocations:
        yield (
            f"invocation {call.number} by {call.step}: version {call.version}, error {call.error}, "
            f"answer {json.dumps(call.response)}"
        )
    for letter in trace.dead_letters:
        yield f"letter {letter}"
    for sent in trace.destinations:
        document = {**sent.document, "payload": "…"} if "payload" in sent.document else sent.document
        yield f"to the {sent.kind} at {sent.at} under {sent.key}: {', '.join(sent.record_ids)} of {sent.path}"
        yield json.dumps(document, indent=1)
    for alarm in trace.alarms:
        yield f"alarm {alarm.name} of {alarm.path} from {alarm.at} to {alarm.until}"
    for owner, series in trace.metrics.items():
        for name, points in series.items():
            yield f"{owner} {name}: {' '.join(map(str, points[:4]))}"


def stream(kind: str = "kinesis", **settings: Any) -> MappingPlan:
    given = {"BatchSize": 3, "ParallelizationFactor": 1, "MaximumBatchingWindowInSeconds": 0, "MetricsConfig": COUNTED}
    plan = mapping(kind)
    offered = plan.facts.by_name
    return with_settings(plan, **{name: value for name, value in {**given, **settings}.items() if name in offered})


def records(*payloads: str, every: float = 0, key: str | None = "k", group: str | None = None) -> list[Record]:
    return [Record(payload, at=place * every, key=key, group=group) for place, payload in enumerate(payloads)]


def a_queue() -> Trace:
    """A poison message, whose letter expires, and others around it; one that waits too long expires."""
    plan = with_queue(mapping("sqs", BatchSize=5), retention_seconds=900, visibility_timeout_seconds=180)
    plan = with_dead_letter_queue(with_failure(plan, max_receive_count=2), retention_seconds=1200)
    arrivals = [*records("a", "bad", "c", every=0.5), Record("late", at=1000, id="late")]
    changes = [Change.disable(500), Change.enable(2500)]
    return simulate(plan, reporting(bad, seconds=1.5), arrivals, changes=changes, until=3000)


def a_fifo_queue() -> Trace:
    plan = with_failure(mapping("sqs-fifo", BatchSize=10), max_receive_count=2)
    arrivals = [Record(text, group=text[:1]) for text in ("a1", "b1 bad", "a2", "b2", "c1")]
    return simulate(plan, reporting(bad), arrivals)


def a_stream() -> Trace:
    """A split in two, and a record that is given up."""
    plan = with_failure(stream(MaximumRetryAttempts=2), kind=FailureKind.BUCKET)
    return simulate(plan, raising(bad, seconds=0.25), records("a", "b", "bad", "d"), assume=ONE_SHARD)


def a_stream_that_keeps_trying() -> Trace:
    plan = stream(MaximumRetryAttempts=-1, BisectBatchOnFunctionError=False, MaximumRecordAgeInSeconds=-1)
    left = iter([True, True])
    handler = raising(lambda _: next(left, False))
    return simulate(plan, handler, records("a", "b"), assume=ONE_SHARD, backoff=Backoff.steady(5))


def a_stream_with_old_records() -> Trace:
    plan = with_failure(stream(MaximumRecordAgeInSeconds=60), kind=FailureKind.QUEUE)
    arrivals = [Record("old", at=-80, key="k"), *records("a", "b", every=0.001)]
    return simulate(plan, ok, arrivals, assume=ONE_SHARD)


def a_table() -> Trace:
    plan = with_failure(stream("dynamodb", MaximumRetryAttempts=1), kind=FailureKind.TOPIC)
    arrivals = [Record({"id": "good", "n": 1}), Record({"id": "bad", "n": 2}, at=0.25)]
    return simulate(plan, reporting(bad), arrivals, assume=ONE_SHARD)


def a_stream_that_gives_up_a_batch() -> Trace:
    """The document names the first and the last record, and when each arrived."""
    plan = stream(MaximumRetryAttempts=0, BisectBatchOnFunctionError=False, MaximumBatchingWindowInSeconds=2)
    plan = with_failure(plan, kind=FailureKind.QUEUE)
    return simulate(plan, raising(bad), records("a", "bad", "c", every=0.5), assume=ONE_SHARD)


def a_stream_that_is_split_and_merged() -> Trace:
    plan = stream(BatchSize=1, StartingPosition="LATEST")
    arrivals = [Record(f"{place}", at=place - 1, key=f"k{place}") for place in range(10)]
    changes = [Change.split(2.5, shard=0), Change.merge(6.5, shard=1, path=plan.path)]
    return simulate(plan, ok, arrivals, duration=0.5, assume=ONE_SHARD, changes=changes)


def a_filtered_stream() -> Trace:
    plan = replace(stream(), filters=('{"data": {"kind": ["order"]}}',))
    arrivals = [Record({"kind": kind}, key="k") for kind in ("order", "other", "order")]
    return simulate(plan, ok, arrivals, assume=ONE_SHARD)


def a_topic_that_gives_up_a_batch() -> Trace:
    plan = stream("msk", MaximumRetryAttempts=0, BisectBatchOnFunctionError=False, MaximumBatchingWindowInSeconds=2)
    plan = with_settings(with_failure(plan, kind=FailureKind.QUEUE), BatchSize=4)
    arrivals = [Record(text, at=place / 4, partition=place % 2) for place, text in enumerate(["a", "b", "bad", "long"])]
    return simulate(plan, raising(bad), arrivals, assume={"Partitions": 2})


def a_topic() -> Trace:
    plan = with_failure(stream("msk", MaximumRetryAttempts=1), kind=FailureKind.QUEUE)
    arrivals = [Record(text, partition=place % 2, key=f"k{place}") for place, text in enumerate(["a", "b", "bad", "d"])]
    assume = {"Partitions": 2, "CommittedOffset": 1}
    return simulate(plan, reporting(bad), arrivals, assume=assume, changes=[Change.rebalance(0.1)])


def a_topic_to_a_topic() -> Trace:
    plan = with_failure(stream("msk", MaximumRetryAttempts=0), kind=FailureKind.KAFKA_TOPIC)
    return simulate(plan, raising(bad), records("a", "bad"), assume={"Partitions": 1})


def a_topic_as_a_queue() -> Trace:
    config = {"ConsumerGroupId": "shop", "ConsumptionMode": "Queue"}
    left_out = dict.fromkeys(("StartingPosition", "MaximumBatchingWindowInSeconds", "MaximumRetryAttempts"))
    plan = with_settings(mapping("self-managed-kafka"), SelfManagedKafkaEventSourceConfig=config, **left_out)
    plan = with_failure(plan, kind=FailureKind.NONE)
    assume = {"Partitions": 1, "CommittedOffset": 1, "DeliveryCountLimit": 2}
    return simulate(plan, reporting(bad), records("a", "bad", "c"), assume=assume)


def an_activemq_broker() -> Trace:
    return simulate(mapping("activemq", BatchSize=2), raising(bad), records("a", "bad", "c", key=None))


def a_rabbitmq_broker() -> Trace:
    return simulate(mapping("rabbitmq", BatchSize=2), raising(bad), records("bad", "b", key=None), until=5)


def a_change_stream() -> Trace:
    return simulate(mapping("documentdb", BatchSize=2), raising(bad), records("a", "b", "bad"), until=5)


def two_mappings() -> Trace:
    """Two paths, throttles, another version, a mapping that is disabled, and records that wait at the end."""
    one = replace(mapping("sqs", BatchSize=1), path="Shop/Queue")
    two = replace(stream(), path="Shop/Stream")
    changes = [
        Change.version(3, ok, path="Shop/Queue"),
        Change.disable(4),
        Change.enable(9, path="Shop/Queue"),
    ]
    arrivals = {"Shop/Queue": records(*"abcdef", every=2, key=None), "Shop/Stream": records(*"uvwxyz", every=2)}
    return simulate(
        [one, two],
        raising(bad, seconds=0.5),
        arrivals,
        changes=changes,
        reserved_concurrency=1,
        assume=ONE_SHARD,
        duplicates=0.5,
        until=15,
    )


def a_source_that_is_deleted() -> Trace:
    return simulate(mapping("sqs", BatchSize=1), raising(bad), records("bad", "b"), changes=[Change.source_gone(3)])


RUNS: list[Callable[[], Trace]] = [
    a_queue,
    a_fifo_queue,
    a_stream,
    a_stream_that_keeps_trying,
    a_stream_with_old_records,
    a_stream_that_gives_up_a_batch,
    a_stream_that_is_split_and_merged,
    a_filtered_stream,
    a_table,
    a_topic,
    a_topic_that_gives_up_a_batch,
    a_topic_to_a_topic,
    a_topic_as_a_queue,
    an_activemq_broker,
    a_rabbitmq_broker,
    a_change_stream,
    two_mappings,
    a_source_that_is_deleted,
]


@pytest.mark.parametrize("run", RUNS)
def test_a_run_is_told_as_it_was_reviewed(run: Callable[[], Trace]) -> None:
    text = "\n".join(told(run())) + "\n"

    assert text == reviewed(FOLDER / f"run-{run.__name__}.txt", text)
