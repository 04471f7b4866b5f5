"""The steps of queues, standard and FIFO."""

from __future__ import annotations

from typing import Final

from cdk_esm.simulator.fidelity.step import QUEUES, chosen, documented, recorded
from cdk_esm.sources import pages
from cdk_esm.sources.lambda_function import RECURSION_LIMIT
from cdk_esm.sources.polling import BATCHES_A_MINUTE, FEWEST_BATCHES, MOST_BATCHES, PROVISIONED_A_MINUTE
from cdk_esm.sources.sqs_queue import LEAST_RESERVED_CONCURRENCY, LEFT_OUT_OF_AGE
from cdk_esm.sources.sqs_settings import INVOCATIONS_OF_A_POLLER

VISIBILITY: Final = recorded(
    "visibility",
    QUEUES,
    "A message is hidden from its receive on; the time that it waits for its batch counts. One that is not deleted "
    "comes back when that time ends, with one more receive.",
    "a failing function got its message again after the visibility timeout, with a receive count of 2",
)
REDRIVE: Final = recorded(
    "redrive",
    QUEUES,
    "SQS moves a message to the dead-letter queue at the receive after the last allowed one, so somebody has to poll.",
    "with two receives allowed, the dead-letter queue was empty after the first failure and held the message after "
    "the second; the id stayed the same",
)
DELETED: Final = recorded(
    "deleted",
    QUEUES,
    "Lambda deletes the messages of a batch that succeeded, and those of a partial batch response that are not in it.",
    "the queue was empty after a successful invocation",
)
QUEUE_EXPIRY: Final = documented(
    "queue-expiry",
    QUEUES,
    "A message that is older than the queue's retention vanishes; it reaches no dead-letter queue.",
    pages.SQS_DEAD_LETTER,
)
IN_FLIGHT_EXPIRY: Final = chosen(
    "in-flight-expiry",
    QUEUES,
    "A message whose retention ends while it is hidden vanishes when it would come back.",
    "no page says when a hidden message goes; its function may still finish and delete it",
)
LETTER_AGE: Final = documented(
    "letter-age",
    QUEUES,
    "In a dead-letter queue a message of a standard queue keeps the time at which it was sent, one of a FIFO queue "
    "begins anew; its retention counts from there.",
    pages.SQS_DEAD_LETTER_RETENTION,
)
FILTERED_MESSAGE: Final = documented(
    "filtered-message", QUEUES, "A message that matches no filter is deleted.", pages.SQS_FILTERS
)
STALE_RECEIPT: Final = chosen(
    "stale-receipt",
    QUEUES,
    "A message that was received again meanwhile is not deleted by the older invocation's success.",
    "SQS says that an old receipt handle may or may not delete",
)
FIFO_RECEIPT: Final = documented(
    "fifo-receipt",
    QUEUES,
    "On a FIFO queue a receipt is worth nothing once the visibility timeout is over, so nothing is deleted by it.",
    pages.SQS_VISIBILITY,
)
STARTING_CONCURRENCY: Final = documented(
    "starting-concurrency",
    QUEUES,
    f"A queue is worked on with {LEAST_RESERVED_CONCURRENCY.value} batches at a time, up to {BATCHES_A_MINUTE.value} "
    f"more a minute while messages wait, up to {MOST_BATCHES.value:,}.",
    pages.SQS_SCALING,
)
RAMP: Final = chosen(
    "ramp",
    QUEUES,
    "The growth comes in even parts, one each second in which messages wait and no batch is free; an empty queue "
    "takes it back to the beginning.",
    "the page gives the growth of a minute only",
)
SLOWING: Final = documented(
    "slowing",
    QUEUES,
    "Failed and throttled batches lower the number of batches at a time; failures do not if partial batch responses "
    "are on.",
    pages.SQS_ERRORS,
)
SLOWING_HALF: Final = chosen(
    "slowing-half",
    QUEUES,
    f"Each such batch halves the number, down to {FEWEST_BATCHES.value}.",
    "the page does not say by how much",
)
MAXIMUM: Final = documented(
    "maximum-concurrency", QUEUES, "MaximumConcurrency bounds the batches at a time.", pages.SQS_SCALING
)
PROVISIONED: Final = documented(
    "provisioned-pollers",
    QUEUES,
    f"Each provisioned poller makes {INVOCATIONS_OF_A_POLLER.value} invocations at a time; they grow by "
    f"{PROVISIONED_A_MINUTE.value:,} a minute from the least to the most.",
    pages.SQS,
)
QUEUE_WINDOW: Final = chosen(
    "queue-window",
    QUEUES,
    "A batching window begins with the first message of the batch, and messages fill one batch before the next.",
    "the page lets it begin at the end of the last invocation; a quiet queue has no such moment",
)
THROTTLED_BATCH: Final = documented(
    "throttled-batch",
    QUEUES,
    "A throttled batch is tried again without another receive, until its visibility timeout is over; then it is "
    "dropped, and has cost a receive.",
    pages.SQS_ERRORS,
)
THROTTLE_WAIT: Final = chosen(
    "throttle-wait", QUEUES, "The tries are 1, 2, 4, 8, 16 and then always 30 seconds apart.", "no page says"
)
GROUP_LOCK: Final = recorded(
    "group-lock",
    QUEUES,
    "While messages of a group are in a batch, nothing else of the group is received; other groups go on.",
    "five messages of one group were never worked on at the same time",
)
GROUP_FILL: Final = chosen(
    "group-fill",
    QUEUES,
    "A batch takes the oldest free group first, as many of its messages in order as fit, and then the next group.",
    "a page says that a batch can hold several groups, and not which",
)
DEDUPLICATION: Final = chosen(
    "deduplication",
    QUEUES,
    "Every record of a run is a message of its own: nothing is dropped as a repetition within five minutes.",
    "how producers make deduplication ids is not in a plan",
)
AGE_METRIC: Final = documented(
    "age-metric",
    QUEUES,
    f"On a standard queue the age of the oldest message leaves out what was received {LEFT_OUT_OF_AGE.value} times.",
    pages.SQS_METRICS,
)
LOOP: Final = documented(
    "loop",
    QUEUES,
    f"A message that came of {RECURSION_LIMIT.value} invocations of one function in a chain does not invoke it again: "
    "the call fails.",
    pages.RECURSION,
)
