"""What services put around a payload when they send it to a queue or a stream.

Read from the Amazon SNS guide (sns-large-payload-raw-message-delivery, SendMessageToSQS, fifo-message-delivery), the
Amazon EventBridge guide (eb-events-structure) and its API reference of Scheduler (API_Target), the Amazon S3 guide
(notification-content-structure, how-to-enable-disable-notification-intro), the Amazon CloudWatch Logs guide
(SubscriptionFilters) and the Amazon DynamoDB guide (kds_gettingstarted) on 2026-11-28.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from cdk_esm.sources import pages
from cdk_esm.sources.resource_facts import Kind


class Leaf(Enum):
    """What a place in a document holds, if it holds no fields that are known."""

    TEXT = "a text"
    NUMBER = "a number"
    FLAG = "true or false"
    ANYTHING = "anything"
    """Nobody can tell: the payload itself, or what its sender chooses."""

    SCALAR = "a text or a number"
    """The page shows a value, and does not say how it is written."""


@dataclass(frozen=True)
class Members:
    """A list, of which each member looks the same."""

    each: Shape


@dataclass(frozen=True)
class Named:
    """An object whose keys the sender chooses, with the same behind each of them."""

    each: Shape


Shape: TypeAlias = Leaf | Members | Named | Mapping[str, "Shape"]
"""What a document looks like: an object by its keys, or what a leaf or a list holds. A key may be missing."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What a service sends in the place of the payload.

    Args:
        key: its word in plans.
        sender: the service, as its own pages call it.
        documents: the documents that it sends; empty if what it sends is no JSON.
        payload: where in them the payload is, in words.
        as_text: the keys that lead to the payload, if the envelope holds it as a text, into which no filter sees.
        page: the page that shows it.
    """

    key: str
    sender: str
    documents: tuple[Mapping[str, Shape], ...]
    payload: str
    as_text: tuple[str, ...] = ()
    page: str


_T: Final = Leaf.TEXT
_ITEM: Final = "dynamodb"
"""The field with the item, in what a table sends."""
_OF_SNS: Final[Mapping[str, Shape]] = {
    **dict.fromkeys(("Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp", "UnsubscribeURL"), _T),
    **dict.fromkeys(
        ("SignatureVersion", "Signature", "SigningCertURL", "SigningCertUrl", "SequenceNumber"), Leaf.SCALAR
    ),
    **dict.fromkeys(("Token", "SubscribeURL"), _T),  # of a subscription that is to be confirmed
    "MessageAttributes": Named({"Type": _T, "Value": _T}),
}
_OF_S3: Final[Mapping[str, Shape]] = {
    **dict.fromkeys(("eventVersion", "eventSource", "awsRegion", "eventTime", "eventName"), _T),
    "userIdentity": {"principalId": _T},
    "requestParameters": {"sourceIPAddress": _T},
    "responseElements": {"x-amz-request-id": _T, "x-amz-id-2": _T},
    "s3": {
        "s3SchemaVersion": _T,
        "configurationId": _T,
        "bucket": {"name": _T, "ownerIdentity": {"principalId": _T}, "arn": _T},
        "object": {"key": _T, "size": Leaf.NUMBER, "eTag": _T, "versionId": _T, "sequencer": _T},
    },
    # What only some events carry: the page lists them, and will list more.
    **dict.fromkeys(
        ("glacierEventData", "replicationEventData", "intelligentTieringEventData", "lifecycleEventData"), Leaf.ANYTHING
    ),
}

SNS: Final = Envelope(
    key="sns",
    sender="Amazon SNS",
    documents=(_OF_SNS,),
    payload="as a text under Message",
    as_text=("Message",),
    page=pages.SNS_RAW_DELIVERY,
)
EVENT: Final = Envelope(
    key="event",
    sender="Amazon EventBridge",
    documents=(
        {
            **dict.fromkeys(("version", "id", "detail-type", "source", "account", "time", "region"), _T),
            "replay-name": _T,
            "resources": Members(_T),
            "detail": Leaf.ANYTHING,
        },
    ),
    payload="under detail",
    page=pages.EVENTBRIDGE_EVENTS,
)
S3: Final = Envelope(
    key="s3",
    sender="Amazon S3",
    documents=(
        {"Records": Members(_OF_S3)},
        dict.fromkeys(("Service", "Event", "Time", "Bucket", "RequestId", "HostId"), _T),  # s3:TestEvent
    ),
    payload="in the bucket, and what happened to it under Records",
    page=pages.S3_EVENTS,
)
LOGS: Final = Envelope(
    key="logs",
    sender="Amazon CloudWatch Logs",
    documents=(),
    payload="compressed with gzip, which is no JSON",
    page=pages.LOGS_SUBSCRIPTIONS,
)
TABLE: Final = Envelope(
    key="table",
    sender="Amazon DynamoDB",
    documents=(
        {
            **dict.fromkeys(("awsRegion", "eventID", "eventName", "recordFormat", "tableName", "eventSource"), _T),
            "userIdentity": Leaf.ANYTHING,
            _ITEM: Leaf.ANYTHING,
        },
    ),
    payload=f"under {_ITEM}",
    page=pages.DYNAMODB_KINESIS,
)


def _of_pipe(source: Kind, *fields: str) -> Envelope:
    """The record of its source, which a pipe sends if nothing makes something else of it."""
    common = ("eventSource", "eventSourceARN", "awsRegion")
    return Envelope(
        key=f"record of a {source}",
        sender="Amazon EventBridge Pipes",
        documents=(dict.fromkeys((*common, *fields), Leaf.ANYTHING),),
        payload=f"under {fields[0]}",
        page=pages.PIPES,
    )


_OF_STREAMS: Final = ("eventID", "eventName", "eventVersion")
_OF_TABLE: Final = _of_pipe(Kind.TABLE, _ITEM, "userIdentity", "tableName", *_OF_STREAMS)
PIPES: Final[Mapping[Kind, Envelope]] = {
    Kind.QUEUE: _of_pipe(
        Kind.QUEUE,
        "body",
        *("messageId", "receiptHandle", "attributes", "messageAttributes", "md5OfBody", "md5OfMessageAttributes"),
    ),
    Kind.STREAM: _of_pipe(
        Kind.STREAM,
        "data",
        *("kinesisSchemaVersion", "partitionKey", "sequenceNumber", "approximateArrivalTimestamp"),
        *("invokeIdentityArn", "encryptionType", *_OF_STREAMS),
    ),
    Kind.TABLE: _OF_TABLE,
    Kind.GLOBAL_TABLE: _OF_TABLE,
}
"""What is at the source of a pipe to what the pipe sends."""

ENVELOPES: Final[Mapping[str, Envelope]] = {one.key: one for one in (SNS, EVENT, S3, LOGS, TABLE, *PIPES.values())}
"""Every envelope by its word."""
