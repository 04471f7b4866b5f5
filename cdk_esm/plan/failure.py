"""What is known of where a record ends that the function cannot process."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_esm.facts import Unknowable, Value
from cdk_esm.plan.source import Queue, effective
from cdk_esm.sources.sqs_queue import QUEUE


@dataclass(frozen=True, kw_only=True)
class Destination:
    """What is known of an on-failure destination.

    Args:
        identity: its ARN, or a token that stands for one.
        existing: it was made elsewhere.
        fifo: it is a FIFO queue or topic.
        encryption_key: the key's ARN or alias; absent where the service holds the key itself.
        region: the Region in its ARN or of its stack.
        account: the account in its ARN or of its stack.
    """

    identity: str
    existing: bool = False
    fifo: bool | Unknowable = False
    encryption_key: Value[str] = None
    region: Value[str] = None
    account: Value[str] = None


@dataclass(frozen=True, kw_only=True)
class FailurePath:
    """Where a record ends that the function cannot process.

    Args:
        kind: ``dead-letter-queue`` of a queue; ``bucket``, ``queue`` or ``topic`` as on-failure destination of a
            mapping; ``discard`` where failed records are given up with a reason; ``none`` where nothing is said.
        queue: the dead-letter queue.
        destination: the on-failure destination.
        max_receive_count: receives after which SQS moves a message there; absent means the service's default.
        reason: why there is none, in the user's words.
    """

    kind: str
    queue: Queue | None = None
    destination: Destination | None = None
    max_receive_count: Value[int] = None
    reason: str | None = None

    @property
    def effective_max_receive_count(self) -> int | Unknowable:
        """The receives after which a message is moved."""
        return effective(self.max_receive_count, QUEUE.by_name["RedrivePolicy.maxReceiveCount"])
