"""What goes into the slots of the stream constructs, what they show of it, and what is derived from it."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_

from cdk_esm import DynamoDbToLambda, KinesisToLambda, NewFunction, NewStream, NewTable, OnFailure
from tests.cdk.existing import a_function
from tests.cdk.streams.existing import KEY, a_bucket, a_consumer, a_queue, a_stream, a_table, a_topic
from tests.cdk.streams.variants import FROM_THE_START, Variant, every_variant
from tests.cdk.templates import arn_of, properties, ref, resources

STREAM_ARN = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"
CONSUMER_ARN = f"{STREAM_ARN}/consumer/theirs:1700000000"
TABLE_ARN = "arn:aws:dynamodb:eu-west-1:111122223333:table/products"


@every_variant
def test_a_bundle_shows_what_it_is_made_of(variant: Variant, stack: cdk.Stack, function: NewFunction) -> None:
    bundle = variant.build(stack, function)
    kinds = {"bucket": "Bucket", "queue": "Queue", "topic": "Topic", "discard": "NoneType"}

    assert type(bundle.on_failure).__name__ == kinds[variant.destination]
    if isinstance(bundle, DynamoDbToLambda):
        assert isinstance(bundle.table, dynamodb.TableV2)
        assert bundle.plan.source == "dynamodb"
    else:
        assert isinstance(bundle.stream, kinesis.Stream)
        assert (bundle.consumer is None) is (variant.source == "shared")
        assert bundle.plan.source == ("kinesis" if bundle.consumer is None else "kinesis-efo")
    assert properties(bundle.mapping)["FunctionName"] == arn_of(bundle.function)
    assert bundle.function is bundle.target
    assert bundle.role is not None
    assert bundle.log_group is not None
    assert bundle.plan.path == "Shop/Clicks"


def test_what_exists_is_handed_out_as_it_came(stack: cdk.Stack) -> None:
    stream, table, bucket, function = a_stream(stack), a_table(stack), a_bucket(stack), a_function(stack)
    consumer, on_failure = a_consumer(stack, stream), OnFailure.bucket(bucket)
    clicks = KinesisToLambda(
        stack,
        "Clicks",
        function=function,
        stream=stream,
        enhanced_fan_out=consumer,
        starting_position=FROM_THE_START,
        on_failure=on_failure,
    )
    products = DynamoDbToLambda(stack, "Products", function=function, table=table, on_failure=on_failure)

    assert clicks.stream is stream
    assert clicks.consumer is consumer
    assert products.table is table
    assert clicks.on_failure is products.on_failure is bucket
    assert clicks.function is function
    assert clicks.log_group is None


def test_what_exists_around_a_stream_stays_as_it_is(app: cdk.App) -> None:
    alone, mapped = cdk.Stack(app, "Alone"), cdk.Stack(app, "Mapped")
    for stack in (alone, mapped):
        stream, table = a_stream(stack), a_table(stack)
        function, consumer = a_function(stack), a_consumer(stack, stream)
        bucket, queue = a_bucket(stack), a_queue(stack)
        if stack is mapped:
            KinesisToLambda(
                stack,
                "Clicks",
                function=function,
                enhanced_fan_out=consumer,
                starting_position=FROM_THE_START,
                on_failure=OnFailure.bucket(bucket),
            )
            DynamoDbToLambda(stack, "Products", function=function, table=table, on_failure=OnFailure.queue(queue))
    before, after = resources(alone), resources(mapped)

    assert {name: after[name] for name in before} == before


def test_a_consumer_brings_its_stream(stack: cdk.Stack, function: NewFunction) -> None:
    stream = a_stream(stack)
    consumer = a_consumer(stack, stream)
    bundle = KinesisToLambda(
        stack, "Clicks", function=function, enhanced_fan_out=consumer, starting_position=FROM_THE_START
    )

    assert bundle.stream is stream
    assert len(resources(stack, "AWS::Kinesis::Stream")) == 1
    assert bundle.plan.settings["MaximumRecordAgeInSeconds"] == 36 * 3600, "half of what that stream keeps"


def test_an_imported_consumer_brings_its_imported_stream(stack: cdk.Stack, function: NewFunction) -> None:
    consumer = kinesis.StreamConsumer.from_stream_consumer_arn(stack, "Consumer", CONSUMER_ARN)
    bundle = KinesisToLambda(
        stack, "Clicks", function=function, enhanced_fan_out=consumer, starting_position=FROM_THE_START
    )

    assert bundle.stream.stream_arn == STREAM_ARN
    assert properties(bundle.mapping)["EventSourceArn"] == CONSUMER_ARN
    assert resources(stack, "AWS::Kinesis::Stream") == {}


@pytest.mark.parametrize(
    ("stream", "seconds"),
    [
        pytest.param({"stream": NewStream(retention_period=cdk.Duration.hours(24))}, 43_200, id="a-day"),
        pytest.param({"stream": NewStream()}, 129_600, id="the-default"),
        pytest.param({"stream": NewStream(retention_period=cdk.Duration.days(7))}, 302_400, id="a-week"),
        pytest.param(
            {"stream": NewStream(retention_period=cdk.Duration.days(365))}, 604_800, id="what-the-service-takes"
        ),
    ],
)
def test_a_record_is_given_up_at_half_of_the_retention(
    stream: dict[str, Any], seconds: int, stack: cdk.Stack, function: NewFunction
) -> None:
    bundle = KinesisToLambda(stack, "Clicks", function=function, **stream)

    assert properties(bundle.mapping)["MaximumRecordAgeInSeconds"] == seconds


def test_of_a_stream_whose_retention_is_hidden_only_a_day_is_certain(stack: cdk.Stack, function: NewFunction) -> None:
    stream = kinesis.Stream.from_stream_arn(stack, "Stream", STREAM_ARN)
    bundle = KinesisToLambda(stack, "Clicks", function=function, stream=stream, starting_position=FROM_THE_START)

    assert properties(bundle.mapping)["MaximumRecordAgeInSeconds"] == 43_200


def test_an_existing_stream_without_a_retention_keeps_records_for_a_day(
    stack: cdk.Stack, function: NewFunction
) -> None:
    child = kinesis.CfnStream(stack, "Raw", shard_count=1)
    stream = kinesis.Stream.from_stream_arn(stack, "Stream", child.attr_arn)
    bundle = KinesisToLambda(stack, "Clicks", function=function, stream=stream, starting_position=FROM_THE_START)

    assert properties(bundle.mapping)["EventSourceArn"] == {"Fn::GetAtt": ["Raw", "Arn"]}
    assert properties(bundle.mapping)["MaximumRecordAgeInSeconds"] == 43_200


@pytest.mark.parametrize("kind", ["Table", "TableV2", "imported", "imported-v2"])
def test_a_table_is_taken_in_every_form(kind: str, stack: cdk.Stack, function: NewFunction) -> None:
    view, stream_arn = dynamodb.StreamViewType.NEW_IMAGE, f"{TABLE_ARN}/stream/2026-11-20T00:00:00.000"
    table: dynamodb.ITable | dynamodb.ITableV2
    if kind == "Table":
        table = dynamodb.Table(stack, "Table", partition_key=KEY, stream=view)
    elif kind == "TableV2":
        table = a_table(stack, dynamo_stream=view)
    elif kind == "imported":
        table = dynamodb.Table.from_table_attributes(stack, "Table", table_arn=TABLE_ARN, table_stream_arn=stream_arn)
    else:
        table = dynamodb.TableV2.from_table_attributes(stack, "Table", table_arn=TABLE_ARN, table_stream_arn=stream_arn)
    bundle = DynamoDbToLambda(stack, "Products", function=function, table=table)

    assert properties(bundle.mapping)["EventSourceArn"] == stack.resolve(table.table_stream_arn)
    assert bundle.table is table
    assert bundle.findings == ()


def test_a_new_table_takes_its_keys_its_view_and_its_encryption(app: cdk.App, function: NewFunction) -> None:
    stack = cdk.Stack(app, "Shop", env=cdk.Environment(region="eu-west-1"))
    key = cdk.aws_kms.Key(stack, "Key")
    bundle = DynamoDbToLambda(
        stack,
        "Products",
        function=function,
        table=NewTable(
            KEY,
            sort_key=dynamodb.Attribute(name="at", type=dynamodb.AttributeType.NUMBER),
            dynamo_stream=dynamodb.StreamViewType.KEYS_ONLY,
            encryption_key=key,
        ),
    )
    table = properties(bundle.table)

    assert [one["KeyType"] for one in table["KeySchema"]] == ["HASH", "RANGE"]
    assert table["StreamSpecification"] == {"StreamViewType": "KEYS_ONLY"}
    assert table["SSESpecification"] == {"SSEEnabled": True, "SSEType": "KMS"}
    assert table["Replicas"][0]["SSESpecification"] == {"KMSMasterKeyId": stack.resolve(key.key_arn)}


def test_an_alias_is_what_a_streams_mapping_invokes(stack: cdk.Stack) -> None:
    function = a_function(stack)
    alias = lambda_.Alias(stack, "Live", alias_name="live", version=function.current_version)
    bundle = KinesisToLambda(stack, "Clicks", function=alias, on_failure=OnFailure.topic(a_topic(stack)))

    assert properties(bundle.mapping)["FunctionName"] == ref(alias)
    assert bundle.function is function
    assert bundle.target is alias
