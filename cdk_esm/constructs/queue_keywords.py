"""The keywords of the two SQS constructs, and the plan that they make before anything is built."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from aws_cdk import aws_sqs as sqs

from cdk_esm.constructs.common_keywords import CommonKeywords
from cdk_esm.constructs.draft import EVENT_COUNT, Draft
from cdk_esm.constructs.intake.imported import Imported, resource_of
from cdk_esm.constructs.intake.keywords import is_queue
from cdk_esm.constructs.intake.options import NewQueue, NoDeadLetterQueue
from cdk_esm.constructs.resources import queues
from cdk_esm.constructs.resources.existing import existing_queue, sends_to, shuts_out_new_queues
from cdk_esm.constructs.resources.stated_queue import reason_stated, state_queue
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable, Value
from cdk_esm.plan import FailureKind, FailurePath, Queue
from cdk_esm.plan.stated import DEAD_LETTERS, NONE, QUEUE, failure_with, of_hidden, queue_with
from cdk_esm.rules.queues import OWN_VISIBILITY
from cdk_esm.sources import SOURCES

FIFO_BATCH: Final = 1


class QueueKeywords(CommonKeywords):
    """The keywords that only the SQS constructs have, and that are no setting of the mapping taken by its form."""

    queue: sqs.IQueue | NewQueue | Imported | None
    dead_letter_queue: sqs.IQueue | NewQueue | NoDeadLetterQueue | None
    visibility_timeout_factor: int | None
    max_receive_count: int | None


class QueueDraft(Draft[Queue]):
    """What a queue adds: its visibility timeout, and its dead-letter queue."""

    keywords: QueueKeywords

    def _knobs(self) -> dict[str, Any]:
        return {
            "visibility_timeout_factor": self.keywords["visibility_timeout_factor"],
            "max_receive_count": self.keywords["max_receive_count"],
        }

    def _metrics_by_default(self) -> tuple[str, ...]:
        # A message that always fails shows nowhere else before it is in the dead-letter queue: `Errors` does not count
        # partial batch responses, and the queue's age leaves such a message out.
        partial = self.keywords.get("report_batch_item_failures") is not False
        return (EVENT_COUNT,) if partial else super()._metrics_by_default()

    def _defaults(self, source: Queue) -> dict[str, Any]:
        """A FIFO queue hands over one message at a time, so that nothing behind a bad one uses up receives."""
        del source
        return {"BatchSize": FIFO_BATCH} if self._fifo else {}

    def _origins(self, source: Queue) -> dict[str, str]:
        given = self.keywords["queue"]
        said = isinstance(given, NewQueue) and given.visibility_timeout is not None
        return {} if source.existing else {OWN_VISIBILITY: "user" if said else "derived"}

    def _neighbours(self, window: Value[int]) -> tuple[Queue, FailurePath | Unknowable]:
        intake, keywords = self.intake, self.keywords
        factor = intake.integer("visibility_timeout_factor", keywords["visibility_timeout_factor"], now=True)
        receives = intake.integer("max_receive_count", keywords["max_receive_count"])
        if isinstance(receives, int) and receives < 1:  # CDK refuses it, and could not say whose it is
            intake.refuse("max_receive_count", receives, "a whole number of at least 1")
            receives = UNKNOWN
        queue, failure = self._queue()
        if not queue.existing:
            return self._hiding(queue, factor, window), self._dead_letters(receives)
        given = keywords["dead_letter_queue"]
        if isinstance(given, NoDeadLetterQueue):
            reason = intake.reason("dead_letter_queue.reason", given.reason)
            if isinstance(failure, FailurePath) and failure.kind == FailureKind.NONE:
                failure = replace(failure, reason=reason) if reason else UNKNOWN
        if self.built is not None and sends_to(self.built.role, self.where.stack, queue.identity):
            self.function = replace(self.function, writes_to=frozenset({queue.identity}))
        return queue, failure

    def _hiding(self, queue: Queue, factor: Value[int], window: Value[int]) -> Queue:
        """A new queue with its visibility timeout: the one that was given, or what follows from the function's timeout.

        A function that hides its timeout gives nothing to go by, whether it was imported or only the deployment knows
        it. Too short a time is refused by AWS, and too long a one keeps a failed message hidden, on FIFO with its
        group, for hours: whoever knows the timeout says it.
        """
        if queue.visibility_timeout_seconds is not None:
            if self.keywords["visibility_timeout_factor"] is not None:
                fix = "leave out visibility_timeout_factor, or visibility_timeout of the NewQueue"
                accepted = "nothing beside a visibility_timeout of the NewQueue"
                self.intake.refuse("visibility_timeout_factor", factor, accepted, fix=fix)
            return queue
        timeout, existing = self.function.timeout_seconds, self.function.existing
        refused = any(one.keyword == "function.timeout" for one in self.intake.malformed)  # it is stated, but wrong
        if not refused and (timeout is UNRESOLVED or (existing and timeout is UNKNOWN)):
            whose = "esm.Imported(function, " if existing else "esm.NewFunction(code='...', handler='...', "
            why = "the function hides its timeout" if timeout is UNKNOWN else "only the deployment knows the timeout"
            self.intake.refuse(
                "queue.visibility_timeout",
                None,
                f"a Duration, because {why}",
                problem="missing-keyword",
                fix=f"state the function's timeout: function={whose}timeout=Duration.seconds(30)), "
                "or the queue's own: queue=esm.NewQueue(visibility_timeout=Duration.minutes(3))",
            )
        seconds = queues.visibility_seconds(self.function, factor, window)
        return replace(queue, visibility_timeout_seconds=seconds)

    @property
    def _fifo(self) -> bool:
        """Whether the queues are FIFO queues."""
        return SOURCES[self.kind].keeps_order

    def _queue(self) -> tuple[Queue, FailurePath | Unknowable]:
        intake, where, identity = self.intake, self.where, self.path + "/Queue"
        value = NewQueue() if self.keywords["queue"] is None else self.keywords["queue"]
        if isinstance(value, NewQueue):
            return queues.draft_queue(intake, "queue", value, where, identity, fifo=self._fifo), UNKNOWN
        if not intake.one_of("queue", resource_of(value), {"a NewQueue": lambda _: False, "an SQS queue": is_queue}):
            hidden: Any = {"fifo": UNKNOWN, "visibility_timeout_seconds": UNKNOWN, "retention_seconds": UNKNOWN}
            return Queue(identity=identity, **hidden), UNKNOWN
        for keyword in ("dead_letter_queue", "max_receive_count"):
            came = self.keywords[keyword]
            if came is not None and not isinstance(came, NoDeadLetterQueue):
                intake.refuse(
                    keyword,
                    came,
                    "nothing beside an existing queue, which is never changed",
                    fix=f"set it where the queue is made, and leave {keyword} out here",
                )
        queue, failure = existing_queue(resource_of(value), where)
        self.stated[QUEUE] = stated = of_hidden(queue, failure, state_queue(intake, "queue", value, where))
        failure = failure_with(failure, queue, stated)
        if stated.get(DEAD_LETTERS) == NONE and isinstance(failure, FailurePath):
            failure = replace(failure, reason=reason_stated(value))
        return queue_with(queue, stated), failure

    def _dead_letters(self, receives: Value[int]) -> FailurePath | Unknowable:
        intake, where, identity = self.intake, self.where, self.path + "/DeadLetterQueue"
        value = NewQueue() if self.keywords["dead_letter_queue"] is None else self.keywords["dead_letter_queue"]
        if isinstance(value, NoDeadLetterQueue):
            reason = intake.reason("dead_letter_queue.reason", value.reason)
            return FailurePath(kind=FailureKind.NONE, reason=reason) if reason else UNKNOWN
        if isinstance(value, NewQueue):
            drafted = queues.draft_queue(intake, "dead_letter_queue", value, where, identity, fifo=self._fifo)
            path = queues.draft_dead_letters(drafted, receives)
            return path if queues.admits_new_queues(value) else replace(path, admitted=False)
        accepted = {"a NewQueue": lambda _: False, "a NoDeadLetterQueue": lambda _: False, "an SQS queue": is_queue}
        if intake.one_of("dead_letter_queue", value, accepted):
            path = queues.draft_dead_letters(existing_queue(value, where)[0], receives)
            return replace(path, admitted=False) if shuts_out_new_queues(value) else path
        hidden = Queue(identity=identity, fifo=UNKNOWN, retention_seconds=UNKNOWN)
        return FailurePath(kind=FailureKind.DEAD_LETTER_QUEUE, queue=hidden, max_receive_count=receives)
