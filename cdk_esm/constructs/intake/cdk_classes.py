"""What a New… record speaks for: the class of CDK, its page, and the few of its properties that are not taken."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from typing import Any, Final

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs

from cdk_esm.sources import pages


@dataclass(frozen=True)
class Declined:
    """A property of CDK that a record does not take.

    Args:
        reason: why not.
        instead: what to do in its place.
    """

    reason: str
    instead: str


@dataclass(frozen=True, eq=False)
class OfCdk:
    """The class of CDK that is made of a record.

    Args:
        constructors: the class, and others that take further properties.
        written: how Python code names it.
        slot: the keyword that takes what a user makes with it.
        page: where CDK documents it.
        declined: the properties that the record does not take.
        former: what a keyword was called before, by the former name; those names go on working.
        own: keywords of ours that CDK does not have.
        needed: keywords that are needed unless the rest of the call says otherwise, with what they take.
    """

    constructors: tuple[Any, ...]
    written: str
    slot: str
    page: str
    declined: Mapping[str, Declined] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    needed: Mapping[str, tuple[str, Callable[[Mapping[str, object]], bool]]] = field(default_factory=dict)

    @cached_property
    def properties(self) -> tuple[str, ...]:
        """What the constructor takes in the aws-cdk-lib that is installed, in its order."""
        every = (name for one in self.constructors for name in inspect.signature(one.__init__).parameters)
        return tuple(dict.fromkeys(name for name in every if name not in {"self", "scope", "id"}))

    @property
    def by_hand(self) -> str:
        """What to do for whatever the record does not have."""
        return f"make it with CDK, {self.written}(…), and pass that as {self.slot}"


_NO_CUSTOM_RESOURCE: Final = Declined(
    "it is about a custom resource that sets the retention afterwards; here the log group is made with it",
    "leave it out; log_retention alone does it",
)
_NO_SITE: Final = Declined(
    "failed records are nobody's web site",
    "leave it out, or make it with CDK, s3.Bucket(…), and pass OnFailure.bucket(bucket)",
)


def _is_image(code: object) -> bool:
    """Whether code is an image, which names its own handler."""
    return isinstance(code, lambda_.DockerImageCode)


OF_CDK: Final[Mapping[str, OfCdk]] = {
    "NewFunction": OfCdk(
        (lambda_.Function, lambda_.DockerImageFunction),
        "lambda_.Function",
        "function",
        pages.CDK_LAMBDA,
        declined={
            "log_retention_role": _NO_CUSTOM_RESOURCE,
            "log_retention_retry_options": _NO_CUSTOM_RESOURCE,
        },
        former={"memory_mb": "memory_size", "reserved_concurrency": "reserved_concurrent_executions"},
        own=frozenset({"alias"}),
        needed={"handler": ('a text such as "app.handler"', lambda call: not _is_image(call.get("code")))},
    ),
    "NewQueue": OfCdk(
        (sqs.Queue,),
        "sqs.Queue",
        "queue",
        pages.CDK_SQS,
        declined={
            "dead_letter_queue": Declined(
                "the construct makes it, so that its retention and its key fit the source",
                "say it to the construct: dead_letter_queue=…, max_receive_count=…",
            )
        },
        former={"retention": "retention_period", "encryption_key": "encryption_master_key"},
        own=frozenset({"fifo_throughput"}),
    ),
    "NewStream": OfCdk(
        (kinesis.Stream,),
        "kinesis.Stream",
        "stream",
        pages.CDK_KINESIS,
        former={"retention": "retention_period"},
    ),
    "NewTable": OfCdk(
        (dynamodb.TableV2,),
        "dynamodb.TableV2",
        "table",
        pages.CDK_DYNAMODB,
        former={"stream_view": "dynamo_stream", "encryption_key": "encryption"},
    ),
    "NewBucket": OfCdk(
        (s3.Bucket,),
        "s3.Bucket",
        "on_failure=OnFailure.bucket(…)",
        pages.CDK_S3,
        declined=dict.fromkeys(
            (
                "public_read_access",
                "website_error_document",
                "website_index_document",
                "website_redirect",
                "website_routing_rules",
            ),
            _NO_SITE,
        ),
    ),
    "NewAlias": OfCdk(
        (lambda_.Alias,),
        "lambda_.Alias",
        "function",
        pages.CDK_LAMBDA,
        declined={"version": Declined("it is on the version that CDK publishes of the new function", "leave it out")},
    ),
}
"""By the name of the record."""


def installed() -> str:
    """The version of aws-cdk-lib that is installed."""
    return version("aws-cdk-lib")
