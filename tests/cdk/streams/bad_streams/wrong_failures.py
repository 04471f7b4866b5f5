"""On-failure destinations: of another kind, FIFO, without a reason, with a name that is too long."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk.streams.bad_streams.bench import StreamBench, arn
from tests.cdk.streams.bad_streams.case import (
    DYNAMODB,
    FAN_OUT,
    invalid,
    invalid_everywhere,
    mistyped,
    mistyped_everywhere,
)

ON_FAILURE, ARN = ("ESM001", "on_failure"), "DestinationConfig.OnFailure.Destination"
BUCKET, QUEUE, TOPIC = (("ESM001", f"on_failure.{kind}") for kind in ("bucket", "queue", "topic"))
NO_REASON = ("ESM005", "on_failure.reason")
FIFO = ("ESM220", ARN)


def to(kind: str, target: Any) -> Any:
    """A destination whose target is made in the bench; the type checker need not agree with it."""
    return lambda at: getattr(esm.OnFailure, kind)(target(at))


SLOT = [
    *mistyped_everywhere("a-bucket-as-it-is", ON_FAILURE, on_failure=StreamBench.bucket),
    mistyped("a-queue-as-it-is", ON_FAILURE, on_failure=StreamBench.plain_queue),
    mistyped("a-topic-as-it-is", ON_FAILURE, construct=DYNAMODB, on_failure=StreamBench.topic),
    mistyped("the-arn-of-a-destination", ON_FAILURE, on_failure=arn("sqs", "failed")),
    mistyped("the-class-of-destinations", ON_FAILURE, on_failure=esm.OnFailure),
    mistyped("a-destination-that-was-not-called", ON_FAILURE, on_failure=lambda _: esm.OnFailure.bucket),
    mistyped("a-new-queue-as-a-destination", ON_FAILURE, construct=DYNAMODB, on_failure=esm.NewQueue()),
    mistyped("no-dead-letter-queue-as-a-destination", ON_FAILURE, on_failure=esm.NoDeadLetterQueue("seen")),
    mistyped("a-destination-of-no-kind", ON_FAILURE, on_failure=esm.OnFailure("kafka")),
    mistyped("a-bool-as-a-destination", ON_FAILURE, on_failure=False, **FAN_OUT),
    mistyped("a-queue-as-the-bucket", BUCKET, on_failure=to("bucket", StreamBench.plain_queue)),
    mistyped("a-topic-as-the-bucket", BUCKET, construct=DYNAMODB, on_failure=to("bucket", StreamBench.topic)),
    mistyped("the-name-of-a-bucket", BUCKET, on_failure=to("bucket", lambda _: "failed-clicks")),
    mistyped("an-l1-bucket", BUCKET, on_failure=to("bucket", lambda at: s3.CfnBucket(at.stack, "Raw"))),
    mistyped("a-removal-policy-as-the-bucket", BUCKET, on_failure=to("bucket", lambda _: cdk.RemovalPolicy.RETAIN)),
    mistyped("a-bucket-as-the-queue", QUEUE, on_failure=to("queue", StreamBench.bucket)),
    mistyped("a-stream-as-the-queue", QUEUE, on_failure=to("queue", StreamBench.stream)),
    mistyped("a-new-queue-as-the-queue", QUEUE, construct=DYNAMODB, on_failure=to("queue", lambda _: esm.NewQueue())),
    mistyped("a-queue-as-the-topic", TOPIC, on_failure=to("topic", StreamBench.plain_queue)),
    mistyped("the-arn-of-a-topic", TOPIC, construct=DYNAMODB, on_failure=to("topic", lambda _: arn("sns", "failed"))),
]

REASONS = [
    *mistyped_everywhere("given-up-for-an-empty-reason", NO_REASON, on_failure=esm.OnFailure.discard(reason="")),
    mistyped("given-up-for-a-blank-reason", NO_REASON, on_failure=esm.OnFailure.discard(reason="  ")),
    mistyped(
        "given-up-for-no-reason",
        NO_REASON,
        construct=DYNAMODB,
        on_failure=lambda _: esm.OnFailure.discard(reason=None),  # type: ignore[arg-type]
    ),
    mistyped(
        "given-up-for-a-number",
        NO_REASON,
        on_failure=lambda _: esm.OnFailure.discard(reason=7),  # type: ignore[arg-type]
        **FAN_OUT,
    ),
]

FIFOS = [
    *invalid_everywhere("a-fifo-queue", FIFO, on_failure=to("queue", lambda at: at.plain_queue(fifo=True))),
    *invalid_everywhere("a-fifo-topic", FIFO, on_failure=to("topic", lambda at: at.topic(fifo=True))),
    *invalid_everywhere(
        "an-imported-fifo-queue",
        FIFO,
        on_failure=to("queue", lambda at: sqs.Queue.from_queue_arn(at.stack, "Failed", arn("sqs", "failed.fifo"))),
    ),
    invalid(
        "an-imported-fifo-topic",
        FIFO,
        on_failure=to("topic", lambda at: sns.Topic.from_topic_arn(at.stack, "Failed", arn("sns", "failed.fifo"))),
    ),
    invalid(
        "a-fifo-queue-by-its-attributes",
        FIFO,
        construct=DYNAMODB,
        on_failure=to(
            "queue",
            lambda at: sqs.Queue.from_queue_attributes(at.stack, "Failed", queue_arn=arn("sqs", "failed.fifo")),
        ),
    ),
]

ARNS = [
    invalid(
        "a-bucket-that-is-no-bucket",
        ("ESM221", ARN),
        on_failure=to("bucket", lambda at: s3.Bucket.from_bucket_arn(at.stack, "Failed", arn("kinesis", "stream/x"))),
    ),
    invalid(
        "a-destination-with-a-long-name",
        ("ESM112", ARN),
        construct=DYNAMODB,
        on_failure=to("topic", lambda at: sns.Topic.from_topic_arn(at.stack, "Failed", arn("sns", "f" * 320))),
    ),
    invalid(
        "a-queue-with-a-long-name",
        ("ESM112", ARN),
        on_failure=to("queue", lambda at: sqs.Queue.from_queue_arn(at.stack, "Failed", arn("sqs", "f" * 320))),
    ),
]

WRONG_FAILURES = [*SLOT, *REASONS, *FIFOS, *ARNS]
