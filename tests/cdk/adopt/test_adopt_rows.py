"""The rows of docs/guide/adopt.md: each move is made with what ``cdk-esm adopt`` prints, and compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from cdk_esm import read_assembly
from tests.cdk import test_event_sources_of_cdk as of_cdk
from tests.cdk.adopt.pasted import REPLACED, bound_by_path, compared, kept, paste, printed, resources
from tests.cdk.adopt.team import function
from tests.cdk.templates import quiet_app

ROOT: Final = Path(__file__).parents[3]
GUIDE: Final = (ROOT / "docs" / "guide" / "adopt.md").read_text(encoding="utf-8")
MAPPING: Final = "AWS::Lambda::EventSourceMapping"
Build = Callable[[cdk.Stack], None]


def bare(stack: cdk.Stack) -> None:
    """A mapping that CDK's own construct makes, on an alias."""
    stream = kinesis.Stream(stack, "Source")
    invoked = function(stack, "Function")
    lambda_.EventSourceMapping(
        stack,
        "Orders",
        target=invoked.add_alias("live"),
        event_source_arn=stream.stream_arn,
        starting_position=lambda_.StartingPosition.LATEST,
        tumbling_window=cdk.Duration.minutes(1),
    )
    stream.grant_read(invoked)


def theirs(stack: cdk.Stack, name: str, source: Callable[[Construct], Any], read: Callable[..., Any]) -> None:
    """What AWS Solutions Constructs makes: a construct that holds source and function; the ids are theirs."""
    scope = Construct(stack, name)
    reading = read(source(scope), scope)
    function(scope, "LambdaFunction").add_event_source(reading)


def their_queue(stack: cdk.Stack) -> None:
    def source(scope: Construct) -> sqs.Queue:
        dead = sqs.Queue(scope, "queue-dlq", retention_period=cdk.Duration.days(14))
        return sqs.Queue(
            scope,
            "queue",
            visibility_timeout=cdk.Duration.minutes(3),
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=5),
        )

    theirs(stack, "Orders", source, lambda queue, _: sources.SqsEventSource(queue, report_batch_item_failures=True))


def _on_failure(scope: Construct) -> dict[str, Any]:
    """The settings that AWS Solutions Constructs gives a mapping on a stream."""
    return {
        "starting_position": lambda_.StartingPosition.TRIM_HORIZON,
        "bisect_batch_on_error": True,
        "max_record_age": cdk.Duration.hours(12),
        "retry_attempts": 500,
        "on_failure": sources.SqsDlq(sqs.Queue(scope, "SqsDlqQueue")),
    }


def their_stream(stack: cdk.Stack) -> None:
    def read(stream: kinesis.Stream, scope: Construct) -> Any:
        return sources.KinesisEventSource(stream, **_on_failure(scope))

    theirs(stack, "Clicks", lambda scope: kinesis.Stream(scope, "KinesisStream"), read)


def their_table(stack: cdk.Stack) -> None:
    def table(scope: Construct) -> dynamodb.Table:
        view = dynamodb.StreamViewType.NEW_AND_OLD_IMAGES
        return dynamodb.Table(scope, "DynamoTable", partition_key=of_cdk.ID, stream=view)

    theirs(stack, "Products", table, lambda found, scope: sources.DynamoEventSource(found, **_on_failure(scope)))


def added(make: Callable[[cdk.Stack], Any]) -> Build:
    """An event source of CDK on a function."""
    return lambda stack: function(stack, "Function").add_event_source(make(stack))


ROWS: Final[dict[str, Build]] = {
    "SqsEventSource": added(of_cdk.queue),
    "SqsEventSource on a FIFO queue": added(of_cdk.fifo_queue),
    "KinesisEventSource": added(of_cdk.stream),
    "KinesisConsumerEventSource": added(of_cdk.consumer),
    "DynamoEventSource": added(of_cdk.table),
    "DynamoEventSource on a TableV2": added(of_cdk.filtered_table),
    "ManagedKafkaEventSource": added(of_cdk.kafka_with_iam),
    "ManagedKafkaEventSource with a secret": added(of_cdk.kafka_with_password),
    "SelfManagedKafkaEventSource": added(of_cdk.own_kafka),
    "SelfManagedKafkaEventSource in a VPC": added(of_cdk.own_kafka_in_a_network),
    "EventSourceMapping": bare,
    "aws-sqs-lambda": their_queue,
    "aws-kinesisstreams-lambda": their_stream,
    "aws-dynamodbstreams-lambda": their_table,
}
THEIRS: Final = {
    "aws-sqs-lambda": "sqs-right",
    "aws-kinesisstreams-lambda": "kinesis-right",
    "aws-dynamodbstreams-lambda": "dynamodb-right",
}


def synthesized(build: Build, folder: Path, take: Callable[[cdk.Stack], None] | None = None) -> Path:
    stack = cdk.Stack(quiet_app(folder), "Shop")
    build(stack)
    if take is not None:
        for child in stack.node.find_all():
            if isinstance(child, lambda_.EventSourceMapping) and child.node.scope is not None:
                child.node.scope.node.try_remove_child(child.node.id)
        take(stack)
    app: Any = stack.node.root
    app.synth()
    return folder


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_moved_without_replacing_anything(row: str, tmp_path: Path) -> None:
    old, new = moved(row, tmp_path)
    changes = compared(old, new)

    assert not REPLACED & {change["change"] for change in changes}
    assert [one for one in changes if one["severity"] != "advice"] == []
    before, after = (kept(read_assembly(side)) for side in (old, new))
    prefixed = row == "SelfManagedKafkaEventSource in a VPC"
    assert without_access(before) == without_access(after) if prefixed else before == after
    assert {name: one for name, one in resources(old).items() if not changing(one)} == {
        name: one for name, one in resources(new).items() if name in resources(old) and not changing(one)
    }


def moved(row: str, tmp_path: Path) -> tuple[Path, Path]:
    """The assembly before and after."""
    old = synthesized(ROWS[row], tmp_path / "old")
    code, names = printed(old)

    def take(stack: cdk.Stack) -> None:
        app: Any = stack.node.root
        paste(code["Shop"], stack, bound_by_path(names, app, lambda name: in_network(name, stack)))

    return old, synthesized(ROWS[row], tmp_path / "new", take)


@pytest.mark.parametrize("row", ["SqsEventSource", "KinesisEventSource", "ManagedKafkaEventSource"])
def test_what_comes_and_goes_is_what_the_guide_says_of_cdk_diff(row: str, tmp_path: Path) -> None:
    old, new = (resources(side) for side in moved(row, tmp_path))
    policies = [name for name in {*new} - {*old} if new[name]["Type"] == "AWS::IAM::Policy"]
    (mapping,) = (one for one in new.values() if one["Type"] == MAPPING)

    assert {new[name]["Type"] for name in {*new} - {*old}} == {"AWS::IAM::Policy", "AWS::CloudWatch::Alarm"}
    assert {name for name in {*old} - {*new} if "DefaultPolicy" not in name} == set()
    assert [f"Shop/{name}" for name in mapping["DependsOn"]] == policies


def changing(resource: dict[str, Any]) -> bool:
    """Whether a move may change a resource: the mapping itself, and who may do what."""
    return resource["Type"] in (MAPPING, "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::KMS::Key")


def without_access(settings: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The settings but for the names of the network, which get the prefixes of AWS's own examples."""
    return {
        name: {key: value for key, value in one.items() if not key.startswith("SourceAccess")}
        for name, one in settings.items()
    }


def in_network(name: dict[str, Any], stack: cdk.Stack) -> Any:
    """The network that the event source was told of."""
    network: Any = stack.node.find_child("Network")
    if name["kind"] == "vpc":
        return network
    if name["kind"] == "subnets":
        return network.private_subnets
    return stack.node.find_child("Group")


@pytest.mark.parametrize("row", THEIRS)
def test_the_ids_are_those_of_aws_solutions_constructs(row: str, tmp_path: Path) -> None:
    folder = ROOT / "tests" / "fixtures" / "solutions"
    real = json.loads((folder / f"{THEIRS[row]}.json").read_text(encoding="utf-8"))["Resources"]
    kinds = (MAPPING, "AWS::Lambda::Function", "AWS::SQS::Queue", "AWS::Kinesis::Stream", "AWS::DynamoDB::Table")
    ours = resources(synthesized(ROWS[row], tmp_path))

    assert {name.removeprefix("Shop/") for name, one in ours.items() if one["Type"] in kinds} == {
        name for name, one in real.items() if one["Type"] in kinds
    }


@pytest.mark.parametrize("row", ROWS)
def test_the_guide_has_the_row(row: str) -> None:
    assert f"`{row.partition(' ')[0]}`" in GUIDE
