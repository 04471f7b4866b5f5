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
from cdk_esm.constructs.intake.properties import check_given, given, settled
from cdk_esm.constructs.intake.tokens import number
from cdk_esm.constructs.resources.existing import read_queue
from cdk_esm.constructs.resources.fifo_queues import fifo_attributes, high_throughput
from cdk_esm.facts import UNKNOWN, Form, Unknowable, Value
from cdk_esm.plan import FailureKind, FailurePath, Function, Queue
from cdk_esm.sources.sqs import SQS
from cdk_esm.sources.sqs_queue import LEAST_RECEIVES, MANAGED_KEY, OTHER_NUMBERS, QUEUE, VISIBILITY_FACTOR

REMOVAL_POLICY: Final = cdk.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
_TAKEN: Final = frozenset(
    {
        *("retention_period", "visibility_timeout", "delivery_delay", "encryption_master_key", "queue_name"),
        *("receive_message_wait_time", "max_message_size_bytes", "data_key_reuse"),
        *("fifo", "fifo_throughput", "content_based_deduplication"),
    }
)
"""The fields of a queue that are checked on their way into the plan; all others are checked by their annotations."""


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
    if new.encryption_master_key is not None:
        intake.one_of(f"{keyword}.encryption_master_key", new.encryption_master_key, {"a KMS key": is_key})
    check_given(intake, keyword, new, elsewhere=_TAKEN)
    return Queue(
        identity=identity,
        fifo=fifo,
        name=intake.text(f"{keyword}.queue_name", new.queue_name),
        other_numbers=_other_numbers(intake, keyword, new),
        fifo_attributes=fifo_attributes(intake, keyword, new, fifo=fifo),
        visibility_timeout_seconds=intake.duration(f"{keyword}.visibility_timeout", new.visibility_timeout),
        retention_seconds=intake.duration(f"{keyword}.retention_period", new.retention_period),
        delay_seconds=intake.duration(f"{keyword}.delivery_delay", new.delivery_delay),
        encryption_key=key_of(new),
        region=where.region,
        account=where.account,
    )


def _other_numbers(intake: Intake, keyword: str, new: NewQueue) -> dict[str, int | Unknowable]:
    """The numbers that nothing else depends on, by CloudFormation's names."""
    found = {}
    for name in OTHER_NUMBERS:
        setting = QUEUE.by_name[name]
        take = intake.duration if setting.form is Form.SECONDS else intake.integer
        value = take(f"{keyword}.{setting.keyword}", getattr(new, str(setting.keyword)))
        if value is not None:
            found[name] = value
    return found


def key_of(new: NewQueue) -> Value[str]:
    """What encrypts a new queue: nothing that a role must be allowed to use, if SQS or AWS holds the key."""
    if new.encryption_master_key is not None or new.encryption is sqs.QueueEncryption.KMS:
        return UNKNOWN
    return MANAGED_KEY if new.encryption is sqs.QueueEncryption.KMS_MANAGED else None


def admits_new_queues(new: NewQueue) -> bool:
    """Whether a new dead-letter queue admits a queue that is made beside it, so that nobody can have named it."""
    policy = new.redrive_allow_policy
    if not isinstance(policy, sqs.RedriveAllowPolicy):
        return True
    named = policy.source_queues is not None and policy.redrive_permission is None
    return not named and policy.redrive_permission in {None, sqs.RedrivePermission.ALLOW_ALL}


def dead_letters_like(source: NewQueue) -> NewQueue:
    """A dead-letter queue that nobody spoke of: what a key protects at the source, one protects after a failure too."""
    kms = source.encryption in {sqs.QueueEncryption.KMS, sqs.QueueEncryption.KMS_MANAGED}
    return NewQueue(encryption=source.encryption if kms else None, encryption_master_key=source.encryption_master_key)


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
    ours = {
        "encryption": sqs.QueueEncryption.SQS_MANAGED if new.encryption_master_key is None else sqs.QueueEncryption.KMS,
        "enforce_ssl": True,
        "removal_policy": removal_policy,
    }
    follows = {
        "fifo": True if facts.fifo is True else None,
        "visibility_timeout": _duration(facts.visibility_timeout_seconds),
        "retention_period": _duration(facts.retention_seconds),
        "dead_letter_queue": redrive,
    }
    said = {**given(new), "fifo": None}  # CDK knows no standard queue of which somebody says so
    queue = sqs.Queue(scope, id, **settled(ours, follows, high_throughput(new), said))
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
