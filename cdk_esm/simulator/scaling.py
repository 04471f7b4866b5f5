"""How many batches a queue's poller works on at the same time, and how that grows and shrinks."""

from __future__ import annotations

from cdk_esm.simulator.clock import SECOND
from cdk_esm.simulator.queue_settings import PollerSettings
from cdk_esm.sources.polling import (
    BATCHES_A_MINUTE,
    FEWEST_BATCHES,
    MOST_BATCHES,
    PROVISIONED_A_MINUTE,
)
from cdk_esm.sources.sqs_queue import LEAST_RESERVED_CONCURRENCY
from cdk_esm.sources.sqs_settings import INVOCATIONS_OF_A_POLLER

EVERY: int = SECOND
"""How often it grows."""


class Scaling:
    """The batches at a time of one mapping."""

    def __init__(self, settings: PollerSettings) -> None:
        if settings.pollers is None:
            self._least = FEWEST_BATCHES.value
            self._start = LEAST_RESERVED_CONCURRENCY.value
            self._most = MOST_BATCHES.value if settings.most is None else settings.most
            self._growth = BATCHES_A_MINUTE.value / 60
        else:
            fewest, greatest = settings.pollers
            self._start = self._least = fewest * INVOCATIONS_OF_A_POLLER.value
            self._most = greatest * INVOCATIONS_OF_A_POLLER.value
            self._growth = PROVISIONED_A_MINUTE.value / 60
        self._start = min(self._start, self._most)
        self._exact: float = self._start

    @property
    def allowed(self) -> int:
        """The batches that may be worked on now."""
        return int(self._exact)

    @property
    def can_grow(self) -> bool:
        """Whether there could be more."""
        return self._exact < self._most

    def grow(self) -> None:
        """A second has passed in which messages waited."""
        self._exact = min(self._most, self._exact + self._growth)

    def shrink(self) -> None:
        """A batch failed or was throttled."""
        self._exact = max(min(self._least, self._most), self._exact / 2)

    def rest(self) -> None:
        """The queue is empty and nothing is being worked on."""
        self._exact = self._start
