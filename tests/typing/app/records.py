"""What users write, for type checkers alone: every record with every keyword, and all that each takes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import assert_type

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm


def functions(stack: cdk.Stack, layer: lambda_.LayerVersion, vpc: ec2.Vpc, group: ec2.SecurityGroup) -> None:
    esm.NewFunction(
        code=Path("handlers/orders"),
        handler="app.handler",
        runtime=lambda_.Runtime.PYTHON_3_14,
        timeout=cdk.Duration.seconds(30),
        memory_mb=512,
        environment={"STAGE": "test"},
        reserved_concurrency=20,
        architecture=lambda_.Architecture.ARM_64,
        layers=[layer],
        description="takes orders",
        log_retention=logs.RetentionDays.ONE_MONTH,
        tracing=True,
        vpc=vpc,
        vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
        security_groups=[group],
        environment_encryption=kms.Key(stack, "Key"),
        alias="live",
    )
    esm.NewFunction("handlers/orders", "app.handler")
    esm.NewFunction(lambda_.Code.from_asset("handlers/orders"), "app.handler")


def sources_to_make(stack: cdk.Stack, key: kms.Key, imported: kms.IKey) -> None:
    esm.NewQueue(
        retention=cdk.Duration.days(4),
        encryption_key=key,
        delivery_delay=cdk.Duration.seconds(5),
        visibility_timeout=cdk.Duration.minutes(5),
        content_based_deduplication=True,
    )
    esm.NewQueue(encryption_key=imported)
    esm.NewStream(shard_count=2, retention=cdk.Duration.days(7), encryption_key=key)
    esm.NewStream(encryption_key=imported)
    esm.NewTable(
        partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
        sort_key=dynamodb.Attribute(name="at", type=dynamodb.AttributeType.NUMBER),
        stream_view=dynamodb.StreamViewType.NEW_IMAGE,
        encryption_key=key,
    )
    esm.NewTable(
        dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING), encryption_key=kms.Key(stack, "Own")
    )


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
    esm.Alarms(notify=[imported, reboot, actions.LambdaAction(lambda_.Function.from_function_name(stack, "F", "f"))])
    return esm.Alarms(
        notify=[topic, actions.SnsAction(imported)],
        thresholds={"age": 60},
        off={"errors": "watched elsewhere"},
        grant=False,
    )


def where_failures_go(bucket: s3.Bucket, queue: sqs.IQueue, topic: sns.Topic) -> None:
    assert_type(esm.OnFailure.bucket(), esm.OnFailure[s3.Bucket])
    assert_type(esm.OnFailure.bucket(bucket=bucket), esm.OnFailure[s3.Bucket])
    assert_type(esm.OnFailure.queue(queue=queue), esm.OnFailure[sqs.IQueue])
    assert_type(esm.OnFailure.topic(topic=topic), esm.OnFailure[sns.Topic])
    esm.OnFailure.kafka_topic(name="failed")
    esm.OnFailure.discard(reason="clicks may go")
