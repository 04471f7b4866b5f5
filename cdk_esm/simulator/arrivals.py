"""Arrivals: many records with times and rates, made one after the other, so that a million need no memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from operator import attrgetter
from random import Random
from typing import Any, Final, TypeAlias

from cdk_esm.errors import EsmError
from cdk_esm.simulator.arguments import check_count, check_named, check_seconds, is_number, refused
from cdk_esm.simulator.clock import SECOND, ticks
from cdk_esm.simulator.record import Item, Record

Payload: TypeAlias = Any
Given: TypeAlias = Any
"""What ``simulate`` takes as records: texts, bytes, objects, ``Record``, ``Arrivals``, and lists of them."""

_EVEN: Final = "even"
_RANDOM: Final = "random"
_ROUNDING: Final = 1e-9
"""0.29 records a second for 100 seconds are 29 records, and not 28."""


def _numbered(number: int) -> dict[str, int]:
    return {"n": number}


@dataclass(frozen=True)
class Arrivals:
    """Records that arrive at a rate. Make them with ``steady``, ``burst`` or ``random``.

    Args:
        count: how many records there are.
        start: seconds at which the first one arrives.
        rate: records a second; 0 means all at once.
        payload: what each record holds, or a function from its number, counted from 0; ``{"n": number}`` by default.
        groups: message groups that the records go around, for FIFO queues; 0 means the queue's one group.
        keys: partition keys that the records go around, for streams and topics; 0 means one for each record.
        spacing: ``even``, or ``random`` for independent arrivals, drawn from the seed of the run.

    Raises:
        EsmError: a number is of the wrong type or below what it can be.
    """

    count: int
    start: float = 0
    rate: float = 0
    payload: Payload | Callable[[int], Payload] = _numbered
    groups: int = 0
    keys: int = 0
    spacing: str = _EVEN

    def __post_init__(self) -> None:
        check_count("count of arrivals", self.count)
        check_seconds("start of arrivals", self.start, least=None)
        if not is_number(self.rate, least=0):
            raise refused("rate of arrivals", "records a second, 0 or more", self.rate)
        check_count("groups of arrivals", self.groups)
        check_count("keys of arrivals", self.keys)
        if self.spacing not in (_EVEN, _RANDOM) or (self.spacing == _RANDOM and not self.rate):
            raise refused("spacing of arrivals", f"{_EVEN!r}, or {_RANDOM!r} with a rate above 0", self.spacing)

    @classmethod
    def steady(cls, rate: float, *, lasting: float | None = None, count: int | None = None, **about: Any) -> Arrivals:
        """Records at even distances.

        Args:
            rate: records a second.
            lasting: for how many seconds; either this or ``count``.
            count: how many records.
            **about: ``start``, ``payload``, ``groups``, ``keys``.

        Raises:
            EsmError: the rate is not above zero, ``lasting`` and ``count`` are both given or both not, or an argument
                cannot be taken.
        """
        return cls(count=_count(rate, lasting, count), rate=rate, **_about(about, "Arrivals.steady", "start"))

    @classmethod
    def random(cls, rate: float, *, lasting: float | None = None, count: int | None = None, **about: Any) -> Arrivals:
        """Records that arrive independently of each other, at a rate on average; otherwise as ``steady``."""
        about = _about(about, "Arrivals.random", "start")
        return cls(count=_count(rate, lasting, count), rate=rate, spacing=_RANDOM, **about)

    @classmethod
    def burst(cls, count: int, *, at: float = 0, **about: Any) -> Arrivals:
        """Records that arrive all at once.

        Args:
            count: how many.
            at: when, in seconds.
            **about: ``payload``, ``groups``, ``keys``.

        Raises:
            EsmError: an argument cannot be taken.
        """
        return cls(count=count, start=at, **_about(about, "Arrivals.burst", "at"))

    def items(self, seed: int) -> Iterator[Item]:
        """The records, in order of time; their names are still to be given."""
        # Of the payload only the place in memory could be told, and that is another one in the next process.
        drawn = f"{seed}/{self.count}/{self.start}/{self.rate}/{self.groups}/{self.keys}"
        draw = Random(drawn).expovariate if self.spacing == _RANDOM else None  # noqa: S311 - no secret
        begin, payload, groups, keys = ticks(self.start), self.payload, self.groups, self.keys
        called = payload if callable(payload) else None
        each = SECOND / self.rate if self.rate else 0
        passed = 0.0
        for number in range(self.count):
            if draw is not None:
                passed += draw(self.rate) * SECOND
            when = begin + int(passed if draw is not None else number * each)
            item = Item(0, when, payload if called is None else _asked(called, number))
            if groups:
                item.group = f"g{number % groups}"
            if keys:
                item.key = f"k{number % keys}"
            yield item


def _count(rate: float, lasting: float | None, count: int | None) -> int:
    if not is_number(rate, above=0):
        raise EsmError(
            f"a rate is above 0 records a second, got {rate!r}; a burst comes all at once: Arrivals.burst(…)"
        )
    if (count is None) == (lasting is None):
        raise EsmError("say when the arrivals end, in one way: lasting=60 (seconds), or count=1000")
    if count is not None:
        return count
    check_seconds("lasting of arrivals", lasting)
    return int(rate * (lasting or 0) + _ROUNDING)


def _about(given: dict[str, Any], called: str, beginning: str) -> dict[str, Any]:
    """The keywords that one of the ways to make arrivals takes beside its own."""
    own = {"steady": ["lasting", "count"], "random": ["lasting", "count"], "burst": []}[called.partition(".")[2]]
    check_named([*own, beginning, "payload", "groups", "keys"], given, called)
    return given


def _asked(payload: Callable[[int], Payload], number: int) -> Payload:
    try:
        return payload(number)
    except Exception as error:
        raise EsmError(
            f"payload of arrivals: asked for record {number}, the function raised {type(error).__name__}: {error}; "
            "it takes the number of the record, counted from 0"
        ) from error


def in_order(records: Given, seed: int) -> Iterator[Item]:
    """All records of a source in order of time, those of one moment in the order in which they were given.

    Raises:
        EsmError: something in it is no record.
    """
    plain: list[Item] = []
    flows: list[Iterator[Item]] = []
    for one in [records] if isinstance(records, str | bytes | Mapping | Record | Arrivals) else _listed(records):
        if isinstance(one, Arrivals):
            flows.append(one.items(seed + len(flows)))
        else:
            plain.append(_item(one if isinstance(one, Record) else Record(one)))
    _check_names(plain)
    plain.sort(key=attrgetter("at"))
    if not flows:
        yield from plain
    elif len(flows) == 1 and not plain:
        yield from flows[0]
    else:
        yield from merge(plain, *flows, key=attrgetter("at"))


def _check_names(items: list[Item]) -> None:
    """Refuse two records of one name: a trace would tell the story of one of them only."""
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise EsmError(f"two records have the id {item.id!r}; give each its own, or none")
        if item.id != "r0":
            seen.add(item.id)


def _listed(records: Given) -> Iterable[Any]:
    if not isinstance(records, Iterable) or isinstance(records, set | frozenset):  # which has no order
        raise EsmError(
            f"records are a list of texts, objects, esm.Record(…) or esm.Arrivals, got {type(records).__name__}"
        )
    return records


def _item(record: Record) -> Item:
    item = Item(0, ticks(record.at), record.payload, record.id)
    item.group, item.key, item.partition = record.group, record.key, record.partition
    item.attributes = record.attributes
    return item
