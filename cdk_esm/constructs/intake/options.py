"""What users hand to a construct: records of values that belong together, and new resources with what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, overload

from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import IConstruct
from typing_extensions import TypeVar

from cdk_esm.constructs.intake.calls import explains_keywords, explains_methods
from cdk_esm.constructs.intake.new_alias import NewAlias, ScaledConcurrency
from cdk_esm.constructs.intake.new_bucket import NewBucket
from cdk_esm.constructs.intake.new_function import NewFunction
from cdk_esm.constructs.intake.new_queue import NewQueue
from cdk_esm.constructs.intake.new_stream import NewStream
from cdk_esm.constructs.intake.new_table import NewTable

__all__ = [
    "NewAlias",
    "NewBucket",
    "NewFunction",
    "NewQueue",
    "NewStream",
    "NewTable",
    "NoDeadLetterQueue",
    "OnFailure",
    "ProvisionedPollers",
    "ScaledConcurrency",
    "SecretArn",
]

Destination_co = TypeVar("Destination_co", covariant=True, bound=IConstruct | None, default=IConstruct | None)
Bucket = TypeVar("Bucket", bound="s3.IBucket | s3.BucketBase")
Queue = TypeVar("Queue", bound="sqs.IQueue | sqs.QueueBase")
Topic = TypeVar("Topic", bound="sns.ITopic | sns.TopicBase")


@explains_methods
@dataclass(frozen=True)
class OnFailure(Generic[Destination_co]):
    """Where a record goes that the function cannot process; made by its methods, never directly."""

    kind: str
    target: Any = None
    reason: str | None = None

    @overload
    @staticmethod
    def bucket(bucket: NewBucket | None = None) -> OnFailure[s3.Bucket]: ...
    @overload
    @staticmethod
    def bucket(bucket: Bucket) -> OnFailure[Bucket]: ...
    @staticmethod
    def bucket(bucket: s3.IBucket | s3.BucketBase | NewBucket | None = None) -> OnFailure:
        """An S3 bucket, which gets the records themselves.

        Args:
            bucket: a bucket that exists, or a ``NewBucket`` for this mapping alone. By default one that the mappings of
                a stack share: each writes under its own key, but a role that may write for one may write for all. A
                bucket of its own separates them.
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
