"""The slots for a queue, a dead-letter queue and a function: what stands in them is of another kind."""

from __future__ import annotations

from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk.bad_input.bench import Bench, function_arn, queue_arn
from tests.cdk.bad_input.case import mistyped

KEY = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)


def cloudfront_function(at: Bench) -> cloudfront.Function:
    return cloudfront.Function(at.stack, "Function", code=cloudfront.FunctionCode.from_inline("function handler() {}"))


SOURCE = [
    mistyped("a-stream-as-the-queue", ("ESM001", "queue"), queue=lambda at: kinesis.Stream(at.stack, "Stream")),
    mistyped(
        "an-imported-stream-as-the-queue",
        ("ESM001", "queue"),
        queue=lambda at: kinesis.Stream.from_stream_arn(at.stack, "Stream", queue_arn("stream/x", service="kinesis")),
    ),
    mistyped(
        "a-stream-as-the-fifo-queue",
        ("ESM001", "queue"),
        construct=esm.SqsFifoToLambda,
        queue=lambda at: kinesis.Stream(at.stack, "Stream"),
    ),
    mistyped("a-topic-as-the-queue", ("ESM001", "queue"), queue=lambda at: sns.Topic(at.stack, "Topic")),
    mistyped(
        "an-imported-topic-as-the-queue",
        ("ESM001", "queue"),
        queue=lambda at: sns.Topic.from_topic_arn(at.stack, "Topic", queue_arn(service="sns")),
    ),
    mistyped("a-bucket-as-the-queue", ("ESM001", "queue"), queue=lambda at: s3.Bucket(at.stack, "Bucket")),
    mistyped(
        "an-imported-bucket-as-the-queue",
        ("ESM001", "queue"),
        queue=lambda at: s3.Bucket.from_bucket_name(at.stack, "Bucket", "orders"),
    ),
    mistyped(
        "a-table-as-the-queue",
        ("ESM001", "queue"),
        queue=lambda at: dynamodb.TableV2(at.stack, "Table", partition_key=KEY),
    ),
    mistyped(
        "an-imported-table-as-the-queue",
        ("ESM001", "queue"),
        queue=lambda at: dynamodb.Table.from_table_name(at.stack, "Table", "orders"),
    ),
    mistyped("a-function-as-the-queue", ("ESM001", "queue"), queue=Bench.existing),
    mistyped("an-l1-queue-as-the-queue", ("ESM001", "queue"), queue=lambda at: sqs.CfnQueue(at.stack, "Queue")),
    mistyped("an-arn-as-the-queue", ("ESM001", "queue"), queue=queue_arn()),
    mistyped("an-empty-text-as-the-queue", ("ESM001", "queue"), queue=""),
    mistyped("no-as-the-queue", ("ESM001", "queue"), queue=False),
    mistyped("the-class-of-a-queue-as-the-queue", ("ESM001", "queue"), queue=sqs.Queue),
    mistyped("a-dict-as-the-queue", ("ESM001", "queue"), queue={"retention": 60}),
    mistyped("a-list-of-queues-as-the-queue", ("ESM001", "queue"), queue=lambda at: [at.known_queue()]),
    mistyped(
        "the-attributes-of-a-queue-as-the-queue",
        ("ESM001", "queue"),
        queue=lambda _: sqs.QueueAttributes(queue_arn=queue_arn()),
    ),
    mistyped("no-dead-letter-queue-as-the-queue", ("ESM001", "queue"), queue=esm.NoDeadLetterQueue("none is needed")),
]

DEAD_LETTERS = [
    mistyped(
        "a-topic-as-the-dead-letter-queue",
        ("ESM001", "dead_letter_queue"),
        dead_letter_queue=lambda at: sns.Topic(at.stack, "Topic"),
    ),
    mistyped(
        "a-bucket-as-the-dead-letter-queue",
        ("ESM001", "dead_letter_queue"),
        dead_letter_queue=lambda at: s3.Bucket(at.stack, "Bucket"),
    ),
    mistyped("no-as-the-dead-letter-queue", ("ESM001", "dead_letter_queue"), dead_letter_queue=False),
    mistyped("an-arn-as-the-dead-letter-queue", ("ESM001", "dead_letter_queue"), dead_letter_queue=queue_arn()),
    mistyped(
        "cdks-own-record-as-the-dead-letter-queue",
        ("ESM001", "dead_letter_queue"),
        dead_letter_queue=lambda at: sqs.DeadLetterQueue(queue=at.known_queue(), max_receive_count=5),
    ),
    mistyped(
        "a-dead-letter-queue-beside-an-existing-queue",
        ("ESM001", "dead_letter_queue"),
        queue=Bench.queue,
        dead_letter_queue=Bench.known_queue,
    ),
    mistyped(
        "a-new-dead-letter-queue-beside-an-imported-queue",
        ("ESM001", "dead_letter_queue"),
        queue=Bench.known_queue,
        dead_letter_queue=esm.NewQueue(),
    ),
    mistyped(
        "a-receive-count-beside-an-existing-queue",
        ("ESM001", "max_receive_count"),
        queue=Bench.queue,
        max_receive_count=3,
    ),
]

FUNCTION = [
    mistyped("no-function", ("ESM003", "function"), function=None),
    mistyped("a-queue-as-the-function", ("ESM001", "function"), function=Bench.queue),
    mistyped("an-imported-queue-as-the-function", ("ESM001", "function"), function=Bench.known_queue),
    mistyped("a-new-queue-as-the-function", ("ESM001", "function"), function=esm.NewQueue()),
    mistyped("an-arn-as-the-function", ("ESM001", "function"), function=function_arn()),
    mistyped("a-path-as-the-function", ("ESM001", "function"), function=lambda at: at.code),
    mistyped("code-as-the-function", ("ESM001", "function"), function=lambda at: lambda_.Code.from_asset(at.code)),
    mistyped("a-cloudfront-function", ("ESM001", "function"), function=cloudfront_function),
    mistyped("the-class-as-the-function", ("ESM001", "function"), function=esm.NewFunction),
    mistyped(
        "the-attributes-of-a-function-as-the-function",
        ("ESM001", "function"),
        function=lambda _: lambda_.FunctionAttributes(function_arn=function_arn()),
    ),
    mistyped(
        "an-l1-function-as-the-function",
        ("ESM001", "function"),
        function=lambda at: lambda_.CfnFunction(
            at.stack, "Function", role="role", code=lambda_.CfnFunction.CodeProperty(zip_file="pass")
        ),
    ),
    mistyped(
        "a-python-function-as-the-fifo-function",
        ("ESM001", "function"),
        construct=esm.SqsFifoToLambda,
        function=print,
    ),
]

WRONG_RESOURCES = [*SOURCE, *DEAD_LETTERS, *FUNCTION]
