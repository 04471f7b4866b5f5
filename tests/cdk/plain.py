"""Mappings as people write them with CDK alone, right or wrong on purpose."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct


def plain_function(scope: Construct, id: str = "Handler", *, timeout_seconds: int = 5) -> lambda_.Function:  # noqa: A002 - CDK's word
    """A function of CDK's own."""
    return lambda_.Function(
        scope,
        id,
        runtime=lambda_.Runtime.PYTHON_3_14,
        handler="index.handler",
        code=lambda_.Code.from_inline("def handler(event, context): return {'batchItemFailures': []}"),
        timeout=cdk.Duration.seconds(timeout_seconds),
    )


def plain_queue(scope: Construct, id: str = "Queue", *, visibility_seconds: int = 60) -> sqs.Queue:  # noqa: A002 - likewise
    """A queue of CDK's own, with a dead-letter queue."""
    dead = sqs.Queue(scope, f"{id}Dead", retention_period=cdk.Duration.days(14))
    return sqs.Queue(
        scope,
        id,
        visibility_timeout=cdk.Duration.seconds(visibility_seconds),
        dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=5),
    )


def plain_mapping(scope: Construct, *, visibility_seconds: int = 60) -> lambda_.Function:
    """A queue before a function, wired by CDK's event source; right, unless the visibility timeout is wrong."""
    function = plain_function(scope)
    queue = plain_queue(scope, visibility_seconds=visibility_seconds)
    function.add_event_source(event_sources.SqsEventSource(queue, report_batch_item_failures=True))
    return function
