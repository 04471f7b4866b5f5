"""What surrounds a mapping, found through references, ARNs and names."""

from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import FailurePath, MappingPlan, Queue, Stream, TableStream
from cdk_esm.testing.templates import get, mapping, plan, plans, ref, resource

QUEUE_ARN = "arn:aws:sqs:eu-west-1:111122223333:orders"
HERE = "${AWS::Region}:${AWS::AccountId}"


def queue_of(found: MappingPlan) -> Queue:
    assert isinstance(found.event_source, Queue)
    return found.event_source


def failure_of(found: MappingPlan) -> FailurePath:
    assert isinstance(found.failure, FailurePath)
    return found.failure


@pytest.mark.parametrize(
    ("source", "resources", "kind"),
    [
        pytest.param(get("S"), {"S": resource("SQS::Queue")}, "sqs", id="queue"),
        pytest.param(get("S"), {"S": resource("SQS::Queue", {"FifoQueue": "true"})}, "sqs-fifo", id="FIFO queue"),
        pytest.param(get("S"), {"S": resource("SQS::Queue", {"QueueName": "a.fifo"})}, "sqs", id="FIFO by name alone"),
        pytest.param(get("S"), {"S": resource("Kinesis::Stream")}, "kinesis", id="stream"),
        pytest.param(ref("S"), {"S": resource("Kinesis::StreamConsumer")}, "kinesis-efo", id="consumer"),
        pytest.param(get("S", "StreamArn"), {"S": resource("DynamoDB::Table")}, "dynamodb", id="table"),
        pytest.param(get("S", "StreamArn"), {"S": resource("DynamoDB::GlobalTable")}, "dynamodb", id="global table"),
        pytest.param(QUEUE_ARN, {}, "sqs", id="ARN of a queue"),
        pytest.param(QUEUE_ARN + ".fifo", {}, "sqs-fifo", id="ARN of a FIFO queue"),
        pytest.param({"Fn::Sub": f"arn:${{AWS::Partition}}:sqs:{HERE}:o.fifo"}, {}, "sqs-fifo", id="ARN with holes"),
        pytest.param("arn:aws:kinesis:eu-west-1:111122223333:stream/a", {}, "kinesis", id="ARN of a stream"),
        pytest.param(
            "arn:aws:kinesis:eu-west-1:111122223333:stream/a/consumer/b:1", {}, "kinesis-efo", id="ARN of a consumer"
        ),
        pytest.param(
            "arn:aws:dynamodb:eu-west-1:111122223333:table/a/stream/1", {}, "dynamodb", id="ARN of a table's stream"
        ),
        pytest.param(
            {"Fn::Sub": "${S.Arn}/consumer/b:1"}, {"S": resource("Kinesis::Stream")}, "kinesis-efo", id="own consumer"
        ),
        pytest.param(
            {"Fn::Sub": "${S.Arn}/stream/1"}, {"S": resource("DynamoDB::Table")}, "dynamodb", id="own table's stream"
        ),
        pytest.param("arn:aws:s3:::bucket", {}, "none", id="ARN of no source"),
        pytest.param("orders", {}, "sqs", id="no ARN"),
        pytest.param(ref("Given"), {}, "sqs", id="parameter"),
    ],
)
def test_the_source_kind_follows_from_resource_arn_or_settings(
    source: Any, resources: dict[str, Any], kind: str
) -> None:
    found = plan({**resources, "Orders": mapping(source)}, Parameters={"Given": {"Type": "String"}})

    assert found.source == kind


def test_queue_is_read_with_its_dead_letter_queue() -> None:
    redrive = {"deadLetterTargetArn": get("Dead"), "maxReceiveCount": "3"}
    resources = {
        "Queue": resource("SQS::Queue", {"VisibilityTimeout": "180", "RedrivePolicy": redrive, "KmsMasterKeyId": "k"}),
        "Dead": resource("SQS::Queue", {"MessageRetentionPeriod": 1_209_600}),
        "Orders": mapping(get("Queue")),
    }

    found = plan(resources)

    queue, failure = queue_of(found), failure_of(found)
    assert (queue.identity, queue.existing, queue.visibility_timeout_seconds) == ("Shop/Queue", False, 180)
    assert (queue.retention_seconds, queue.delay_seconds, queue.encryption_key) == (None, None, "k")
    assert (failure.kind, failure.max_receive_count) == ("dead-letter-queue", 3)
    assert failure.queue is not None
    assert (failure.queue.identity, failure.queue.retention_seconds) == ("Shop/Dead", 1_209_600)


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [
        pytest.param(None, "none", id="absent"),
        pytest.param('{"deadLetterTargetArn": "' + QUEUE_ARN + '"}', "dead-letter-queue", id="JSON text"),
        pytest.param({"deadLetterTargetArn": QUEUE_ARN}, "dead-letter-queue", id="literal ARN"),
        pytest.param(ref("AWS::NoValue"), "none", id="no value"),
    ],
)
def test_a_redrive_policy_gives_this_failure_path(policy: Any, wanted: str) -> None:
    queue = resource("SQS::Queue", {} if policy is None else {"RedrivePolicy": policy})

    assert failure_of(plan({"Queue": queue, "Orders": mapping(get("Queue"))})).kind == wanted


@pytest.mark.parametrize("policy", [pytest.param(ref("P"), id="hole"), pytest.param([1], id="list"), "no json"])
def test_a_redrive_policy_that_cannot_be_read_hides_the_failure_path(policy: Any) -> None:
    queue = resource("SQS::Queue", {"RedrivePolicy": policy})
    found = plan({"Queue": queue, "Orders": mapping(get("Queue"))}, Parameters={"P": {"Type": "String"}})

    assert found.failure in (UNKNOWN, UNRESOLVED)


def test_queue_outside_of_the_template_hides_all_but_its_arn() -> None:
    found = plan({"Orders": mapping(QUEUE_ARN)})

    queue = queue_of(found)
    assert (queue.identity, queue.existing, queue.fifo) == (QUEUE_ARN, True, False)
    assert (queue.region, queue.account) == ("eu-west-1", "111122223333")
    assert queue.visibility_timeout_seconds is UNKNOWN
    assert found.failure is UNKNOWN
    assert found.given("EventSourceArn") == QUEUE_ARN


@pytest.mark.parametrize(
    "arn",
    [
        pytest.param({"Fn::Sub": f"arn:aws:sqs:{HERE}:orders"}, id="by its name"),
        pytest.param({"Fn::Sub": f"arn:aws:sqs:{HERE}:${{Queue.QueueName}}"}, id="by its name attribute"),
        pytest.param(
            {"Fn::Join": [":", ["arn:aws:sqs", ref("AWS::Region"), ref("AWS::AccountId"), "orders"]]}, id="joined"
        ),
        pytest.param({"Fn::Sub": "${Queue.Arn}"}, id="sub alone"),
    ],
)
def test_arn_that_surely_names_a_resource_of_the_template_is_that_resource(arn: Any) -> None:
    queue = resource("SQS::Queue", {"QueueName": "orders", "VisibilityTimeout": 99})

    found = plan({"Queue": queue, "Orders": mapping(arn)})

    assert queue_of(found).visibility_timeout_seconds == 99


def test_literal_arn_of_perhaps_another_account_is_no_resource_of_the_template() -> None:
    found = plan({"Queue": resource("SQS::Queue", {"QueueName": "orders"}), "Orders": mapping(QUEUE_ARN)})

    assert queue_of(found).identity == QUEUE_ARN


@pytest.mark.parametrize(
    ("properties", "shards"),
    [
        pytest.param({"ShardCount": 4, "RetentionPeriodHours": 48}, 4, id="provisioned"),
        pytest.param(
            {"StreamModeDetails": {"StreamMode": "ON_DEMAND"}, "RetentionPeriodHours": 48}, UNKNOWN, id="on demand"
        ),
    ],
)
def test_stream_is_read(properties: dict[str, Any], shards: Any) -> None:
    found = plan({"Stream": resource("Kinesis::Stream", properties), "Orders": mapping(get("Stream"))})

    assert isinstance(found.event_source, Stream)
    assert (found.event_source.retention_hours, found.event_source.shard_count) == (48, shards)
    assert failure_of(found).kind == "none"


def test_consumer_is_read_with_its_stream_and_waits_where_it_depends_on_another() -> None:
    resources = {
        "Stream": resource("Kinesis::Stream", {"ShardCount": 4}),
        "A": resource("Kinesis::StreamConsumer", {"StreamARN": get("Stream")}),
        "B": resource("Kinesis::StreamConsumer", {"StreamARN": get("Stream")}, DependsOn="A"),
        "ReadsA": mapping(get("A", "ConsumerARN")),
        "ReadsB": mapping(ref("B")),
    }

    first, second = (found.event_source for found in plans(resources))

    assert isinstance(first, Stream)
    assert isinstance(second, Stream)
    assert first.identity == second.identity == "Shop/Stream"
    assert (first.consumer, second.consumer) == ("Shop/A", "Shop/B")
    assert (first.consumer_is_new, second.consumer_is_new) == (True, False)
    assert first.shard_count == 4


@pytest.mark.parametrize(
    ("kind", "properties", "wanted"),
    [
        pytest.param(
            "Table", {"StreamSpecification": {"StreamViewType": "KEYS_ONLY"}}, (True, "KEYS_ONLY", False), id="table"
        ),
        pytest.param("Table", {}, (False, None, False), id="table without a stream"),
        pytest.param(
            "GlobalTable",
            {"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}, "Replicas": [{"Region": "a"}, {"Region": "b"}]},
            (True, "NEW_IMAGE", True),
            id="replicated table",
        ),
        pytest.param("Table", {"StreamSpecification": ref("P")}, (UNRESOLVED, UNRESOLVED, False), id="hidden stream"),
    ],
)
def test_table_is_read(kind: str, properties: dict[str, Any], wanted: tuple[Any, ...]) -> None:
    resources = {"Table": resource(f"DynamoDB::{kind}", properties), "Orders": mapping(get("Table", "StreamArn"))}

    source = plan(resources, Parameters={"P": {"Type": "String"}}).event_source

    assert isinstance(source, TableStream)
    assert (source.has_stream, source.view_type, source.replicated) == wanted


@pytest.mark.parametrize(
    ("destination", "kind"),
    [
        pytest.param(get("Dead"), "queue", id="queue"),
        pytest.param(ref("Topic"), "topic", id="topic"),
        pytest.param(get("Bucket"), "bucket", id="bucket"),
        pytest.param({"Fn::Sub": "arn:aws:s3:::${Bucket}"}, "bucket", id="bucket by its name"),
        pytest.param("arn:aws:s3:::failed", "bucket", id="bucket elsewhere"),
        pytest.param("arn:aws:sns:eu-west-1:111122223333:failed", "topic", id="topic elsewhere"),
        pytest.param("kafka://failed", "kafka-topic", id="Kafka topic"),
    ],
)
def test_destination_is_read(destination: Any, kind: str) -> None:
    resources = {
        "Stream": resource("Kinesis::Stream"),
        "Dead": resource("SQS::Queue"),
        "Topic": resource("SNS::Topic"),
        "Bucket": resource("S3::Bucket"),
        "Orders": mapping(get("Stream"), DestinationConfig={"OnFailure": {"Destination": destination}}),
    }

    assert failure_of(plan(resources)).kind == kind


def test_a_destination_that_only_the_deployment_knows_is_unknown() -> None:
    orders = mapping(get("Stream"), DestinationConfig={"OnFailure": {"Destination": ref("P")}})

    found = plan({"Stream": resource("Kinesis::Stream"), "Orders": orders}, Parameters={"P": {"Type": "String"}})

    assert found.failure is UNKNOWN


def test_a_source_kind_without_a_fact_sheet_gives_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cdk_esm.template.reader.SHEETS", {})

    assert plans({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"))}) == []


def test_a_setting_of_the_wrong_type_is_reported_as_malformed() -> None:
    found = plan({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"), BatchSize="ten", Tags="a")})

    assert [(one.keyword, one.got, one.accepted) for one in found.malformed] == [
        ("BatchSize", "'ten'", "a whole number"),
        ("Tags", "'a'", "a list"),
    ]
    assert found.given("BatchSize") is UNKNOWN


def test_metadata_speaks_of_consent() -> None:
    choices = {
        "visibility_timeout_factor": 2,
        "grants": False,
        "no_failure_path": "test data",
        "max_receive_count": "x",
    }
    said = {"cdk-esm": {"acknowledged": {"ESM305": "runbook 12", "ESM306": 1}, "choices": choices}}
    orders = {**mapping(get("Queue")), "Metadata": {**said, "aws:cdk:path": "Store/Fulfil/Resource"}}

    found = plan({"Queue": resource("SQS::Queue"), "Orders": orders})

    assert found.path == "Store/Fulfil"
    assert (found.template, found.logical_id) == ("Shop", "Orders")
    assert found.acknowledged == {"ESM305": "runbook 12"}
    assert found.choices == {"visibility_timeout_factor": 2, "grants": False}
    assert found.origin == {"visibility_timeout_factor": "user", "grants": "user"}
    assert found.role.declined
    assert failure_of(found).reason == "test data"
