"""``simulate``: builds the parts of a run from plans, lets virtual time pass, and hands back the trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, Final, Literal

from cdk_esm.errors import EsmError
from cdk_esm.plan import MappingPlan
from cdk_esm.simulator import alarms
from cdk_esm.simulator.arrivals import in_order
from cdk_esm.simulator.build import Built, Given, build
from cdk_esm.simulator.change_at import apply, in_turn
from cdk_esm.simulator.changes import Change
from cdk_esm.simulator.clock import MINUTE, Clock, seconds, ticks
from cdk_esm.simulator.fidelity.common_steps import IN_FLIGHT
from cdk_esm.simulator.function import Duration, Handler
from cdk_esm.simulator.meter import Meter
from cdk_esm.simulator.options import check_handlers, check_more_options, check_options, check_paths, plans_of
from cdk_esm.simulator.queue import SqsQueue
from cdk_esm.simulator.record import Item
from cdk_esm.simulator.recorder import Recorder
from cdk_esm.simulator.settings import check_assumed
from cdk_esm.simulator.spread import Backoff, Spread
from cdk_esm.simulator.trace import Fired, Stories, Summary, Trace, points_of
from cdk_esm.simulator.world import Source, World
from cdk_esm.sources.sqs_queue import QUEUE

_APART: Final = 1_000_003
"""Between the seeds of two sources, so that what arrives at random at one does not at the same moments at the other."""
LONGEST: Final = ticks(float(QUEUE.by_name["MessageRetentionPeriod"].maximum or 0))
"""How long a run lasts at most that nobody ends: as long as any queue keeps a message."""


def simulate(
    plan: MappingPlan | Sequence[MappingPlan],
    handler: Handler | Mapping[str, Handler],
    records: Any,
    *,
    until: float | None = None,
    seed: int = 0,
    duration: Duration = 0,
    reserved_concurrency: int | None = None,
    duplicates: float = 0,
    changes: Sequence[Change] = (),
    assume: Mapping[str, Any] | None = None,
    keep: Literal["all", "summary"] = "all",
    backoff: Backoff | None = None,
    progress: Callable[[int, float], None] | None = None,
) -> Trace:
    """Show what one or several mappings do with records and a handler. Nothing is deployed, and nothing sleeps.

    Args:
        plan: the mapping, or several: a construct's ``plan``, or what ``read_template`` found.
        handler: the function ``(event, context)``; for several mappings, path to function, where one function is
            named by several paths it has one concurrency.
        records: what arrives: texts, bytes, objects, ``Record`` and ``Arrivals``; for several sources, path to those.
        until: seconds after which the run ends; by default when every record has come to its end and the alarms were
            judged, at most 14 days.
        seed: what is random is drawn from it: the same seed gives the same trace.
        duration: how long an invocation takes, beside what the handler spends with ``context.spend``: seconds, a
            ``Spread``, or a function from the event to seconds.
        reserved_concurrency: of every function, in place of what the plans say.
        duplicates: the share of the records, 0 to 1, that is delivered once more though it succeeded.
        changes: what changes in the middle of the run.
        assume: what holds for values that an import hides, by name: ``{"VisibilityTimeout": 180}``, or by path and
            name.
        keep: ``summary`` keeps figures, metrics and alarms only, so that a million records need no memory.
        backoff: the waits between attempts of streams, topics and brokers; our choice: 0.25 s, doubling up to 60 s.
        progress: called now and then with the records that have ended and the virtual seconds.

    Returns:
        The trace.

    Raises:
        EsmError: a value that is needed is hidden and not assumed, or an argument cannot be taken.
    """
    plans = plans_of(plan)
    check_handlers(handler, [one.path for one in plans])
    check_assumed({} if assume is None else assume, plans)
    check_options(until=until, seed=seed, duration=duration, reserved_concurrency=reserved_concurrency)
    check_more_options(duplicates=duplicates, keep=keep, backoff=backoff, progress=progress)
    clock, meter = Clock(), Meter()
    recorder = Recorder(whole=keep == "all")
    world = World(
        clock=clock,
        meter=meter,
        recorder=recorder,
        seed=seed,
        backoff=backoff or Backoff(),
        duplicates=duplicates,
        random=Random(seed),  # noqa: S311 - no secret
    )
    # Numbers of other kinds, such as fractions, are numbers as well.
    lasting = duration if isinstance(duration, Spread) or callable(duration) else float(duration)
    built = build(world, plans, Given(_handlers(handler), lasting, reserved_concurrency, assume or {}))
    run = _Run(world, built, plans, until)
    run.arrivals = _merged(world, plans, records)
    for change in in_turn(world, built, changes):
        clock.at(ticks(change.at), apply, world, built, change)
    run.go(progress)
    return run.trace()


def _handlers(handler: Any) -> Callable[[MappingPlan], Handler]:
    if isinstance(handler, Mapping):
        return lambda plan: handler[plan.path]
    return lambda _: handler


def _merged(world: World, plans: list[MappingPlan], records: Any) -> Iterator[tuple[Source, Item]]:
    """Every record with its source, in order of time."""
    by_path = isinstance(records, Mapping) and set(records) <= {plan.path for plan in plans} and records
    if not by_path:
        check_paths(records, [plan.path for plan in plans])
        if len({id(world.by_path[plan.path]) for plan in plans}) > 1:
            raise EsmError(f"there are several sources: say for each what arrives, {{{plans[0].path!r}: […], …}}")
        source = world.by_path[plans[0].path]
        for item in in_order(records, world.seed):
            yield source, item
        return
    flows = [
        (world.by_path[path], in_order(one, world.seed + _APART * number))
        for number, (path, one) in enumerate(records.items())
    ]
    heads = [[source, flow, next(flow, None)] for source, flow in flows]
    while heads := [head for head in heads if head[2] is not None]:
        first: Any = min(heads, key=lambda head: head[2].at)  # type: ignore[union-attr]
        yield first[0], first[2]
        first[2] = next(first[1], None)


class _Run:
    """A run while it lasts."""

    def __init__(self, world: World, built: Built, plans: list[MappingPlan], until: float | None) -> None:
        self.world, self.built, self.plans = world, built, plans
        self.watched = alarms.watches(plans, built.owners)
        self.until = None if until is None else ticks(until)
        self.arrivals: Iterator[tuple[Source, Item]] = iter(())
        self._minute = MINUTE
        self._is_cut = False
        self._more: tuple[Source, Item] | None = None

    def go(self, progress: Callable[[int, float], None] | None) -> None:
        """Let time pass until the run is over."""
        world, clock, recorder = self.world, self.world.clock, self.world.recorder
        horizon = LONGEST if self.until is None else self.until
        self._more = next(self.arrivals, None)
        while True:
            due, more = clock.next, self._more
            arriving = more is not None and (due is None or more[1].at <= due)
            when = more[1].at if arriving else due  # type: ignore[index]
            if world.wakes and (when is None or when > clock.now):
                world.wake()
                continue
            if when is None:
                assert not world.busy, "something was begun and never ended"
                self._is_cut = bool(recorder.alive)  # in a source that keeps them, and that nobody reads
                break
            if when > horizon:
                self._is_cut = bool(recorder.alive or world.busy or more is not None)
                break
            if not (arriving or more is not None or recorder.alive or world.busy or self.until is not None):
                break
            while when >= self._minute:
                self._sample(progress)
            if arriving:
                clock.now = max(when, 0)
                self._arrive(more)  # type: ignore[arg-type]
                self._more = next(self.arrivals, None)
            else:
                clock.step()
        self._end(horizon if self.until is not None or self._is_cut else None, progress)

    def _arrive(self, more: tuple[Source, Item]) -> None:
        source, item = more
        source.put(self.world.new(item))

    def _sample(self, progress: Callable[[int, float], None] | None) -> None:
        """A minute is over."""
        self.world.clock.now = self._minute
        for source in self.world.sources.values():
            source.sample()
        for poller in self.built.pollers.values():
            poller.idle(self._minute - 1)
        if progress is not None:
            progress(sum(self.world.recorder.ends.values()), seconds(self._minute))
        self._minute += MINUTE

    def _end(self, horizon: int | None, progress: Callable[[int, float], None] | None) -> None:
        """Judge the alarms for as long as they need, and end the stories of what is left."""
        clock = self.world.clock
        last = clock.now if horizon is None else horizon
        self._over = last
        tail = last if self.until is not None else last + alarms.longest(self.watched) + MINUTE
        while self._minute <= tail:
            self._sample(progress)
        self._tail = tail
        clock.now = last
        for write in list(self.world.recorder.open.values()):
            write()
        if horizon is not None:
            for source in self.world.sources.values():
                source.leave(IN_FLIGHT)

    def trace(self) -> Trace:
        """What happened."""
        world, recorder = self.world, self.world.recorder
        expired = sum(
            source.letters_expired(self._over) for source in world.sources.values() if isinstance(source, SqsQueue)
        )
        fired = [
            Fired(one.recipe.key, since, until, one.path, one.recipe.said)
            for one in self.watched
            for since, until in alarms.fired(one, world.meter, self._tail)
        ]
        # Records of one moment in the order in which they were given, and of one record in that of the mappings.
        place = {plan.path: number for number, plan in enumerate(self.plans)}
        recorder.stories.sort(key=lambda told: (told[0], told[1], place.get(told[2].source, 0)))
        lost = sum(recorder.because.values()) + expired
        summary = Summary(
            records=recorder.arrived,
            ends=dict(sorted(recorder.ends.items())),
            invocations=recorder.invocation_count,
            errors=recorder.errors,
            throttles=recorder.throttles,
            deliveries=recorder.deliveries,
            receives=recorder.receives,
            duplicates=recorder.duplicates,
            dead_letters=recorder.letter_count,
            letters_expired=expired,
            lost=lost,
            lost_because=dict(sorted(recorder.because.items())) | ({"letter-age": expired} if expired else {}),
            lost_by_choice=dict(sorted(recorder.chosen.items())),
            most_concurrent=max((one.most_running for one in world.targets.values()), default=0),
            ended=seconds(recorder.last),
            processed_until=seconds(recorder.last_processed),
        )
        return Trace(
            invocations=tuple(sorted(recorder.invocations, key=lambda one: one.number)),
            records=Stories([story for _, _, story in recorder.stories]),
            dead_letters=tuple(recorder.letters),
            destinations=tuple(recorder.delivered),
            metrics=points_of(world.meter),
            alarms=tuple(sorted(fired, key=lambda one: (one.at, one.path, one.name))),
            summary=summary,
            seed=world.seed,
            paths=tuple(plan.path for plan in self.plans),
            thresholds=alarms.thresholds(self.watched),
        )
