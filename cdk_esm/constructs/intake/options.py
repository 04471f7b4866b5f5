"""What users hand to a construct: records of values that belong together, and new resources with what may be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from pathlib import Path
from typing import Any, Generic, overload

from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import IConstruct
from typing_extensions import TypeVar

from cdk_esm.constructs.intake.calls import explains_keywords, explains_methods

GivenAlias_co = TypeVar("GivenAlias_co", covariant=True, bound=str | None, default=str | None)
Destination_co = TypeVar("Destination_co", covariant=True, bound=IConstruct | None, default=IConstruct | None)
Bucket = TypeVar("Bucket", bound="s3.IBucket | s3.BucketBase")
Queue = TypeVar("Queue", bound="sqs.IQueue | sqs.QueueBase")
Topic = TypeVar("Topic", bound="sns.ITopic | sns.TopicBase")


@explains_keywords
@dataclass(frozen=True)
class NewFunction(Generic[GivenAlias_co]):
    """A function that the construct makes, with its own role and log group.

    Args:
        code: a folder or an archive, as a path, or any ``lambda_.Code``. A path is looked at before anything is made:
            it must exist, hold the handler (of Python, Node.js or Java, or the ``bootstrap`` of a custom runtime),
            and hold nothing that was built for another processor than the function's.
        handler: the module and the function in it, such as ``"app.handler"``.
        runtime: by default the newest Python runtime that this major version knows, Python 3.14.
        timeout: how long one invocation may take, 1 to 1,800 seconds; above 900 the API model of Lambda allows it, and
            its guide does not (ESM120). By default 30 seconds. Our choice: long enough
            for a batch of ten calls to a service, short enough that the queue's visibility timeout stays at minutes.
        memory_mb: 128 to 10,240 MB. By default 512 MB. Our choice: below it a Python handler starts slowly.
        environment: environment variables.
        reserved_concurrency: the function's own share of the account's concurrency. By default none is reserved.
        architecture: by default arm64.
        layers: layers, in their order.
        description: what the function does.
        log_retention: how long its log group keeps entries. By default 30 days. Our choice.
        tracing: whether X-Ray traces it. By default it does.
        vpc: a VPC to run in. By default none; an event source mapping does not need one.
        vpc_subnets: which subnets of the VPC. By default CDK's choice, the private ones.
        security_groups: by default CDK makes one.
        environment_encryption: a key for the environment variables. By default Lambda's own.
        alias: the name of an alias on the function's current version, which the mapping then invokes. By default the
            mapping invokes the function itself (``$LATEST``).
    """

    code: str | Path | lambda_.Code
    handler: str
    _: KW_ONLY
    runtime: lambda_.Runtime | None = None
    timeout: Duration | None = None
    memory_mb: int | None = None
    environment: Mapping[str, str] | None = None
    reserved_concurrency: int | None = None
    architecture: lambda_.Architecture | None = None
    layers: Sequence[lambda_.ILayerVersion] = ()
    description: str | None = None
    log_retention: logs.RetentionDays | None = None
    tracing: bool = True
    vpc: ec2.IVpc | None = None
    vpc_subnets: ec2.SubnetSelection | None = None
    security_groups: Sequence[ec2.ISecurityGroup] | None = None
    environment_encryption: kms.IKey | kms.Key | None = None
    alias: GivenAlias_co = None  # type: ignore[assignment]  # what is not given is None


@explains_keywords
@dataclass(frozen=True, kw_only=True)
class NewQueue:
    """A queue that the construct makes: encrypted, TLS-only, retained.

    Args:
        retention: how long it keeps a message, 60 seconds to 14 days. By default the service's 4 days for a source,
            14 days for a dead-letter queue.
        encryption_key: a KMS key. By default SQS encrypts with its own keys (SSE-SQS).
        delivery_delay: how long a message stays hidden after it is sent, up to 15 minutes. By default none.
        visibility_timeout: how long a message stays hidden after a receive, up to 12 hours. By default what follows
            from the function's timeout for a source, and the service's 30 seconds for a dead-letter queue.
        content_based_deduplication: FIFO only: SQS derives the deduplication id from the body. By default the sender
            gives one.
    """

    retention: Duration | None = None
    encryption_key: kms.IKey | kms.Key | None = None
    delivery_delay: Duration | None = None
    visibility_timeout: Duration | None = None
    content_based_deduplication: bool | None = None


@explains_keywords
@dataclass(frozen=True, kw_only=True)
class NewStream:
    """A Kinesis data stream that the construct makes: encrypted and retained.

    Args:
        shard_count: its shards. By default it scales by itself (on-demand).
        retention: how long it keeps a record, 24 hours to 365 days. By default 72 hours. Our choice: a fault on Friday
            evening can be mended on Monday.
        encryption_key: a KMS key. By default the one that AWS manages for Kinesis.
    """

    shard_count: int | None = None
    retention: Duration | None = None
    encryption_key: kms.IKey | kms.Key | None = None


@explains_keywords
@dataclass(frozen=True)
class NewTable:
    """A DynamoDB table that the construct makes: on-demand, with point-in-time recovery, a stream, and retained.

    Args:
        partition_key: the partition key's name and type.
        sort_key: the sort key's name and type. By default there is none.
        stream_view: which images the stream carries. By default the new and the old one.
        encryption_key: a KMS key. By default the one that DynamoDB owns.
    """

    partition_key: dynamodb.Attribute
    _: KW_ONLY
    sort_key: dynamodb.Attribute | None = None
    stream_view: dynamodb.StreamViewType | None = None
    encryption_key: kms.IKey | kms.Key | None = None


@explains_methods
@dataclass(frozen=True)
class OnFailure(Generic[Destination_co]):
    """Where a record goes that the function cannot process; made by its methods, never directly."""

    kind: str
    target: Any = None
    reason: str | None = None

    @overload
    @staticmethod
    def bucket(bucket: None = None) -> OnFailure[s3.Bucket]: ...
    @overload
    @staticmethod
    def bucket(bucket: Bucket) -> OnFailure[Bucket]: ...
    @staticmethod
    def bucket(bucket: s3.IBucket | s3.BucketBase | None = None) -> OnFailure:
        """An S3 bucket, which gets the records themselves.

        Args:
            bucket: a bucket that exists. By default one that the mappings of a stack share: each writes under its
                own key, but a role that may write for one may write for all. Your own bucket separates them.
        """
        return OnFailure("bucket", bucket)

    @overload
    @staticmethod
    def queue(queue: None = None) -> OnFailure[sqs.Queue]: ...
    @overload
    @staticmethod
    def queue(queue: Queue) -> OnFailure[Queue]: ...
    @staticmethod
    def queue(queue: sqs.IQueue | sqs.QueueBase | None = None) -> OnFailure:
        """A standard queue, which gets the positions of the records, and not the records.

        Args:
            queue: a queue that exists. By default a new one that keeps messages for 14 days.
        """
        return OnFailure("queue", queue)

    @overload
    @staticmethod
    def topic(topic: None = None) -> OnFailure[sns.Topic]: ...
    @overload
    @staticmethod
    def topic(topic: Topic) -> OnFailure[Topic]: ...
    @staticmethod
    def topic(topic: sns.ITopic | sns.TopicBase | None = None) -> OnFailure:
        """A standard topic, which gets the positions of the records, and not the records.

        Args:
            topic: a topic that exists. By default a new one.
        """
        return OnFailure("topic", topic)

    @staticmethod
    def kafka_topic(name: str) -> OnFailure[None]:
        """Another topic of the same Kafka cluster, which gets the records themselves, each with its key.

        It needs provisioned pollers (ESM229), and cannot be the topic that the mapping reads (ESM230).

        Args:
            name: the name of the topic.
        """
        return OnFailure("kafka-topic", name)

    @staticmethod
    def discard(*, reason: str) -> OnFailure[None]:
        """Nowhere: a record that fails is given up.

        Args:
            reason: why that is right here; it is written in the report and in the template.
        """
        return OnFailure("discard", reason=reason)


@explains_keywords
@dataclass(frozen=True)
class SecretArn:
    """A secret of AWS Secrets Manager that exists elsewhere, by its ARN, with the key that encrypts it.

    An ``ISecret`` of CDK does as well, and an imported one should name its key, too
    (``Secret.from_secret_attributes(…, encryption_key=…)``): the role can be allowed to decrypt with a known key only.

    Args:
        arn: its complete ARN, with the six characters that Secrets Manager adds to the name; a token is taken. The
            secret must be in the function's Region (ESM411).
        encryption_key: its own KMS key, as a key of CDK or by the key's ARN, for which the role gets ``kms:Decrypt``.
            By default the key that AWS manages for Secrets Manager, which needs no permission.
    """

    arn: str
    encryption_key: kms.IKey | kms.Key | str | None = None


@explains_keywords
@dataclass(frozen=True)
class NoDeadLetterQueue:
    """Consent to having no dead-letter queue: a message that fails is tried again until its retention ends.

    Args:
        reason: why that is right here; it is written in the report and in the template.
    """

    reason: str


@explains_keywords
@dataclass(frozen=True)
class ProvisionedPollers:
    """The mapping's own pollers, instead of the shared ones that scale by themselves.

    Args:
        minimum: pollers that are always there, 2 to 200 for SQS, 1 to 200 for Kafka.
        maximum: the maximum number of pollers, the minimum to 10,000 for SQS, where each can invoke ten times at once,
            and to 2,000 for Kafka, where there are never more than partitions.
        group: the name of a group of mappings that share their pollers' capacity, in one VPC; Kafka only. Pollers are
            most of what provisioned mode costs: AWS bills units of capacity, and mappings that each use a part of one
            pay for it once if they are a group. By default the mapping pays for its own units.
    """

    minimum: int
    maximum: int
    group: str | None = None
