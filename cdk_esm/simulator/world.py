"""What the pollers of a run share: its clock, its functions, its metrics, and the way of records between sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from cdk_esm.errors import EsmError
from cdk_esm.simulator.arguments import meant
from cdk_esm.simulator.clock import Clock
from cdk_esm.simulator.fidelity.step import Step
from cdk_esm.simulator.function import Sent, Target
from cdk_esm.simulator.meter import Meter
from cdk_esm.simulator.record import Item
from cdk_esm.simulator.recorder import Recorder
from cdk_esm.simulator.settings import Common
from cdk_esm.simulator.spread import Backoff


class Source(Protocol):
    """Where records are until a mapping has processed them."""

    identity: str

    def put(self, item: Item) -> None:
        """A record arrives at this moment."""

    def sample(self) -> None:
        """A minute is over: write what the source's own metrics say of it."""

    def close(self) -> None:
        """The source is deleted with everything in it."""

    def leave(self, step: Step) -> None:
        """The run is over: end the stories of what is still here."""


class Poller(Protocol):
    """One mapping at work."""

    common: Common
    target: Target

    def wake(self) -> None:
        """Something may be there to read."""

    def enable(self, *, on: bool) -> None:
        """The mapping is enabled, or disabled."""

    def idle(self, when: int) -> None:
        """A minute is over: an enabled mapping has polled in it, even if nothing was there."""


@dataclass
class World:
    """Everything that the parts of a run share."""

    clock: Clock
    meter: Meter
    recorder: Recorder
    seed: int
    backoff: Backoff
    duplicates: float
    random: Random
    sources: dict[str, Source] = field(default_factory=dict)
    by_path: dict[str, Source] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    wakes: list[Callable[[], None]] = field(default_factory=list)
    has_sent: bool = False
    busy: int = 0
    numbers: int = 0

    def wake(self) -> None:
        """Let those look for records who were told of some: when everything of this moment has arrived."""
        wakes, self.wakes = self.wakes, []
        for look in wakes:
            look()

    def new(self, item: Item) -> Item:
        """Number a record; the number gives it its name, unless it has one."""
        self.numbers += 1
        item.number = self.numbers
        if item.id == "r0":
            item.id = f"r{item.number}"
        return item

    def again(self, number: int) -> bool:
        """Whether a record is delivered once more though it succeeded: drawn from the seed, for each record alone."""
        if not self.duplicates:
            return False
        return Random(f"{self.seed}/again/{number}").random() < self.duplicates  # noqa: S311 - no secret

    def deliver(self, sent: tuple[Sent, ...], began: int, depth: int, path: str) -> None:
        """Let what a handler sent arrive at its sources."""
        self.has_sent = True
        for one in sent:
            source = self.by_path.get(one.to)
            if source is None:
                known = f"the run has the mappings {', '.join(self.by_path)}{meant(one.to, self.by_path)}"
                raise EsmError(f"{path}: the handler sends to {one.to!r}, and {known}")
            item = self.new(Item(0, began + one.after, one.payload))
            item.group, item.key, item.depth = one.group, one.key, depth
            self.busy += 1
            self.clock.at(item.at, self._arrive, source, item)

    def _arrive(self, source: Source, item: Item) -> None:
        self.busy -= 1
        source.put(item)
