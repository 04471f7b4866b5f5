"""The variants of what New… records take of CDK: each group of ``tests/cdk/new_records.py`` is one.

What is said there of a group is part of the kept templates: another value is another group.
"""

from __future__ import annotations

from typing import Any

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk import new_records as samples
from tests.cdk.corpus.bench import ID_KEY, WHY, Bench
from tests.cdk.corpus.of_sqs import FIFO, SQS
from tests.cdk.corpus.of_streams import DYNAMODB, KINESIS

__all__ = ["DYNAMODB", "FIFO", "KINESIS", "SQS"]

AGREED = {"ESM305": WHY, "ESM309": WHY}


def _function(group: samples.Group) -> Any:
    return lambda at: at.function(alias="live", **group(at.stack))


def _queue(group: samples.Group) -> Any:
    return lambda at: esm.NewQueue(**group(at.stack))


def _stream(group: samples.Group) -> Any:
    return lambda at: esm.NewStream(**group(at.stack))


def _table(group: samples.Group) -> Any:
    return lambda at: esm.NewTable(ID_KEY, **group(at.stack))


def _bucket(group: samples.Group) -> Any:
    return lambda at: esm.OnFailure.bucket(esm.NewBucket(**group(at.stack)))


for _name, _group in samples.FUNCTION.items():
    SQS.add(f"function-{_name}", function=_function(_group), acknowledge=AGREED, bound=True, like="a-bound-stack")
for _name, _group in samples.QUEUE.items():
    SQS.add(f"queue-{_name}", queue=_queue(_group), acknowledge=AGREED)
for _name, _group in samples.FIFO.items():
    FIFO.add(f"queue-{_name}", queue=_queue(_group))
for _name, _group in samples.STREAM.items():
    KINESIS.add(f"stream-{_name}", stream=_stream(_group))
for _name, _group in samples.TABLE.items():
    DYNAMODB.add(f"table-{_name}", table=_table(_group), bound=True)
for _name, _group in samples.BUCKET.items():
    KINESIS.add(f"bucket-{_name}", on_failure=_bucket(_group))

FIFO.add("high-throughput", queue=esm.NewQueue(fifo_throughput="high"))
SQS.add("dead-letters-under-a-key-of-cdk", queue=esm.NewQueue(encryption=sqs.QueueEncryption.KMS))
SQS.add("log-group", function=lambda at: at.function(log_removal_policy=samples.KEEP))


def _scaled(at: Bench) -> esm.NewFunction:
    lost = destinations.SqsDestination(at.dead_letters(fifo=False))
    ready = esm.ScaledConcurrency(
        2,
        20,
        utilization_target=0.5,
        scale_in_cooldown=Duration.minutes(5),
        scale_out_cooldown=Duration.minutes(1),
    )
    alias = esm.NewAlias(
        "live",
        provisioned_concurrent_executions=ready,
        description="for the queue",
        additional_versions=[lambda_.VersionWeight(version=_other_version(at), weight=0.1)],
        max_event_age=Duration.hours(1),
        retry_attempts=1,
        on_failure=lost,
        on_success=lost,
    )
    return at.function(alias=alias)


def _other_version(at: Bench) -> lambda_.IVersion:
    return lambda_.Version.from_version_arn(
        at.stack, "Other", "arn:aws:lambda:eu-west-1:111122223333:function:fulfil:1"
    )


SQS.add("an-alias-that-scales", function=_scaled)
SQS.add(
    "an-alias-that-is-ready",
    function=lambda at: at.function(alias=esm.NewAlias("live", provisioned_concurrent_executions=5)),
)
