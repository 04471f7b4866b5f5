"""What a run needs to know of a queue, and of the mapping that polls it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import FailurePath, MappingPlan, Queue
from cdk_esm.simulator.settings import Common, Reading, common
from cdk_esm.sources.sqs_queue import QUEUE
from cdk_esm.sources.sqs_settings import MAXIMUM_CONCURRENCY, MAXIMUM_POLLERS, MINIMUM_POLLERS, POLLERS

_RETENTION: Final = QUEUE.by_name["MessageRetentionPeriod"]


@dataclass(frozen=True)
class QueueSettings:
    """What a run knows of a queue; times are virtual.

    Args:
        identity: what makes it the same queue for two mappings.
        fifo: it keeps the order of each message group.
        visibility: how long a received message is hidden.
        retention: how long a message is kept.
        delay: how long a new message is hidden.
        receives: receives after which a message is moved; ``None`` without a dead-letter queue.
        dead_letters: the identity of the dead-letter queue.
        letters_kept: its retention.
    """

    identity: str
    fifo: bool
    visibility: int
    retention: int
    delay: int
    receives: int | None
    dead_letters: str
    letters_kept: int


@dataclass(frozen=True)
class PollerSettings:
    """What a run knows of a queue's poller.

    Args:
        common: what every mapping has.
        most: the batches at a time that the mapping allows; ``None`` if only the service bounds them.
        pollers: the least and the greatest number of provisioned pollers; ``None`` without them.
    """

    common: Common
    most: int | None
    pollers: tuple[int, int] | None


def queue_settings(plan: MappingPlan, reading: Reading) -> QueueSettings:
    """What a plan says of its queue."""
    queue = plan.source_as(Queue)
    receives, letters, kept = _failure(plan, reading)
    return QueueSettings(
        identity=queue.identity,
        fifo=plan.facts.keeps_order,
        visibility=reading.seconds("VisibilityTimeout", queue.effective_visibility_seconds, 0),
        retention=reading.seconds("MessageRetentionPeriod", queue.effective_retention_seconds, 0),
        delay=reading.seconds("DelaySeconds", queue.delay_seconds, 0),
        receives=receives,
        dead_letters=letters,
        letters_kept=kept,
    )


def _failure(plan: MappingPlan, reading: Reading) -> tuple[int | None, str, int]:
    """Receives, dead-letter queue and its retention; without the first there is no such queue."""
    failure = plan.failure
    name = f"{plan.event_source.identity} (dead letters)"
    if isinstance(failure, Unknowable):
        receives: Any = reading.take("maxReceiveCount", UNKNOWN, 0)
        return receives or None, name, reading.seconds("DeadLetterRetention", None, _default_retention())
    if failure.queue is None and failure.max_receive_count is None:
        return None, "", 0
    known = reading.take("maxReceiveCount", failure.effective_max_receive_count, 1)
    return known, failure.queue.identity if failure.queue else name, _letters_kept(failure, reading)


def _letters_kept(failure: FailurePath, reading: Reading) -> int:
    """How long its dead-letter queue keeps a message; of one that nobody describes, ``assume`` may say it."""
    kept = failure.queue.effective_retention_seconds if failure.queue else None
    return reading.seconds("DeadLetterRetention", kept, _default_retention())


def _default_retention() -> int:
    assert isinstance(_RETENTION.default, int)
    return _RETENTION.default


def poller_settings(plan: MappingPlan, reading: Reading) -> PollerSettings:
    """What a plan says of its poller."""
    pollers = None
    if plan.given(POLLERS.name) is not None:
        least = reading.setting(MINIMUM_POLLERS.name, 1)
        pollers = least, max(least, reading.setting(MAXIMUM_POLLERS.name, least))
    most: int | None = reading.setting(MAXIMUM_CONCURRENCY.name, None)
    return PollerSettings(common(plan, reading), most, pollers)
