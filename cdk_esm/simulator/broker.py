"""Queues of Amazon MQ brokers: messages that a mapping takes until they succeed, or until the broker gives them up."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from cdk_esm.simulator.attempt import GaveUp
from cdk_esm.simulator.destinations import Sender
from cdk_esm.simulator.fidelity.step import Step
from cdk_esm.simulator.fidelity.stream_steps import ACTIVEMQ_LIMIT
from cdk_esm.simulator.invoker import Invoker
from cdk_esm.simulator.lane import Lane
from cdk_esm.simulator.reader import Reader, ReadSource, Shard
from cdk_esm.simulator.record import Item
from cdk_esm.simulator.recorder import End
from cdk_esm.simulator.stream_settings import ReaderSettings


class Slots(Reader):
    """One mapping on a broker's queue: as many batches at a time as the service allows."""

    def __init__(self, invoker: Invoker, settings: ReaderSettings, sender: Sender, name: Callable[[int], str]) -> None:
        super().__init__(invoker, settings, sender, name)
        self.pending: deque[Item] = deque()
        for number in range(settings.lanes):
            lane = Lane(
                invoker, settings.rules, name(0), give_up=self.give_up, drained=self.drained, pending=self.pending
            )
            lane.enabled, lane.shared = self.enabled, self._poke
            self.lanes[0, number] = lane

    def accept(self, item: Item, shard: Shard) -> None:  # noqa: ARG002 - a broker has no shards
        """A message arrives."""
        self.pending.append(item)
        self._poke()

    def _poke(self) -> None:
        """Let the first slot read that is free; one that waits for more messages comes before the others."""
        free = [lane for lane in self.lanes.values() if not lane.busy]
        for lane in [*(one for one in free if one.gathered), *free][:1]:
            lane.poke()

    def give_up(self, lane: Lane, gave: GaveUp) -> None:  # noqa: ARG002 - slots are alike
        """The broker moves what it delivered too often to its own dead-letter queue."""
        world, now, path = self.world, self.world.clock.now, self.common.path
        for item in gave.items:
            world.recorder.tell([item], now, "moved to the broker's dead-letter queue")
            world.recorder.finish(item, "dead-letter", ACTIVEMQ_LIMIT, now, path)
            world.recorder.letter(item, now, None, path, str(self.invoker.writer.identifier(item)))

    def drop(self, step: Step, end: End) -> None:
        """End the story of everything that is still here."""
        super().drop(step, end)
        self.pending.clear()


class BrokerQueue(ReadSource[Slots]):
    """A queue of a broker."""

    _turn = 0

    def put(self, item: Item) -> None:
        """A message arrives; of several mappings, they get one after the other."""
        self.writer.take_in(item)
        reader = self.readers[self._turn % len(self.readers)]
        self._turn += 1
        self.hand(item, reader, _ANY)


_ANY = Shard(0, 0, 1)
