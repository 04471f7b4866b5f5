"""Streams: shards that divide and join, and what each mapping reads of them."""

from __future__ import annotations

from typing import Final

from cdk_esm.errors import EsmError
from cdk_esm.simulator.events import Writer
from cdk_esm.simulator.reader import Reader, ReadSource, Shard, hash_key
from cdk_esm.simulator.record import Item
from cdk_esm.simulator.world import World

_KEYS: Final = 1 << 128
"""As many hash keys there are."""


class ShardedStream(ReadSource[Reader]):
    """A Kinesis or DynamoDB stream of a run; a change stream of DocumentDB is one with a single shard."""

    def __init__(self, world: World, identity: str, shards: int, writer: Writer) -> None:
        super().__init__(world, identity, writer)
        step = _KEYS // shards
        self.shards = [
            Shard(number, number * step, (number + 1) * step if number + 1 < shards else _KEYS)
            for number in range(shards)
        ]
        self._opened = list(self.shards)

    def add(self, reader: Reader) -> None:
        """A mapping reads the stream."""
        super().add(reader)
        reader.shards = lambda: self.shards

    def put(self, item: Item) -> None:
        """A record arrives: every mapping reads it, and has its own story of it."""
        self.writer.take_in(item)
        shard = self._shard(item)
        item.place = item.partition = shard.number
        self.hand_to_all(item, shard)

    def _shard(self, item: Item) -> Shard:
        opened = self._opened
        if item.partition is not None:
            if not 0 <= item.partition < len(self.shards) or not self.shards[item.partition].is_open:
                names = ", ".join(str(shard.number) for shard in opened)
                raise EsmError(f"{item.id}: there is no open shard {item.partition}; the stream has {names}")
            return self.shards[item.partition]
        if len(opened) == 1:
            return opened[0]
        key = hash_key(item.key)
        return next(shard for shard in opened if shard.low <= key < shard.high)

    def split(self, number: int) -> None:
        """Split a shard into two halves."""
        parent = self._close(number)
        middle = (parent.low + parent.high) // 2
        self._open(parent.low, middle, parent)
        self._open(middle, parent.high, parent)

    def merge(self, number: int) -> None:
        """Merge a shard with the open one next to it."""
        one = self._close(number)
        beside = [shard for shard in self._opened if shard.high == one.low or shard.low == one.high]
        if not beside:
            raise EsmError(f"{self.identity}: no open shard lies next to shard {number}")
        other = self._close(beside[-1].number)
        self._open(min(one.low, other.low), max(one.high, other.high), one, other)

    def _close(self, number: int) -> Shard:
        if not 0 <= number < len(self.shards) or not self.shards[number].is_open:
            raise EsmError(f"{self.identity}: there is no open shard {number}")
        self.shards[number].is_open = False
        self._opened.remove(self.shards[number])
        return self.shards[number]

    def _open(self, low: int, high: int, *parents: Shard) -> None:
        self.shards.append(Shard(len(self.shards), low, high, parents))
        self._opened.append(self.shards[-1])
