"""Kafka topics: partitions, offsets, and the consumers of each mapping."""

from __future__ import annotations

from cdk_esm.errors import EsmError
from cdk_esm.simulator.events import Writer
from cdk_esm.simulator.fidelity.stream_steps import KNOWN_GROUP
from cdk_esm.simulator.lane import Lane
from cdk_esm.simulator.reader import Reader, ReadSource, Shard, hash_key
from cdk_esm.simulator.record import Item
from cdk_esm.simulator.world import World


class ConsumerGroup(Reader):
    """One mapping on a topic: its consumers, each with some of the partitions."""

    partitions = 1
    topic = ""
    turn = 0

    def accept(self, item: Item, shard: Shard) -> None:
        """A record arrives in a partition."""
        committed = self.settings.committed
        if committed is None:
            super().accept(item, shard)
        elif item.place < committed:
            now = self.world.clock.now
            self.world.recorder.tell([item], now, "read before, and committed by its group")
            self.world.recorder.finish(item, "processed", KNOWN_GROUP, now, self.common.path)
        else:
            self.lane(shard, item).put(item)

    def lane(self, shard: Shard, item: Item) -> Lane:  # noqa: ARG002 - a topic has no shards
        """The consumer that has the partition of a record."""
        consumers = min(self.settings.lanes, self.partitions)
        number = ((item.partition or 0) + self.turn) % consumers
        found = self.lanes.get((0, number))
        if found is None:
            found = self.lanes[0, number] = self._new_lane(self.topic)
        return found

    def rebalance(self) -> None:
        """Hand the partitions out anew: what is not committed is delivered again, perhaps by another consumer."""
        waiting: list[Item] = []
        for lane in self.lanes.values():
            lane.take_back()
            waiting.extend(lane.pending)
            lane.pending.clear()
        self.turn += 1
        waiting.sort(key=lambda item: item.number)
        for item in waiting:
            self.lane(_ANY, item).pending.append(item)
        self.wake()


_ANY = Shard(0, 0, 1)


class Topic(ReadSource[Reader]):
    """A topic of a run."""

    def __init__(self, world: World, identity: str, partitions: int, writer: Writer, name: str) -> None:
        super().__init__(world, identity, writer)
        self.name, self.partitions = name, partitions
        self.offsets = [0] * partitions
        self._next = 0

    def add(self, reader: Reader) -> None:
        """A mapping reads the topic, with a consumer group or with a share group."""
        if isinstance(reader, ConsumerGroup):
            reader.partitions, reader.topic = self.partitions, self.name
        super().add(reader)

    def put(self, item: Item) -> None:
        """A record arrives: every mapping reads it, and has its own story of it."""
        self.writer.take_in(item)
        item.partition = self._partition(item)
        item.place = self.offsets[item.partition]
        self.offsets[item.partition] += 1
        self.hand_to_all(item, _ANY)

    def _partition(self, item: Item) -> int:
        if item.partition is not None:
            if not 0 <= item.partition < self.partitions:
                fix = f'assume={{"Partitions": {item.partition + 1}}}' if item.partition > 0 else "count from 0"
                raise EsmError(
                    f"{item.id}: there is no partition {item.partition}, the topic has {self.partitions}; fix: {fix}"
                )
            return item.partition
        if item.key is not None:
            return hash_key(item.key) % self.partitions
        self._next += 1
        return (self._next - 1) % self.partitions
