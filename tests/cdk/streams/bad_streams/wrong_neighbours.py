"""Existing streams, tables and functions that do not fit: their kind and their place."""

from __future__ import annotations

from typing import Any

from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_

from tests.cdk.bad_input.bench import function_arn
from tests.cdk.streams.bad_streams.bench import START, StreamBench, arn
from tests.cdk.streams.bad_streams.case import DYNAMODB, FAN_OUT, invalid, invalid_everywhere
from tests.cdk.streams.existing import a_stream, a_table

SOURCE = "EventSourceArn"
ELSEWHERE = "us-east-1"
TABLE_ARN = arn("dynamodb", "table/products")


def stream_by(stream_arn: str) -> Any:
    return lambda at: kinesis.Stream.from_stream_arn(at.stack, "Known", stream_arn)


def table_by(stream_arn: str) -> Any:
    return lambda at: dynamodb.Table.from_table_attributes(
        at.stack, "Known", table_arn=TABLE_ARN, table_stream_arn=stream_arn
    )


def durable(at: StreamBench, timeout: Duration) -> lambda_.Function:
    return at.existing(durable_config=lambda_.DurableConfig(execution_timeout=timeout))


KIND = [
    invalid("the-arn-of-a-queue", ("ESM108", SOURCE), stream=stream_by(arn("sqs", "clicks")), starting_position=START),
    invalid(
        "the-arn-of-a-firehose",
        ("ESM108", SOURCE),
        stream=stream_by(arn("firehose", "deliverystream/clicks")),
        starting_position=START,
    ),
    invalid(
        "the-arn-of-a-kinesis-stream-as-a-tables",
        ("ESM108", SOURCE),
        construct=DYNAMODB,
        table=table_by(arn("kinesis", "stream/clicks")),
    ),
    invalid(
        "the-arn-of-a-topic-as-a-tables",
        ("ESM108", SOURCE),
        construct=DYNAMODB,
        table=table_by(arn("sns", "products")),
    ),
]

PLACE = [
    invalid(
        "a-stream-in-another-region",
        ("ESM402", SOURCE),
        bound=True,
        stream=lambda at: at.known_stream(region=ELSEWHERE),
        starting_position=START,
    ),
    invalid(
        "a-stream-in-another-region-with-fan-out",
        ("ESM402", SOURCE),
        bound=True,
        stream=lambda at: at.known_stream(region=ELSEWHERE),
        starting_position=START,
        **FAN_OUT,
    ),
    invalid(
        "a-stream-of-a-stack-in-another-region",
        ("ESM402", SOURCE),
        bound=True,
        stream=lambda at: a_stream(at.elsewhere()),
        starting_position=START,
    ),
    invalid(
        "a-table-in-another-region",
        ("ESM402", SOURCE),
        construct=DYNAMODB,
        bound=True,
        table=table_by(arn("dynamodb", "table/products/stream/2026", region=ELSEWHERE)),
    ),
    invalid(
        "a-table-of-a-stack-in-another-region",
        ("ESM402", SOURCE),
        construct=DYNAMODB,
        bound=True,
        table=lambda at: a_table(at.elsewhere()),
    ),
    invalid(
        "a-function-in-another-region-than-the-stream",
        ("ESM402", SOURCE),
        stream=StreamBench.known_stream,
        starting_position=START,
        function=lambda at: at.imported(function_arn(region=ELSEWHERE)),
    ),
    invalid(
        "a-function-in-another-region-than-the-new-table",
        ("ESM402", SOURCE),
        construct=DYNAMODB,
        bound=True,
        function=lambda at: at.imported(function_arn(region=ELSEWHERE)),
    ),
]

FUNCTIONS = [
    *invalid_everywhere(
        "a-function-for-each-tenant",
        ("ESM209", "TenancyConfig"),
        function=lambda at: at.existing(tenancy_config=lambda_.TenancyConfig.PER_TENANT),
    ),
    *invalid_everywhere(
        "a-durable-function-without-a-version",
        ("ESM210", "FunctionName"),
        function=lambda at: durable(at, Duration.minutes(5)),
    ),
]

WRONG_NEIGHBOURS = [*KIND, *PLACE, *FUNCTIONS]
