"""Settings that standard and FIFO queues share, and nobody else has.

Read from the Lambda developer guide (with-sqs, services-sqs-parameters, services-sqs-scaling) on 2026-11-20.
"""

from collections.abc import Mapping
from typing import Final

from cdk_esm.facts import Figure, Form, Grant, Neighbour, Setting, When
from cdk_esm.record_shape import RecordShape
from cdk_esm.sources import pages

QUEUE_ARN: Final = Setting(
    "EventSourceArn", Form.TEXT, pages.SQS_PARAMETERS, keyword="queue", required=True, create_only=True
)
SCALING: Final = Setting("ScalingConfig", Form.RECORD, pages.SQS_SCALING)
MAXIMUM_CONCURRENCY: Final = Setting(
    "ScalingConfig.MaximumConcurrency",
    Form.INTEGER,
    pages.SQS_SCALING,
    keyword="max_concurrency",
    minimum=2,
    maximum=1000,
)
POLLERS: Final = Setting("ProvisionedPollerConfig", Form.RECORD, pages.SQS, keyword="provisioned_poller_config")
MINIMUM_POLLERS: Final = Setting(
    "ProvisionedPollerConfig.MinimumPollers",
    Form.INTEGER,
    pages.SQS,
    keyword="provisioned_poller_config.minimum",
    minimum=2,
    maximum=200,
    default=2,
)
MAXIMUM_POLLERS: Final = Setting(
    "ProvisionedPollerConfig.MaximumPollers",
    Form.INTEGER,
    pages.SQS,
    keyword="provisioned_poller_config.maximum",
    minimum=2,
    maximum=10_000,
    default=200,
)

INVOCATIONS_OF_A_POLLER: Final = Figure(10, "invocations that one provisioned poller makes at the same time", pages.SQS)

_ON_THE_QUEUE: Final = ("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage")
GRANTS: Final = (
    # AWS says it of each: "The provided execution role does not have permissions to call ReceiveMessage on SQS".
    Grant(_ON_THE_QUEUE, on=Neighbour.SOURCE, tried=_ON_THE_QUEUE),
    Grant(("kms:Decrypt",), on=Neighbour.SOURCE_KEY, when=When.SOURCE_HAS_KEY),
)

RECORDS: Final = RecordShape(
    event_sources=("aws:sqs",),
    holder="Records",
    mark="body",
    payload="body",
    encoding="text",
    identifier=("messageId",),
    metadata={
        "messageId": False,
        "receiptHandle": False,
        "attributes": True,
        "messageAttributes": True,
        "md5OfBody": False,
        "md5OfMessageAttributes": False,
        "eventSource": False,
        "eventSourceARN": False,
        "awsRegion": False,
    },
    metadata_never_matches=True,
    takes_text=True,
)
UNMATCHED: Final = "deletes the message from the queue; it reaches neither the function nor a dead-letter queue"

EXAMPLE: Final[Mapping[str, object]] = {"FunctionResponseTypes": ["ReportBatchItemFailures"]}
"""Settings of a mapping with nothing wrong."""
