"""The queues of a bundle: a source and its dead-letter queue, planned first and made afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.constants import duration
from cdk_esm.constructs.intake.keywords import Intake, is_key
from cdk_esm.constructs.intake.options import NewQueue
from cdk_esm.constructs.intake.tokens import number
from cdk_esm.constructs.resources.existing import read_queue
from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.plan import FailureKind, FailurePath, Function, Queue
from cdk_esm.sources.sqs import SQS
from cdk_esm.sources.sqs_queue import LEAST_RECEIVES, QUEUE, VISIBILITY_FACTOR

REMOVAL_POLICY: Final = cdk.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE


def visibility_seconds(function: Function, factor: Value[int], window: Value[int]) -> Value[int]:
    """The visibility timeout of a queue that we make: the factor times the function's timeout, and the window.

    Our choice for a window that only the deployment knows: the longest one. Nothing follows from such a timeout.
    """
    timeout = function.effective_timeout_seconds
    if isinstance(factor, Unknowable) or isinstance(timeout, Unknowable) or window is UNKNOWN:
        return UNKNOWN
    if isinstance(window, Unknowable):
        window = SQS.by_name["MaximumBatchingWindowInSeconds"].maximum
    factor = VISIBILITY_FACTOR.value if factor is None else factor
    return factor * timeout + (window or 0)


def draft_queue(
    intake: Intake, keyword: str, new: NewQueue, where: Surroundings, identity: str, *, fifo: bool
) -> Queue:
    """Say what a new queue will be; its visibility timeout is derived later."""
    if new.encryption_key is not None:
        intake.one_of(f"{keyword}.encryption_key", new.encryption_key, {"a KMS key": is_key})
    deduplication = f"{keyword}.content_based_deduplication"
    if intake.boolean(deduplication, new.content_based_deduplication, now=True) is True and not fifo:
        fix = "use SqsFifoToLambda, or leave it out"  # CDK would make a FIFO queue of it
        intake.refuse(deduplication, new.content_based_deduplication, "nothing on a standard queue", fix=fix)
    return Queue(
        identity=identity,
        fifo=fifo,
        visibility_timeout_seconds=intake.duration(f"{keyword}.visibility_timeout", new.visibility_timeout),
        retention_seconds=intake.duration(f"{keyword}.retention", new.retention),
        delay_seconds=intake.duration(f"{keyword}.delivery_delay", new.delivery_delay),
        encryption_key=UNKNOWN if new.encryption_key is not None else None,
        region=where.region,
        account=where.account,
    )


def draft_dead_letters(queue: Queue, receives: Value[int]) -> FailurePath:
    """The dead-letter queue of a queue that we make, with the longest retention unless the user chose another."""
    if queue.retention_seconds is None and not queue.existing:
        queue = replace(queue, retention_seconds=QUEUE.by_name["MessageRetentionPeriod"].maximum)
    return FailurePath(
        kind=FailureKind.DEAD_LETTER_QUEUE,
        queue=queue,
        max_receive_count=LEAST_RECEIVES.value if receives is None else receives,
    )


def build_queue(
    scope: Construct,
    id: str,
    new: NewQueue,
    facts: Queue,
    removal_policy: cdk.RemovalPolicy,
    *,
    injected: bool,
    redrive: sqs.DeadLetterQueue | None = None,
) -> tuple[sqs.Queue, Queue]:
    """Make a queue as planned: encrypted, TLS-only, retained; return it with what CDK made of it.

    Nobody but a property injector can have made something else of it, so only then is it worth the calls to read back.
    """
    queue = sqs.Queue(
        scope,
        id,
        fifo=True if facts.fifo is True else None,
        content_based_deduplication=new.content_based_deduplication,
        visibility_timeout=new.visibility_timeout or _duration(facts.visibility_timeout_seconds),
        retention_period=new.retention or _duration(facts.retention_seconds),
        delivery_delay=new.delivery_delay,
        encryption=sqs.QueueEncryption.SQS_MANAGED if new.encryption_key is None else sqs.QueueEncryption.KMS,
        encryption_master_key=new.encryption_key,
        enforce_ssl=True,
        dead_letter_queue=redrive,
        removal_policy=removal_policy,
    )
    child: Any = queue.node.default_child if injected else None
    return queue, read_queue(child, facts) if isinstance(child, sqs.CfnQueue) else facts


def read_receives(queue: sqs.Queue, planned: FailurePath) -> FailurePath:
    """The receive count as it is on the queue now."""
    child: Any = queue.node.default_child
    policy = child.redrive_policy
    if not isinstance(policy, dict):
        return planned
    return replace(planned, max_receive_count=number(policy.get("maxReceiveCount")))


def _duration(value: Value[int]) -> cdk.Duration | None:
    return duration(value) if isinstance(value, int) else None
