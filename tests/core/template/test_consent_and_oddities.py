"""What a template says in its metadata, and sources that no mapping can read."""

from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.plan import FailureKind, FailurePath
from cdk_esm.testing.templates import batch_size, get, mapping, plan, ref, resource

_PROPERTIES: dict[str, dict[str, Any]] = {
    "DynamoDB": {"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}},
    "AmazonMQ": {"EngineType": "ACTIVEMQ"},
}
STREAM = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
WHY = {"cdk-esm": {"choices": {"no_failure_path": "readings are worthless after a minute"}}}


@pytest.mark.parametrize(
    ("source", "settings", "kind"),
    [
        pytest.param(STREAM, {"StartingPosition": "TRIM_HORIZON", "MaximumRetryAttempts": 3}, "discard", id="stream"),
        pytest.param(get("Queue"), {}, "none", id="queue"),
    ],
)
def test_a_failure_path_left_out_for_a_reason_is_consent(source: Any, settings: dict[str, Any], kind: str) -> None:
    found = plan({"Queue": resource("SQS::Queue"), "M": mapping(source, **settings) | {"Metadata": WHY}})

    assert found.failure == FailurePath(kind=FailureKind(kind), reason="readings are worthless after a minute")
    assert not [one for one in esm.check([found]) if one.rule.id in ("ESM308", "ESM319")]


@pytest.mark.parametrize(
    ("count", "kept"),
    [(0, False), (1, True), (999_999, True), (1_000_000, False), (True, False), ("5", False), (-1, False)],
)
def test_choice_counts_where_it_is_a_number_that_can_be_meant(count: object, *, kept: bool) -> None:
    said = {"cdk-esm": {"choices": {"max_receive_count": count}}}
    found = plan({"Queue": resource("SQS::Queue"), "M": mapping(get("Queue")) | {"Metadata": said}})

    assert found.choices == ({"max_receive_count": count} if kept else {})


@pytest.mark.parametrize("reason", ["", " ", 5, None])
def test_reason_that_says_nothing_is_none(reason: object) -> None:
    said = {"cdk-esm": {"choices": {"no_failure_path": reason}}}

    assert plan({"M": mapping(STREAM, StartingPosition="LATEST") | {"Metadata": said}}).failure == FailurePath(
        kind=FailureKind.NONE
    )


@pytest.mark.parametrize("properties", [ref("Nowhere"), {"Fn::If": ["Open", {}, {}]}, [], "odd"])
def test_properties_that_are_no_object_say_nothing(properties: Any) -> None:
    orders = {"Type": "AWS::Lambda::EventSourceMapping", "Properties": properties}

    assert dict(plan({"M": orders}).settings) == {}


@pytest.mark.parametrize(
    "arn", ["arn:aws:firehose:eu-west-1:111122223333:deliverystream/clicks", "arn:aws:sns:eu-west-1:111122223333:a"]
)
@pytest.mark.parametrize("settings", [{}, {"StartingPosition": "TRIM_HORIZON"}])
def test_the_arn_of_what_no_mapping_reads_is_an_error(arn: str, settings: dict[str, Any]) -> None:
    found = plan({"M": mapping(arn, **settings)})

    assert "ESM108" in {one.rule.id for one in esm.check([found])}


def test_a_queue_that_is_its_own_dead_letter_queue_is_said_once() -> None:
    redrive = {"deadLetterTargetArn": get("Queue"), "maxReceiveCount": 5}
    queue = resource("SQS::Queue", {"VisibilityTimeout": 180, "RedrivePolicy": redrive})
    found = {one.rule.id for one in esm.check([plan({"Queue": queue, "M": mapping(get("Queue"))})])}

    assert "ESM216" in found
    assert "ESM309" not in found


@pytest.mark.parametrize("written", [10**17, str(10**17), float(10**17)], ids=["number", "text", "float"])
def test_a_moment_in_microseconds_is_a_number(written: object) -> None:
    assert batch_size(written) == 10**17


@pytest.mark.parametrize(
    ("kind", "named", "rule"),
    [
        pytest.param("SQS::Queue", ref("Source"), "ESM108", id="queue by its address"),
        pytest.param("SQS::Queue", get("Source", "QueueName"), "ESM108", id="queue by its name"),
        pytest.param("Kinesis::Stream", ref("Source"), "ESM108", id="stream by its name"),
        pytest.param("DynamoDB::Table", {"Fn::Sub": "${Source}"}, "ESM108", id="table by its name"),
        pytest.param("DynamoDB::Table", get("Source"), "ESM222", id="table where its stream belongs"),
        pytest.param("AmazonMQ::Broker", ref("Source"), "ESM108", id="broker by its id"),
        pytest.param("DocDB::DBCluster", ref("Source"), "ESM108", id="document cluster by its name"),
    ],
)
def test_a_source_that_is_named_by_something_else_than_its_arn_is_an_error(kind: str, named: Any, rule: str) -> None:
    properties = _PROPERTIES.get(kind.partition("::")[0], {})
    found = plan({"Source": resource(kind, properties), "M": mapping(named, StartingPosition="TRIM_HORIZON")})

    assert rule in {one.rule.id for one in esm.check([found])}


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        pytest.param("SQS::Queue", get("Source"), id="queue"),
        pytest.param("Kinesis::Stream", get("Source"), id="stream"),
        pytest.param("Kinesis::StreamConsumer", ref("Source"), id="consumer"),
        pytest.param("DynamoDB::Table", get("Source", "StreamArn"), id="table"),
        pytest.param("MSK::Cluster", ref("Source"), id="cluster"),
        pytest.param("MSK::ServerlessCluster", get("Source"), id="serverless cluster"),
        pytest.param("AmazonMQ::Broker", get("Source"), id="broker"),
    ],
)
def test_a_source_that_is_named_by_its_arn_is_no_error(kind: str, named: Any) -> None:
    properties = _PROPERTIES.get(kind.partition("::")[0], {})
    found = plan({"Source": resource(kind, properties), "M": mapping(named, StartingPosition="TRIM_HORIZON")})

    assert not {"ESM108", "ESM222"} & {one.rule.id for one in esm.check([found])}
