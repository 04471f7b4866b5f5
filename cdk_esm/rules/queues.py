"""The queues of a mapping, for the rules about what SQS takes: its source, and the dead-letter queue of that."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_esm.plan import FailurePath, MappingPlan, Queue


def queues_of(plan: MappingPlan) -> Iterator[tuple[str, Queue]]:
    """Yield what each queue is to the mapping, in words, and the queue."""
    if isinstance(plan.event_source, Queue):
        yield "source queue", plan.event_source
    if isinstance(plan.failure, FailurePath) and plan.failure.queue is not None:
        yield "dead-letter queue", plan.failure.queue
