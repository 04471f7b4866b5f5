"""What users write, for type checkers alone: every record with every keyword, and all that each takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_type

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm


def records(key: kms.Key, function: lambda_.IFunction, queue: sqs.Queue, other: sqs.IQueue) -> None:
    esm.Imported(
        resource=function,
        timeout=cdk.Duration.seconds(30),
        memory_size=512,
        reserved_concurrent_executions=5,
        visibility_timeout=cdk.Duration.minutes(5),
        retention_period=cdk.Duration.days(4),
        delivery_delay=cdk.Duration.seconds(1),
        max_receive_count=5,
        dead_letter_queue=queue,
    )
    esm.Imported(other, dead_letter_queue=esm.Imported(queue, retention_period=cdk.Duration.days(14)))
    esm.Imported(other, dead_letter_queue=esm.NoDeadLetterQueue(reason="clicks may go"))
    esm.ProvisionedPollers(minimum=2, maximum=10, group="orders")
    esm.SecretArn(arn="arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf", encryption_key=key)
    esm.SecretArn("arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf", encryption_key="arn:aws:kms:…")
    esm.MappingValidation(everyone=True)


def who_is_told(stack: cdk.Stack, topic: sns.Topic, imported: sns.ITopic) -> esm.Alarms:
    reboot = actions.Ec2Action(actions.Ec2InstanceAction.REBOOT)
    some: Sequence[cloudwatch.IAlarmAction] = []
    esm.Alarms(notify=some)
    esm.Alarms(notify={"page": [topic], "ticket": [imported]})
    esm.Alarms(off="a stack for trials")
    esm.Alarms(notify=[imported, reboot, actions.LambdaAction(lambda_.Function.from_function_name(stack, "F", "f"))])
    return esm.Alarms(
        notify=[topic, actions.SnsAction(imported)],
        thresholds={"age": 60},
        off={"errors": "watched elsewhere"},
        grant=False,
        periods={"age": cdk.Duration.minutes(5)},
        severities={"age": "page"},
        notify_ok=True,
    )


def where_failures_go(bucket: s3.Bucket, queue: sqs.IQueue, topic: sns.Topic) -> None:
    assert_type(esm.OnFailure.bucket(), esm.OnFailure[s3.Bucket])
    assert_type(esm.OnFailure.bucket(bucket=bucket), esm.OnFailure[s3.Bucket])
    assert_type(esm.OnFailure.bucket(esm.NewBucket()), esm.OnFailure[s3.Bucket])
    assert_type(esm.OnFailure.queue(queue=queue), esm.OnFailure[sqs.IQueue])
    assert_type(esm.OnFailure.topic(topic=topic), esm.OnFailure[sns.Topic])
    esm.OnFailure.kafka_topic(name="failed")
    esm.OnFailure.discard(reason="clicks may go")
