"""Keeps what happened: counts always, and every invocation and story if the whole trace is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from cdk_esm.simulator.clock import seconds
from cdk_esm.simulator.destinations import Delivered
from cdk_esm.simulator.fidelity.step import Label, Step
from cdk_esm.simulator.record import Item

End: TypeAlias = Literal["processed", "dead-letter", "destination", "filtered", "expired", "discarded", "in-flight"]
LOST: Final = frozenset({"expired", "discarded"})
_MOST_EXAMPLES: Final = 100


@dataclass(frozen=True)
class Story:
    """What became of a record.

    Args:
        id: its name.
        source: the path of the mapping that read it; of a queue that several mappings read, of the first one.
        end: what its source did with it last.
        step: the id of the step that decided it; ``STEPS`` has the words.
        at: seconds at which it arrived.
        ended: seconds at which it ended.
        deliveries: how often the function got it.
        receive_count: how often it was received from a queue or a broker.
        successes: how many of its deliveries succeeded; more than one is a duplicate.
        group: its message group, or its shard or partition.
        key: its partition key.
        tale: what happened to it, as seconds and words.
    """

    id: str
    source: str
    end: End
    step: str
    at: float
    ended: float
    deliveries: int
    receive_count: int
    successes: int
    group: str | None
    key: str | None
    tale: tuple[tuple[float, str], ...]

    @property
    def duplicates(self) -> int:
        """How often the function processed it once more."""
        return max(0, self.successes - 1)


@dataclass(frozen=True)
class Invocation:
    """One invocation.

    Args:
        number: counted from 1.
        at: seconds at which it began.
        took: seconds.
        path: the mapping.
        record_ids: the records in its batch, in order.
        event: what the function got.
        response: what it returned.
        error: what it raised, or that it timed out; ``None`` if it returned.
        decision: what the poller made of it, in words.
        step: the id of the step behind the decision.
        version: the version of the function that ran.
        group: the shard, or the partitions or message groups of the batch.
    """

    number: int
    at: float
    took: float
    path: str
    record_ids: tuple[str, ...]
    event: dict[str, Any]
    response: Any
    error: str | None
    decision: str
    step: str
    version: str
    group: str


@dataclass(frozen=True)
class DeadLetter:
    """A message in a dead-letter queue.

    Args:
        record_id: the record.
        at: seconds at which it was moved there.
        expires_at: seconds at which its retention there ends; ``None`` if nobody knows, as at a broker.
        source: the path of the mapping, or of the broker's queue.
        message_id: its id, which a move to a dead-letter queue keeps.
    """

    record_id: str
    at: float
    expires_at: float | None
    source: str
    message_id: str


class Recorder:
    """What happened in a run."""

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self.alive = 0
        self.arrived = 0
        self.last = 0
        self.last_processed = 0
        self.ends: Counter[str] = Counter()
        self.because: Counter[str] = Counter()
        self.chosen: Counter[str] = Counter()
        self.duplicates = 0
        self.deliveries = 0
        self.errors = 0
        self.throttles = 0
        self.receives = 0
        self.invocation_count = 0
        self.oldest = 0
        self.invocations: list[Invocation] = []
        self.open: dict[int, Callable[[], None]] = {}
        self.stories: list[tuple[int, int, Story]] = []
        self.letters: list[DeadLetter] = []
        self.letter_count = 0
        self.delivered: list[Delivered] = []
        self.delivered_count = 0

    def arrive(self, item: Item) -> None:
        """A record has come to its source."""
        self.alive += 1
        self.arrived += 1
        if self.whole:
            item.tale = [(item.at, "arrived")]

    def tell(self, items: Iterable[Item], now: int, words: str) -> None:
        """Something happened to records."""
        if self.whole:
            for item in items:
                if item.tale is not None:
                    item.tale.append((now, words))

    def finish(self, item: Item, end: End, step: Step, now: int, source: str) -> None:
        """A record has come to its end."""
        if item.end is not None:
            return
        item.end = end
        item.gone = True
        self.alive -= 1
        self.ends[end] += 1
        self.last = now
        if end == "processed":
            self.last_processed = now
        if item.successes > 1:
            self.duplicates += item.successes - 1
        lost = end in LOST
        if lost:
            self.because[step.id] += 1
            if step.label is Label.CHOSEN:
                self.chosen[step.id] += 1
        if self.whole or (lost and len(self.stories) < _MOST_EXAMPLES):
            self.stories.append((item.at, item.number, story(item, end, step, now, source)))

    def finish_all(self, items: Sequence[Item], end: End, step: Step, now: int, source: str) -> None:
        """Records of a batch have come to the same end."""
        for item in items:
            self.finish(item, end, step, now, source)

    def letter(self, item: Item, now: int, expires: int | None, source: str, message_id: str) -> None:
        """A message has come to a dead-letter queue."""
        self.letter_count += 1
        if self.whole or len(self.letters) < _MOST_EXAMPLES:
            self.letters.append(
                DeadLetter(item.id, seconds(now), None if expires is None else seconds(expires), source, message_id)
            )

    def deliver(self, document: Delivered) -> None:
        """Something has come to an on-failure destination."""
        self.delivered_count += 1
        if self.whole or len(self.delivered) < _MOST_EXAMPLES:
            self.delivered.append(document)


def story(item: Item, end: End, step: Step, now: int, source: str) -> Story:
    """The story of a record, as it can be told now."""
    group = item.group if item.group is not None else None if item.partition is None else str(item.partition)
    return Story(
        id=item.id,
        source=source,
        end=end,
        step=step.id,
        at=seconds(item.at),
        ended=seconds(now),
        deliveries=item.deliveries,
        receive_count=item.receives,
        successes=item.successes,
        group=group,
        key=item.key,
        tale=tuple((seconds(when), words) for when, words in item.tale or ()),
    )
