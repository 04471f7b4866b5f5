"""What a filter can see of a record, source by source, and what becomes of a record that matches no filter.

Read from the Lambda developer guide (invocation-eventfiltering, with-sqs-filtering, with-kinesis-filtering,
with-ddb-filtering, kafka-filtering, with-mq-filtering) on 2026-11-20. What AWS was seen to do beyond those pages is
named ``proved``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from cdk_esm.sources import pages
from cdk_esm.sources.common import FILTERS_LIMIT, FILTERS_QUOTA

READ: Final = date(2026, 11, 20)

QUOTA: Final = FILTERS_QUOTA.value
"""Filters of one mapping, unless the quota was raised."""

MOST_FILTERS: Final = FILTERS_LIMIT.value
"""Filters of one mapping with the quota raised."""


@dataclass(frozen=True)
class RecordFacts:
    """How one source's records meet a filter.

    Args:
        kind: the source kind, as plans name it.
        label: the service's name for it.
        payload: the key of the payload in a pattern; ``None`` where the service offers no filters.
        encoding: how a record carries the payload: ``text``, ``base64`` or ``object``.
        envelope: the key of a record that holds payload and metadata; ``None`` where the record does itself.
        metadata: keys beside the payload, with those of a value that is an object set to True.
        proved: keys beside the payload on which AWS was seen to filter, though the page names the payload only.
        metadata_never_matches: the page names the payload only, and an unmatched record is lost for good.
        takes_text: a pattern may be for plain text; where not, the service refuses a pattern that is no JSON object.
        mismatch: a payload of the other form than the pattern's: ``unmatched``, or ``metadata`` where the rest of the
            pattern decides alone.
        unmatched: what the service does with a record that matches no filter.
        pages: the AWS pages.
        read: the day on which they were read.
    """

    kind: str
    label: str
    payload: str | None
    encoding: str
    envelope: str | None
    metadata: Mapping[str, bool]
    proved: tuple[str, ...]
    metadata_never_matches: bool
    takes_text: bool
    mismatch: str
    unmatched: str
    pages: tuple[str, ...]
    read: date = READ


_SQS_METADATA: Final = {
    "messageId": False,
    "receiptHandle": False,
    "attributes": True,
    "messageAttributes": True,
    "md5OfBody": False,
    "md5OfMessageAttributes": False,
    "eventSource": False,
    "eventSourceARN": False,
    "awsRegion": False,
}
_STREAM_METADATA: Final = {
    "eventID": False,
    "eventName": False,
    "eventSource": False,
    "eventSourceARN": False,
    "eventVersion": False,
    "awsRegion": False,
}
_KINESIS_METADATA: Final = {
    **_STREAM_METADATA,
    "invokeIdentityArn": False,
    "kinesisSchemaVersion": False,
    "partitionKey": False,
    "sequenceNumber": False,
    "approximateArrivalTimestamp": False,
}
_KAFKA_METADATA: Final = {
    "topic": False,
    "partition": False,
    "offset": False,
    "timestamp": False,
    "timestampType": False,
    "key": False,
    "headers": True,
}
_ACTIVEMQ_METADATA: Final = {
    "messageID": False,
    "messageType": False,
    "deliveryMode": False,
    "replyTo": False,
    "type": False,
    "expiration": False,
    "priority": False,
    "correlationId": False,
    "connectionId": False,
    "redelivered": False,
    "destination": True,
    "timestamp": False,
    "brokerInTime": False,
    "brokerOutTime": False,
    "properties": True,
}
_RABBITMQ_METADATA: Final = {"basicProperties": True, "redelivered": False}

_DELETED: Final = "deletes the message from the queue; it reaches neither the function nor a dead-letter queue"
_ADVANCED: Final = "moves the iterator past the record and never reads it again"
_COMMITTED: Final = "drops the record and commits its offset after the next successful invocation"
_ACKNOWLEDGED: Final = "acknowledges the message, so that the broker removes it"


_SQS: Final = RecordFacts(
    kind="sqs",
    label="Amazon SQS standard queue",
    payload="body",
    encoding="text",
    envelope=None,
    metadata=_SQS_METADATA,
    proved=(),
    metadata_never_matches=True,
    takes_text=True,
    mismatch="unmatched",
    unmatched=_DELETED,
    pages=(pages.FILTERS, pages.SQS_FILTERS),
)

_KINESIS: Final = RecordFacts(
    kind="kinesis",
    label="Amazon Kinesis stream",
    payload="data",
    encoding="base64",
    envelope="kinesis",
    metadata=_KINESIS_METADATA,
    proved=(),
    metadata_never_matches=False,
    takes_text=False,
    mismatch="unmatched",
    unmatched=_ADVANCED,
    pages=(pages.FILTERS, pages.KINESIS_FILTERS),
)

_KAFKA: Final = RecordFacts(
    kind="msk",
    label="Amazon MSK topic",
    payload="value",
    encoding="base64",
    envelope=None,
    metadata=_KAFKA_METADATA,
    proved=(),
    metadata_never_matches=False,
    takes_text=True,
    mismatch="metadata",
    unmatched=_COMMITTED,
    pages=(pages.FILTERS, pages.KAFKA_FILTERS),
)

_MQ: Final = RecordFacts(
    kind="activemq",
    label="Amazon MQ for ActiveMQ queue",
    payload="data",
    encoding="base64",
    envelope=None,
    metadata=_ACTIVEMQ_METADATA,
    proved=(),
    metadata_never_matches=False,
    takes_text=True,
    mismatch="metadata",
    unmatched=_ACKNOWLEDGED,
    pages=(pages.FILTERS, pages.MQ_FILTERS),
)

_DYNAMODB: Final = RecordFacts(
    kind="dynamodb",
    label="Amazon DynamoDB stream",
    payload="dynamodb",
    encoding="object",
    envelope=None,
    metadata=_STREAM_METADATA,
    proved=("eventName", "eventSource"),
    metadata_never_matches=False,
    takes_text=False,
    mismatch="unmatched",
    unmatched=_ADVANCED,
    pages=(pages.FILTERS, pages.DYNAMODB_FILTERS),
)

_DOCUMENTDB: Final = RecordFacts(
    kind="documentdb",
    label="Amazon DocumentDB",
    payload=None,
    encoding="object",
    envelope=None,
    metadata={},
    proved=(),
    metadata_never_matches=False,
    takes_text=False,
    mismatch="unmatched",
    unmatched="offers no filters for the source",
    pages=(pages.FILTERS,),
)

RECORDS: Final[Mapping[str, RecordFacts]] = {
    facts.kind: facts
    for facts in (
        _SQS,
        replace(_SQS, kind="sqs-fifo", label="Amazon SQS FIFO queue"),
        _KINESIS,
        replace(_KINESIS, kind="kinesis-efo", label="Amazon Kinesis stream with enhanced fan-out"),
        _DYNAMODB,
        _KAFKA,
        replace(_KAFKA, kind="msk-serverless", label="Amazon MSK Serverless topic"),
        replace(_KAFKA, kind="self-managed-kafka", label="self-managed Apache Kafka topic"),
        _MQ,
        replace(_MQ, kind="rabbitmq", label="Amazon MQ for RabbitMQ queue", metadata=_RABBITMQ_METADATA),
        _DOCUMENTDB,
    )
}
"""Source kind to what a filter can see of its records."""
