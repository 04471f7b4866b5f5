"""Alarms of a queue and of its dead-letter queue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cdk_esm.alarms.recipes import MINUTE, Measure, Recipe, Watched, in_reach
from cdk_esm.alarms.runbook import RUNBOOK
from cdk_esm.facts import Unknowable
from cdk_esm.plan import FailurePath, MappingPlan, Queue
from cdk_esm.sources.sqs_queue import LEFT_OUT_OF_AGE, QUEUE

_METRICS: Final = "AWS/SQS"


def age(plan: MappingPlan) -> Iterator[Recipe]:
    """The oldest message waits too long: a sign of backlog, and on a standard queue none of a message that fails."""
    queue = plan.event_source
    if not isinstance(queue, Queue) or not in_reach(plan):
        return
    visibility = _seconds(queue.effective_visibility_seconds, "VisibilityTimeout")
    retention = _seconds(queue.effective_retention_seconds, "MessageRetentionPeriod")
    # Our choice: five redeliveries may pass unnoticed, a quarter of the retention may not. One redelivery alone adds
    # a whole visibility timeout to the age, so anything near that would be noise.
    backlog = (
        ""
        if plan.facts.keeps_order
        else f" A message that has been received {LEFT_OUT_OF_AGE.value} times or more is not counted: the alarms on "
        "failures and on the dead-letter queue tell of those."
    )
    threshold = min(retention // 4, max(5 * visibility, 5 * MINUTE))
    yield Recipe(
        key="age",
        watched=Watched.SOURCE,
        namespace=_METRICS,
        dimensions=("QueueName",),
        measures=(Measure("ApproximateAgeOfOldestMessage", "Maximum"),),
        period_seconds=MINUTE,
        threshold=threshold,
        evaluation_periods=5,
        datapoints_to_alarm=3,
        description=f"{plan.path}: a backlog: the oldest message has waited for {{threshold}} seconds or more, so the "
        "function falls behind, fails or is throttled. Look at its errors, throttles and duration; raise its "
        f"concurrency or mend the handler before messages expire, {retention} seconds after they were sent.{backlog}",
        reason=f"the lesser of a quarter of the retention ({retention} s) and five visibility timeouts "
        f"({visibility} s each), at least five minutes",
    )


def dead_letters(plan: MappingPlan) -> Iterator[Recipe]:
    """Something lies in the dead-letter queue."""
    if not isinstance(plan.failure, FailurePath) or plan.failure.queue is None or not in_reach(plan):
        return
    yield Recipe(
        key="dead_letters",
        watched=Watched.DEAD_LETTER_QUEUE,
        namespace=_METRICS,
        dimensions=("QueueName",),
        measures=(Measure("ApproximateNumberOfMessagesVisible", "Maximum"),),
        period_seconds=MINUTE,
        threshold=1,
        evaluation_periods=1,
        datapoints_to_alarm=1,
        description=f"{plan.path}: messages that the function could not process wait in the dead-letter queue. Read "
        "one, mend its cause, then start a redrive from the SQS console or with the command that `cdk-esm replay "
        f"--queue` prints. They are deleted when the queue's retention ends. {RUNBOOK}",
        reason="a dead-letter queue is empty while all is well; the depth is watched, and not the messages sent, "
        "because messages that SQS moves by a redrive policy are not counted as sent",
    )


def _seconds(value: int | Unknowable, setting: str) -> int:
    """A queue's attribute; if it is hidden, the service's default is the best that can be said."""
    default = QUEUE.by_name[setting].default
    assert isinstance(default, int)
    return default if isinstance(value, Unknowable) else value
