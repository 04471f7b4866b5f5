"""The queues of a mapping, for the rules about what SQS takes: its source, and the dead-letter queue of that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cdk_esm.plan import Door, FailurePath, MappingPlan, Queue
from cdk_esm.printed import counted

OWN_VISIBILITY: Final = "queue.visibility_timeout"
"""What the origin of a plan calls the visibility timeout of a new queue."""

FACTOR: Final = "visibility_timeout_factor"
"""The keyword that says how many times the function's timeout a new queue hides a message."""


def queues_of(plan: MappingPlan) -> Iterator[tuple[str, Queue]]:
    """Yield what each queue is to the mapping, in words, and the queue."""
    if isinstance(plan.event_source, Queue):
        yield "source queue", plan.event_source
    if isinstance(plan.failure, FailurePath) and plan.failure.queue is not None:
        yield "dead-letter queue", plan.failure.queue


def longer_visibility(plan: MappingPlan, seconds: int, by_factor: str) -> str:
    """What makes the visibility timeout of the source queue long enough, in the words of the door.

    Args:
        plan: the mapping.
        seconds: what it is to be at least.
        by_factor: what to do if a construct derives it from the function's timeout.
    """
    if plan.chosen_by_user(OWN_VISIBILITY):
        return f"write visibility_timeout=Duration.seconds({seconds}) or more in the NewQueue"
    if plan.door == Door.CONSTRUCT and not plan.source_as(Queue).existing:
        if plan.origin.get(FACTOR) == "default":  # what it was derived from was changed behind the construct's back
            return f"pass queue=esm.NewQueue(visibility_timeout=Duration.seconds({seconds}))"
        return by_factor
    return f"set the queue's visibility timeout to {counted(seconds, 'second', '')} or more"
