"""Queues and functions that were made elsewhere."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs


def a_function(stack: cdk.Stack, *, role: iam.IRole | None = None, timeout_seconds: int = 10) -> lambda_.Function:
    """A function as CDK's L2 makes it."""
    return lambda_.Function(
        stack,
        "Fulfil",
        code=lambda_.Code.from_inline("handler = print"),
        handler="index.handler",
        runtime=lambda_.Runtime.PYTHON_3_14,
        timeout=cdk.Duration.seconds(timeout_seconds),
        role=role,
    )


def a_queue(stack: cdk.Stack, *, fifo: bool = False, key: kms.IKey | None = None) -> sqs.Queue:
    """A queue of which no rule complains, with its dead-letter queue."""
    dead_letters = sqs.Queue(
        stack, "OldDeadLetters", fifo=fifo or None, retention_period=cdk.Duration.days(14), encryption_master_key=key
    )
    return sqs.Queue(
        stack,
        "OldQueue",
        fifo=fifo or None,
        visibility_timeout=cdk.Duration.seconds(180),
        encryption_master_key=key,
        dead_letter_queue=sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=5),
    )
