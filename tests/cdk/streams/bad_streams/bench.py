"""Where a case about streams stands: the bench of the queues' cases, with what streams need beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

from tests.cdk.bad_input.bench import ACCOUNT, REGION, Bench
from tests.cdk.streams.existing import KEY, a_consumer, a_stream, a_table

ID: Final = "Clicks"
START: Final = lambda_.StartingPosition.TRIM_HORIZON
LATEST: Final = lambda_.StartingPosition.LATEST
AT_TIMESTAMP: Final = lambda_.StartingPosition.AT_TIMESTAMP
VIEW: Final = dynamodb.StreamViewType


def arn(service: str, name: str, *, region: str = REGION, account: str = ACCOUNT) -> str:
    return f"arn:aws:{service}:{region}:{account}:{name}"


@dataclass(frozen=True)
class StreamBench(Bench):
    """What a case may use, each made when it is asked for."""

    def stream(self, **changes: Any) -> kinesis.Stream:
        """A stream that was made before."""
        return a_stream(self.stack, **changes)

    def known_stream(self, **place: str) -> kinesis.IStream:
        """A stream that was made elsewhere, by its ARN."""
        return kinesis.Stream.from_stream_arn(self.stack, "Known", arn("kinesis", "stream/clicks", **place))

    def consumer(self) -> kinesis.StreamConsumer:
        """A consumer that was made before, of a stream that was."""
        return a_consumer(self.stack, self.stream())

    def known_consumer(self) -> kinesis.IStreamConsumer:
        """A consumer that was made elsewhere, by its ARN."""
        consumer = arn("kinesis", "stream/clicks/consumer/theirs:1700000000")
        return kinesis.StreamConsumer.from_stream_consumer_arn(self.stack, "KnownConsumer", consumer)

    def table(self, **changes: Any) -> dynamodb.TableV2:
        """A table that was made before, with a stream."""
        return a_table(self.stack, **changes)

    def old_table(self, **changes: Any) -> dynamodb.Table:
        """A table that was made before, with CDK's first construct for it."""
        return dynamodb.Table(self.stack, "FirstTable", partition_key=KEY, **changes)

    def bucket(self) -> s3.Bucket:
        return s3.Bucket(self.stack, "Bucket")

    def plain_queue(self, **changes: Any) -> sqs.Queue:
        """A queue without more: a destination needs no dead-letter queue."""
        return sqs.Queue(self.stack, "Plain", **changes)

    def topic(self, **changes: Any) -> sns.Topic:
        return sns.Topic(self.stack, "Topic", **changes)

    def elsewhere(self) -> cdk.Stack:
        """A stack of another Region."""
        return self.neighbour(region="us-east-1", account=ACCOUNT)
