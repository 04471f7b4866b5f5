"""What is right is built: configurations at the edges of what is allowed, with the advice that some of them bring."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk.bad_input.bench import ACCOUNT, REGION, STRANGER
from tests.cdk.bad_input.case import built
from tests.cdk.streams.bad_streams.bench import AT_TIMESTAMP, ID, LATEST, START, VIEW, StreamBench, arn
from tests.cdk.streams.bad_streams.case import DYNAMODB, FAN_OUT, KINESIS, Construct, with_table
from tests.cdk.streams.existing import KEY
from tests.cdk.streams.variants import WHY
from tests.cdk.templates import quiet_app

INSERT = {"eventName": ["INSERT"]}
CLICK = {"data": {"type": ["click"]}}


@dataclass(frozen=True)
class Legal:
    """A configuration that is built, with the advice that it brings and with what was acknowledged."""

    construct: Construct
    keywords: Mapping[str, Any]
    advice: tuple[str, ...] = ()
    acknowledged: tuple[str, ...] = ()
    bound: bool = False


def legal(sentence: str, *advice: str, bound: bool = False, **keywords: Any) -> pytest.ParameterSet:
    construct = DYNAMODB if {"table"} & keywords.keys() or sentence.endswith("of-a-table") else KINESIS
    acknowledged = tuple(sorted(keywords.get("acknowledge", ())))
    return pytest.param(Legal(construct, keywords, advice, acknowledged, bound), id=sentence)


def destination(kind: str, make: Any) -> Any:
    return lambda at: getattr(esm.OnFailure, kind)(make(at))


def of_large_records(at: StreamBench) -> kinesis.Stream:
    stream = at.stream()
    child: Any = stream.node.default_child
    child.max_record_size_in_kib = 10_240
    return stream


EDGES = [
    legal("the-least-of-everything", batch_size=1, parallelization_factor=1, retry_attempts=0),
    legal("the-most-of-everything", batch_size=10_000, parallelization_factor=10, retry_attempts=10_000),
    legal("the-most-of-everything-of-a-table", batch_size=10_000, parallelization_factor=10, retry_attempts=10_000),
    legal("the-longest-windows", max_batching_window=Duration.seconds(300), tumbling_window=Duration.seconds(900)),
    legal(
        "windows-of-nothing-of-a-table", max_batching_window=Duration.seconds(0), tumbling_window=Duration.seconds(0)
    ),
    legal("a-big-batch-without-a-window", batch_size=10_000),
    legal("an-age-of-a-minute", max_record_age=Duration.seconds(60)),
    legal("an-age-just-below-the-retention", max_record_age=Duration.seconds(72 * 3600 - 1)),
    legal("an-age-just-below-a-day-of-a-table", max_record_age=Duration.seconds(86_399)),
    legal(
        "an-age-of-a-week",
        stream=esm.NewStream(retention_period=Duration.days(30)),
        max_record_age=Duration.seconds(604_800),
    ),
    legal("retries-without-an-end-but-an-age", retry_attempts=-1),
    legal("retries-without-an-end-but-an-age-of-a-table", retry_attempts=-1),
    legal("the-shortest-retention", stream=esm.NewStream(retention_period=Duration.hours(24))),
    legal("the-longest-retention", stream=esm.NewStream(retention_period=Duration.hours(8760))),
    legal("one-shard", stream=esm.NewStream(shard_count=1)),
    legal("as-many-shards-as-nobody-needs", stream=esm.NewStream(shard_count=10_000), **FAN_OUT),
    legal("shards-that-the-deployment-knows", stream=lambda at: esm.NewStream(shard_count=at.number())),
    legal("five-filters", filters=[CLICK] * 5),
    legal("metadata-beside-the-data", "ESM525", filters=[{"partitionKey": ["a"], **CLICK}]),
]

POSITIONS = [
    legal("from-the-start-of-fan-out", starting_position=START, **FAN_OUT),
    legal("from-the-start-of-a-table", starting_position=START),
    legal("from-a-second-ago", starting_position=AT_TIMESTAMP, starting_position_timestamp=int(time.time()) - 1),
    legal("from-half-a-second-on", starting_position=AT_TIMESTAMP, starting_position_timestamp=1_767_225_600.5),
    legal("from-1970-on", starting_position=AT_TIMESTAMP, starting_position_timestamp=0),
    legal(
        "from-a-datetime-on",
        stream=StreamBench.known_stream,
        starting_position=AT_TIMESTAMP,
        starting_position_timestamp=datetime(2026, 1, 1, tzinfo=UTC),
        **FAN_OUT,
    ),
    legal("only-what-is-new", "ESM351", starting_position=LATEST),
    legal("only-what-is-new-of-fan-out", "ESM351", starting_position=LATEST, **FAN_OUT),
    legal("with-consent-only-what-is-new-of-a-table", starting_position=LATEST, acknowledge={"ESM351": WHY}),
    legal(
        "with-consent-only-what-is-new-of-an-imported-stream",
        stream=StreamBench.known_stream,
        starting_position=LATEST,
        acknowledge={"ESM316": WHY},
    ),
    legal(
        "with-consent-an-age-that-has-no-effect",
        retry_attempts=-1,
        max_record_age=Duration.days(7),
        acknowledge={"ESM317": "the retention is about to be raised"},
    ),
    legal("with-consent-a-quota-that-aws-has-raised", filters=[CLICK] * 10, acknowledge={"ESM503": "ticket 4711"}),
]

SOURCES = [
    legal("an-existing-stream", stream=StreamBench.stream, starting_position=START),
    legal("an-imported-stream", stream=StreamBench.known_stream, starting_position=START),
    legal("an-existing-consumer", enhanced_fan_out=StreamBench.consumer, starting_position=START),
    legal("an-imported-consumer", enhanced_fan_out=StreamBench.known_consumer, starting_position=START),
    legal(
        "an-imported-consumer-beside-its-imported-stream",
        stream=StreamBench.known_stream,
        enhanced_fan_out=StreamBench.known_consumer,
        starting_position=START,
    ),
    legal(
        "an-imported-consumer-beside-a-stream-of-the-stack",
        stream=StreamBench.stream,
        enhanced_fan_out=StreamBench.known_consumer,
        starting_position=START,
    ),
    legal("an-existing-table", table=StreamBench.table),
    legal("an-existing-table-of-cdks-first-kind", table=lambda at: at.old_table(stream=VIEW.KEYS_ONLY)),
    legal(
        "an-imported-table-with-its-stream",
        table=lambda at: dynamodb.Table.from_table_attributes(
            at.stack,
            "Known",
            table_arn=arn("dynamodb", "table/products"),
            table_stream_arn=arn("dynamodb", "table/products/stream/2026"),
        ),
    ),
    legal("a-new-table-that-streams-keys", table=esm.NewTable(KEY, dynamo_stream=VIEW.KEYS_ONLY)),
    legal(
        "a-new-table-under-a-key-where-the-region-is-known",
        table=lambda at: esm.NewTable(KEY, encryption=kms.Key(at.stack, "Key")),
        bound=True,
    ),
    legal("a-new-stream-under-a-key", stream=lambda at: esm.NewStream(encryption_key=kms.Key(at.stack, "Key"))),
    legal("an-imported-function", "ESM401", function=lambda at: at.imported()),
    legal("an-existing-function-of-a-table", function=StreamBench.existing),
    legal("a-function-behind-an-alias", function=lambda at: at.function(alias="live")),
    legal("events-of-keys-alone", table=esm.NewTable(KEY, dynamo_stream=VIEW.KEYS_ONLY), filters=[INSERT]),
    legal("numbers-as-texts-of-a-table", filters=[{"dynamodb": {"NewImage": {"total": {"N": ["100"]}}}}]),
]

DESTINATIONS = [
    legal("a-new-queue-for-pointers-that-last", on_failure=esm.OnFailure.queue()),
    legal("a-new-topic-for-pointers-that-last-of-fan-out", on_failure=esm.OnFailure.topic(), **FAN_OUT),
    legal("a-queue-for-pointers-of-half-a-day-of-a-table", "ESM320", on_failure=esm.OnFailure.queue()),
    legal(
        "a-topic-for-pointers-of-a-short-stream",
        "ESM320",
        stream=esm.NewStream(retention_period=Duration.hours(24)),
        on_failure=esm.OnFailure.topic(),
    ),
    legal("given-up-with-a-reason", on_failure=esm.OnFailure.discard(reason=WHY)),
    legal("given-up-with-a-reason-of-a-table", on_failure=esm.OnFailure.discard(reason=WHY)),
    legal("a-bucket-of-ones-own", on_failure=destination("bucket", StreamBench.bucket)),
    legal(
        "a-bucket-by-its-name",
        on_failure=destination("bucket", lambda at: s3.Bucket.from_bucket_name(at.stack, "Failed", "failed-clicks")),
    ),
    legal(
        "a-queue-by-its-arn",
        on_failure=destination("queue", lambda at: sqs.Queue.from_queue_arn(at.stack, "Q", arn("sqs", "failed"))),
    ),
    legal(
        "a-topic-by-its-arn-of-fan-out",
        on_failure=destination("topic", lambda at: sns.Topic.from_topic_arn(at.stack, "T", arn("sns", "failed"))),
        **FAN_OUT,
    ),
]

WITH_ADVICE = [
    legal("parallel-batches-in-a-window", "ESM219", parallelization_factor=2, tumbling_window=Duration.minutes(1)),
    legal(
        "more-shards-than-reserved-concurrency",
        "ESM321",
        stream=esm.NewStream(shard_count=4),
        parallelization_factor=3,
        function=lambda at: at.function(reserved_concurrent_executions=11),
    ),
    legal(
        "as-many-shards-as-reserved-concurrency",
        stream=esm.NewStream(shard_count=4),
        parallelization_factor=3,
        function=lambda at: at.function(reserved_concurrent_executions=12),
    ),
    legal(
        "a-stream-of-records-too-large-for-an-invocation",
        "ESM324",
        stream=of_large_records,
        starting_position=START,
    ),
    legal(
        "a-stream-of-another-account",
        "ESM408",
        stream=lambda at: at.known_stream(account=STRANGER),
        starting_position=START,
        bound=True,
    ),
    legal("a-key-that-encrypts-nothing", "ESM207", filter_encryption=lambda at: kms.Key(at.stack, "Key")),
    legal("a-batch-of-one-without-partial-responses", batch_size=1, report_batch_item_failures=False),
    legal(
        "a-mapping-of-a-function-that-is-switched-off-as-well",
        function=lambda at: at.function(reserved_concurrent_executions=0),
        enabled=False,
    ),
]

EVERY = [*EDGES, *POSITIONS, *SOURCES, *DESTINATIONS, *WITH_ADVICE]


def test_the_legal_streams_are_as_many_as_promised() -> None:
    assert len(EVERY) >= 60


@pytest.mark.parametrize("case", EVERY)
def test_a_legal_stream_is_built_with_its_advice_and_no_more(case: Legal, code: str, tmp_path: Path) -> None:
    env = cdk.Environment(account=ACCOUNT, region=REGION) if case.bound else None
    bench = StreamBench(cdk.Stack(quiet_app(tmp_path / "cdk.out"), "Shop", env=env), code, tmp_path)
    bundle = case.construct(bench.stack, ID, **with_table(case.construct, built(case.keywords, bench)))

    assert [one.rule.id for one in bundle.findings if one.acknowledged is None] == list(case.advice)
    assert [one.rule.id for one in bundle.findings if one.acknowledged is not None] == list(case.acknowledged)
    assert all(one.severity is esm.Severity.ADVICE for one in bundle.findings if one.acknowledged is None)
    assert isinstance(bundle.mapping, lambda_.CfnEventSourceMapping)
