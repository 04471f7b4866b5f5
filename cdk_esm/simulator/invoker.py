"""Invokes a function for one mapping, and keeps the account of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from cdk_esm.simulator.clock import seconds
from cdk_esm.simulator.events import Writer
from cdk_esm.simulator.fidelity.common_steps import IN_FLIGHT
from cdk_esm.simulator.fidelity.step import Step
from cdk_esm.simulator.function import Outcome, Target
from cdk_esm.simulator.meter import Series
from cdk_esm.simulator.record import Item
from cdk_esm.simulator.recorder import Invocation
from cdk_esm.simulator.settings import Common
from cdk_esm.simulator.world import World

_RECURSION: Final = "RecursiveInvocationException: the function is in a loop"


class Call:
    """One invocation while it lasts."""

    __slots__ = ("began", "event", "items", "number", "outcome", "receipts", "version")

    def __init__(self, items: list[Item], number: int, began: int, outcome: Outcome) -> None:
        self.items, self.number, self.began, self.outcome = items, number, began, outcome
        self.receipts = [item.receives for item in items]
        self.event: dict[str, Any] = {}
        self.version = ""


class Invoker:
    """Invokes a function for one mapping."""

    def __init__(self, world: World, common: Common, target: Target, writer: Writer, arn: str = "") -> None:
        self.world, self.common, self.target, self.writer, self.arn = world, common, target, writer, arn
        self.path = common.path
        self.counts = common.counts_events and common.enabled
        meter, path, function = world.meter, common.path, target.identity
        self._invoked = meter.series(path, "InvokedEventCount")
        self._failed = meter.series(path, "FailedInvokeEventCount")
        self._polled = meter.series(path, "PolledEventCount")
        self._filtered = meter.series(path, "FilteredOutEventCount")
        self._errors = meter.series(function, "Errors")
        self._throttles = meter.series(function, "Throttles")
        self._durations = meter.series(function, "Duration")
        self._running = meter.series(function, "ConcurrentExecutions")
        self._dropped_loops = meter.series(function, "RecursiveInvocationsDropped")

    def count(self, name: str, value: int) -> None:
        """Write a metric of the mapping, which has any only with ``EventCount``, and while it is enabled."""
        if self.counts:
            self.world.meter.series(self.path, name).add(self.world.clock.now, value)

    def of_function(self, name: str) -> Series:
        """A metric of the function."""
        return self.world.meter.series(self.target.identity, name)

    def throttled(self) -> None:
        """The function was throttled."""
        self.world.recorder.throttles += 1
        self._throttles.add(self.world.clock.now, 1)

    def read(self, polled: int, filtered: int) -> None:
        """Records were read, and some of them filtered out."""
        if self.counts:
            now = self.world.clock.now
            self._polled.add(now, polled)
            if filtered:
                self._filtered.add(now, filtered)

    def idle(self, when: int) -> None:
        """The mapping has polled, and nothing was there."""
        if self.counts:
            self._polled.add(when, 0)

    def failed(self, count: int) -> None:
        """Events were in a batch that failed, wholly or in part; the count has the time of the invocation's end."""
        if self.counts:
            self._failed.add(self.world.clock.now, count)

    def call(
        self,
        items: list[Item],
        about: Mapping[str, Any],
        done: Callable[..., None],
        *arguments: Any,
        in_a_loop: bool = False,
    ) -> Call:
        """Invoke the function with a batch, and say what comes of it; the poller hears of it at its end.

        Args:
            items: the batch.
            about: what the event says beside the records.
            done: hears of the call at its end, with the arguments.
            *arguments: handed on.
            in_a_loop: Lambda does not run the function, and answers with an error itself.
        """
        world, target, writer = self.world, self.target, self.writer
        now, recorder = world.clock.now, world.recorder
        records = [item.made or writer.record(item) for item in items]
        for item in items:
            item.made = None
            item.deliveries += 1
        target.running += 1
        target.most_running = max(target.most_running, target.running)
        recorder.invocation_count += 1
        recorder.deliveries += len(items)
        number = recorder.invocation_count
        again = writer.event([writer.record(item) for item in items], about) if recorder.whole else {}
        version = target.version
        if in_a_loop:
            self._dropped_loops.add(now, 1)
            outcome = Outcome(0, None, _RECURSION)
        else:
            outcome = target.run(writer.event(records, about), number)
        if outcome.sent:
            world.deliver(outcome.sent, now, max((item.depth for item in items), default=0) + 1, self.path)
        world.busy += 1
        if self.counts:
            self._invoked.add(now, len(items))
        self._running.add(now, target.running)
        call = Call(items, number, now, outcome)
        if recorder.whole:
            call.event, call.version = again, version
            recorder.tell(items, now, f"delivered (invocation {number})")
            recorder.open[number] = lambda: self.keep(call, "still running at the end of the run", IN_FLIGHT, "")
        world.clock.at(now + outcome.took, self._end, call, done, arguments)
        return call

    def _end(self, call: Call, done: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        world, outcome = self.world, call.outcome
        self.target.running -= 1
        world.busy -= 1
        world.recorder.last = world.clock.now
        self._durations.add(world.clock.now, outcome.took / 1000)
        if outcome.error is not None:
            world.recorder.errors += 1
            self._errors.add(world.clock.now, 1)
        done(call, *arguments)

    def keep(self, call: Call, decision: str, step: Step, group: str) -> None:
        """Write the invocation into the trace, if the whole trace is wanted."""
        recorder = self.world.recorder
        if not recorder.whole:
            return
        del recorder.open[call.number]
        recorder.invocations.append(self._written(call, decision, step, group))

    def _written(self, call: Call, decision: str, step: Step, group: str) -> Invocation:
        return Invocation(
            number=call.number,
            at=seconds(call.began),
            took=seconds(call.outcome.took),
            path=self.path,
            record_ids=tuple(item.id for item in call.items),
            event=call.event,
            response=call.outcome.answer,
            error=call.outcome.error,
            decision=decision,
            step=step.id,
            version=call.version,
            group=group,
        )
