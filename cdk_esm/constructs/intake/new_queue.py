"""The queue that a bundle makes, with what may be chosen: all that CDK's own constructor of queues takes."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import Literal

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sqs as sqs

from cdk_esm.constructs.intake.calls import explains_keywords


@explains_keywords
@dataclass(frozen=True, kw_only=True)
class NewQueue:
    """A queue that the construct makes: encrypted, TLS-only, retained.

    It takes what the constructor of ``sqs.Queue`` takes, under CDK's names and with CDK's values, but for
    ``dead_letter_queue``, which is the construct's own (ESM008). Where we have an opinion, it is the default, and yours
    wins.

    Args:
        retention_period: how long it keeps a message, 60 seconds to 14 days. By default the service's 4 days for a
            source, 14 days for a dead-letter queue.
        encryption: how it is encrypted. By default by SQS with its own keys (SSE-SQS), and with
            ``encryption_master_key`` by that key.
        encryption_master_key: a KMS key. By default none; a dead-letter queue that is made by itself has its source's.
        data_key_reuse: how long SQS uses a data key before it asks KMS again, 60 to 86,400 seconds. By default
            5 minutes.
        delivery_delay: how long a message stays hidden after it is sent, up to 15 minutes. By default none.
        visibility_timeout: how long a message stays hidden after a receive, up to 12 hours. By default what follows
            from the function's timeout for a source, and the service's 30 seconds for a dead-letter queue.
        receive_message_wait_time: how long a receive waits for messages, 0 to 20 seconds; Lambda's pollers wait by
            themselves. By default it does not wait.
        max_message_size_bytes: the largest message that it takes, 1,024 to 1,048,576 bytes. By default the largest.
        queue_name: its name; that of a FIFO queue ends in ``.fifo``. By default CloudFormation chooses one, so that the
            queue can be replaced.
        fifo: whether it is a FIFO queue. By default as the construct wants it, and nothing else is taken.
        content_based_deduplication: FIFO only: SQS derives the deduplication id from the body. By default the sender
            gives one.
        fifo_throughput: FIFO only: ``"high"`` sets ``deduplication_scope`` and ``fifo_throughput_limit`` together, to
            what AWS calls high throughput. Deduplication is then per message group: the same deduplication id in two
            groups is two messages. By default the service's, the whole queue for both.
        deduplication_scope: FIFO only: whether deduplication is per message group or for the whole queue. By default
            the service's, the whole queue.
        fifo_throughput_limit: FIFO only: whether the quota is per message group or for the whole queue; the former
            needs the same of the scope (ESM250). By default the service's, the whole queue.
        redrive_allow_policy: which queues may have it as their dead-letter queue. By default all of the account.
        enforce_ssl: whether its policy denies what comes without TLS. By default it does.
        removal_policy: what becomes of it when the stack goes. By default the construct's ``removal_policy``.
        retention: the former name of ``retention_period``.
        encryption_key: the former name of ``encryption_master_key``.
    """

    retention_period: Duration | None = None
    encryption: sqs.QueueEncryption | None = None
    encryption_master_key: kms.IKey | kms.Key | None = None
    data_key_reuse: Duration | None = None
    delivery_delay: Duration | None = None
    visibility_timeout: Duration | None = None
    receive_message_wait_time: Duration | None = None
    max_message_size_bytes: int | None = None
    queue_name: str | None = None
    fifo: bool | None = None
    content_based_deduplication: bool | None = None
    fifo_throughput: Literal["high"] | None = None
    deduplication_scope: sqs.DeduplicationScope | None = None
    fifo_throughput_limit: sqs.FifoThroughputLimit | None = None
    redrive_allow_policy: sqs.RedriveAllowPolicy | None = None
    enforce_ssl: bool | None = None
    removal_policy: RemovalPolicy | None = None
    retention: InitVar[Duration | None] = None
    encryption_key: InitVar[kms.IKey | kms.Key | None] = None
