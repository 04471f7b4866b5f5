"""The events of every source, whole, as they were reviewed: ``UPDATE_SNAPSHOTS=1`` writes them anew.

What the recordings hide (ids, moments, digests) is compared here as well, and so are sources that were not recorded.
"""

import base64
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.simulator import Record, events, simulate
from cdk_esm.simulator.events.typed import size_of
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import mapping, with_settings
from tests.core.reviewed import reviewed
from tests.core.simulator.helping import raising, records_of

FOLDER = Path(__file__).parent / "texts"
ATTRIBUTES = {
    "Title": {"DataType": "String", "StringValue": "Café"},
    "Blob": {"DataType": "Binary", "BinaryValue": b"\x00\x01"},
}
TEXTS = [
    Record("plain", at=1.2345, key="k", group="g", partition=1, attributes=ATTRIBUTES),
    Record({"name": "Café"}, at=61.5),
    Record(b"\xff\x00", at=3600),
]
IMAGES = [
    Record({"id": "a", "count": Decimal("-10.50"), "tags": {"b", "a"}, "more": [1, None, True, b"x"]}, at=1.2345),
    Record({"other": 1, "id": {"S": "b"}}, at=61.5, key="id"),
    {"Keys": {"id": "c"}, "OldImage": {"id": "c", "n": 1}, "NewImage": {"id": "c", "n": 2}},
    {"Keys": {"id": "d"}, "OldImage": {"id": "d", "map": {"deep": "x"}}},
    {"Keys": {"id": "e"}},
    {"NewImage": {"id": "f", "n": 1}},
    {"OldImage": {"id": "g", "n": 1}},
    "text",
]
DOCUMENTS = [Record({"_id": 7, "total": 3}, at=1.2345), "text", Record({"total": 4}, at=61.5)]
PLACES = {"rabbitmq": "orders::/", "documentdb": "shop.orders"}


def payloads(kind: str) -> list[Any]:
    """What the records of a source carry: something of each form that it takes."""
    return {"dynamodb": IMAGES, "documentdb": DOCUMENTS}.get(kind, TEXTS)


def written(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("kind", SOURCES)
def test_the_event_of_a_source_is_the_one_that_was_reviewed(kind: str) -> None:
    text = written(events.event(kind, *payloads(kind), receive_count=2, topic=PLACES.get(kind, "orders")))

    assert text == reviewed(FOLDER / f"event-{kind}.json", text)


@pytest.mark.parametrize("kind", SOURCES)
def test_a_record_that_an_event_held_is_delivered_as_it_was(kind: str) -> None:
    place: dict[str, Any] = {"topic": PLACES.get(kind, "orders")}
    event = events.event(kind, *payloads(kind)[:1], **place)
    (record,) = records_of(event)

    assert events.event(kind, Record(record, at=1.2345, partition=record.get("partition")), **place) == event


def test_the_functions_of_the_sources_write_what_the_general_one_does() -> None:
    orders: dict[str, Any] = {"topic": "orders"}
    assert events.sqs("a", receive_count=3, window=1) == events.event("sqs", "a", receive_count=3, window=1)
    assert events.sqs("a")["Records"][0]["attributes"]["ApproximateReceiveCount"] == "1"
    assert events.sqs_fifo("a", receive_count=3) == events.event("sqs-fifo", "a", receive_count=3)
    assert events.kinesis("a") == events.event("kinesis", "a")
    assert events.dynamodb({"id": 1}, view="KEYS_ONLY") == events.event("dynamodb", {"id": 1}, view="KEYS_ONLY")
    assert events.msk("a") == events.event("msk", "a", **orders)
    assert events.self_managed_kafka("a") == events.event("self-managed-kafka", "a", **orders)
    assert events.activemq("a") == events.event("activemq", "a", **orders)
    assert events.rabbitmq("a") == events.event("rabbitmq", "a", topic="orders::/")
    assert events.rabbitmq("a", queue="q", virtual_host="v") == events.event("rabbitmq", "a", topic="q::v")
    assert events.documentdb("a") == events.event("documentdb", "a", topic="shop.orders")


@pytest.mark.parametrize(("view", "images"), [("KEYS_ONLY", []), ("NEW_IMAGE", ["NewImage"])])
def test_a_table_s_stream_carries_the_images_of_its_view(view: str, images: list[str]) -> None:
    (change,) = events.dynamodb({"OldImage": {"id": 1}, "NewImage": {"id": 1}}, view=view)["Records"]

    assert [name for name in change["dynamodb"] if name.endswith("Image")] == images
    assert change["dynamodb"]["StreamViewType"] == view


@pytest.mark.parametrize(
    ("value", "size"),
    [
        # A number takes a byte for two significant digits, and one more; zeros at both ends are not significant.
        ({"N": "0"}, 1),
        ({"N": "7"}, 2),
        ({"N": "-12"}, 2),
        ({"N": "123"}, 3),
        ({"N": "10.5"}, 3),
        ({"N": "1200"}, 2),
        ({"N": "0.05"}, 2),
        # A text is counted in UTF-8, and what is binary before its base64.
        ({"S": "Café"}, 5),
        ({"B": base64.b64encode(b"12345").decode()}, 5),
        ({"B": "not base64!"}, 11),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        # A list or a map takes three bytes, and each entry one beside its content.
        ({"L": [{"S": "ab"}, {"N": "7"}]}, 3 + (1 + 2) + (1 + 2)),
        ({"M": {"ab": {"S": "x"}}}, 3 + (1 + 2 + 1)),
        ({"SS": ["a", "bc"]}, 3),
        ({"NS": ["1", "23"]}, 3),
    ],
)
def test_a_value_of_a_table_counts_as_many_bytes_as_the_stream_says(value: dict[str, Any], size: int) -> None:
    assert size_of({"NewImage": {"id": value}}) == len("id") + size


def test_the_invocations_of_a_tumbling_window_are_those_that_were_reviewed() -> None:
    """The state goes from one to the next, and the last one of a window says so."""
    plan = with_settings(
        mapping("kinesis", BatchSize=2, ParallelizationFactor=1),
        TumblingWindowInSeconds=30,
        MaximumBatchingWindowInSeconds=0,
    )

    def handler(event: Any, _: Any) -> Any:
        return {"state": {"seen": event["state"].get("seen", 0) + len(event["Records"])}}

    records = [Record(str(number), at=number * 7, key="k") for number in range(6)]
    trace = simulate(plan, handler, records, assume={"ShardCount": 1})
    text = written([[one.at, one.decision, one.event] for one in trace.invocations])

    assert text == reviewed(FOLDER / "tumbling.json", text)


@pytest.mark.parametrize("kind", ["sqs", "activemq", "rabbitmq"])
def test_a_message_that_is_delivered_again_says_so(kind: str) -> None:
    failures = iter([True, False])
    trace = simulate(mapping(kind, BatchSize=1), raising(lambda _: next(failures)), [Record("a")], duration=1)
    text = written([[one.at, one.event] for one in trace.invocations])

    assert text == reviewed(FOLDER / f"redelivered-{kind}.json", text)


def test_a_ready_made_record_of_a_topic_stays_in_its_partition_and_keeps_its_key() -> None:
    (made,) = events.msk(Record("x", key="k", partition=1), topic="elsewhere")["records"]["elsewhere-1"]
    seen: list[Any] = []

    def run(record: Any) -> Any:
        trace = simulate(mapping("msk"), lambda event, _: seen.append(event), [record], assume={"Partitions": 3})
        ((lane, (found,)),) = seen.pop()["records"].items()
        assert (found["topic"], f"{found['topic']}-{found['partition']}") == ("orders", lane)
        return trace.records[0].key, found["partition"], found["key"], found["value"]

    assert run(made) == ("k", 1, "aw==", "eA==")
    assert run(Record(made, key="other", partition=2)) == ("other", 2, "b3RoZXI=", "eA==")
    without = {name: value for name, value in made.items() if name not in ("key", "partition")}
    assert run(Record(without, key="k")) == ("k", run(Record("x", key="k"))[1], "aw==", "eA==")


@pytest.mark.parametrize("kind", ["msk", "self-managed-kafka", "activemq", "rabbitmq"])
def test_a_ready_made_record_is_as_large_as_one_that_the_simulator_makes(kind: str) -> None:
    """What an event can carry cuts a batch of both alike."""
    large = "x" * 1_000_000
    (made,) = records_of(events.event(kind, large, topic="orders"))

    def batches(payload: Any) -> list[int]:
        trace = simulate(mapping(kind, BatchSize=10), lambda _, __: None, [payload] * 10)
        return [len(one.record_ids) for one in trace.invocations]

    assert batches(made) == batches(large) != [10]


def test_the_size_of_a_message_is_counted_in_bytes_and_not_in_characters() -> None:
    trace = simulate(mapping("sqs"), lambda _, __: None, ["é" * 500_000] * 10)

    assert {len(one.record_ids) for one in trace.invocations} == {6, 4}


def test_a_ready_made_record_without_a_key_gets_one_of_its_own() -> None:
    made = events.kinesis("x")["Records"][0]
    inner = {name: value for name, value in made["kinesis"].items() if name != "partitionKey"}

    assert simulate(mapping("kinesis"), lambda _, __: None, [{**made, "kinesis": inner}]).records[0].key == "key-1"
