"""A batch until it is done with: attempts, retries, splits and age; streams, topics, brokers and changes share it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cdk_esm.printed import counted
from cdk_esm.simulator.attempt import Attempt, GaveUp
from cdk_esm.simulator.destinations import EXHAUSTED, TOO_OLD
from cdk_esm.simulator.fidelity.common_steps import FAILED_BATCH
from cdk_esm.simulator.fidelity.share_steps import SHARE_ALONE
from cdk_esm.simulator.fidelity.step import Step
from cdk_esm.simulator.fidelity.stream_steps import AGE, CHECKPOINT, EXPIRED_IN_STREAM, LOWEST, RETRIES_SPENT
from cdk_esm.simulator.function import request_id
from cdk_esm.simulator.invoker import Call, Invoker
from cdk_esm.simulator.record import Item
from cdk_esm.simulator.responses import NOT_LISTENING, Verdict, judge


@dataclass(frozen=True)
class Rules:
    """How batches are made and tried; times are virtual.

    Args:
        batch_size: records of a batch, at most.
        window: the batching window.
        listens: partial batch responses count.
        by_partition: batches mix partitions, and answers name them.
        retries: after the first attempt; ``None`` without end.
        oldest: the age above which a record is given up; ``None`` for any.
        bisect: a failed batch is split in two.
        retention: how long the source keeps a record; ``None`` for ever.
        tumbling: the length of a tumbling window; 0 without.
        interval: between two reads of a quiet lane; 0 if records are pushed.
        counts: each delivery is counted, as brokers do.
        alone: each record is acknowledged alone, and each batch of records from the broker counts as a delivery.
        expired: the step by which a record leaves that is too old for its source.
    """

    batch_size: int
    window: int
    listens: bool
    by_partition: bool = False
    retries: int | None = None
    oldest: int | None = None
    bisect: bool = False
    retention: int | None = None
    tumbling: int = 0
    interval: int = 0
    counts: bool = False
    alone: bool = False
    expired: Step = EXPIRED_IN_STREAM


class Attempts:
    """Tries one batch after the other until each is done with.

    Args:
        invoker: invokes the function.
        rules: how.
        give_up: what becomes of a batch that is tried no more.
        over: called when nothing is left to try.
        lane: what the trace calls the lane.
    """

    def __init__(
        self,
        invoker: Invoker,
        rules: Rules,
        give_up: Callable[[GaveUp], None],
        over: Callable[[], None],
        lane: Callable[[list[Item]], str],
    ) -> None:
        self.invoker, self.rules, self._give_up, self._over, self._lane = invoker, rules, give_up, over, lane
        self.world, self.path = invoker.world, invoker.path
        self.stack: list[Attempt] = []
        self.running: list[Item] = []
        self.about: Callable[[], dict[str, Any]] = dict
        self.answered: Callable[[Any], None] | None = None
        self.expired: Callable[[], None] | None = None
        self.epoch = 0
        self._age = invoker.of_function("IteratorAge")

    def start(self, items: list[Item]) -> None:
        """Try a batch for the first time."""
        if self.rules.alone:
            self._count(items)
        self.stack.append(Attempt(items))
        self.go_on()

    def go_on(self) -> None:
        """Try what is next; nothing is left if the lane may read on."""
        while self.stack:
            attempt = self.stack.pop()
            attempt.items = self._young_enough(attempt)
            if attempt.items:
                self._try(attempt)
                return
        self._over()

    def drop_all(self) -> list[Item]:
        """Forget every batch; what runs is not waited for."""
        left = [*self.running, *(item for attempt in reversed(self.stack) for item in attempt.items)]
        self.stack.clear()
        self.running = []
        self.epoch += 1
        return [item for item in dict.fromkeys(left) if not item.gone]

    def _young_enough(self, attempt: Attempt) -> list[Item]:
        """What is neither gone from its source nor too old for the mapping."""
        now, rules = self.world.clock.now, self.rules
        items = attempt.items
        if rules.retention is not None and items[0].at <= now - rules.retention:
            expired = [item for item in items if item.at <= now - rules.retention]
            items = [item for item in items if item.at > now - rules.retention]
            self.world.recorder.tell(expired, now, "older than the retention of its source")
            self.world.recorder.finish_all(expired, "expired", rules.expired, now, self.path)
            if self.expired is not None:
                self.expired()
        if rules.oldest is not None and items and items[0].at < now - rules.oldest:
            old = [item for item in items if item.at < now - rules.oldest]
            items = [item for item in items if item.at >= now - rules.oldest]
            count = max(1, attempt.tries)
            self._give_up(GaveUp(old, TOO_OLD, count, attempt.request or request_id(0), attempt.error, AGE))
        return items

    def _try(self, attempt: Attempt) -> None:
        self.running = attempt.items
        if not self.invoker.target.is_free:
            self.invoker.throttled()
            attempt.throttles += 1
            self._later(attempt, attempt.throttles)
            return
        if self.rules.counts:
            self._count(attempt.items)
        now = self.world.clock.now
        self._age.add(now, max(0, now - attempt.items[-1].at) // 1000)
        self.invoker.call(attempt.items, self.about(), self._done, attempt, self.epoch)

    def _count(self, items: list[Item]) -> None:
        """The broker counts a delivery."""
        for item in items:
            item.receives += 1
            item.first = item.first or self.world.clock.now

    def _later(self, attempt: Attempt, failures: int) -> None:
        self.stack.append(attempt)
        self.world.busy += 1
        self.world.clock.at(self.world.clock.now + self.world.backoff.wait(failures), self._again, self.epoch)

    def _again(self, epoch: int) -> None:
        self.world.busy -= 1
        if epoch == self.epoch:
            self.go_on()

    def _done(self, call: Call, attempt: Attempt, epoch: int) -> None:
        """An invocation has ended."""
        items, outcome = attempt.items, call.outcome
        verdict = Verdict(FAILED_BATCH, None, outcome.error or "")
        if outcome.error is None:
            verdict = self._judge(outcome.answer, items)
        failed = verdict.failed
        attempt.request, attempt.error = request_id(call.number), outcome.error is not None
        if failed is None or failed:
            self.invoker.failed(len(items))
        if epoch != self.epoch:
            self._too_late(call, items, verdict)
            return
        self.running = []
        attempt.throttles = 0
        if self.answered is not None and outcome.error is None:
            self.answered(outcome.answer)
        if failed is None:
            self.invoker.keep(call, self._failed(attempt), verdict.step, self._lane(items))
        elif failed:
            decision = self._partly(attempt, failed)
            self.invoker.keep(call, decision, verdict.step, self._lane(items))
        else:
            self._succeeded(call, attempt, verdict)
        self.go_on_later()

    def go_on_later(self) -> None:
        """Go on, unless a retry waits for its time."""
        if not self.stack or not self.stack[-1].waits:
            self.go_on()
        else:
            attempt = self.stack.pop()
            waits, attempt.waits = attempt.waits, 0
            self._later(attempt, waits)

    def _judge(self, answer: Any, items: list[Item]) -> Verdict:
        if not self.rules.listens:
            return NOT_LISTENING
        if not answer:
            return judge(answer, ())
        identify = self.invoker.writer.identifier
        return judge(answer, {identify(item) for item in items}, by_partition=self.rules.by_partition)

    def _too_late(self, call: Call, items: list[Item], verdict: Verdict) -> None:
        """The partitions were handed out anew: whatever the function answered is not committed."""
        if verdict.failed is not None and not verdict.failed:
            for item in items:
                item.successes += 1
        self.invoker.keep(call, "not committed: the partitions were handed out anew", verdict.step, self._lane(items))

    def _succeeded(self, call: Call, attempt: Attempt, verdict: Verdict) -> None:
        world, now = self.world, self.world.clock.now
        again = []
        for item in attempt.items:
            item.successes += 1
            if item.successes == 1 and world.again(item.number):
                again.append(item)
        if again:  # the checkpoint was lost: the batch comes once more
            self.stack.append(Attempt(attempt.items, tries=attempt.tries))
            self.invoker.keep(call, "the checkpoint was lost", verdict.step, self._lane(attempt.items))
            return
        self.invoker.keep(call, "checkpoint behind the batch", verdict.step, self._lane(attempt.items))
        world.recorder.finish_all(attempt.items, "processed", CHECKPOINT, now, self.path)

    def _failed(self, attempt: Attempt) -> str:
        """The whole batch failed: split it, try it again, or give it up."""
        items = attempt.items
        self.world.recorder.tell(items, self.world.clock.now, "failed with its batch")
        if self.rules.bisect and len(items) > 1:
            middle = (len(items) + 1) // 2
            for half in (items[middle:], items[:middle]):
                self.stack.append(Attempt(half, attempt, tries=attempt.tries))
            return f"split into {middle} and {len(items) - middle}"
        return self._spend(attempt, items)

    def _partly(self, attempt: Attempt, failed: frozenset[Any]) -> str:
        """Some failed: what is before the lowest of them is done with, and the rest is tried again."""
        identify, items, rules = self.invoker.writer.identifier, attempt.items, self.rules
        done, left = self._before_lowest(items, failed)
        now = self.world.clock.now
        for item in items:
            if identify(item) in failed:
                self.world.recorder.tell([item], now, "reported as failed")
            else:
                item.successes += 1
        step, words = (
            (SHARE_ALONE, f"{len(done)} acknowledged") if rules.alone else (LOWEST, f"checkpoint at {left[0].id}")
        )
        self.world.recorder.finish_all(done, "processed", step, now, self.path)
        if rules.bisect and done and not rules.alone:
            self.stack.append(Attempt(left, attempt, tries=attempt.tries, waits=1))
            return f"{words}, {_again(left)}"
        return f"{words}: " + self._spend(attempt, left)

    def _before_lowest(self, items: list[Item], failed: frozenset[Any]) -> tuple[list[Item], list[Item]]:
        """What is done with, and what is left; of mixed batches partition by partition."""
        identify = self.invoker.writer.identifier
        if self.rules.alone:
            return (
                [item for item in items if identify(item) not in failed],
                [item for item in items if identify(item) in failed],
            )
        reached: set[int | None] = set()
        done: list[Item] = []
        left: list[Item] = []
        for item in items:
            lane = item.partition if self.rules.by_partition else None
            if identify(item) in failed:
                reached.add(lane)
            (left if lane in reached else done).append(item)
        return done, left

    def _spend(self, attempt: Attempt, items: list[Item]) -> str:
        """Spend a retry on what is left, or give it up if there is none left."""
        tries = attempt.tries + 1
        if self.rules.retries is not None and tries > self.rules.retries:
            self._give_up(GaveUp(items, EXHAUSTED, tries, attempt.request, attempt.error, RETRIES_SPENT))
            return f"{len(items)} given up after {counted(tries, 'attempt')}"
        self.stack.append(Attempt(items, attempt, tries=tries, waits=tries))
        left = "" if self.rules.retries is None else f", retry {tries} of {self.rules.retries}"
        return f"{_again(items)}{left}"


def _again(items: list[Item]) -> str:
    return f"{len(items)} {'is' if len(items) == 1 else 'are'} tried again"
