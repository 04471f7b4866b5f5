"""What is known of the place where a record ends that the function cannot process."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.plan.source import Queue, effective
from cdk_esm.sources.sqs_queue import QUEUE


class FailureKind(StrEnum):
    """The kinds of places where a record can end that the function cannot process."""

    DEAD_LETTER_QUEUE = "dead-letter-queue"
    """The queue's own, by its redrive policy."""

    BUCKET = "bucket"
    """An on-failure destination of the mapping, as are the next three."""

    QUEUE = "queue"
    TOPIC = "topic"
    KAFKA_TOPIC = "kafka-topic"
    DISCARD = "discard"
    """Failed records are given up, with a reason."""

    NONE = "none"
    """Nothing is said."""

    def __repr__(self) -> str:
        return repr(self.value)

    @property
    def nowhere(self) -> bool:
        """Whether a failed record ends nowhere."""
        return self in (FailureKind.NONE, FailureKind.DISCARD)

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        return {FailureKind.DEAD_LETTER_QUEUE: "dead-letter queue", FailureKind.KAFKA_TOPIC: "Kafka topic"}.get(
            self, self.value
        )


@dataclass(frozen=True, kw_only=True)
class Destination:
    """What is known of an on-failure destination.

    Args:
        identity: its ARN, or a token for it.
        existing: it was made elsewhere.
        fifo: it is a FIFO queue or topic.
        encryption_key: the key's ARN or alias; absent if the service holds the key itself.
        region: the Region in its ARN or of its stack.
        account: the account in its ARN or of its stack.
        lets_in: its own policy lets the execution role of another account do what it needs; ``UNKNOWN`` if nobody sees.
    """

    identity: str
    existing: bool = False
    fifo: bool | Unknowable = False
    encryption_key: Value[str] = None
    region: Value[str] = None
    account: Value[str] = None
    lets_in: bool | Unknowable = UNKNOWN


@dataclass(frozen=True, kw_only=True)
class FailurePath:
    """Where a record ends that the function cannot process.

    Args:
        kind: which kind of place it is; its word will do.
        queue: the dead-letter queue.
        destination: the on-failure destination.
        admitted: the dead-letter queue admits the source by its redrive allow policy; one without admits all.
        max_receive_count: receives after which SQS moves a message there; absent means the service's default.
        reason: why there is none, in the user's words.
    """

    kind: FailureKind
    queue: Queue | None = None
    destination: Destination | None = None
    admitted: bool | Unknowable = True
    max_receive_count: Value[int] = None
    reason: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", FailureKind(self.kind))

    @property
    def effective_max_receive_count(self) -> int | Unknowable:
        """The receives after which a message is moved."""
        return effective(self.max_receive_count, QUEUE.by_name["RedrivePolicy.maxReceiveCount"])
