"""The poller of a queue: receives, batches, invokes, and deletes what succeeded."""

from __future__ import annotations

from typing import Any, Final

from cdk_esm.simulator.clock import SECOND
from cdk_esm.simulator.fidelity.common_steps import FAILED_BATCH
from cdk_esm.simulator.fidelity.queue_steps import DELETED, FILTERED_MESSAGE
from cdk_esm.simulator.function import Outcome
from cdk_esm.simulator.invoker import Call, Invoker
from cdk_esm.simulator.queue import SqsQueue
from cdk_esm.simulator.queue_settings import PollerSettings
from cdk_esm.simulator.record import Item
from cdk_esm.simulator.responses import NOT_LISTENING, Verdict, judge
from cdk_esm.simulator.scaling import EVERY, Scaling
from cdk_esm.sources.lambda_function import RECURSION_LIMIT
from cdk_esm.sources.polling import INVOCATION_BYTES

FIRST_WAIT: Final = SECOND
LONGEST_WAIT: Final = 30 * SECOND
"""Between the tries of a throttled batch; the step ``throttle-wait`` says so."""


class Batch:
    """Messages that are on their way to an invocation."""

    __slots__ = ("closed", "items", "receipts", "size", "wait")

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.receipts: list[int] = []
        self.size = 0
        self.closed = False
        self.wait = FIRST_WAIT

    @property
    def hidden_until(self) -> int:
        """When the first of its messages comes back to the queue."""
        return self.items[0].hidden_until  # received first, so back first


class QueuePoller:
    """One mapping on a queue."""

    def __init__(self, invoker: Invoker, queue: SqsQueue, settings: PollerSettings) -> None:
        self.invoker, self.queue, self.settings = invoker, queue, settings
        self.world, self.common, self.target = invoker.world, settings.common, invoker.target
        self.enabled = self.common.enabled
        self.scaling = Scaling(settings)
        self.at_work = 0
        self._gathering: Batch | None = None
        self._grows = False
        self._matches = None if self.common.filters is None else self.common.filters.matches

    def enable(self, *, on: bool) -> None:
        """The mapping is enabled, or disabled: what is being worked on is finished."""
        self.enabled = on
        self.invoker.counts = on and self.common.counts_events
        if on:
            self.wake()

    def idle(self, when: int) -> None:
        """A minute is over: an enabled mapping has polled in it."""
        if self.enabled:
            self.invoker.idle(when)

    def wake(self) -> None:
        """Receive as long as there is something to receive and room for it."""
        while self.enabled and self.queue.waiting:
            batch = self._gathering
            if batch is None:
                if self.at_work >= self.scaling.allowed:
                    self._grow_later()
                    return
                batch = Batch()
            if not self._fill(batch):
                continue
            if self.common.window and not self._is_full(batch):
                self._gather(batch)
                continue
            if batch is self._gathering:
                self._gathering = None
            else:
                self.at_work += 1
            batch.closed = True
            self._dispatch(batch)

    def _fill(self, batch: Batch) -> bool:
        """Put what is there into a batch; false if nothing was."""
        received = self.queue.receive(self.common.batch_size - len(batch.items))
        polled = len(received)
        if self._matches is not None and received:
            received = self._unfiltered(received)
        if polled:
            self.invoker.read(polled, polled - len(received))
        for item in received:
            batch.items.append(item)
            batch.receipts.append(item.receives)
            batch.size += item.size
        return bool(received)

    def _unfiltered(self, received: list[Item]) -> list[Item]:
        """Those that a filter lets through; the others are deleted."""
        matches, now = self._matches, self.world.clock.now
        assert matches is not None
        found = []
        for item in received:
            record = self.invoker.writer.record(item)
            if matches(record):
                item.made = record
                found.append(item)
            else:
                self.world.recorder.tell([item], now, "matches no filter: deleted")
                self.queue.delete(item)
                self.world.recorder.finish(item, "filtered", FILTERED_MESSAGE, now, self.common.path)
        return found

    def _is_full(self, batch: Batch) -> bool:
        return len(batch.items) >= self.common.batch_size or batch.size >= INVOCATION_BYTES.value

    def _gather(self, batch: Batch) -> None:
        """Wait for more, until the window is over; a message may come back to the queue meanwhile."""
        if self._gathering is None:
            self._gathering = batch
            self.at_work += 1
            self.world.busy += 1
            self.world.clock.at(self.world.clock.now + self.common.window, self._window_over, batch)
        if self.queue.settings.visibility <= self.common.window:
            self._return(batch.items, batch.receipts)

    def _window_over(self, batch: Batch) -> None:
        self.world.busy -= 1
        if batch.closed:
            return
        batch.closed = True
        self._gathering = None
        self._dispatch(batch)
        self.wake()

    def _dispatch(self, batch: Batch) -> None:
        """Invoke the function, or try again later if it is throttled."""
        now = self.world.clock.now
        if len(batch.items) > 1 and batch.size > INVOCATION_BYTES.value:
            batch = self._cut(batch)
        if self.target.is_free:
            looped = self.world.has_sent and any(item.depth >= RECURSION_LIMIT.value for item in batch.items)
            call = self.invoker.call(batch.items, {}, self._done, batch, in_a_loop=looped)
            if now + call.outcome.took > batch.hidden_until:
                self._return(batch.items, batch.receipts)  # they come back while the function still runs
            return
        self.invoker.throttled()
        self.scaling.shrink()
        until = batch.hidden_until
        self.world.busy += 1
        if now + batch.wait < until:
            self.world.clock.at(now + batch.wait, self._again, batch)
            batch.wait = min(2 * batch.wait, LONGEST_WAIT)
        else:
            self.world.clock.at(until, self._dropped, batch)

    def _again(self, batch: Batch) -> None:
        self.world.busy -= 1
        self._dispatch(batch)

    def _dropped(self, batch: Batch) -> None:
        """A throttled batch is at the end of its visibility: its messages come back with a receive spent."""
        self.world.busy -= 1
        self.world.recorder.tell(batch.items, self.world.clock.now, "throttled until its visibility timeout was over")
        self._return(batch.items, batch.receipts)
        self._over()

    def _cut(self, batch: Batch) -> Batch:
        """Leave in a batch what an event can carry; the rest becomes another batch."""
        first, rest = Batch(), Batch()
        for item, receipt in zip(batch.items, batch.receipts, strict=True):
            fits = not first.items or first.size + item.size <= INVOCATION_BYTES.value
            into = first if fits and not rest.items else rest
            into.items.append(item)
            into.receipts.append(receipt)
            into.size += item.size
        first.wait = rest.wait = batch.wait
        self.at_work += 1
        rest.closed = True
        self.world.busy += 1
        self.world.clock.at(self.world.clock.now, self._again, rest)
        return first

    def _done(self, call: Call, batch: Batch) -> None:
        """An invocation has ended."""
        verdict = self._judge(call.outcome, batch)
        now, failed = self.world.clock.now, verdict.failed
        back: list[Item] = []
        receipts: list[int] = []
        deleted = 0
        for item, receipt in zip(batch.items, batch.receipts, strict=True):
            if self._succeeded(item, failed):
                deleted += self._delete(item, receipt, now)
            else:
                back.append(item)
                receipts.append(receipt)
        if deleted:
            self.invoker.count("DeletedEventCount", deleted)
        if failed is None or failed:
            self.invoker.failed(len(batch.items))
            if not self.common.listens:
                self.scaling.shrink()
        if self.world.recorder.whole:
            self._tell(call, back, deleted, verdict)
        if back:
            self._return(back, receipts)
        self._over()

    def _judge(self, outcome: Outcome, batch: Batch) -> Verdict:
        if outcome.error is not None:
            return Verdict(FAILED_BATCH, None, outcome.error)
        if not self.common.listens:
            return NOT_LISTENING
        identify = self.invoker.writer.identifier
        return judge(outcome.answer, {identify(item) for item in batch.items} if outcome.answer else ())

    def _succeeded(self, item: Item, failed: frozenset[Any] | None) -> bool:
        """Whether a message is to be deleted: it succeeded, and the deletion is not lost to a duplicate."""
        if failed is None or (failed and self.invoker.writer.identifier(item) in failed):
            return False
        item.successes += 1
        return item.successes > 1 or not (self.world.duplicates and self.world.again(item.number))

    def _tell(self, call: Call, back: list[Item], deleted: int, verdict: Verdict) -> None:
        size, why, failed = len(call.items), verdict.why, verdict.failed
        parts = [f"{deleted} deleted"] if deleted else []
        if back:
            parts.append(f"{len(back)} of {size} come back")
            again: list[Item] = []
            twice: list[Item] = []
            for item in back:
                done = failed is not None and self.invoker.writer.identifier(item) not in failed
                (twice if done else again).append(item)
            self.world.recorder.tell(again, self.world.clock.now, f"failed{f': {why}' if why else ''}")
            self.world.recorder.tell(twice, self.world.clock.now, "succeeded, but is not deleted: it comes back")
        if why:
            parts.append(why)
        groups = {item.group or "default": None for item in call.items} if self.queue.settings.fifo else {}
        self.invoker.keep(call, "; ".join(parts) or "nothing deleted", verdict.step, ", ".join(groups))

    def _delete(self, item: Item, receipt: int, now: int) -> bool:
        """Delete a message, if the receipt is still worth something."""
        if item.gone or item.receives != receipt:
            return False
        if self.queue.settings.fifo and item not in self.queue.hidden:
            return False
        self.queue.delete(item)
        self.world.recorder.finish(item, "processed", DELETED, now, self.common.path)
        return True

    def _return(self, items: list[Item], receipts: list[int]) -> None:
        """Let messages come back when their visibility timeouts are over."""
        now = self.world.clock.now
        whens: dict[int, tuple[list[Item], list[int]]] = {}
        for item, receipt in zip(items, receipts, strict=True):
            if not item.gone and item.receives == receipt and item in self.queue.hidden:
                found = whens.setdefault(max(item.hidden_until, now), ([], []))
                found[0].append(item)
                found[1].append(receipt)
        for when, (group, taken) in whens.items():
            self.queue.back_at(group, taken, when)

    def _over(self) -> None:
        """A batch is done with."""
        self.at_work -= 1
        if not self.at_work and not self.queue.waiting:
            self.scaling.rest()
        self.wake()

    def _grow_later(self) -> None:
        if not self._grows and self.scaling.can_grow:
            self._grows = True
            self.world.clock.at(self.world.clock.now + EVERY, self._grow)

    def _grow(self) -> None:
        self._grows = False
        if self.queue.waiting and self.enabled:
            self.scaling.grow()
            self.wake()
