"""Existing queues and functions that do not fit: their kind, their place, and what they lack."""

from __future__ import annotations

from typing import Any

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk.bad_input.bench import ACCOUNT, ELSEWHERE, REGION, STRANGER, Bench, function_arn, queue_arn
from tests.cdk.bad_input.case import invalid

FIFO = esm.SqsFifoToLambda
SOURCE = "EventSourceArn"
REDRIVE = "RedrivePolicy"
VISIBILITY = "VisibilityTimeout"
DURABLE = "DurableConfig.ExecutionTimeout"


def own_dead_letter_queue(at: Bench) -> sqs.Queue:
    """A queue that moves what fails to itself."""
    queue = at.queue(receives=None)
    child: Any = queue.node.default_child
    child.redrive_policy = {"deadLetterTargetArn": queue.queue_arn, "maxReceiveCount": 5}
    return queue


def strangers_queue(at: Bench) -> sqs.Queue:
    """A queue of another account, encrypted with the key that AWS manages there."""
    stack = at.neighbour(account=STRANGER, region=REGION)
    return sqs.Queue(stack, "Theirs", queue_name="theirs", encryption=sqs.QueueEncryption.KMS_MANAGED)


def durable(at: Bench, timeout: Duration) -> lambda_.Function:
    return at.existing(durable_config=lambda_.DurableConfig(execution_timeout=timeout))


KIND = [
    invalid("an-existing-fifo-queue", ("ESM212", SOURCE), queue=lambda at: at.queue(fifo=True)),
    invalid("an-imported-fifo-queue", ("ESM212", SOURCE), queue=lambda at: at.known_queue(queue_arn("orders.fifo"))),
    invalid("an-existing-standard-queue-on-fifo", ("ESM212", SOURCE), construct=FIFO, queue=Bench.queue),
    invalid("an-imported-standard-queue-on-fifo", ("ESM212", SOURCE), construct=FIFO, queue=Bench.known_queue),
    invalid(
        "a-fifo-queue-by-its-attributes",
        ("ESM212", SOURCE),
        queue=lambda at: sqs.Queue.from_queue_attributes(at.stack, "Known", queue_arn=queue_arn("orders.fifo")),
    ),
    invalid(
        "an-imported-fifo-dead-letter-queue",
        ("ESM213", f"{REDRIVE}.deadLetterTargetArn"),
        dead_letter_queue=lambda at: at.known_queue(queue_arn("failed.fifo")),
    ),
    invalid(
        "an-imported-standard-dead-letter-queue-on-fifo",
        ("ESM213", f"{REDRIVE}.deadLetterTargetArn"),
        construct=FIFO,
        dead_letter_queue=lambda at: at.known_queue(queue_arn("failed")),
    ),
    invalid(
        "an-existing-standard-dead-letter-queue-on-fifo",
        ("ESM213", f"{REDRIVE}.deadLetterTargetArn"),
        construct=FIFO,
        dead_letter_queue=lambda at: sqs.Queue(at.stack, "Failed", retention_period=Duration.days(14)),
    ),
    invalid(
        "a-queue-that-is-its-own-dead-letter-queue",
        ("ESM216", f"{REDRIVE}.deadLetterTargetArn"),
        queue=own_dead_letter_queue,
    ),
    invalid(
        "the-arn-of-a-topic-as-a-queue",
        ("ESM108", SOURCE),
        queue=lambda at: at.known_queue(queue_arn(service="sns")),
    ),
    invalid(
        "the-arn-of-a-table-as-a-queue",
        ("ESM108", SOURCE),
        queue=lambda at: at.known_queue(queue_arn("table/orders", service="dynamodb")),
    ),
    invalid(
        "the-arn-of-a-topic-as-a-fifo-queue",
        ("ESM108", SOURCE),
        construct=FIFO,
        queue=lambda at: at.known_queue(queue_arn("orders.fifo", service="sns")),
    ),
]

PLACE = [
    invalid(
        "a-queue-in-another-region",
        ("ESM402", SOURCE),
        bound=True,
        queue=lambda at: at.known_queue(queue_arn(region=ELSEWHERE)),
    ),
    invalid(
        "a-fifo-queue-in-another-region",
        ("ESM402", SOURCE),
        construct=FIFO,
        bound=True,
        queue=lambda at: at.known_queue(queue_arn("orders.fifo", region=ELSEWHERE)),
    ),
    invalid(
        "a-queue-in-another-region-and-account",
        ("ESM402", SOURCE),
        bound=True,
        queue=lambda at: at.known_queue(queue_arn(region=ELSEWHERE, account=STRANGER)),
    ),
    invalid(
        "a-function-in-another-region",
        ("ESM402", SOURCE),
        queue=Bench.known_queue,
        function=lambda at: at.imported(function_arn(region=ELSEWHERE)),
    ),
    invalid(
        "a-function-in-another-region-than-the-new-queue",
        ("ESM402", SOURCE),
        bound=True,
        queue=esm.NewQueue(visibility_timeout=Duration.minutes(15)),
        function=lambda at: at.imported(function_arn(region=ELSEWHERE)),
    ),
    invalid(
        "a-queue-of-a-stack-in-another-region",
        ("ESM402", SOURCE),
        ("ESM308", REDRIVE),
        bound=True,
        queue=lambda at: sqs.Queue(
            at.neighbour(account=ACCOUNT, region=ELSEWHERE), "Far", visibility_timeout=Duration.minutes(3)
        ),
    ),
    invalid(
        "a-dead-letter-queue-in-another-region",
        ("ESM403", REDRIVE),
        bound=True,
        dead_letter_queue=lambda at: at.known_queue(queue_arn("failed", region=ELSEWHERE)),
    ),
    invalid(
        "a-dead-letter-queue-in-another-account",
        ("ESM403", REDRIVE),
        bound=True,
        dead_letter_queue=lambda at: at.known_queue(queue_arn("failed", account=STRANGER)),
    ),
    invalid(
        "a-fifo-dead-letter-queue-in-another-account",
        ("ESM403", REDRIVE),
        construct=FIFO,
        bound=True,
        dead_letter_queue=lambda at: at.known_queue(queue_arn("failed.fifo", account=STRANGER)),
    ),
    invalid(
        "a-strangers-queue-under-a-key-that-cannot-be-shared",
        ("ESM405", "KmsMasterKeyId"),
        ("ESM308", REDRIVE),
        bound=True,
        queue=strangers_queue,
    ),
]

QUEUES = [
    invalid("a-queue-without-a-redrive-policy", ("ESM308", REDRIVE), queue=lambda at: at.queue(receives=None)),
    invalid(
        "a-fifo-queue-without-a-redrive-policy",
        ("ESM308", REDRIVE),
        construct=FIFO,
        queue=lambda at: at.queue(receives=None, fifo=True),
    ),
    invalid(
        "a-queue-that-moves-messages-at-once",
        ("ESM306", f"{REDRIVE}.maxReceiveCount"),
        queue=lambda at: at.queue(receives=1),
    ),
    invalid(
        "a-fifo-queue-that-moves-messages-at-once",
        ("ESM306", f"{REDRIVE}.maxReceiveCount"),
        construct=FIFO,
        queue=lambda at: at.queue(receives=1, fifo=True),
    ),
    invalid(
        "a-queue-with-a-visibility-below-the-timeout",
        ("ESM301", VISIBILITY),
        queue=lambda at: at.queue(visibility_timeout=Duration.seconds(29)),
    ),
    invalid(
        "a-queue-with-the-default-visibility-and-a-longer-timeout",
        ("ESM301", VISIBILITY),
        queue=lambda at: at.queue(visibility_timeout=None),
        function=lambda at: at.function(timeout=Duration.seconds(31)),
    ),
    invalid(
        "a-fifo-queue-with-a-visibility-below-an-existing-functions-timeout",
        ("ESM301", VISIBILITY),
        construct=FIFO,
        queue=lambda at: at.queue(fifo=True),
        function=lambda at: at.existing(timeout=Duration.minutes(5)),
    ),
    invalid(
        "a-queue-with-a-visibility-below-the-timeout-behind-an-alias",
        ("ESM301", VISIBILITY),
        queue=Bench.queue,
        function=lambda at: at.existing(timeout=Duration.minutes(5)).add_alias("live"),
    ),
    invalid(
        "a-queue-that-keeps-messages-for-longer-than-its-dead-letter-queue",
        ("ESM309", "MessageRetentionPeriod"),
        queue=lambda at: at.queue(
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=sqs.Queue(at.stack, "Failed", retention_period=Duration.days(1)), max_receive_count=5
            )
        ),
    ),
    invalid(
        "an-existing-dead-letter-queue-with-the-default-retention",
        ("ESM309", "MessageRetentionPeriod"),
        queue=esm.NewQueue(retention_period=Duration.days(5)),
        dead_letter_queue=lambda at: sqs.Queue(at.stack, "Failed"),
    ),
    invalid(
        "a-queue-whose-messages-expire-before-their-last-receive",
        ("ESM310", "MessageRetentionPeriod"),
        queue=lambda at: at.queue(retention_period=Duration.minutes(10)),
    ),
    invalid(
        "a-queue-with-everything-wrong",
        ("ESM301", VISIBILITY),
        ("ESM306", f"{REDRIVE}.maxReceiveCount"),
        queue=lambda at: at.queue(
            receives=1, visibility_timeout=Duration.seconds(5), retention_period=Duration.days(14)
        ),
    ),
]

FUNCTIONS = [
    invalid(
        "a-function-that-isolates-tenants",
        ("ESM209", "TenancyConfig"),
        function=lambda at: at.existing(tenancy_config=lambda_.TenancyConfig.PER_TENANT),
    ),
    invalid(
        "a-durable-function-without-a-version",
        ("ESM210", "FunctionName"),
        function=lambda at: durable(at, Duration.minutes(15)),
    ),
    invalid(
        "a-durable-function-on-fifo-without-a-version",
        ("ESM210", "FunctionName"),
        construct=FIFO,
        function=lambda at: durable(at, Duration.minutes(1)),
    ),
    invalid(
        "a-version-of-a-durable-function-that-takes-too-long",
        ("ESM211", DURABLE),
        function=lambda at: durable(at, Duration.seconds(901)).current_version,
    ),
    invalid(
        "a-durable-function-that-takes-too-long-without-a-version",
        ("ESM210", "FunctionName"),
        ("ESM211", DURABLE),
        function=lambda at: durable(at, Duration.days(1)),
    ),
]

WRONG_NEIGHBOURS = [*KIND, *PLACE, *QUEUES, *FUNCTIONS]
