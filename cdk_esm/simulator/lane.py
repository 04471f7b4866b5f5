"""A lane: records in order, one batch of which is worked on at a time; a shard, a part of one, a consumer, a slot."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from cdk_esm.simulator.attempt import GaveUp
from cdk_esm.simulator.attempts import Attempts, Rules
from cdk_esm.simulator.fidelity.common_steps import SOURCE_GONE
from cdk_esm.simulator.fidelity.step import Step
from cdk_esm.simulator.fidelity.stream_steps import FILTERED_RECORD
from cdk_esm.simulator.invoker import Invoker
from cdk_esm.simulator.record import Item
from cdk_esm.simulator.recorder import End
from cdk_esm.simulator.tumbling import Tumbling
from cdk_esm.sources.polling import INVOCATION_BYTES


class Lane:
    """One lane of a mapping.

    Args:
        invoker: invokes the function.
        rules: how batches are made and tried.
        name: the shard, as events and documents name it.
        give_up: what becomes of a batch that is tried no more.
        drained: called when the lane has nothing to do.
        pending: the records to read, if several lanes share them.
    """

    def __init__(
        self,
        invoker: Invoker,
        rules: Rules,
        name: str,
        *,
        give_up: Callable[[Lane, GaveUp], None],
        drained: Callable[[], None],
        pending: deque[Item] | None = None,
    ) -> None:
        self.invoker, self.rules, self.name = invoker, rules, name
        self.world, self.path = invoker.world, invoker.path
        self.pending: deque[Item] = deque() if pending is None else pending
        self.enabled = invoker.common.enabled
        self.blocked = False
        self.busy = False
        self.gathered: list[Item] = []
        self._size = 0
        self._read_since = 0
        self._last_end = 0
        self._timer: int | None = None
        self._drained = drained
        self.shared: Callable[[], None] | None = None
        self.attempts = Attempts(invoker, rules, lambda gave: give_up(self, gave), self._over, self._group)
        self._expires = False
        filters = invoker.common.filters
        self._matches = None if filters is None else filters.matches
        self.tumbling = Tumbling(self, rules.tumbling) if rules.tumbling else None

    def _group(self, items: list[Item]) -> str:
        if not self.rules.by_partition:
            return self.name
        return ", ".join(dict.fromkeys(f"{self.name}-{item.partition or 0}" for item in items))

    @property
    def is_drained(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.busy or self.pending or self.gathered)

    def put(self, item: Item) -> None:
        """A record arrives."""
        self.pending.append(item)
        if not self.busy:
            self.poke()

    def poke(self) -> None:
        """Something is there to read."""
        if not self.enabled or self.blocked:
            self.expire_later()
        elif not self.gathered or len(self.gathered) + len(self.pending) >= self.rules.batch_size:
            interval, now = self.rules.interval, self.world.clock.now
            self.read_at(-(-now // interval) * interval if interval else now)

    def read_at(self, when: int) -> None:
        """Read at a moment, if nothing reads before."""
        if self._timer is None or when < self._timer:
            self._timer = when
            self.world.busy += 1
            self.world.clock.at(when, self._read_now, when)

    def _read_now(self, when: int) -> None:
        self.world.busy -= 1
        if self._timer == when:
            self._timer = None
            self.read()

    def read(self) -> None:
        """Make a batch of what is there, and try it, unless the batching window lets it wait."""
        if self.busy or not self.enabled or self.blocked:
            return
        if self.tumbling is not None and self.tumbling.ends():
            return
        self._gather()
        if not self.gathered:
            if not self.pending and (self.tumbling is None or not self.tumbling.is_open):
                self._drained()
            return
        now, rules = self.world.clock.now, self.rules
        if rules.window and not self._is_full():
            deadline = max(self._last_end, self._read_since) + rules.window
            if now < deadline:
                self.read_at(deadline)
                return
        items, self.gathered, self._size = self.gathered, [], 0
        self.busy = True
        if self.tumbling is not None:
            self.tumbling.begin(items[0])
        if self.shared is not None and self.pending:
            self.shared()
        self.attempts.start(items)

    def _is_full(self) -> bool:
        return len(self.gathered) >= self.rules.batch_size or self._size >= INVOCATION_BYTES.value

    def _gather(self) -> None:
        """Take from what is there, up to a full batch; filters apply here."""
        now, rules, pending, gathered = self.world.clock.now, self.rules, self.pending, self.gathered
        polled, filtered = 0, 0
        while pending and len(gathered) < rules.batch_size:
            item = pending[0]
            if item.at > now or (gathered and self._size + item.size > INVOCATION_BYTES.value):
                break
            if self.tumbling is not None and not self.tumbling.takes(item, gathered):
                break
            pending.popleft()
            polled += 1
            if self._matches is not None and not self._passes(item):
                filtered += 1
                continue
            if not gathered:
                self._read_since = now
            gathered.append(item)
            self._size += item.size
        if polled:
            self.invoker.read(polled, filtered)

    def _passes(self, item: Item) -> bool:
        record = self.invoker.writer.record(item)
        assert self._matches is not None
        if self._matches(record):
            return True
        now = self.world.clock.now
        self.world.recorder.tell([item], now, "matches no filter: passed over")
        self.world.recorder.finish(item, "filtered", FILTERED_RECORD, now, self.path)
        return False

    def _over(self) -> None:
        """The batch is done with."""
        self.busy = False
        self._last_end = self.world.clock.now
        if self.pending or self.gathered or (self.tumbling is not None and self.tumbling.is_open):
            self.read_at(self.world.clock.now)
        else:
            self._drained()

    def enable(self, *, on: bool) -> None:
        """The mapping is enabled, or disabled: what is being worked on is finished."""
        self.enabled = on
        self.release()

    def release(self) -> None:
        """Something that kept the lane from reading may be over."""
        if self.enabled and not self.blocked and not self.busy:
            self.read_at(self.world.clock.now)
        elif not self.enabled:
            self.expire_later()

    def expire_later(self) -> None:
        """Look for what is too old even though nobody reads."""
        first = self.gathered[0] if self.gathered else self.pending[0] if self.pending else None
        if self.rules.retention is not None and first is not None and not self._expires:
            self._expires = True
            self.world.clock.at(first.at + self.rules.retention, self._expire)

    def _expire(self) -> None:
        retention, now = self.rules.retention, self.world.clock.now
        self._expires = False
        if self.enabled and not self.blocked:
            return
        assert retention is not None
        for waiting in (self.gathered, self.pending):
            while waiting and waiting[0].at <= now - retention:
                item = waiting[0]
                del waiting[0]
                self.world.recorder.tell([item], now, "older than the retention of its source, and nobody read")
                self.world.recorder.finish(item, "expired", self.rules.expired, now, self.path)
        self.expire_later()

    def take_back(self) -> None:
        """What was not committed is to be read again; nobody waits for what runs."""
        left = self.attempts.drop_all()
        self.pending.extendleft(reversed([*left, *self.gathered]))
        self.gathered, self.busy = [], False

    def drop(self, step: Step = SOURCE_GONE, end: End = "expired") -> None:
        """End the story of everything that is still here."""
        now = self.world.clock.now
        left = [*self.attempts.drop_all(), *self.gathered, *self.pending]
        self.gathered, self.busy = [], False
        self.pending.clear()
        self.world.recorder.finish_all(left, end, step, now, self.path)
