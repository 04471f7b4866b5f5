"""The trace of a run: every invocation, every record's story and end, and what the services measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final, overload

from cdk_esm.printed import counted
from cdk_esm.simulator.arguments import check_count, meant
from cdk_esm.simulator.clock import MINUTE
from cdk_esm.simulator.destinations import Delivered
from cdk_esm.simulator.meter import COUNT, MOST, SUM, Meter
from cdk_esm.simulator.page import html_page
from cdk_esm.simulator.recorder import DeadLetter, Invocation, Story
from cdk_esm.simulator.show import show_trace

_FEW: Final = 3


@dataclass(frozen=True)
class Fired:
    """An alarm that would have fired.

    Args:
        name: the recipe's key.
        at: seconds at which it went into alarm.
        until: seconds at which it was well again; ``None`` if it was not until the end.
        path: the mapping whose alarm it is.
        description: what it says.
    """

    name: str
    at: float
    until: float | None
    path: str
    description: str


@dataclass(frozen=True)
class Summary:
    """The figures of a run.

    Args:
        records: how many there were; of a stream that several mappings read, each counts for each of them.
        ends: end to how many came to it.
        invocations: how many there were.
        errors: invocations that raised or timed out.
        throttles: calls that were throttled.
        deliveries: records that were handed to a function, each time counted.
        receives: messages that were received, each time counted.
        duplicates: how often a record was processed once more, though it had been processed.
        dead_letters: messages that were moved to a dead-letter queue.
        letters_expired: those of them whose retention there ended before the end of the run.
        lost: records that nobody has any more: expired, discarded, or expired in a dead-letter queue.
        lost_because: id of a step to the records that it lost.
        lost_by_choice: the same, of steps that are our choice: AWS might not have lost these.
        most_concurrent: the most invocations of one function at the same time.
        ended: seconds at which the last thing happened.
        processed_until: seconds at which the last record was processed; 0 if none was.
    """

    records: int
    ends: Mapping[str, int]
    invocations: int
    errors: int
    throttles: int
    deliveries: int
    receives: int
    duplicates: int
    dead_letters: int
    letters_expired: int
    lost: int
    lost_because: Mapping[str, int]
    lost_by_choice: Mapping[str, int]
    most_concurrent: int
    ended: float
    processed_until: float


class Stories(Sequence[Story]):
    """The stories of the records, in the order of their arrival.

    ``trace.records["r1"]`` is the story of one; of a record that several mappings read, that of the first of them.
    """

    def __init__(self, stories: Sequence[Story]) -> None:
        self._stories = tuple(stories)
        self._by_id = {story.id: story for story in reversed(self._stories)}

    def __len__(self) -> int:
        return len(self._stories)

    @overload
    def __getitem__(self, which: int | str) -> Story: ...
    @overload
    def __getitem__(self, which: slice) -> Sequence[Story]: ...
    def __getitem__(self, which: int | str | slice) -> Story | Sequence[Story]:
        if not isinstance(which, str):
            return self._stories[which]
        if which not in self._by_id:
            few = ", ".join(story.id for story in self._stories[:_FEW]) or "none"
            known = f"there are stories of {counted(len(self._stories), 'record')}, {few} …"
            raise KeyError(f"{which}: {known}{meant(which, self._by_id)}")
        return self._by_id[which]

    def __iter__(self) -> Iterator[Story]:
        return iter(self._stories)


@dataclass(frozen=True)
class Trace:
    """What happened in a run.

    Args:
        invocations: every invocation, in order; empty with ``keep="summary"``.
        records: every record's story, in the order of arrival; with ``keep="summary"`` the first hundred lost ones.
        dead_letters: what was moved to dead-letter queues that no mapping of the run reads.
        destinations: the documents at on-failure destinations.
        metrics: whose metric it is and its name to its data points: seconds, sum, greatest value, number.
        alarms: the alarms of the mappings that would have fired, in order.
        summary: the figures.
        thresholds: the alarms that were watched, each as path, name, owner, metric and threshold.
        seed: the seed of the run.
        paths: the mappings.
    """

    invocations: tuple[Invocation, ...]
    records: Stories
    dead_letters: tuple[DeadLetter, ...]
    destinations: tuple[Delivered, ...]
    metrics: Mapping[str, Mapping[str, tuple[tuple[int, float, float, float], ...]]]
    alarms: tuple[Fired, ...]
    summary: Summary
    seed: int
    paths: tuple[str, ...]
    thresholds: tuple[Mapping[str, Any], ...] = field(default=())

    def show(self, *, most: int = 60) -> str:
        """A timeline that a person can follow.

        Args:
            most: the lines of it, at most; what is left out is counted.

        Raises:
            EsmError: that is no whole number.
        """
        check_count("most", most)
        return show_trace(self.to_dict(), most=most)

    def to_html(self) -> str:
        """The trace as one page that loads nothing: records over time, metrics, alarms; payloads are not in it."""
        return html_page(self.to_dict())

    def to_dict(self) -> dict[str, Any]:
        """Everything, as JSON can say it; the same seed gives the same, byte for byte."""
        return {
            "version": 1,
            "seed": self.seed,
            "paths": list(self.paths),
            "summary": asdict(self.summary),
            "invocations": [asdict(one) for one in self.invocations],
            "records": [asdict(one) for one in self.records],
            "dead_letters": [asdict(one) for one in self.dead_letters],
            "destinations": [asdict(one) for one in self.destinations],
            "alarms": [asdict(one) for one in self.alarms],
            "thresholds": [dict(one) for one in self.thresholds],
            "metrics": {
                owner: {name: [list(point) for point in points] for name, points in series.items()}
                for owner, series in self.metrics.items()
            },
        }


def points_of(meter: Meter) -> dict[str, dict[str, tuple[tuple[int, float, float, float], ...]]]:
    """All metrics as data points of a minute."""
    found: dict[str, dict[str, tuple[tuple[int, float, float, float], ...]]] = {}
    for owner, name, minutes in meter:
        found.setdefault(owner, {})[name] = tuple(
            (minute * (MINUTE // 1_000_000), values[SUM], values[MOST], values[COUNT])
            for minute, values in sorted(minutes.items())
        )
    return found
