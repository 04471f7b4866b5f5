"""The variants of a Kinesis stream and of a DynamoDB table's stream."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3

import cdk_esm as esm
from cdk_esm.filters import f
from tests.cdk.corpus.bench import EVENT_COUNT, ID_KEY, START, WHY, Bench, injecting
from tests.cdk.corpus.variant import Table

KINESIS: Final = Table("kinesis", esm.KinesisToLambda)
DYNAMODB: Final = Table("dynamodb", esm.DynamoDbToLambda, {"table": esm.NewTable(ID_KEY)})
AT_TIMESTAMP: Final = lambda_.StartingPosition.AT_TIMESTAMP
LATEST: Final = lambda_.StartingPosition.LATEST
CLICK: Final = {"data": {"type": ["click"]}}
INSERT: Final = {"eventName": ["INSERT"]}


def second_bundle(bench: Bench) -> None:
    """A bundle of the other kind of stream, which shares the bucket for failed records."""
    if bench.stack.node.try_find_child("Clicks") is None:
        esm.KinesisToLambda(bench.stack, "Clicks", function=bench.function())
    else:
        esm.DynamoDbToLambda(bench.stack, "Products", function=bench.function(), table=esm.NewTable(ID_KEY))


def second_reader(bench: Bench) -> None:
    """A second function that reads the stream through a consumer."""
    first = bench.stack.node.find_child("Clicks")
    assert isinstance(first, esm.KinesisToLambda)
    esm.KinesisToLambda(
        bench.stack,
        "Views",
        function=first.function,
        stream=first.stream,
        enhanced_fan_out=True,
        starting_position=START,
    )


def in_a_nested_stack(bench: Bench) -> None:
    """A bundle in a nested stack, whose function and consumer are there too."""
    nested = cdk.NestedStack(bench.stack, "Ingestion")
    esm.KinesisToLambda(nested, "Views", function=bench.function(), enhanced_fan_out=True)


def bucket_of_another_account(bench: Bench) -> esm.OnFailure:
    """A bucket for failed records that an account keeps for all the others."""
    bucket = s3.Bucket.from_bucket_attributes(bench.stack, "Kept", bucket_name="kept-records", account="444455556666")
    return esm.OnFailure.bucket(bucket)


# Of both.
for table, record in ((KINESIS, CLICK), (DYNAMODB, INSERT)):
    table.add("defaults")
    table.add("defaults-with-flags", flags=True)
    table.add(
        "settings",
        batch_size=500,
        max_batching_window=Duration.seconds(20),
        parallelization_factor=4,
        retry_attempts=3,
        max_record_age=Duration.hours(2),
    )
    table.add("latest", starting_position=LATEST, acknowledge={"ESM316": WHY})
    table.add("own-bucket", on_failure=lambda at: esm.OnFailure.bucket(at.bucket(encryption_key=at.key())))
    table.add("own-queue", on_failure=lambda at: esm.OnFailure.queue(at.plain_queue(encryption_master_key=at.key())))
    table.add("new-topic", on_failure=esm.OnFailure.topic())
    table.add("discarded", on_failure=esm.OnFailure.discard(reason=WHY))
    table.add("filters-under-a-key", filters=[record], filter_encryption=Bench.key)
    table.add(
        "knobs",
        report_batch_item_failures=False,
        bisect_batch_on_error=False,
        retry_attempts=-1,
        tumbling_window=Duration.seconds(60),
        metrics_config=lambda_.MetricsConfig(metrics=[]),
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="OldMapping",
        tags={"team": "shop"},
        enabled=False,
        grants=False,
    )
    table.add(
        "alarms",
        alarms=lambda at: esm.Alarms(
            notify=[at.topic(), at.known_topic()], thresholds={"iterator_age": 60_000}, off={"throttles": WHY}
        ),
    )
    table.add("an-existing-function", function=Bench.existing)
    table.add("two-bundles", beside=second_bundle)

# Of a stream alone.
KINESIS.add(
    "stream-options",
    stream=lambda at: esm.NewStream(shard_count=2, retention_period=Duration.days(7), encryption_key=at.key()),
)
KINESIS.add("tokens-for-the-stream", stream=lambda at: esm.NewStream(shard_count=at.number("Shards")))
KINESIS.add(
    "from-a-datetime-on",
    starting_position=AT_TIMESTAMP,
    starting_position_timestamp=datetime(2026, 1, 1, tzinfo=UTC),
)
KINESIS.add("an-existing-stream", stream=Bench.stream, starting_position=START)
KINESIS.add(
    "an-existing-stream-under-a-key",
    stream=lambda at: at.stream(encryption_key=at.key()),
    starting_position=START,
)
KINESIS.add("whole-batches", report_batch_item_failures=False, metrics_config=EVENT_COUNT)
KINESIS.add("new-queue", on_failure=esm.OnFailure.queue())
KINESIS.add("own-topic", on_failure=lambda at: esm.OnFailure.topic(at.topic(master_key=at.key())))
KINESIS.add("an-imported-function", function=Bench.imported)
KINESIS.add("an-alias", function=Bench.alias)
KINESIS.add("a-function-of-another-stack", function=lambda at: at.other("Functions").existing())
KINESIS.add(
    "tokens",
    batch_size=lambda at: at.number("Batch"),
    max_batching_window=lambda at: at.seconds("Window"),
    parallelization_factor=lambda at: at.number("Factor"),
    retry_attempts=lambda at: at.number("Retries"),
    max_record_age=lambda at: at.seconds("Age"),
    tags=lambda _: {"stage": cdk.Fn.import_value("Stage")},
)
KINESIS.add("an-imported-stream", stream=Bench.known_stream, starting_position=START)
KINESIS.add("a-stream-of-another-stack", stream=lambda at: at.other("Streams").stream(), starting_position=START)
KINESIS.add("only-what-exists", stream=Bench.stream, function=Bench.existing, starting_position=START)
KINESIS.add("typed-filters", filters=[f.data({"type": f.any_of("click", "view")})])
KINESIS.add("fan-out", enhanced_fan_out=True)
KINESIS.add("fan-out-with-flags", enhanced_fan_out=True, flags=True, like="fan-out")
KINESIS.add("fan-out-of-an-existing-stream", enhanced_fan_out=True, stream=Bench.stream, starting_position=START)
KINESIS.add("an-existing-consumer", enhanced_fan_out=Bench.consumer, starting_position=START)
KINESIS.add("an-imported-consumer", enhanced_fan_out=Bench.known_consumer, starting_position=START)
KINESIS.add(
    "fan-out-thresholds",
    enhanced_fan_out=True,
    alarms=esm.Alarms(thresholds={"consumer_lag": 90_000}, off={"stopped": WHY}),
    like="fan-out",
)
KINESIS.add("two-readers", beside=second_reader)
KINESIS.add("another-in-a-nested-stack", beside=in_a_nested_stack)
KINESIS.add("a-bucket-of-another-account", on_failure=bucket_of_another_account, bound=True)
KINESIS.add(
    "an-injector-on-streams",
    before=injecting(kinesis.Stream.PROPERTY_INJECTION_ID, retentionPeriod=Duration.hours(48)),
)

# Of a table alone.
DYNAMODB.add(
    "table-options",
    table=lambda at: esm.NewTable(
        ID_KEY,
        sort_key=dynamodb.Attribute(name="at", type=dynamodb.AttributeType.NUMBER),
        dynamo_stream=dynamodb.StreamViewType.KEYS_ONLY,
        encryption_key=at.key(),
    ),
    bound=True,
)
DYNAMODB.add("an-existing-table", table=Bench.table)
DYNAMODB.add("a-table-of-cdks-first-kind", table=Bench.first_table)
DYNAMODB.add("an-imported-table", table=Bench.known_table)
DYNAMODB.add("a-table-of-another-stack", table=lambda at: at.other("Tables").table())
DYNAMODB.add("a-new-alias", function=lambda at: at.function(alias="live"))
DYNAMODB.add("only-what-exists", table=Bench.table, function=Bench.existing)
