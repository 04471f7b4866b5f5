"""Tumbling windows: batches that stay within a window of time, a state that goes with them, and a last invocation."""

from __future__ import annotations

import json
from collections import deque
from typing import Any, Protocol

from cdk_esm.simulator.attempts import Attempts
from cdk_esm.simulator.clock import EPOCH_SECONDS, SECOND, written
from cdk_esm.simulator.fidelity.common_steps import FAILED_BATCH
from cdk_esm.simulator.fidelity.stream_steps import TUMBLING_END
from cdk_esm.simulator.invoker import Call, Invoker
from cdk_esm.simulator.record import Item
from cdk_esm.simulator.world import World
from cdk_esm.sources.polling import STATE_BYTES


class Windowed(Protocol):
    """A lane, as far as its windows need it."""

    name: str
    world: World
    invoker: Invoker
    attempts: Attempts
    pending: deque[Item]
    gathered: list[Item]
    busy: bool

    def read_at(self, when: int) -> None:
        """Read at a moment."""


class Tumbling:
    """The windows of one lane; one is open at a time."""

    def __init__(self, lane: Windowed, length: int) -> None:
        self.lane, self.length = lane, length
        self.start: int | None = None
        self.state: Any = {}
        self.early = False
        self._failures = 0
        lane.attempts.about = self.about
        lane.attempts.answered = self.answered
        self._shift = EPOCH_SECONDS * SECOND % length

    @property
    def is_open(self) -> bool:
        """Whether a window has begun and not ended."""
        return self.start is not None

    def of(self, item: Item) -> int:
        """The beginning of the window that a record arrived in; windows follow the clock."""
        return (item.at + self._shift) // self.length * self.length - self._shift

    def takes(self, item: Item, gathered: list[Item]) -> bool:
        """Whether a record may be in the next batch."""
        if gathered:
            return self.of(item) == self.of(gathered[0])
        return self.start is None or self.of(item) == self.start

    def begin(self, first: Item) -> None:
        """A batch begins; with the first one of a window, its end is set."""
        if self.start is None:
            self.start = self.of(first)
            self.lane.read_at(self.start + self.length)

    def ends(self) -> bool:
        """Whether the window is over and its last invocation has begun; the lane waits for it then."""
        if self.start is None:
            return False
        lane, now = self.lane, self.lane.world.clock.now
        end = self.start + self.length
        waiting = lane.gathered[0] if lane.gathered else lane.pending[0] if lane.pending else None
        if not self.early and (now < end or (waiting is not None and self.of(waiting) == self.start)):
            if now < end:
                lane.read_at(end)
            return False
        lane.busy = True
        self._last()
        return True

    def _last(self) -> None:
        lane = self.lane
        if not lane.invoker.target.is_free:
            lane.invoker.throttled()
            self._retry()
            return
        lane.invoker.call([], self.about(last=True), self._ended)

    def _ended(self, call: Call) -> None:
        lane = self.lane
        if call.outcome.error is not None:
            lane.invoker.keep(call, "the window's last invocation is tried again", FAILED_BATCH, lane.name)
            self._retry()
            return
        lane.invoker.keep(call, "the window has ended", TUMBLING_END, lane.name)
        self.start, self.state, self.early, self._failures = None, {}, False, 0
        lane.attempts.go_on()

    def _retry(self) -> None:
        world = self.lane.world
        self._failures += 1
        world.busy += 1
        world.clock.at(world.clock.now + world.backoff.wait(self._failures), self._again)

    def _again(self) -> None:
        self.lane.world.busy -= 1
        self._last()

    def about(self, *, last: bool = False) -> dict[str, Any]:
        """What an event says beside its records."""
        start = self.start or 0
        return {
            "window": {"start": written(start, whole=True), "end": written(start + self.length, whole=True)},
            "state": self.state,
            "shardId": self.lane.name,
            "eventSourceARN": self.lane.invoker.arn,
            "isFinalInvokeForWindow": last,
            "isWindowTerminatedEarly": last and self.early,
        }

    def answered(self, answer: Any) -> None:
        """Keep the state that an answer carries."""
        self.state = answer.get("state") or {} if isinstance(answer, dict) else {}
        self.early = len(json.dumps(self.state, ensure_ascii=False).encode()) > STATE_BYTES.value
