"""Streams, consumers, tables and destinations that were made elsewhere."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

KEY = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
BOTH_IMAGES = dynamodb.StreamViewType.NEW_AND_OLD_IMAGES


def a_stream(stack: cdk.Stack, *, key: kms.IKey | None = None, **changes: Any) -> kinesis.Stream:
    """A stream as CDK's L2 makes it, which keeps records for three days."""
    made = {"retention_period": cdk.Duration.days(3), "encryption_key": key}
    return kinesis.Stream(stack, "OldStream", **{**made, **changes})


def a_consumer(stack: cdk.Stack, stream: kinesis.IStream) -> kinesis.StreamConsumer:
    """An enhanced fan-out consumer as CDK's L2 makes it."""
    return kinesis.StreamConsumer(stack, "OldConsumer", stream=stream, stream_consumer_name="clicks")


def a_table(stack: cdk.Stack, *, key: kms.IKey | None = None, **changes: Any) -> dynamodb.TableV2:
    """A table as CDK's L2 makes it, with a stream that carries both images."""
    encryption = None if key is None else dynamodb.TableEncryptionV2.customer_managed_key(key)
    made = {"partition_key": KEY, "dynamo_stream": BOTH_IMAGES, "encryption": encryption}
    return dynamodb.TableV2(stack, "OldTable", **{**made, **changes})


def a_bucket(stack: cdk.Stack, key: kms.IKey | None = None) -> s3.Bucket:
    return s3.Bucket(stack, "OldBucket", encryption_key=key)


def a_queue(stack: cdk.Stack, key: kms.IKey | None = None) -> sqs.Queue:
    return sqs.Queue(stack, "OldQueue", encryption_master_key=key)


def a_topic(stack: cdk.Stack, key: kms.IKey | None = None) -> sns.Topic:
    return sns.Topic(stack, "OldTopic", master_key=key)
