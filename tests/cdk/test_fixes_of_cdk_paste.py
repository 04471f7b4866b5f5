"""What "in CDK:" asks for, pasted where it says, mends it, at event sources, ``EventSourceMapping`` and the L1."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from cdk_esm.judge.inputs import Inputs
from cdk_esm.judge.result import Reported, judge, with_words_of_cdk
from cdk_esm.plan.cdk_words import WORDS, MadeBy
from cdk_esm.template.read import read_template
from tests.cdk.existing import a_function
from tests.cdk.pasting import pasted
from tests.cdk.templates import quiet_app, template

Make = Callable[[cdk.Stack, Mapping[str, Any]], Any]
PLACE: Final = re.compile(r" \(at ([a-z_]+\.\w+)\)$")
PATHS: Final = {"aws:cdk:enable-path-metadata": True}
"""What an app of the CLI has: without it a template does not say which constructs it comes from."""
HORIZON: Final = {"starting_position": lambda_.StartingPosition.TRIM_HORIZON}
L1: Final = lambda_.CfnEventSourceMapping
SECOND = cdk.Duration.seconds


@dataclass(frozen=True)
class Way:
    """A way of CDK's to make a mapping: its name there, how it is made, and what it must be given."""

    called: str
    make: Make
    always: Mapping[str, Any]


def by_event_source(called: str, source: Callable[[cdk.Stack], Any], **always: Any) -> Way:
    def make(stack: cdk.Stack, keywords: Mapping[str, Any]) -> None:
        read = source(stack)
        made = getattr(event_sources, called)(*([] if read is None else [read]), **keywords)
        a_function(stack).add_event_source(made)

    return Way(f"event_sources.{called}", make, always)


def by_mapping(source: Callable[[cdk.Stack], Any], arn: str, **always: Any) -> Way:
    def make(stack: cdk.Stack, keywords: Mapping[str, Any]) -> None:
        place = getattr(source(stack), arn)
        lambda_.EventSourceMapping(stack, "Orders", target=a_function(stack), event_source_arn=place, **keywords)

    return Way("lambda_.EventSourceMapping", make, always)


def by_l1(source: Callable[[cdk.Stack], Any], arn: str, **always: Any) -> Way:
    def make(stack: cdk.Stack, keywords: Mapping[str, Any]) -> None:
        place, name = getattr(source(stack), arn), a_function(stack).function_name
        lambda_.CfnEventSourceMapping(stack, "Orders", function_name=name, event_source_arn=place, **keywords)

    return Way("lambda_.CfnEventSourceMapping", make, always)


def queue(stack: cdk.Stack) -> sqs.Queue:
    failed = sqs.DeadLetterQueue(
        queue=sqs.Queue(stack, "Failed", retention_period=cdk.Duration.days(14)), max_receive_count=5
    )
    return sqs.Queue(stack, "Queue", visibility_timeout=SECOND(900), dead_letter_queue=failed)


def stream(stack: cdk.Stack) -> kinesis.Stream:
    return kinesis.Stream(stack, "Stream")


def consumer(stack: cdk.Stack) -> kinesis.StreamConsumer:
    return kinesis.StreamConsumer(stack, "Consumer", stream=stream(stack), stream_consumer_name="orders")


def table(stack: cdk.Stack) -> dynamodb.Table:
    key = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
    return dynamodb.Table(stack, "Table", partition_key=key, stream=dynamodb.StreamViewType.NEW_IMAGE)


CLUSTER: Final = "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/a950d505-f96c-f918-ca5e-cce73621a7bb-2"
SQS = by_event_source("SqsEventSource", queue)
KINESIS = by_event_source("KinesisEventSource", stream, **HORIZON)
CONSUMER = by_event_source("KinesisConsumerEventSource", consumer, **HORIZON)
DYNAMODB = by_event_source("DynamoEventSource", table, **HORIZON)
MSK = by_event_source("ManagedKafkaEventSource", lambda _: None, cluster_arn=CLUSTER, topic="orders", **HORIZON)
SQS_MAPPING, SQS_L1 = by_mapping(queue, "queue_arn"), by_l1(queue, "queue_arn")
KINESIS_MAPPING = by_mapping(stream, "stream_arn", **HORIZON)
KINESIS_L1 = by_l1(stream, "stream_arn", starting_position="TRIM_HORIZON")
TABLE_L1 = by_l1(table, "table_stream_arn", starting_position="TRIM_HORIZON")
LATEST: Final = {"starting_position": lambda_.StartingPosition.LATEST}


def case(rule: str, way: Way, name: str, **keywords: Any) -> Any:
    return pytest.param(rule, way, keywords, id=f"{rule}-{way.called.rpartition('.')[2]}-{name}")


CASES: Final = [
    case("ESM201", SQS, "window", batch_size=100, max_batching_window=SECOND(0)),
    case("ESM201", SQS_MAPPING, "window", batch_size=100, max_batching_window=SECOND(0)),
    case("ESM201", SQS_L1, "window", batch_size=100),
    case("ESM311", SQS, "batch"),
    case("ESM311", SQS_MAPPING, "batch"),
    case("ESM311", SQS_L1, "batch"),
    case("ESM311", KINESIS, "batch"),
    case("ESM311", CONSUMER, "batch"),
    case("ESM311", DYNAMODB, "batch"),
    case("ESM311", TABLE_L1, "batch-of-a-table"),
    case("ESM101", SQS_L1, "concurrency", scaling_config=L1.ScalingConfigProperty(maximum_concurrency=1)),
    case("ESM101", SQS_L1, "window", maximum_batching_window_in_seconds=301),
    case("ESM101", SQS_L1, "batch", batch_size=0),
    case("ESM101", KINESIS_L1, "factor", parallelization_factor=11),
    case("ESM101", KINESIS_L1, "age", maximum_record_age_in_seconds=604_801),
    case("ESM101", KINESIS_L1, "retries", maximum_retry_attempts=10_001),
    case("ESM101", TABLE_L1, "tumbling", tumbling_window_in_seconds=901),
    case(
        "ESM101",
        SQS_L1,
        "pollers",
        provisioned_poller_config=L1.ProvisionedPollerConfigProperty(minimum_pollers=1, maximum_pollers=9),
    ),
    case("ESM103", KINESIS_L1, "position", starting_position="NEWEST"),
    case("ESM103", SQS_L1, "metrics", metrics_config=L1.MetricsConfigProperty(metrics=["Events"])),
    case("ESM103", SQS_L1, "responses", function_response_types=["ReportFailures"]),
    case("ESM219", KINESIS_MAPPING, "windows", parallelization_factor=2, tumbling_window=SECOND(30)),
    case("ESM219", KINESIS, "windows", parallelization_factor=2, tumbling_window=SECOND(30)),
    case("ESM219", KINESIS_L1, "windows", parallelization_factor=2, tumbling_window_in_seconds=30),
    case("ESM351", CONSUMER, "latest", **LATEST),
    case("ESM351", DYNAMODB, "latest", **LATEST),
    case("ESM351", KINESIS_MAPPING, "latest", **LATEST),
    case("ESM351", KINESIS_L1, "latest", starting_position="LATEST"),
    case("ESM319", KINESIS, "nowhere", retry_attempts=5),
    case("ESM319", DYNAMODB, "nowhere", retry_attempts=5),
    case("ESM319", KINESIS_MAPPING, "nowhere", retry_attempts=5),
    case("ESM226", MSK, "retries", retry_attempts=5),
    case("ESM226", MSK, "age", max_record_age=SECOND(600)),
]


def found(way: Way, keywords: Mapping[str, Any], folder: Path) -> list[Reported]:
    """What a check of the synthesized template says."""
    stack = cdk.Stack(quiet_app(folder, PATHS), "Shop")
    way.make(stack, keywords)
    return [*with_words_of_cdk(judge(Inputs(read_template(template(stack))))).reported]


@pytest.mark.parametrize(("rule", "way", "keywords"), CASES)
def test_what_is_pasted_mends_it(rule: str, way: Way, keywords: Mapping[str, Any], tmp_path: Path) -> None:
    keywords = {**way.always, **keywords}
    [told] = [one for one in found(way, keywords, tmp_path / "before") if one.finding.rule.id == rule]
    assert told.in_cdk is not None
    place = PLACE.search(told.in_cdk)
    assert place is not None
    assert place[1] == way.called

    stack = cdk.Stack(quiet_app(tmp_path / "pasted"), "Shop")
    ways = [*pasted(told.in_cdk.removesuffix(place[0]), told.finding.setting, keywords, stack)]

    assert any(_mends(rule, way, one, tmp_path / str(index)) for index, one in enumerate(ways)), told.in_cdk


def _mends(rule: str, way: Way, keywords: Mapping[str, Any], folder: Path) -> bool:
    stack = cdk.Stack(quiet_app(folder, PATHS), "Shop")
    if isinstance(keywords.get("on_failure"), event_sources.S3OnFailureDestination):
        keywords = {**keywords, "on_failure": event_sources.S3OnFailureDestination(s3.Bucket(stack, "Failed"))}
    way.make(stack, keywords)
    reported = judge(Inputs(read_template(template(stack)))).reported
    return rule not in {one.finding.rule.id for one in reported}


def test_no_construct_is_given_words_of_ours(tmp_path: Path) -> None:
    """Neither records nor knobs of our constructs: CDK's own take none of them."""
    for index, (_, way, keywords) in enumerate(one.values for one in CASES):
        for told in found(way, {**way.always, **keywords}, tmp_path / str(index)):
            assert not re.search(r"OnFailure\.|\bProvisionedPollers\(|NoDeadLetterQueue|\besm\.", told.in_cdk or "")


def test_the_words_are_keywords_that_cdk_takes() -> None:
    classes = {one.called for one in (SQS, KINESIS, CONSUMER, DYNAMODB, MSK)} | {
        "event_sources.SelfManagedKafkaEventSource"
    }
    taken = {name for one in classes for name in _parameters(getattr(event_sources, one.partition(".")[2]))}

    assert set(WORDS[MadeBy.EVENT_SOURCE].values()) <= taken
    assert set(WORDS[MadeBy.MAPPING].values()) <= _parameters(lambda_.EventSourceMapping)


def _parameters(of: type) -> set[str]:
    return set(inspect.signature(of.__init__).parameters)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("way", "made_by"),
    [(SQS, MadeBy.EVENT_SOURCE), (SQS_MAPPING, MadeBy.MAPPING), (SQS_L1, MadeBy.L1), (MSK, MadeBy.EVENT_SOURCE)],
)
def test_its_path_tells_what_made_a_mapping(way: Way, made_by: MadeBy, tmp_path: Path) -> None:
    stack = cdk.Stack(quiet_app(tmp_path, PATHS), "Shop")
    way.make(stack, way.always)

    [plan] = read_template(template(stack))

    assert plan.made_by is made_by


def test_a_construct_of_ours_is_none_of_cdk_and_keeps_our_words(tmp_path: Path, code: str) -> None:
    stack = cdk.Stack(quiet_app(tmp_path, PATHS), "Shop")
    orders = esm.SqsToLambda(stack, "Orders", function=esm.NewFunction(code, "app.handler"))
    orders.mapping.batch_size = 100

    inputs = Inputs(read_template(template(stack)))
    [told] = [one for one in with_words_of_cdk(judge(inputs)).reported if one.finding.rule.id == "ESM201"]

    assert inputs.plans[0].made_by is None
    assert told.in_cdk == "add max_batching_window=Duration.seconds(1), or lower batch_size to 10"
