"""The slots for a stream, a consumer, a table and a function: what stands in them is of another kind."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk.streams.bad_streams.bench import START, VIEW, StreamBench, arn
from tests.cdk.streams.bad_streams.case import DYNAMODB, FAN_OUT, invalid, mistyped, mistyped_everywhere
from tests.cdk.streams.existing import KEY

STREAM, TABLE, CONSUMER = ("ESM001", "stream"), ("ESM001", "table"), ("ESM001", "enhanced_fan_out")
NOWHERE = ("ESM003", "starting_position")
NO_STREAM = ("ESM222", "EventSourceArn")
TABLE_ARN = arn("dynamodb", "table/products")


def stranger(at: StreamBench) -> kinesis.StreamConsumer:
    """A consumer of another stream than the one that the cases name."""
    other = kinesis.Stream(at.stack, "OtherStream")
    return kinesis.StreamConsumer(at.stack, "Stranger", stream=other, stream_consumer_name="stranger")


STREAMS = [
    mistyped("a-queue-as-the-stream", STREAM, stream=StreamBench.plain_queue, starting_position=START),
    mistyped(
        "an-imported-queue-as-the-stream",
        STREAM,
        stream=lambda at: sqs.Queue.from_queue_arn(at.stack, "Q", arn("sqs", "clicks")),
        starting_position=START,
    ),
    mistyped(
        "a-queue-as-the-stream-of-fan-out", STREAM, stream=StreamBench.plain_queue, starting_position=START, **FAN_OUT
    ),
    mistyped("a-topic-as-the-stream", STREAM, stream=StreamBench.topic, starting_position=START),
    mistyped("a-bucket-as-the-stream", STREAM, stream=StreamBench.bucket, starting_position=START),
    mistyped("a-table-as-the-stream", STREAM, stream=StreamBench.table, starting_position=START),
    mistyped("a-function-as-the-stream", STREAM, stream=StreamBench.existing, starting_position=START),
    mistyped("a-consumer-as-the-stream", STREAM, stream=StreamBench.consumer, starting_position=START),
    mistyped(
        "an-l1-stream-as-the-stream",
        STREAM,
        stream=lambda at: kinesis.CfnStream(at.stack, "Raw", shard_count=1),
        starting_position=START,
    ),
    mistyped(
        "the-arn-of-a-stream-as-the-stream", STREAM, stream=arn("kinesis", "stream/clicks"), starting_position=START
    ),
    mistyped("the-class-of-a-new-stream", STREAM, stream=esm.NewStream, starting_position=START),
    mistyped("a-new-table-as-the-stream", STREAM, stream=esm.NewTable(KEY), starting_position=START),
    mistyped("a-new-queue-as-the-stream", STREAM, stream=esm.NewQueue(), starting_position=START),
    mistyped("an-existing-stream-and-no-position", NOWHERE, stream=StreamBench.stream),
    mistyped("an-imported-stream-and-no-position", NOWHERE, stream=StreamBench.known_stream),
    mistyped("an-existing-stream-and-no-position-of-fan-out", NOWHERE, stream=StreamBench.stream, **FAN_OUT),
    mistyped("an-existing-consumer-and-no-position", NOWHERE, enhanced_fan_out=StreamBench.consumer),
    mistyped("an-imported-consumer-and-no-position", NOWHERE, enhanced_fan_out=StreamBench.known_consumer),
    mistyped("a-queue-as-the-stream-and-no-position", STREAM, stream=StreamBench.plain_queue),
]

CONSUMERS = [
    mistyped("fan-out-as-a-text", CONSUMER, enhanced_fan_out="True"),
    mistyped("fan-out-as-a-number", CONSUMER, enhanced_fan_out=1),
    mistyped("a-stream-as-the-consumer", CONSUMER, enhanced_fan_out=StreamBench.stream),
    mistyped(
        "the-arn-of-a-consumer-as-the-consumer", CONSUMER, enhanced_fan_out=arn("kinesis", "stream/c/consumer/x:1")
    ),
    mistyped("the-class-of-a-consumer", CONSUMER, enhanced_fan_out=kinesis.StreamConsumer),
    mistyped(
        "an-l1-consumer-as-the-consumer",
        CONSUMER,
        enhanced_fan_out=lambda at: kinesis.CfnStreamConsumer(
            at.stack, "Raw", consumer_name="x", stream_arn=arn("kinesis", "stream/clicks")
        ),
    ),
    mistyped(
        "a-consumer-of-another-stream",
        CONSUMER,
        stream=StreamBench.stream,
        enhanced_fan_out=stranger,
        starting_position=START,
    ),
    mistyped(
        "an-imported-consumer-of-another-stream",
        CONSUMER,
        stream=lambda at: kinesis.Stream.from_stream_arn(at.stack, "Known", arn("kinesis", "stream/views")),
        enhanced_fan_out=StreamBench.known_consumer,
        starting_position=START,
    ),
    mistyped(
        "a-consumer-of-a-stream-that-is-not-there-yet", CONSUMER, stream=esm.NewStream(), enhanced_fan_out=stranger
    ),
]

NEW_STREAMS = [
    mistyped("shards-as-a-text", ("ESM001", "stream.shard_count"), stream=lambda _: esm.NewStream(shard_count="2")),  # type: ignore[arg-type]
    mistyped("shards-as-a-bool", ("ESM001", "stream.shard_count"), stream=esm.NewStream(shard_count=True)),
    mistyped(
        "a-retention-as-a-bare-number",
        ("ESM001", "stream.retention_period"),
        stream=lambda _: esm.NewStream(retention_period=72),  # type: ignore[arg-type]
    ),
    mistyped(
        "a-retention-of-half-hours",
        ("ESM001", "stream.retention_period"),
        stream=esm.NewStream(retention_period=cdk.Duration.minutes(24 * 60 + 30)),
    ),
    mistyped(
        "a-streams-key-as-a-text",
        ("ESM001", "stream.encryption_key"),
        stream=lambda _: esm.NewStream(encryption_key="alias/clicks"),  # type: ignore[arg-type]
    ),
    mistyped("a-misspelt-shard-count", ("ESM002", "shards"), stream=lambda _: esm.NewStream(shards=2)),  # type: ignore[call-arg]
    mistyped("a-retention-in-hours", ("ESM002", "retention_hours"), stream=lambda _: esm.NewStream(retention_hours=72)),  # type: ignore[call-arg]
    mistyped(
        "a-stream-mode-as-a-text",
        ("ESM001", "stream.stream_mode"),
        stream=lambda _: esm.NewStream(stream_mode="ON_DEMAND"),  # type: ignore[arg-type]
    ),
    invalid("no-shard-at-all", ("ESM111", "ShardCount"), stream=esm.NewStream(shard_count=0)),
    invalid("fewer-shards-than-none", ("ESM111", "ShardCount"), stream=esm.NewStream(shard_count=-1), **FAN_OUT),
    invalid(
        "a-retention-below-a-day",
        ("ESM111", "RetentionPeriodHours"),
        stream=esm.NewStream(retention_period=cdk.Duration.hours(23)),
    ),
    invalid(
        "a-retention-above-a-year",
        ("ESM111", "RetentionPeriodHours"),
        stream=esm.NewStream(retention_period=cdk.Duration.hours(8761)),
        **FAN_OUT,
    ),
]

TABLES = [
    mistyped("no-table", ("ESM003", "table"), construct=DYNAMODB, table=None),
    mistyped("the-name-of-a-table", TABLE, construct=DYNAMODB, table="products"),
    mistyped("a-stream-as-the-table", TABLE, construct=DYNAMODB, table=StreamBench.stream),
    mistyped("a-queue-as-the-table", TABLE, construct=DYNAMODB, table=StreamBench.plain_queue),
    mistyped("a-bucket-as-the-table", TABLE, construct=DYNAMODB, table=StreamBench.bucket),
    mistyped("the-class-of-a-new-table", TABLE, construct=DYNAMODB, table=esm.NewTable),
    mistyped("a-new-stream-as-the-table", TABLE, construct=DYNAMODB, table=esm.NewStream()),
    mistyped("a-key-as-the-table", TABLE, construct=DYNAMODB, table=KEY),
    mistyped(
        "an-l1-table-as-the-table",
        TABLE,
        construct=DYNAMODB,
        table=lambda at: dynamodb.CfnTable(at.stack, "Raw", key_schema=[]),
    ),
    invalid("a-table-without-a-stream", NO_STREAM, construct=DYNAMODB, table=lambda at: at.table(dynamo_stream=None)),
    invalid("an-old-table-without-a-stream", NO_STREAM, construct=DYNAMODB, table=StreamBench.old_table),
    invalid(
        "a-table-whose-changes-go-to-kinesis",
        NO_STREAM,
        construct=DYNAMODB,
        table=lambda at: at.table(dynamo_stream=None, kinesis_stream=at.stream()),
    ),
    invalid(
        "a-table-by-its-name",
        NO_STREAM,
        construct=DYNAMODB,
        table=lambda at: dynamodb.Table.from_table_name(at.stack, "Known", "products"),
    ),
    invalid(
        "a-table-by-its-arn",
        NO_STREAM,
        construct=DYNAMODB,
        table=lambda at: dynamodb.Table.from_table_arn(at.stack, "Known", TABLE_ARN),
    ),
    invalid(
        "a-table-of-the-second-construct-by-its-arn",
        NO_STREAM,
        construct=DYNAMODB,
        table=lambda at: dynamodb.TableV2.from_table_arn(at.stack, "Known", TABLE_ARN),
    ),
    invalid(
        "a-table-by-attributes-without-its-stream",
        NO_STREAM,
        construct=DYNAMODB,
        table=lambda at: dynamodb.Table.from_table_attributes(at.stack, "Known", table_arn=TABLE_ARN),
    ),
]

NEW_TABLES = [
    mistyped(
        "a-partition-key-as-a-text",
        ("ESM001", "table.partition_key"),
        construct=DYNAMODB,
        table=lambda _: esm.NewTable("id"),  # type: ignore[arg-type]
    ),
    mistyped(
        "a-sort-key-as-a-text",
        ("ESM001", "table.sort_key"),
        construct=DYNAMODB,
        table=lambda _: esm.NewTable(KEY, sort_key="at"),  # type: ignore[arg-type]
    ),
    mistyped(
        "a-view-as-a-text",
        ("ESM001", "table.dynamo_stream"),
        construct=DYNAMODB,
        table=lambda _: esm.NewTable(KEY, dynamo_stream="NEW_IMAGE"),  # type: ignore[arg-type]
    ),
    mistyped(
        "a-tables-key-as-a-text",
        ("ESM001", "table.encryption"),
        construct=DYNAMODB,
        table=lambda _: esm.NewTable(KEY, encryption="alias/products"),  # type: ignore[arg-type]
    ),
    mistyped(
        "a-tables-key-in-a-stack-of-any-region",
        ("ESM001", "table.encryption"),
        construct=DYNAMODB,
        table=lambda at: esm.NewTable(KEY, encryption=kms.Key(at.stack, "Key")),
    ),
    mistyped(
        "a-table-without-a-key",
        ("ESM003", "partition_key"),
        construct=DYNAMODB,
        table=lambda _: esm.NewTable(),  # type: ignore[call-arg]
    ),
    mistyped(
        "a-misspelt-view",
        ("ESM002", "view"),
        construct=DYNAMODB,
        table=lambda _: esm.NewTable(KEY, view=VIEW.NEW_IMAGE),  # type: ignore[call-arg]
    ),
]

FUNCTIONS = [
    *mistyped_everywhere("no-function", ("ESM003", "function"), function=None),
    mistyped("a-role-as-the-function", ("ESM001", "function"), function=lambda at: at.existing().role),
    mistyped("a-stream-as-the-function", ("ESM001", "function"), construct=DYNAMODB, function=StreamBench.stream),
    mistyped("the-name-of-a-function", ("ESM001", "function"), function="sessions"),
]

WRONG_SLOTS = [*STREAMS, *CONSUMERS, *NEW_STREAMS, *TABLES, *NEW_TABLES, *FUNCTIONS]
