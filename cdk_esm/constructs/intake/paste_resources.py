"""What to write in the place of a resource that came as its ARN or as its L1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FROM_ARN: Final[Mapping[str, tuple[str, str]]] = {
    "function": ("lambda", 'lambda_.Function.from_function_arn(self, "Function", {!r})'),
    "queue": ("sqs", 'sqs.Queue.from_queue_arn(self, "Queue", {!r})'),
    "dead_letter_queue": ("sqs", 'sqs.Queue.from_queue_arn(self, "DeadLetters", {!r})'),
    "stream": ("kinesis", 'kinesis.Stream.from_stream_arn(self, "Stream", {!r})'),
    "table": (
        "dynamodb",
        'dynamodb.Table.from_table_attributes(self, "Table", table_arn={!r}, table_stream_arn="<ARN of its stream>")',
    ),
    "encryption_key": ("kms", 'kms.Key.from_key_arn(self, "Key", {!r})'),
    "filter_encryption": ("kms", 'kms.Key.from_key_arn(self, "Key", {!r})'),
    "environment_encryption": ("kms", 'kms.Key.from_key_arn(self, "Key", {!r})'),
    "role": ("iam", 'iam.Role.from_role_arn(self, "Role", {!r})'),
    "on_failure.bucket": ("s3", 'esm.OnFailure.bucket(s3.Bucket.from_bucket_arn(self, "Failed", {!r}))'),
    "on_failure.queue": ("sqs", 'esm.OnFailure.queue(sqs.Queue.from_queue_arn(self, "Failed", {!r}))'),
    "on_failure.topic": ("sns", 'esm.OnFailure.topic(sns.Topic.from_topic_arn(self, "Failed", {!r}))'),
}
"""By keyword: the service whose ARN it names, and what CDK makes of such an ARN."""
_OF_L1: Final[Mapping[str, tuple[str, str]]] = {
    "CfnFunction": (
        "lambda",
        (
            'lambda_.Function.from_function_attributes(self, "Function", function_arn=function.attr_arn, role=role, '
            "same_environment=True), with its role"
        ),
    ),
    "CfnQueue": ("sqs", "queue.attr_arn"),
    "CfnStream": ("kinesis", "stream.attr_arn"),
    "CfnTable": (
        "dynamodb",
        (
            'dynamodb.Table.from_table_attributes(self, "Table", table_arn=table.attr_arn, '
            "table_stream_arn=table.attr_stream_arn)"
        ),
    ),
    "CfnKey": ("kms", "key.attr_arn"),
    "CfnBucket": ("s3", "bucket.attr_arn"),
    "CfnTopic": ("sns", "topic.ref"),
}
"""By the class of an L1: the service that it is of, and its ARN or all of what CDK makes of it."""
_DESTINATIONS: Final = {"s3": "on_failure.bucket", "sqs": "on_failure.queue", "sns": "on_failure.topic"}


def by_arn(keyword: str, got: str) -> str | None:
    """A resource by the ARN that came in its place."""
    service = got.split(":")[2] if got.startswith("arn:") and got.count(":") >= 5 else ""  # noqa: PLR2004 - an ARN's parts
    if keyword == "on_failure":
        keyword = _DESTINATIONS.get(service, "")
    wanted, written = FROM_ARN.get(keyword, ("", ""))
    return written.format(got) if wanted and wanted == service else None


def by_l1(keyword: str, kind: str) -> str | None:
    """A resource by the L1 that came in its place."""
    if kind == "CfnStreamConsumer" and keyword == "enhanced_fan_out":
        return (
            "consumer, a kinesis.StreamConsumer in the place of the L1, whose logical id "
            "consumer.node.default_child.override_logical_id(...) keeps: CDK imports no consumer of its own stack"
        )
    service, arn = _OF_L1.get(kind, ("", ""))
    if keyword == "on_failure":
        keyword = _DESTINATIONS.get(service, "")
    wanted, written = FROM_ARN.get(keyword, ("", ""))
    if not wanted or wanted != service:
        return None
    return arn if "(" in arn else written.replace("{!r}", arn)
