"""What each mapping reads of a source that several mappings can read, and what such sources have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from cdk_esm.plan import FailureKind
from cdk_esm.simulator.attempt import GaveUp
from cdk_esm.simulator.clock import seconds
from cdk_esm.simulator.destinations import Delivered, GivenUp, Sender
from cdk_esm.simulator.events import Writer
from cdk_esm.simulator.fidelity.common_steps import SOURCE_GONE
from cdk_esm.simulator.fidelity.step import Step
from cdk_esm.simulator.fidelity.stream_steps import CHANGES_EXPIRE, DISCARDED, GIVEN_UP, SKIPPED
from cdk_esm.simulator.invoker import Invoker
from cdk_esm.simulator.lane import Lane
from cdk_esm.simulator.record import Item
from cdk_esm.simulator.recorder import End
from cdk_esm.simulator.stream_settings import ReaderSettings
from cdk_esm.simulator.world import World


def hash_key(key: str | None) -> int:
    """Where a partition key lies among the hash keys."""
    return int.from_bytes(hashlib.md5((key or "").encode(), usedforsecurity=False).digest(), "big")


class Shard:
    """One shard: a range of hash keys, and the shards that it came of."""

    def __init__(self, number: int, low: int, high: int, parents: tuple[Shard, ...] = ()) -> None:
        self.number, self.low, self.high, self.parents = number, low, high, parents
        self.is_open = True


class Reader:
    """One mapping on a stream, a topic, a broker or a change stream: its lanes, and what it gives up."""

    def __init__(self, invoker: Invoker, settings: ReaderSettings, sender: Sender, name: Callable[[int], str]) -> None:
        self.invoker, self.settings, self.sender, self._name = invoker, settings, sender, name
        self.world, self.common, self.target = invoker.world, settings.common, invoker.target
        self.enabled = self.common.enabled
        self.lanes: dict[tuple[int, int], Lane] = {}

    def accept(self, item: Item, shard: Shard) -> None:
        """A record arrives in a shard."""
        starts = self.settings.starts
        if starts is not None and item.at < starts:
            now = self.world.clock.now
            self.world.recorder.tell([item], now, "came before the starting position: never read")
            self.world.recorder.finish(item, "expired", SKIPPED, now, self.common.path)
            return
        self.lane(shard, item).put(item)

    def lane(self, shard: Shard, item: Item) -> Lane:
        """The lane of a record: its shard's, and of several the one of its key."""
        part = hash_key(item.key) % self.settings.lanes if self.settings.lanes > 1 else 0
        found = self.lanes.get((shard.number, part))
        if found is None:
            found = self.lanes[shard.number, part] = self._new_lane(self._name(shard.number))
            found.blocked = not all(self.is_read(parent) for parent in shard.parents)
        return found

    def _new_lane(self, name: str) -> Lane:
        lane = Lane(self.invoker, self.settings.rules, name, give_up=self.give_up, drained=self.drained)
        lane.enabled = self.enabled
        if self.settings.rules.expired is CHANGES_EXPIRE:
            lane.attempts.expired = self._disabled_by_service
        return lane

    def _disabled_by_service(self) -> None:
        """Changes have expired, so Lambda disables the mapping; where it was is gone, so nothing is read again."""
        self.enable(on=False)

    def is_read(self, shard: Shard) -> bool:
        """Whether a closed shard was read to its end, and those that it came of."""
        own = [lane for (number, _), lane in self.lanes.items() if number == shard.number]
        return all(lane.is_drained for lane in own) and all(self.is_read(parent) for parent in shard.parents)

    def drained(self) -> None:
        """A lane has nothing to do: the children of its shard may be read now."""
        if any(lane.blocked for lane in self.lanes.values()):
            self.world.clock.at(self.world.clock.now, self.release)

    def release(self, shards: Iterable[Shard] = ()) -> None:
        """Let the lanes read whose parents are read to the end."""
        for shard in shards or self.shards():
            if all(self.is_read(parent) for parent in shard.parents):
                for (number, _), lane in self.lanes.items():
                    if number == shard.number and lane.blocked:
                        lane.blocked = False
                        lane.release()

    shards: Callable[[], Iterable[Shard]] = tuple

    def idle(self, when: int) -> None:
        """A minute is over: an enabled mapping has polled in it."""
        if self.enabled:
            self.invoker.idle(when)

    def wake(self) -> None:
        """Something may be there to read."""
        for lane in self.lanes.values():
            lane.release()

    def enable(self, *, on: bool) -> None:
        """The mapping is enabled, or disabled."""
        self.enabled = on
        self.invoker.counts = on and self.common.counts_events
        for lane in self.lanes.values():
            lane.enable(on=on)

    def give_up(self, lane: Lane, gave: GaveUp) -> None:
        """A batch is tried no more."""
        self.give_away(lane, gave)

    def give_away(self, lane: Lane, gave: GaveUp) -> None:
        """What was given up goes to the destination, or nowhere."""
        world, now, path, kind = self.world, self.world.clock.now, self.common.path, self.settings.destination
        items, words = gave.items, f"given up: {gave.condition}"
        world.recorder.tell(items, now, words)
        if kind.nowhere or kind is FailureKind.DEAD_LETTER_QUEUE:
            self.invoker.count("DroppedEventCount", len(items))
            world.recorder.finish_all(items, "discarded", DISCARDED, now, path)
            return
        why = GivenUp(gave.condition, gave.count, gave.request, gave.error, self.target.version)
        writer = self.invoker.writer
        batch = [(item, writer.identifier(item)) for item in items]
        event = writer.event([writer.record(item) for item in items], lane.attempts.about())
        documents = self.sender.documents(why, batch, lane.name, event, now)
        names = tuple(item.id for item in items)
        for index, (document, key) in enumerate(documents):
            about = names if len(documents) == 1 else (names[index],)
            world.recorder.deliver(Delivered(kind.value, document, key, seconds(now), about, path))
        self.invoker.count("OnFailureDestinationDeliveredEventCount", len(items))
        world.recorder.finish_all(items, "destination", GIVEN_UP, now, path)

    def sample(self) -> None:
        """A minute is over: say how far the mapping is behind."""
        lag, now, meter = self.lag, self.world.clock.now - 1, self.world.meter
        meter.series(self.common.path, "LagSeconds").add(now, lag)
        meter.series(f"{self.common.path}/consumer", "SubscribeToShardEvent.MillisBehindLatest").add(now, lag * 1000)

    def drop(self, step: Step, end: End) -> None:
        """End the story of everything that is still here."""
        for lane in self.lanes.values():
            lane.drop(step, end)

    @property
    def lag(self) -> float:
        """The age of the oldest record that was not read yet, in seconds."""
        waiting = [lane.pending[0].at for lane in self.lanes.values() if lane.pending]
        return seconds(self.world.clock.now - min(waiting)) if waiting else 0


R = TypeVar("R", bound=Reader)


class ReadSource(Generic[R]):
    """A source with its mappings: a stream, a topic, or a queue of a broker."""

    def __init__(self, world: World, identity: str, writer: Writer) -> None:
        self.world, self.identity, self.writer = world, identity, writer
        self.readers: list[R] = []
        self.gone = False

    def add(self, reader: R) -> None:
        """A mapping reads the source."""
        self.readers.append(reader)

    def hand(self, item: Item, reader: R, shard: Shard) -> None:
        """A record is there for a mapping, unless the source is deleted."""
        self.world.recorder.arrive(item)
        if self.gone:
            self.world.recorder.finish(item, "expired", SOURCE_GONE, self.world.clock.now, reader.common.path)
        else:
            reader.accept(item, shard)

    def hand_to_all(self, item: Item, shard: Shard) -> None:
        """A record is there for every mapping, each of which has its own story of it."""
        for number, reader in enumerate(self.readers):
            self.hand(item.again() if number else item, reader, shard)

    def sample(self) -> None:
        """A minute is over."""
        for reader in self.readers:
            reader.sample()

    def close(self) -> None:
        """The source is deleted."""
        self.gone = True
        for reader in self.readers:
            reader.drop(SOURCE_GONE, "expired")

    def leave(self, step: Step) -> None:
        """The run is over."""
        for reader in self.readers:
            reader.drop(step, "in-flight")
