import base64
import json
from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.filters import FilterPatternError, f
from cdk_esm.filters.events import records_in, source_of


def b64(data: str) -> str:
    return base64.b64encode(data.encode()).decode()


ORDER = {"id": "o-1", "type": "created", "total": 120, "customer": {"name": "Ann B.", "status": "gold", "vip": True}}
SQS = {"messageId": "1", "body": json.dumps(ORDER), "eventSource": "aws:sqs", "attributes": {}}
GROUPED = {**SQS, "attributes": {"MessageGroupId": "g"}}
FIFO = {**SQS, "attributes": {"MessageGroupId": "g", "SequenceNumber": "1"}}
KINESIS = {"kinesis": {"data": b64(json.dumps(ORDER)), "partitionKey": "1"}, "eventSource": "aws:kinesis"}
DYNAMODB = {
    "eventName": "MODIFY",
    "eventSource": "aws:dynamodb",
    "dynamodb": {
        "Keys": {"id": {"S": "o-1"}},
        "NewImage": {"id": {"S": "o-1"}, "status": {"S": "paid"}, "total": {"N": "15"}},
        "OldImage": {"id": {"S": "o-1"}, "status": {"S": "open"}, "total": {"N": "15"}},
        "StreamViewType": "NEW_AND_OLD_IMAGES",
    },
}
KAFKA = {"topic": "orders", "partition": 0, "offset": 1, "value": b64(json.dumps(ORDER))}
ACTIVEMQ = {"messageID": "1", "data": b64("Result: fine")}
RABBITMQ = {"basicProperties": {}, "redelivered": False, "data": b64(json.dumps(ORDER))}

EVENTS: list[Any] = [
    pytest.param(SQS, "sqs", [SQS], id="sqs-record"),
    pytest.param({"Records": [SQS, FIFO]}, "sqs", [SQS, FIFO], id="sqs"),
    pytest.param({"Records": [FIFO]}, "sqs-fifo", [FIFO], id="sqs-fifo"),
    pytest.param({"Records": [GROUPED]}, "sqs", [GROUPED], id="group-of-a-standard-queue"),
    pytest.param({"body": "x"}, "sqs", [{"body": "x"}], id="body-alone"),
    pytest.param({"body": "x", "attributes": 5}, "sqs", [{"body": "x", "attributes": 5}], id="broken-attributes"),
    pytest.param({"Records": [KINESIS]}, "kinesis", [KINESIS], id="kinesis"),
    pytest.param({"kinesis": {}}, "kinesis", [{"kinesis": {}}], id="kinesis-alone"),
    pytest.param({"Records": [DYNAMODB]}, "dynamodb", [DYNAMODB], id="dynamodb"),
    pytest.param({"dynamodb": {}}, "dynamodb", [{"dynamodb": {}}], id="dynamodb-alone"),
    pytest.param(
        {"eventSource": "aws:kafka", "records": {"a-0": [KAFKA], "a-1": [KAFKA]}}, "msk", [KAFKA] * 2, id="msk"
    ),
    pytest.param(
        {"eventSource": "SelfManagedKafka", "records": {"a-0": [KAFKA]}}, "self-managed-kafka", [KAFKA], id="own"
    ),
    pytest.param(
        {"eventSource": "aws:SelfManagedKafka", "records": {"a": 5}}, "self-managed-kafka", [], id="own-broken"
    ),
    pytest.param(KAFKA, "msk", [KAFKA], id="kafka-record"),
    pytest.param({"eventSource": "aws:mq", "messages": [ACTIVEMQ]}, "activemq", [ACTIVEMQ], id="activemq"),
    pytest.param({"eventSource": "aws:amq", "messages": [ACTIVEMQ]}, "activemq", [ACTIVEMQ], id="activemq-older"),
    pytest.param(ACTIVEMQ, "activemq", [ACTIVEMQ], id="activemq-record"),
    pytest.param(
        {"eventSource": "aws:rmq", "rmqMessagesByQueue": {"q::/": [RABBITMQ]}}, "rabbitmq", [RABBITMQ], id="rmq"
    ),
    pytest.param(RABBITMQ, "rabbitmq", [RABBITMQ], id="rabbitmq-record"),
    pytest.param([SQS], "sqs", [SQS], id="list"),
    pytest.param([], None, [], id="empty-list"),
    pytest.param({"Records": []}, None, [], id="no-records"),
    pytest.param({"Records": 5}, None, [{"Records": 5}], id="no-event"),
    pytest.param({"eventSource": ["x"]}, None, [{"eventSource": ["x"]}], id="other-event-source"),
    pytest.param({"eventSource": "aws:s3"}, None, [{"eventSource": "aws:s3"}], id="other-service"),
    pytest.param("x", None, ["x"], id="text"),
    pytest.param(["x"], None, ["x"], id="list-of-texts"),
]


@pytest.mark.parametrize(("document", "source", "records"), EVENTS)
def test_event_tells_its_source_and_its_records(document: Any, source: str | None, records: list[Any]) -> None:
    assert source_of(document) == source
    assert records_in(document) == records


PROPOSED: list[Any] = [
    pytest.param(SQS, f.body({"type": ["created"], "customer": {"status": ["gold"]}}), id="sqs"),
    pytest.param({"Records": [SQS]}, f.body({"type": ["created"], "customer": {"status": ["gold"]}}), id="event"),
    pytest.param(KINESIS, f.data({"type": ["created"], "customer": {"status": ["gold"]}}), id="kinesis"),
    pytest.param(KAFKA, f.value({"type": ["created"], "customer": {"status": ["gold"]}}), id="kafka"),
    pytest.param(ACTIVEMQ, f.data(f.prefix("Result:")), id="text"),
    pytest.param({"body": "Result: all fine"}, f.body(f.prefix("Result:")), id="text-of-three-words"),
    pytest.param({"body": " "}, f.body(f.prefix(" ")), id="blank-text"),
    pytest.param({"body": '{"a": "word", "b": "two words", "c": "x1"}'}, f.body({"a": ["word"]}), id="constants"),
    pytest.param({"body": '{"a": "' + "x" * 40 + '"}'}, f.body({"a": ["x" * 40]}), id="longest-constant"),
    pytest.param({"body": '{"a": "' + "x" * 41 + '"}'}, f.body({"a": f.exists}), id="too-long-a-constant"),
    pytest.param({"body": '{"a": false, "b": 5}'}, f.body({"a": [False]}), id="flag"),
    pytest.param({"body": '{"a": 5, "b": null}'}, f.body({"a": f.exists, "b": f.exists}), id="presence"),
    pytest.param(
        {"body": json.dumps({name: name for name in "abcdef"})}, f.body({name: [name] for name in "abcd"}), id="four"
    ),
    pytest.param({"body": '{"Event-Type": "a", "b": "c"}'}, f.body({"Event-Type": ["a"]}), id="kind-by-its-name"),
    pytest.param(
        {"body": '{"a": {"b": {"c": {"d": "x"}}}, "e": 1}'}, f.body({"a": {"b": {"c": {"d": ["x"]}}}}), id="deep"
    ),
    pytest.param({"body": '{"a": {"b": {"c": {"d": {"e": "x"}}}}, "f": 1}'}, f.body({"f": f.exists}), id="too-deep"),
    pytest.param({"body": '{"a.b": "x", "$or": "y", "c": [1], "d": 1}'}, f.body({"d": f.exists}), id="odd-names"),
    pytest.param(DYNAMODB, f.dynamodb(event_name="MODIFY", new_image={"status": f.S("paid")}), id="dynamodb"),
    pytest.param(
        {"dynamodb": {"SizeBytes": 5, "NewImage": {"color": {"S": "red"}, "status": {"S": "paid"}}}},
        f.dynamodb(new_image={"status": f.S("paid")}),
        id="dynamodb-kind-by-its-name",
    ),
    pytest.param(
        {"eventName": "REMOVE", "dynamodb": {"OldImage": {"status": {"S": "paid"}}}},
        f.dynamodb(event_name="REMOVE", old_image={"status": f.S("paid")}),
        id="dynamodb-removal",
    ),
    pytest.param(
        {"eventName": "INSERT", "dynamodb": {"Keys": {"id": {"N": "1"}}, "SequenceNumber": "1"}},
        f.dynamodb(event_name="INSERT", keys={"id": f.N(f.exists)}),
        id="dynamodb-keys",
    ),
    pytest.param({"dynamodb": {"Keys": {"id": {"N": "1"}}}}, f.dynamodb(keys={"id": f.N(f.exists)}), id="no-event"),
]


@pytest.mark.parametrize(("sample", "pattern"), PROPOSED)
def test_pattern_is_proposed_that_the_sample_matches(sample: Any, pattern: Any) -> None:
    proposal = filters.propose(sample)

    assert proposal.pattern == f.from_sample(sample) == pattern
    criteria = filters.compile(proposal.source, [proposal.pattern])
    assert all(criteria.matches(record) for record in records_in(sample))
    assert proposal.examples[0] == ("the sample", True)
    assert proposal.examples[-1] == ("a further field beside the others", True)


def test_examples_show_what_would_and_would_not_match() -> None:
    assert filters.propose(SQS).examples == (
        ("the sample", True),
        ("another value in body.type", False),
        ("no body.type", False),
        ("another value in body.customer.status", False),
        ("no body.customer.status", False),
        ("a further field beside the others", True),
    )
    assert filters.propose({"body": '{"a": 5}'}).examples[1:3] == (
        ("another value in body.a", True),
        ("no body.a", False),
    )


def test_source_can_be_named() -> None:
    proposal = filters.propose(SQS, source="sqs-fifo")

    assert proposal.source == "sqs-fifo"
    assert f.from_sample({"value": KAFKA["value"]}, source="msk-serverless") == f.from_sample(KAFKA)


@pytest.mark.parametrize(
    ("sample", "source", "path"),
    [
        pytest.param({}, None, "sample", id="nothing"),
        pytest.param({"Records": []}, "sqs", "sample", id="no-records"),
        pytest.param({"Records": ["x"]}, "sqs", "sample", id="no-record"),
        pytest.param(SQS, "documentdb", "sample", id="no-filters"),
        pytest.param(SQS, "s3", "sample", id="no-source"),
        pytest.param({"body": "{}"}, None, "sample.body", id="empty"),
        pytest.param({"body": "[1]"}, None, "sample.body", id="array"),
        pytest.param({"body": "5"}, None, "sample.body", id="number"),
        pytest.param({"body": None}, None, "sample.body", id="no-body"),
        pytest.param({"kinesis": {"data": b64("text")}}, None, "sample.data", id="kinesis-text"),
    ],
)
def test_sample_without_anything_to_filter_on_is_refused(sample: Any, source: str | None, path: str) -> None:
    with pytest.raises(FilterPatternError) as refusal:
        filters.propose(sample, source=source)

    assert refusal.value.json_path == path
    assert refusal.value.reason == (
        "this is no record of a source that has filters; name the source if it is one"
        if path == "sample"
        else "there is nothing in it that a filter could ask for"
    )
    with pytest.raises(FilterPatternError):
        f.from_sample(sample, source=source)
