"""What a handler's answer to one batch would do to its records, as the poller of the mapping takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from cdk_esm.facts import Shape
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.kafka import in_queue_mode
from cdk_esm.simulator import Record
from cdk_esm.simulator.recorder import Invocation
from cdk_esm.simulator.responses import NOT_LISTENING, Verdict, judge
from cdk_esm.sources.answers import HOLDER, KEY
from cdk_esm.testing.problem import Problem

_LISTENS: Final = "FunctionResponseTypes"
_IN_ORDER: Final = (Shape.STREAM, Shape.CONSUMER, Shape.TABLE, Shape.CLUSTER)
"""Sources that are read on from the lowest reported record, so that all behind it comes again."""


class AnswerJudge:
    """Judges answers to the batches of a mapping.

    Args:
        plan: the mapping.
        listens: partial batch responses count.
    """

    def __init__(self, plan: MappingPlan, *, listens: bool) -> None:
        self._plan, self._listens = plan, listens
        self._fifo = plan.facts.shape is Shape.QUEUE and plan.facts.keeps_order
        self._in_order = plan.facts.shape in _IN_ORDER and not in_queue_mode(plan)

    def problems(self, batch: str, call: Invocation, records: list[Record], failing: set[int]) -> Iterator[Problem]:
        """What the answer to a batch would do.

        Args:
            batch: what the batch is called.
            call: the invocation.
            records: what was in the batch.
            failing: the places of those that the handler cannot process.
        """
        names = call.record_ids
        if call.error is not None:
            yield from self._raised(batch, call, failing)
            return
        if not self._listens and _names_failures(call.response):
            yield Problem(
                "loses",
                batch,
                f"it answered with {HOLDER}, and the mapping does not listen",
                f"every {self._plan.facts.unit} of the batch counts as processed: {', '.join(names)}",
                self._fix_of_deafness,
            )
            return
        verdict = self._verdict(call) if self._listens else NOT_LISTENING
        if verdict.failed is None:
            yield Problem(
                "loops",
                batch,
                f"its answer is malformed: {verdict.why}",
                "the whole batch fails, again and again, until it is given up",
                f'answer {{"{HOLDER}": [{{"{KEY}": {self._identifier}}}]}} for each failed record, or an empty list',
            )
            return
        reported = {place for place, name in enumerate(self._identifiers(call)) if name in verdict.failed}
        again = set(range(min(reported), len(names))) if reported and self._in_order else reported
        if missed := failing - again:
            yield Problem(
                "loses",
                batch,
                f"it did not report {', '.join(_named(names, missed))}",
                f"the poller takes {'it' if len(missed) == 1 else 'them'} for processed",
                f"put the identifier of each failed record into {HOLDER}, or raise"
                if self._listens
                else self._fix_of_deafness,
            )
        yield from self._innocents(batch, names, records, reported, failing)

    def end_of_window(self, calls: Iterable[Invocation]) -> Iterator[Problem]:
        """What the handler does at the end of a tumbling window."""
        ends = [call for call in calls if call.event.get("isFinalInvokeForWindow")]
        if ends and ends[0].error is not None:
            yield Problem(
                "loops",
                "the end of a window",
                f"it raised {_short(ends[0].error)}",
                "this invocation is tried again until it succeeds, and the shard waits; that it carries no records is "
                "our choice, because no page says",
                "look at isFinalInvokeForWindow first, and do not count on records in that event",
            )

    @property
    def _fix_of_deafness(self) -> str:
        if _LISTENS not in self._plan.facts.by_name:
            return f"raise: no partial batch response counts here ({self._plan.facts.label})"
        return (
            "turn on ReportBatchItemFailures (report_batch_item_failures=True) and report the identifier of each "
            "failed record, or raise"
        )

    @property
    def _identifier(self) -> str:
        """How the handler writes the identifier of a record."""
        if self._plan.facts.shape is Shape.CLUSTER:
            return '{"partition": f"{record[\'topic\']}-{record[\'partition\']}", "offset": record["offset"]}'
        return "record" + "".join(f'["{name}"]' for name in self._plan.facts.records.identifier)

    def _raised(self, batch: str, call: Invocation, failing: set[int]) -> Iterator[Problem]:
        innocent = set(range(len(call.record_ids))) - failing
        raised = f"it raised {_short(str(call.error))}"
        if not failing:
            yield Problem("loops", batch, raised, "good records are tried again and again", "mend the handler")
        elif innocent and self._listens:
            s = "s" * (len(innocent) == 1)
            yield Problem(
                "drags-along",
                batch,
                f"{raised}, though the mapping listens to partial batch responses",
                f"{', '.join(_named(call.record_ids, innocent))} fail{s} with the bad one, and end{s} where it ends",
                "catch the error of each record, and report its identifier",
            )

    def _verdict(self, call: Invocation) -> Verdict:
        """What the poller makes of the answer."""
        by_partition = self._plan.facts.shape is Shape.CLUSTER
        return judge(call.response, set(self._identifiers(call)), by_partition=by_partition)

    def _identifiers(self, call: Invocation) -> list[Any]:
        if not self._plan.facts.records.identifier:  # of which no answer can name a record
            return list(call.record_ids)
        records = call.event[self._plan.facts.records.holder]
        if isinstance(records, dict):
            return [(lane, one["offset"]) for lane, group in records.items() for one in group]
        shape = self._plan.facts.records
        inside = shape.envelope or shape.payload
        inner = [one[inside] if isinstance(one.get(inside), dict) else one for one in records]
        return [one.get("messageId") or one.get("sequenceNumber") or one.get("SequenceNumber") for one in inner]

    def _innocents(
        self, batch: str, names: Sequence[str], records: list[Record], reported: set[int], failing: set[int]
    ) -> Iterator[Problem]:
        """Good records that were reported, but those that come again in any case or belong to a failure."""
        in_group = {
            place
            for place, record in enumerate(records)
            if any(place > bad and record.group == records[bad].group for bad in failing)
        }
        behind = set(range(min(failing), len(records))) if self._in_order and failing else set()
        innocent = reported - failing - (in_group if self._fifo else behind)
        if innocent:
            other = " of other groups" if self._fifo and failing else ""
            yield Problem(
                "drags-along",
                batch,
                f"it reported good records{other}: {', '.join(_named(names, innocent))}",
                "they are delivered again, use up receives or retries, and can end with the bad one",
                "report what failed and what follows it in its group; nothing else"
                if self._fifo
                else "report what failed; nothing else",
            )
        overtaking = sorted((in_group - reported) - failing) if self._fifo and failing & reported else []
        if overtaking:
            yield Problem(
                "reorders",
                batch,
                f"it did not report {', '.join(_named(names, set(overtaking)))} behind a failure of the group",
                "these are deleted, and overtake the message that comes back",
                "from the first failure of a group on, report every message of the group",
            )


def _short(error: str) -> str:
    """The first line of an error and, of a longer one such as a list of errors, the last."""
    lines = [line.strip() for line in error.splitlines() if line.strip()] or [error]
    return lines[0] if len(lines) == 1 else f"{lines[0]} … {lines[-1]}"


def _named(names: Sequence[str], places: set[int]) -> list[str]:
    return [names[place] for place in sorted(places)]


def _names_failures(response: Any) -> bool:
    return isinstance(response, dict) and bool(response.get(HOLDER))
