"""The events and the documents that the simulator writes have the shape of AWS's own."""

import base64
import json
import re
from typing import Any

import pytest

from cdk_esm.plan import FailureKind
from cdk_esm.simulator import Record, events, simulate
from cdk_esm.testing.plans import mapping, with_failure, with_settings, with_source
from tests.core.simulator.truth import TRUTH, recorded

pytestmark = pytest.mark.skipif(not TRUTH.exists(), reason="AWS's answers are not part of this project")

SHAPES = {case["id"]: case for case in recorded("event_shapes")}
RECORDED = [pytest.param(case, id=name) for name, case in SHAPES.items() if case["authority"] == "aws-recorded"]
SAMPLES = [pytest.param(case, id=name) for name, case in SHAPES.items() if case["authority"] != "aws-recorded"]
DOCUMENTS = [pytest.param(case, id=case["id"]) for case in recorded("destination_documents")]


def shape(value: Any) -> Any:
    """Keys and types, without what they hold; the values of message attributes by their names, too."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value]
    return type(value).__name__


def masked(value: Any, path: str = "") -> Any:
    """A recording with the types of what it hides: a timestamp of a stream is a number."""
    if isinstance(value, dict):
        return {key: masked(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [masked(one, path) for one in value]
    if path in ("approximateArrivalTimestamp", "ApproximateCreationDateTime"):
        return 0.5
    return value


def ours(case: dict[str, Any]) -> dict[str, Any]:
    """The event of ours for the payloads of a recording."""
    source, theirs = case["source"], case["event"]["Records"]
    if source == "sqs":
        fifo = case["id"].startswith("sqs-fifo")
        made = [
            Record(
                one["body"],
                group=one["attributes"].get("MessageGroupId"),
                attributes=case.get("sent", {}).get("MessageAttributes"),
            )
            for one in theirs
        ]
        if fifo:
            return events.sqs_fifo(*made)
        return events.sqs(*made, window=1 if case["id"] == "sqs/window-1" else 0)
    if source == "kinesis":
        data = [Record(base64.b64decode(one["kinesis"]["data"]), key=one["kinesis"]["partitionKey"]) for one in theirs]
        return events.kinesis(*data)
    (one,) = theirs
    images = {name: one["dynamodb"][name] for name in ("NewImage", "OldImage") if name in one["dynamodb"]}
    return events.dynamodb({**images, "Keys": one["dynamodb"]["Keys"]}, view=one["dynamodb"]["StreamViewType"])


@pytest.mark.parametrize("case", RECORDED)
def test_an_event_has_the_keys_and_types_that_were_recorded(case: dict[str, Any]) -> None:
    theirs = masked(case["event"])
    for record in theirs["Records"]:
        if isinstance(record.get("body"), dict):  # a display step of the recording
            record["body"] = json.dumps(record["body"])

    assert shape(ours(case)) == shape(theirs)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("sqs/message-attributes", ("messageAttributes",)),
        ("sqs/message-attributes", ("md5OfMessageAttributes",)),
        ("kinesis/ten", ("kinesis", "data")),
        ("kinesis/one-record", ("kinesis", "partitionKey")),
        ("dynamodb/insert-new-image", ("dynamodb", "SizeBytes")),
        ("dynamodb/insert-new-image", ("dynamodb", "NewImage")),
        ("dynamodb/modify-new-and-old", ("dynamodb", "SizeBytes")),
        ("dynamodb/modify-new-and-old", ("dynamodb", "OldImage")),
        ("dynamodb/modify-new-and-old", ("eventName",)),
        ("dynamodb/modify-new-and-old", ("eventVersion",)),
        ("kinesis/ten", ("eventName",)),
    ],
)
def test_what_follows_from_the_payload_is_what_was_recorded(name: str, path: tuple[str, ...]) -> None:
    case = SHAPES[name]
    mine, theirs = ours(case)["Records"][0], case["event"]["Records"][0]
    for key in path:
        mine, theirs = mine[key], theirs[key]

    assert mine == theirs


@pytest.mark.parametrize("case", SAMPLES)
def test_a_sample_of_an_sdk_is_taken_as_ready_made_records(case: dict[str, Any]) -> None:
    kind = case["source"].removesuffix("-window")
    ready = ready_records(case["event"])
    seen: list[Any] = []

    def handler(event: Any, _: Any) -> None:
        seen.append(event)

    trace = simulate(mapping(kind), handler, ready, assume={"Partitions": 1} if "kafka" in kind else None)

    assert trace.summary.ends == {"processed": len(ready)}
    assert len(ready) == sum(len(one.record_ids) for one in trace.invocations)


def ready_records(event: dict[str, Any]) -> list[Any]:
    for holder in ("Records", "messages", "events"):
        if holder in event:
            return list(event[holder])
    grouped = event.get("records") or event.get("rmqMessagesByQueue")
    assert grouped is not None
    return [record for records in grouped.values() for record in records]


def document_of(case: dict[str, Any]) -> tuple[dict[str, Any], str | None]:
    """What our destination gets in the run that the recording describes."""
    source, place, *about = case["id"].split("/")
    kind = {"sqs": FailureKind.QUEUE, "sns": FailureKind.TOPIC, "s3": FailureKind.BUCKET}[place]
    plan = with_failure(mapping(source), kind=kind)
    if source == "dynamodb":
        plan = with_source(plan, view_type="NEW_IMAGE")
    plan = with_settings(plan, BatchSize=1, BisectBatchOnFunctionError=False, MaximumRecordAgeInSeconds=-1)
    plan = with_settings(plan, FunctionResponseTypes=["ReportBatchItemFailures"], MaximumRetryAttempts=1)
    item = {"my_partition_key": {"S": "hello world"}}
    payload = Record(item if source == "dynamodb" else {"value": 1}, key=None if source == "dynamodb" else "custom")
    records = [payload]

    def handler(event: Any, _: Any) -> Any:
        if about == ["partial"]:
            last = event["Records"][-1]["kinesis"]
            failed = base64.b64decode(last["data"]) == b"5"
            return {"batchItemFailures": [{"itemIdentifier": last["sequenceNumber"]}] if failed else []}
        if about[0] == "response":
            return {"batchItemFailures": [{"itemIdentifier": None}]}
        if about[0] == "age":
            return None
        raise ValueError

    if about == ["partial"]:
        plan = with_settings(plan, BatchSize=3, MaximumRetryAttempts=3)
        records = [Record(str(number), key="k") for number in range(6)]
    elif about[0] == "response":
        plan = with_settings(plan, MaximumRetryAttempts=2)
    elif about[0] == "age":
        plan = with_settings(plan, BatchSize=10, MaximumRetryAttempts=0, MaximumRecordAgeInSeconds=60)
        records = [Record("old", at=-80, key="k"), *(Record(str(number), key="k") for number in range(5))]
    trace = simulate(plan, handler, records)
    (delivered,) = trace.destinations
    if about[0] == "age":
        assert delivered.record_ids == ("r1",)
        assert trace.records["r1"].deliveries == 0
    return delivered.document, delivered.key


@pytest.mark.parametrize("case", DOCUMENTS)
def test_a_destination_gets_the_document_that_was_recorded(case: dict[str, Any]) -> None:
    document, key = document_of(case)
    theirs = masked(case["document"])

    assert shape(document) == shape(theirs)
    for part in ("condition", "approximateInvokeCount"):
        assert document["requestContext"][part] == theirs["requestContext"][part]
    assert document.get("responseContext") == theirs.get("responseContext")
    (name,) = [one for one in document if one.endswith("BatchInfo")]
    assert document[name]["batchSize"] == theirs[name]["batchSize"]
    assert (document[name]["startSequenceNumber"] == document[name]["endSequenceNumber"]) is True
    for moment in ("approximateArrivalOfFirstRecord", "approximateArrivalOfLastRecord"):
        fraction = "." in theirs[name][moment]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", document[name][moment])
        assert ("." in document[name][moment]) == fraction
    if case["destination"] == "s3":
        assert re.fullmatch(
            r"aws/lambda/[0-9a-f-]{36}/shardId-[0-9a-f-]+/\d{4}/\d\d/\d\d/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}",
            key or "",
        )
    else:
        assert key is None
