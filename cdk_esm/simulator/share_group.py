"""Share groups: a topic that is read as a queue, so that many consumers work on the records of one partition."""

from __future__ import annotations

from cdk_esm.plan import FailureKind
from cdk_esm.simulator.attempt import GaveUp
from cdk_esm.simulator.broker import Slots
from cdk_esm.simulator.destinations import EXHAUSTED
from cdk_esm.simulator.fidelity.share_steps import SHARE_ARCHIVED, SHARE_START
from cdk_esm.simulator.fidelity.stream_steps import KNOWN_GROUP
from cdk_esm.simulator.lane import Lane
from cdk_esm.simulator.reader import Shard
from cdk_esm.simulator.record import Item


class ShareGroup(Slots):
    """One mapping on a topic that it reads as a queue."""

    def accept(self, item: Item, shard: Shard) -> None:
        """A record arrives in a partition."""
        starts, committed, now = self.settings.starts, self.settings.committed, self.world.clock.now
        if committed is not None and item.place < committed:
            self.world.recorder.tell([item], now, "read before, and committed by its group")
            self.world.recorder.finish(item, "processed", KNOWN_GROUP, now, self.common.path)
        elif committed is None and starts is not None and item.at < starts:
            self.world.recorder.tell([item], now, "came before the group began to read: never read")
            self.world.recorder.finish(item, "expired", SHARE_START, now, self.common.path)
        else:
            super().accept(item, shard)

    def give_up(self, lane: Lane, gave: GaveUp) -> None:
        """What failed goes to the on-failure destination; without one, the broker gets it back and counts."""
        kind = self.settings.destination
        nowhere = kind.nowhere or kind is FailureKind.DEAD_LETTER_QUEUE
        if gave.condition != EXHAUSTED or not nowhere:
            self.give_away(lane, gave)
            return
        now, recorder, most = self.world.clock.now, self.world.recorder, self.settings.deliveries
        again = [item for item in gave.items if item.receives < most]
        over = [item for item in gave.items if item.receives >= most]
        recorder.tell(again, now, "released to the broker")
        recorder.tell(over, now, "archived by the broker, which delivered it as often as it may")
        self.invoker.count("DroppedEventCount", len(over))
        recorder.finish_all(over, "discarded", SHARE_ARCHIVED, now, self.common.path)
        for item in again:
            self._release(item)
        self._poke()

    def _release(self, item: Item) -> None:
        """Put a record back at its place: what came first is delivered first."""
        place = 0
        while place < len(self.pending) and self.pending[place].number < item.number:
            place += 1
        self.pending.insert(place, item)
