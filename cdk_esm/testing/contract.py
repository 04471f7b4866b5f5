"""The contract between a handler and its mapping: batches that show whether an answer would lose records or loop.

Some faults no template shows: they are in what the handler answers. The check feeds it good, bad, mixed and repeated
batches in the shape of its source, judges each answer as the poller would, and says what would become of the records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from cdk_esm.errors import EsmError
from cdk_esm.facts import Shape
from cdk_esm.plan import MappingPlan
from cdk_esm.simulator import Record, Trace, simulate
from cdk_esm.simulator.arguments import refused
from cdk_esm.simulator.options import check_handlers, plans_of
from cdk_esm.simulator.recorder import Invocation
from cdk_esm.simulator.responses import NOT_LISTENING, Verdict, judge
from cdk_esm.sources.answers import HOLDER
from cdk_esm.testing.filtered import filtered, is_known
from cdk_esm.testing.repeats import Effects, repeated

_MIXED: Final = 4
_LEFT_OUT: Final = frozenset({"Enabled", "TumblingWindowInSeconds"})
"""Settings that would keep a batch from its handler, or add invocations to it."""
_LONG_ENOUGH: Final = 4000
"""Seconds in which a first invocation ends, and what is delivered twice has come twice."""


@dataclass(frozen=True)
class Problem:
    """Something that a handler's answer would do to records.

    Args:
        kind: in one word: ``loses``, ``loops``, ``repeats``, ``drags-along`` or ``reorders``.
        batch: which batch showed it.
        what: what the handler did.
        consequence: what becomes of which records.
        fix: what to write instead.
    """

    kind: str
    batch: str
    what: str
    consequence: str
    fix: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.batch}: {self.what}, so {self.consequence}\n  fix: {self.fix}"


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
        found = [str(problem) for problem in self.problems] or ["the answers keep every record"]
        return "\n".join([*found, *(f"not looked at: {what}" for what in self.not_looked_at)])


def assert_contract(plan: MappingPlan, handler: Any, *, good: Sequence[Any], bad: Sequence[Any], **about: Any) -> None:
    """Fail if ``check_handler`` finds a problem; the arguments are the same.

    Raises:
        AssertionError: with every problem, its consequence and its fix.
    """
    contract = check_handler(plan, handler, good=good, bad=bad, **about)
    if contract.problems:
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

    def run(self) -> Contract:
        """Feed every batch."""
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
            if self._batch_size >= _MIXED:
                # In one order: a good record, a bad one, and two behind it, of which one is of another group.
                mixed = [("c", self.good[0]), ("a", self.bad[0]), ("a", self.good[-1]), ("b", self.good[0])]
                self._feed("a mixed batch", [Record(one, group=group) for group, one in mixed], {1})
            else:
                self.contract.not_looked_at.append(
                    f"mixed batches: they have {_MIXED} records, and those of the mapping {self._batch_size}"
                )
        if self.effects is None:
            self.contract.not_looked_at.append("repeats: give effects=…, what the handler has done so far")
        else:
            self.contract.looked_at.append("repeats")
            found = repeated(self._alone, self.plan, self.good, self.effects, self.reset)
            self.contract.problems += [Problem("repeats", *parts) for parts in found]
        return self.contract

    @property
    def _batch_size(self) -> int:
        size = self.plan.setting("BatchSize")
        return size if isinstance(size, int) else 1

    def _alone(self, records: Sequence[Record], **options: Any) -> Trace:
        """A run of one batch, or of what becomes of it."""
        settings = {name: value for name, value in self.plan.settings.items() if name not in _LEFT_OUT}
        plan = replace(self.plan, settings=settings, filters=())
        return simulate(plan, self.handler, records, **{"assume": self.assume, "until": _LONG_ENOUGH, **options})

    def _feed(self, batch: str, records: list[Record], failing: set[int]) -> None:
        self.reset()
        self.contract.looked_at.append(batch)
        place = 0 if self.plan.facts.shape is Shape.CLUSTER else None
        keyed = [replace(one, key="k", partition=place) if self._has_keys else one for one in records]
        trace = self._alone(keyed)
        first = trace.invocations[0]
        if len(first.record_ids) == len(records):
            self.contract.problems += self._judge(batch, first, records, failing)
        else:
            self.contract.not_looked_at.append(f"{batch}: the mapping's batches hold {len(first.record_ids)}")

    @property
    def _has_keys(self) -> bool:
        return self.plan.facts.shape in (Shape.STREAM, Shape.CONSUMER, Shape.CLUSTER)

    def _judge(self, batch: str, call: Invocation, records: list[Record], failing: set[int]) -> Iterator[Problem]:
        names, unit = call.record_ids, self.plan.facts.unit
        listens = "ReportBatchItemFailures" in (self.plan.setting("FunctionResponseTypes") or ())
        if call.error is not None:
            yield from self._raised(batch, call, failing, listens=listens)
            return
        if not listens and self._names_failures(call.response):
            yield Problem(
                "loses",
                batch,
                f"it answered with {HOLDER}, and the mapping does not listen",
                f"every {unit} of the batch counts as processed: {', '.join(names)}",
                "turn on ReportBatchItemFailures (report_batch_item_failures=True), or raise",
            )
            return
        verdict = self._verdict(call) if listens else NOT_LISTENING
        if verdict.failed is None:
            yield Problem(
                "loops",
                batch,
                f"its answer is malformed: {verdict.why}",
                "the whole batch fails, again and again, until it is given up",
                f'answer {{"{HOLDER}": [{{"itemIdentifier": …}}]}} with identifiers of the batch, or an empty list',
            )
            return
        reported = {place for place, name in enumerate(self._identifiers(call)) if name in verdict.failed}
        if missed := failing - reported:
            yield Problem(
                "loses",
                batch,
                f"it did not report {', '.join(self._named(names, missed))}",
                f"the poller takes {'it' if len(missed) == 1 else 'them'} for processed",
                "put the identifier of each failed record into batchItemFailures, or raise",
            )
        yield from self._innocents(batch, names, records, reported, failing)

    def _raised(self, batch: str, call: Invocation, failing: set[int], *, listens: bool) -> Iterator[Problem]:
        innocent = set(range(len(call.record_ids))) - failing
        if not failing:
            yield Problem(
                "loops", batch, f"it raised {call.error}", "good records are tried again and again", "mend the handler"
            )
        elif innocent and listens:
            yield Problem(
                "drags-along",
                batch,
                f"it raised {call.error}, though the mapping listens to partial batch responses",
                f"{', '.join(self._named(call.record_ids, innocent))} fail with the bad one, and end where it ends",
                "catch the error of each record, and report its identifier",
            )

    def _verdict(self, call: Invocation) -> Verdict:
        """What the poller makes of the answer."""
        by_partition = self.plan.facts.shape is Shape.CLUSTER
        return judge(call.response, set(self._identifiers(call)), by_partition=by_partition)

    def _identifiers(self, call: Invocation) -> list[Any]:
        if not self.plan.facts.records.identifier:  # of which no answer can name a record
            return list(call.record_ids)
        records = call.event[self.plan.facts.records.holder]
        if isinstance(records, dict):
            return [(lane, one["offset"]) for lane, group in records.items() for one in group]
        shape = self.plan.facts.records
        inside = shape.envelope or shape.payload
        inner = [one[inside] if isinstance(one.get(inside), dict) else one for one in records]
        return [one.get("messageId") or one.get("sequenceNumber") or one.get("SequenceNumber") for one in inner]

    def _innocents(
        self, batch: str, names: Sequence[str], records: list[Record], reported: set[int], failing: set[int]
    ) -> Iterator[Problem]:
        """Good records that were reported: of a FIFO queue, those behind a failure of their group belong to it."""
        fifo = self.plan.facts.shape is Shape.QUEUE and self.plan.facts.keeps_order
        behind = {
            place
            for place, record in enumerate(records)
            if any(place > bad and record.group == records[bad].group for bad in failing)
        }
        innocent = reported - failing - (behind if fifo else set())
        if innocent:
            other = " of other groups" if fifo and failing else ""
            yield Problem(
                "drags-along",
                batch,
                f"it reported good records{other}: {', '.join(self._named(names, innocent))}",
                "they are delivered again, use up receives or retries, and can end with the bad one",
                "report what failed, and of a FIFO queue what follows it in its group; nothing else",
            )
        overtaking = sorted((behind - reported) - failing) if fifo and failing & reported else []
        if overtaking:
            yield Problem(
                "reorders",
                batch,
                f"it did not report {', '.join(self._named(names, set(overtaking)))} behind a failure of the group",
                "these are deleted, and overtake the message that comes back",
                "from the first failure of a group on, report every message of the group",
            )

    @staticmethod
    def _named(names: Sequence[str], places: set[int]) -> list[str]:
        return [names[place] for place in sorted(places)]

    @staticmethod
    def _names_failures(response: Any) -> bool:
        return isinstance(response, dict) and bool(response.get(HOLDER))
