"""What ``SqsToLambda`` and ``SqsFifoToLambda`` have in common: a queue, and its dead-letter queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from aws_cdk import aws_sqs as sqs
from constructs import IConstruct

from cdk_esm.alarms.recipes import Watched
from cdk_esm.constructs.app.nag_reasons import ON_DEAD_LETTER_QUEUE, ON_QUEUE_WITHOUT_DEAD_LETTERS, ON_SQS_MAPPING
from cdk_esm.constructs.bundle import MappingBundle
from cdk_esm.constructs.intake.given import Attribute, GivenDeadLetterQueue_co, GivenFunction, GivenQueue_co
from cdk_esm.constructs.intake.imported import Imported, resource_of
from cdk_esm.constructs.intake.options import NewQueue, NoDeadLetterQueue
from cdk_esm.constructs.queue_keywords import QueueDraft, QueueKeywords
from cdk_esm.constructs.resources import queues, roles
from cdk_esm.constructs.resources.existing import sends_to
from cdk_esm.constructs.resources.keys import place_of_key
from cdk_esm.facts import Neighbour
from cdk_esm.plan import FailurePath, MappingPlan, Queue

Existing = TypeVar("Existing", bound="sqs.IQueue | sqs.QueueBase")


class _Queue(Attribute):
    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> _Queue: ...
        @overload
        def __get__(self, instance: QueueToLambda[Any, NewQueue | None], owner: Any) -> sqs.Queue: ...
        @overload
        def __get__(self, instance: QueueToLambda[Any, Existing], owner: Any) -> Existing: ...
        @overload
        def __get__(self, instance: QueueToLambda[Any, Imported[Existing]], owner: Any) -> Existing: ...
        @overload
        def __get__(self, instance: QueueToLambda, owner: Any) -> sqs.IQueue: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...


class _DeadLetterQueue(Attribute):
    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> _DeadLetterQueue: ...
        @overload
        def __get__(self, instance: QueueToLambda[Any, NewQueue | None, NewQueue | None], owner: Any) -> sqs.Queue: ...
        @overload
        def __get__(self, instance: QueueToLambda[Any, NewQueue | None, NoDeadLetterQueue], owner: Any) -> None: ...
        @overload
        def __get__(self, instance: QueueToLambda[Any, NewQueue | None, Existing], owner: Any) -> Existing: ...
        @overload
        def __get__(self, instance: QueueToLambda, owner: Any) -> sqs.IQueue | None: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...


class QueueToLambda(MappingBundle[GivenFunction], Generic[GivenFunction, GivenQueue_co, GivenDeadLetterQueue_co]):
    """What the two SQS constructs have in common; not for direct use."""

    _keywords: QueueKeywords

    def _draft(self, path: str) -> QueueDraft:
        return QueueDraft(self._keywords, self.SOURCE, path, self._where)

    @_Queue
    def queue(self) -> sqs.IQueue:
        """The source queue."""
        return self._queue

    @_DeadLetterQueue
    def dead_letter_queue(self) -> sqs.IQueue | None:
        """The dead-letter queue; ``None`` if there is none, or if the source queue hides it."""
        return self._dead_letter_queue

    def _make_source(self, plan: MappingPlan) -> MappingPlan:
        """Make the dead-letter queue and the queue, or take the existing ones."""
        self._new_dead_letter_queue: sqs.Queue | None = None
        wanted = NewQueue() if self._keywords["queue"] is None else self._keywords["queue"]
        if not isinstance(wanted, NewQueue):
            self._queue: sqs.IQueue = resource_of(wanted)
            self._dead_letter_queue: sqs.IQueue | None = _dead_letter_queue_of(self._queue)
            return plan
        failure = plan.failure
        assert isinstance(failure, FailurePath)
        redrive, failure = self._make_dead_letter_queue(failure, wanted)
        queue, facts = queues.build_queue(
            self, "Queue", wanted, plan.source_as(Queue), self._removal, injected=self._injected, redrive=redrive
        )
        self._queue = queue
        facts = replace(facts, identity=queue.queue_arn)
        if redrive is not None and self._injected:
            failure = queues.read_receives(queue, failure)
        return replace(plan, event_source=facts, failure=failure)

    def _make_dead_letter_queue(
        self, failure: FailurePath, source: NewQueue
    ) -> tuple[sqs.DeadLetterQueue | None, FailurePath]:
        self._dead_letter_queue = None
        if failure.queue is None:
            return None, failure
        wanted = self._keywords["dead_letter_queue"]
        assert not isinstance(wanted, NoDeadLetterQueue)
        if wanted is None:
            wanted = queues.dead_letters_like(source)
        if isinstance(wanted, NewQueue):
            made, facts = queues.build_queue(
                self, "DeadLetterQueue", wanted, failure.queue, self._removal, injected=self._injected
            )
            self._dead_letter_queue = self._new_dead_letter_queue = made
            failure = replace(failure, queue=facts)
        else:
            self._dead_letter_queue = wanted
        receives = failure.effective_max_receive_count
        # A plan does not keep a token, so it is taken from where it came.
        count = receives if isinstance(receives, int) else self._keywords["max_receive_count"]
        assert count is not None
        redrive = sqs.DeadLetterQueue(queue=self._dead_letter_queue, max_receive_count=count)
        return redrive, failure

    def _plan_at_synth(self) -> MappingPlan:
        """The plan with what was still open: the dead-letter queue's ARN, and whether the function feeds itself."""
        plan = super()._plan_at_synth()
        source = plan.event_source.identity
        if sends_to(self.role, self._where.stack, source):
            plan = replace(plan, function=replace(plan.function, writes_to=frozenset({source})))
        failure = plan.failure
        if self._dead_letter_queue is None or not isinstance(failure, FailurePath) or failure.queue is None:
            return plan
        queue = replace(failure.queue, identity=self._dead_letter_queue.queue_arn)
        return replace(plan, failure=replace(failure, queue=queue))

    def _grantees(self, plan: MappingPlan) -> roles.Grantees:
        has_key = plan.event_source.encryption_key is not None
        key = place_of_key(self._queue.encryption_master_key, self._where) if has_key else None
        return {**super()._grantees(plan), Neighbour.SOURCE_KEY: key}

    def _watched(self) -> Mapping[Watched, Any]:
        watched: dict[Watched, Any] = {Watched.SOURCE: self._queue}
        if self._dead_letter_queue is not None:
            watched[Watched.DEAD_LETTER_QUEUE] = self._dead_letter_queue
        return watched

    def _for_nag(self) -> list[tuple[IConstruct, Mapping[str, str]]]:
        notes: list[tuple[IConstruct, Mapping[str, str]]] = [(self._mapping, ON_SQS_MAPPING)]
        if self._new_dead_letter_queue is not None:
            notes.append((self._new_dead_letter_queue, ON_DEAD_LETTER_QUEUE))
        ours = self._keywords["queue"] is None or isinstance(self._keywords["queue"], NewQueue)
        if ours and isinstance(self._keywords["dead_letter_queue"], NoDeadLetterQueue):
            notes.append((self._queue, ON_QUEUE_WITHOUT_DEAD_LETTERS))
        return notes


def _dead_letter_queue_of(queue: sqs.IQueue) -> sqs.IQueue | None:
    """The dead-letter queue of an existing queue, if its L2 tells."""
    redrive: Any = getattr(queue, "dead_letter_queue", None)
    return None if redrive is None else redrive.queue
