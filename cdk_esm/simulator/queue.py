"""An SQS queue: which messages are there to receive, which are hidden, and what becomes of them without anybody."""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush

from cdk_esm.printed import counted
from cdk_esm.simulator.clock import SECOND, seconds
from cdk_esm.simulator.events import Writer
from cdk_esm.simulator.events.queues import QueueEvents
from cdk_esm.simulator.fidelity.common_steps import SOURCE_GONE
from cdk_esm.simulator.fidelity.queue_steps import IN_FLIGHT_EXPIRY, QUEUE_EXPIRY, REDRIVE
from cdk_esm.simulator.fidelity.step import Step
from cdk_esm.simulator.queue_settings import QueueSettings
from cdk_esm.simulator.record import Item
from cdk_esm.simulator.recorder import End
from cdk_esm.simulator.world import Poller, World
from cdk_esm.sources.sqs_queue import LEFT_OUT_OF_AGE


class Ages:
    """Which second the messages are from that are still there, so that the oldest is found without a search."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def add(self, sent: int) -> None:
        """A message is there."""
        second = sent // SECOND
        self._counts[second] = self._counts.get(second, 0) + 1

    def remove(self, sent: int) -> None:
        """It is not there any more, or does not count any more."""
        second = sent // SECOND
        self._counts[second] -= 1
        if not self._counts[second]:
            del self._counts[second]

    def oldest(self, now: int) -> float:
        """The age of the oldest one in seconds; 0 if there is none."""
        return max(0.0, seconds(now) - min(self._counts)) if self._counts else 0


class Waiting:
    """The messages of a standard queue that are there to receive."""

    def __init__(self) -> None:
        self._ready: deque[Item] = deque()

    def __bool__(self) -> bool:
        return bool(self._ready)

    def __len__(self) -> int:
        return len(self._ready)

    def put(self, item: Item) -> None:
        """A new message."""
        self._ready.append(item)

    def back(self, items: list[Item]) -> None:
        """Messages whose visibility timeout is over."""
        self._ready.extend(items)

    def take(self) -> Item | None:
        """The next message."""
        return self._ready.popleft() if self._ready else None

    def withdraw(self, item: Item) -> None:
        """A message is deleted that was back already, by an invocation that outlived its visibility timeout."""
        self._ready.remove(item)

    def settled(self, item: Item) -> None:
        """A received message is hidden no more: it is deleted, moved or back."""

    def filled(self) -> None:
        """A receive is over."""

    def clear(self) -> list[Item]:
        """Take everything out."""
        found = list(self._ready)
        self._ready.clear()
        return found


class SqsQueue:
    """A queue of a run."""

    def __init__(self, world: World, settings: QueueSettings, waiting: Waiting, writer: Writer, path: str) -> None:
        assert isinstance(writer, QueueEvents)
        self.world, self.settings, self.waiting, self.writer, self.path = world, settings, waiting, writer, path
        self.identity = settings.identity
        self.pollers: list[Poller] = []
        self.hidden: dict[Item, None] = {}
        self.gone = False
        self.letters = 0
        self._expiring: list[int] = []
        self._ages = Ages()
        self._sweep_at: int | None = None
        self._wakes = False
        self._counts_age = settings.fifo
        meter = world.meter
        self._age = meter.series(self.identity, "ApproximateAgeOfOldestMessage")
        self._visible = meter.series(self.identity, "ApproximateNumberOfMessagesVisible")
        self._not_visible = meter.series(self.identity, "ApproximateNumberOfMessagesNotVisible")
        self._dead = meter.series(settings.dead_letters, "ApproximateNumberOfMessagesVisible")

    def put(self, item: Item) -> None:
        """A message is sent."""
        self.writer.take_in(item)
        self.world.recorder.arrive(item)
        if self.gone:
            self.world.recorder.finish(item, "expired", SOURCE_GONE, self.world.clock.now, self.path)
            return
        self._ages.add(item.at)
        self._watch(item.at + self.settings.retention)
        delay = item.at + self.settings.delay - self.world.clock.now
        if delay > 0:
            self.hidden[item] = None
            self.world.clock.at(self.world.clock.now + delay, self._show, item)
            return
        self.waiting.put(item)
        self._wake()

    def _show(self, item: Item) -> None:
        if self.hidden.pop(item, 0) is None and not item.gone:
            self.waiting.put(item)
            self._wake()

    def _wake(self) -> None:
        """Let the pollers look, when everything of this moment has arrived."""
        if not self._wakes:
            self._wakes = True
            self.world.wakes.append(self._wake_all)

    def _wake_all(self) -> None:
        self._wakes = False
        for poller in self.pollers:
            if not self.waiting:
                return
            poller.wake()

    def receive(self, most: int) -> list[Item]:
        """Receive up to so many messages; who was received too often is moved, and who is too old is gone."""
        found: list[Item] = []
        now, settings, hidden = self.world.clock.now, self.settings, self.hidden
        until, too_old, limit = now + settings.visibility, now - settings.retention, settings.receives
        take = self.waiting.take
        while len(found) < most and (item := take()) is not None:
            if item.at <= too_old:
                self._end_expired(item)
            elif limit is not None and item.receives >= limit:
                self._move(item)
            else:
                item.receives += 1
                if item.receives == 1:
                    item.first = now
                elif item.receives == LEFT_OUT_OF_AGE.value and not self._counts_age:
                    self._ages.remove(item.at)
                item.hidden_until = until
                hidden[item] = None
                found.append(item)
        self.waiting.filled()
        self.world.recorder.receives += len(found)
        return found

    def delete(self, item: Item) -> None:
        """A message is deleted."""
        if self.hidden.pop(item, 0) is not None:
            self.waiting.withdraw(item)
        self._leave(item)
        self.waiting.settled(item)

    def back_at(self, items: list[Item], receipts: list[int], when: int) -> None:
        """Let messages be there again at the end of their visibility timeout, unless they were deleted until then."""
        self.world.busy += 1
        self.world.clock.at(when, self._back, items, receipts)

    def _back(self, items: list[Item], receipts: list[int]) -> None:
        self.world.busy -= 1
        now = self.world.clock.now
        found = []
        for item, receipt in zip(items, receipts, strict=True):
            if item.gone or item.receives != receipt or item not in self.hidden:
                continue
            del self.hidden[item]
            if item.at <= now - self.settings.retention:
                self._end_expired(item, IN_FLIGHT_EXPIRY)
            else:
                found.append(item)
        if found:
            self.world.recorder.tell(found, now, "back in the queue")
            self.waiting.back(found)
            self._wake()

    def _leave(self, item: Item) -> None:
        if self._counts_age or item.receives < LEFT_OUT_OF_AGE.value:
            self._ages.remove(item.at)

    def _end_expired(self, item: Item, step: Step = QUEUE_EXPIRY) -> None:
        self._leave(item)
        self.waiting.settled(item)
        self.world.recorder.tell([item], self.world.clock.now, "older than the retention of the queue")
        self.world.recorder.finish(item, "expired", step, self.world.clock.now, self.path)

    def _move(self, item: Item) -> None:
        """Move a message to the dead-letter queue; if a mapping of the run reads that, it goes on there."""
        world, settings, now = self.world, self.settings, self.world.clock.now
        self._leave(item)
        self.waiting.settled(item)
        world.recorder.tell(
            [item], now, f"moved to the dead-letter queue after {counted(item.receives, 'receive', '')}"
        )
        expires = (now if settings.fifo else item.at) + settings.letters_kept
        world.recorder.finish(item, "dead-letter", REDRIVE, now, self.path)
        read_on = world.sources.get(settings.dead_letters)
        if read_on is None:
            self.letters += 1
            heappush(self._expiring, expires)
            world.recorder.letter(item, now, expires, self.path, self.writer.message_id(item))
            return
        other = item.again()
        other.at = now if settings.fifo else item.at
        read_on.put(other)

    def _watch(self, when: int) -> None:
        """Look for what is too old at the latest then, even if nobody receives."""
        if self._sweep_at is None:
            self._sweep_at = when
            self.world.clock.at(when, self._sweep)

    def _sweep(self) -> None:
        now, retention = self.world.clock.now, self.settings.retention
        left = self.waiting.clear()
        for item in left:
            if item.at <= now - retention:
                self._end_expired(item)
            else:
                self.waiting.put(item)
        self._sweep_at = None
        present = [item.at for item in (*left, *self.hidden) if not item.gone]
        if present:
            self._watch(max(min(present) + retention, now + SECOND))

    def sample(self) -> None:
        """A minute is over."""
        now = self.world.clock.now - 1
        if not self.gone:
            self._age.add(now, self._ages.oldest(now))
            self._visible.add(now, len(self.waiting))
            self._not_visible.add(now, len(self.hidden))
        if self.settings.dead_letters and self.settings.dead_letters not in self.world.sources:
            self._dead.add(now, self.letters - self.letters_expired(now))

    def letters_expired(self, until: int) -> int:
        """How many messages have expired in the dead-letter queue."""
        while self._expiring and self._expiring[0] <= until:
            heappop(self._expiring)
        return self.letters - len(self._expiring)

    def close(self) -> None:
        """The queue is deleted."""
        self.gone = True
        self._drop(SOURCE_GONE, "expired")

    def leave(self, step: Step) -> None:
        """The run is over."""
        self._drop(step, "in-flight")

    def _drop(self, step: Step, end: End) -> None:
        for item in [*self.waiting.clear(), *self.hidden]:
            if not item.gone:
                self.world.recorder.finish(item, end, step, self.world.clock.now, self.path)
        self.hidden.clear()
