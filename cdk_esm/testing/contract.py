"""The contract between a handler and its mapping: batches that show whether an answer would lose records or loop.

Some faults no template shows: they are in what the handler answers. The check feeds it good, bad, mixed and repeated
batches in the shape of its source, judges each answer as the poller would, and says what would become of the records.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from cdk_esm.errors import EsmError
from cdk_esm.facts import Shape
from cdk_esm.plan import MappingPlan
from cdk_esm.printed import counted
from cdk_esm.simulator import Record, Trace, simulate
from cdk_esm.simulator.arguments import refused
from cdk_esm.simulator.options import check_handlers, plans_of
from cdk_esm.simulator.settings import Reading, common
from cdk_esm.testing.answer_judge import AnswerJudge
from cdk_esm.testing.filtered import filtered, is_known
from cdk_esm.testing.problem import Problem
from cdk_esm.testing.repeats import Effects, repeated, taken

_LEFT_OUT: Final = frozenset({"Enabled", "StartingPosition", "StartingPositionTimestamp"})
"""Settings that would keep a batch from its handler."""
_LONG_ENOUGH: Final = 4000
"""Seconds in which a first invocation and a window end, and what is delivered twice has come twice."""


@dataclass
class Contract:
    """What a check found.

    Args:
        problems: what the answers would do.
        looked_at: the batches that were fed.
        not_looked_at: what could not be checked, and why.
    """

    problems: list[Problem] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)
    not_looked_at: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        silent = "the answers keep every record" if self.looked_at else "no batch was looked at"
        found = [str(problem) for problem in self.problems] or [silent]
        return "\n".join([*found, *(f"not looked at: {what}" for what in self.not_looked_at)])


def assert_contract(plan: MappingPlan, handler: Any, *, good: Sequence[Any], bad: Sequence[Any], **about: Any) -> None:
    """Fail if ``check_handler`` finds a problem, or can look at no batch; the arguments are the same.

    Raises:
        AssertionError: with every problem, its consequence and its fix.
    """
    contract = check_handler(plan, handler, good=good, bad=bad, **about)
    if contract.problems or not contract.looked_at:
        raise AssertionError(str(contract))


def check_handler(
    plan: MappingPlan,
    handler: Any,
    *,
    good: Sequence[Any],
    bad: Sequence[Any],
    effects: Effects | None = None,
    reset: Callable[[], object] | None = None,
    assume: dict[str, Any] | None = None,
) -> Contract:
    """Check what a handler answers to its mapping.

    Args:
        plan: the mapping.
        handler: the function ``(event, context)``.
        good: what records hold that the handler processes; at least one.
        bad: what records hold that it cannot process; without any, failures are not looked at.
        effects: what the handler has done so far, as something that can be compared; without it, repeats are not
            looked at.
        reset: forgets what the handler has done, before each batch.
        assume: what holds for values that an import hides.

    Raises:
        EsmError: an argument cannot be taken.
    """
    _check(plan, handler, good, bad)
    for name, asked in (("effects", effects), ("reset", reset)):
        if asked is not None and not callable(asked):
            raise refused(name, "a function without arguments", asked)
    return _Check(plan, handler, list(good), list(bad), effects, reset or (lambda: None), assume or {}).run()


def _check(plan: Any, handler: Any, good: Any, bad: Any) -> None:
    """Refuse what could not be fed, or not to this."""
    plans_of(plan if isinstance(plan, MappingPlan) else [plan])
    check_handlers(handler, [plan.path])
    for name, given in (("good", good), ("bad", bad)):
        if isinstance(given, str | bytes) or not isinstance(given, Sequence):
            raise refused(name, "a list of what records hold", given)
    if not good:
        raise EsmError("good holds at least one record that the handler processes, got none")


@dataclass
class _Check:
    plan: MappingPlan
    handler: Any
    good: list[Any]
    bad: list[Any]
    effects: Effects | None
    reset: Callable[[], object]
    assume: dict[str, Any]
    contract: Contract = field(default_factory=Contract)

    def __post_init__(self) -> None:
        self._common = common(self.plan, Reading(self.plan, self.assume))
        self._judge = AnswerJudge(self.plan, listens=self._common.listens)

    def run(self) -> Contract:
        """Feed every batch."""
        self.reset()
        untouched = None if self.effects is None else taken(self.effects)
        if is_known(self.plan):
            found = filtered(self.plan, self.good, self.assume)
            self.contract.problems += [Problem("loses", *parts) for parts in found]
        else:
            self.contract.not_looked_at.append("filters: only the deployment knows them")
        self._feed("a good batch", [Record(one, group="a") for one in self.good], set())
        if not self.bad:
            self.contract.not_looked_at.append("failures: give bad=[…], records that the handler cannot process")
        else:
            self._feed("a bad batch", [Record(one, group="a") for one in self.bad], set(range(len(self.bad))))
            size = self._common.batch_size
            if size > 1:
                # In one order: a good record, a bad one, and two behind it, of which one is of another group.
                mixed = [("c", self.good[0]), ("a", self.bad[0]), ("a", self.good[-1]), ("b", self.good[0])][:size]
                self._feed("a mixed batch", [Record(one, group=group) for group, one in mixed], {1})
            else:
                self.contract.not_looked_at.append("mixed batches: those of the mapping have 1 record")
        if self.effects is None:
            self.contract.not_looked_at.append("repeats: give effects=…, what the handler has done so far")
        else:
            self._repeat(self.effects, untouched)
        return self.contract

    def _repeat(self, effects: Effects, untouched: Any) -> None:
        found = list(repeated(self._alone, self.plan, self.good, effects, self.reset))
        self.contract.problems += [Problem("repeats", *parts) for parts in found]
        if not found and taken(effects) == untouched:
            self.contract.not_looked_at.append(
                "repeats: what effects gives is the same before good records and after them; "
                "look at what the handler changes, and give reset=…, which forgets it"
            )
        else:
            self.contract.looked_at.append("repeats")

    def _alone(self, records: Sequence[Record], **options: Any) -> Trace:
        """A run of one batch, or of what becomes of it."""
        settings = {name: value for name, value in self.plan.settings.items() if name not in _LEFT_OUT}
        plan = replace(self.plan, settings=settings, filters=())
        return simulate(plan, self.handler, records, **{"assume": self.assume, "until": _LONG_ENOUGH, **options})

    def _feed(self, batch: str, records: list[Record], failing: set[int]) -> None:
        """Feed records, in as many batches as they make."""
        size, fed = self._common.batch_size, []
        for start in range(0, len(records), size):
            part = [replace(one, id=f"r{start + place + 1}") for place, one in enumerate(records[start : start + size])]
            inside = {place - start for place in failing if start <= place < start + len(part)}
            fed.append(self._feed_one(batch, part, inside))
        if all(fed):
            self.contract.looked_at.append(batch)

    def _feed_one(self, batch: str, records: list[Record], failing: set[int]) -> bool:
        self.reset()
        place = 0 if self.plan.facts.shape is Shape.CLUSTER else None
        keyed = [replace(one, key="k", partition=place) if self._has_keys else one for one in records]
        trace = self._alone(keyed)
        first = trace.invocations[0] if trace.invocations else None
        if first is None or len(first.record_ids) != len(records):
            held = "no invocation came about" if first is None else f"the first one held {len(first.record_ids)}"
            self.contract.not_looked_at.append(f"{batch}: of its {counted(len(records), 'record')} {held}")
            return False
        self.contract.problems += self._judge.problems(batch, first, records, failing)
        if not failing:
            self.contract.problems += self._judge.end_of_window(trace.invocations)
        return True

    @property
    def _has_keys(self) -> bool:
        return self.plan.facts.shape in (Shape.STREAM, Shape.CONSUMER, Shape.CLUSTER)
