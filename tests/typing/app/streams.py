"""What users write around streams, for type checkers alone."""

from __future__ import annotations

from datetime import datetime
from typing import assert_type

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from cdk_esm.filters import f


def stream(stack: cdk.Stack, key: kms.IKey, alarms: esm.Alarms, version: lambda_.Version, own: kinesis.Stream) -> None:
    whole = esm.KinesisToLambda(
        stack,
        "Whole",
        function=version,
        stream=esm.NewStream(),
        enhanced_fan_out=False,
        starting_position=lambda_.StartingPosition.AT_TIMESTAMP,
        starting_position_timestamp=datetime.now().astimezone(),
        batch_size=100,
        max_batching_window=cdk.Duration.seconds(5),
        parallelization_factor=2,
        report_batch_item_failures=True,
        bisect_batch_on_error=True,
        retry_attempts=5,
        max_record_age=cdk.Duration.hours(5),
        tumbling_window=cdk.Duration.minutes(1),
        on_failure=esm.OnFailure.queue(),
        filters=[f.data({"kind": f.any_of("click")})],
        filter_encryption=key,
        metrics_config=lambda_.MetricsConfig(metrics=[]),
        enabled=True,
        grants=True,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="Clicks",
        alarms=alarms,
        acknowledge={"ESM308": "by a person"},
        tags={"team": "shop"},
    )
    assert_type(whole.target, lambda_.Version)
    assert_type(whole.stream, kinesis.Stream)
    assert_type(whole.on_failure, sqs.Queue)

    alone = esm.KinesisToLambda(stack, "Alone", function=whole.function)
    assert_type(alone.stream, kinesis.Stream)
    assert_type(alone.consumer, None)
    assert_type(alone.on_failure, s3.Bucket)

    consumer = kinesis.StreamConsumer(stack, "Consumer", stream=own, stream_consumer_name="clicks")
    through = esm.KinesisToLambda(stack, "Through", function=whole.function, enhanced_fan_out=consumer)
    assert_type(through.stream, kinesis.IStream)
    assert_type(through.consumer, kinesis.StreamConsumer)

    given_up = esm.KinesisToLambda(
        stack, "GivenUp", function=whole.function, stream=own, on_failure=esm.OnFailure.discard(reason="clicks may go")
    )
    assert_type(given_up.stream, kinesis.Stream)
    assert_type(given_up.on_failure, None)


def table(stack: cdk.Stack, key: kms.Key, alarms: esm.Alarms, own: dynamodb.TableV2, old: dynamodb.ITable) -> None:
    whole = esm.DynamoDbToLambda(
        stack,
        "Whole",
        function=esm.NewFunction(code="handlers/products", handler="app.handler"),
        table=esm.NewTable(dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)),
        starting_position=lambda_.StartingPosition.LATEST,
        batch_size=100,
        max_batching_window=cdk.Duration.seconds(5),
        parallelization_factor=2,
        report_batch_item_failures=True,
        bisect_batch_on_error=True,
        retry_attempts=5,
        max_record_age=cdk.Duration.hours(5),
        tumbling_window=cdk.Duration.minutes(1),
        on_failure=esm.OnFailure.topic(),
        filters=[f.dynamodb(event_name="INSERT")],
        filter_encryption=key,
        metrics_config=lambda_.MetricsConfig(metrics=[]),
        enabled=True,
        grants=True,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="Products",
        alarms=alarms,
        acknowledge={"ESM308": "by a person"},
        tags={"team": "shop"},
    )
    assert_type(whole.table, dynamodb.TableV2)
    assert_type(whole.on_failure, sns.Topic)
    assert_type(esm.DynamoDbToLambda(stack, "Own", function=whole.function, table=own).table, dynamodb.TableV2)
    assert_type(esm.DynamoDbToLambda(stack, "Old", function=whole.function, table=old).table, dynamodb.ITable)
