"""For how long a dead-letter queue keeps what it gets, for the rules about that."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_esm.durations import SECONDS_A_DAY
from cdk_esm.facts import Setting, Unknowable, known
from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.sources.sqs_queue import QUEUE


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The times that matter to a message that fails, all from its arrival in the source queue.

    Args:
        setting: the setting that says for how long a queue keeps a message.
        seconds: for how long the dead-letter queue keeps it.
        source_seconds: for how long the source queue keeps it.
        tried_seconds: when the receives are over at the earliest; absent if that is not known.
    """

    setting: Setting
    seconds: int
    source_seconds: int
    tried_seconds: int | None

    @property
    def longest(self) -> int:
        """The longest that any queue keeps a message."""
        assert self.setting.maximum is not None
        return self.setting.maximum

    @property
    def is_shorter(self) -> bool:
        """Whether the dead-letter queue gives it up before the source would."""
        return self.seconds < self.source_seconds

    @property
    def left_seconds(self) -> int | None:
        """What is left when it comes there; absent if that is not known."""
        return None if self.tried_seconds is None else self.seconds - self.tried_seconds

    @property
    def leaves_little(self) -> bool:
        """Whether less than a day is left to look at it; our choice: a person looks once a day."""
        return self.left_seconds is not None and self.left_seconds < SECONDS_A_DAY


def kept_by(plan: MappingPlan) -> Kept | None:
    """The times of a mapping; ``None`` if there is nothing to compare, as with a FIFO queue, which dates messages anew.

    Raises:
        NotApplicable: one of the two retentions is not known.
    """
    failure = known(plan.failure)
    queue = failure.queue
    if plan.facts.keeps_order or queue is None or queue.identity == plan.event_source.identity:
        return None  # of a queue that is its own dead-letter queue ESM216 speaks
    source = plan.source_as(Queue)
    times = failure.effective_max_receive_count, source.effective_visibility_seconds
    hidden = any(isinstance(value, Unknowable) for value in times)
    return Kept(
        setting=QUEUE.by_name["MessageRetentionPeriod"],
        seconds=known(queue.effective_retention_seconds),
        source_seconds=known(source.effective_retention_seconds),
        tried_seconds=None if hidden else known(times[0]) * known(times[1]),
    )
