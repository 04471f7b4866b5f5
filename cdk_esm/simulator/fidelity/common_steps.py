"""The steps of every source: the function, its answers, throttling, metrics and alarms."""

from __future__ import annotations

from typing import Final

from cdk_esm.simulator.fidelity.step import EVERY, KAFKA, QUEUES, STREAMS, chosen, documented, recorded
from cdk_esm.sources import pages
from cdk_esm.sources.polling import INVOCATION_BYTES

_REPORTING = QUEUES | STREAMS | KAFKA

FAILED_BATCH: Final = recorded(
    "failed-batch",
    EVERY,
    "An exception, a crash or a timeout fails the whole batch, partial batch responses or not.",
    "a batch with one bad message went to the dead-letter queue whole",
)
ANY_ANSWER: Final = recorded(
    "any-answer",
    EVERY,
    "Without ReportBatchItemFailures every answer is a success.",
    "functions that answered with the event, a number or nothing at all were never invoked again",
)
EMPTY_ANSWER: Final = recorded(
    "empty-answer",
    _REPORTING,
    "With it, null, an empty text, list or object, and an empty or null batchItemFailures are a success.",
    "each of them was invoked once",
)
BAD_ANSWER: Final = recorded(
    "bad-answer",
    _REPORTING,
    "An empty or null identifier, or another key in its place, fails the whole batch.",
    "each of them used up its retries",
)
UNKNOWN_IDENTIFIER: Final = documented(
    "unknown-identifier", _REPORTING, "An identifier that is not in the batch fails all of it.", pages.SQS_ERRORS
)
OTHER_ANSWER: Final = chosen(
    "other-answer",
    _REPORTING,
    "An object without batchItemFailures is a success; a text, a number or a list that is not empty fails the batch.",
    "pages speak of an empty response and of invalid JSON only",
)
REPORTED: Final = documented(
    "reported", _REPORTING, "What the answer names failed; the rest of the batch succeeded.", pages.SQS_ERRORS
)
NO_JSON: Final = documented(
    "no-json", EVERY, "An answer that JSON cannot say is an error of the function.", pages.PYTHON_HANDLER
)
TIMEOUT_EFFECTS: Final = chosen(
    "timeout-effects",
    EVERY,
    "context.spend ends the handler at the moment of its timeout; a duration from outside is known only when the "
    "handler is done, so then all of its effects stay.",
    "a simulated handler runs in no time",
)
RESERVED: Final = documented(
    "reserved-concurrency",
    EVERY,
    "A function with reserved concurrency runs at most so often at a time; beyond that it is throttled.",
    pages.CONCURRENCY,
)
NO_COLD_START: Final = chosen(
    "no-cold-start", EVERY, "An invocation takes what the handler takes.", "cold starts depend on the code"
)
SIX_MEGABYTES: Final = documented(
    "six-megabytes",
    EVERY,
    f"A batch is cut where its payloads would be more than {INVOCATION_BYTES.value >> 20} MB.",
    pages.MAPPING,
)
DUPLICATES: Final = chosen(
    "duplicates",
    EVERY,
    "duplicates= delivers that share of the records once more, drawn from the seed: of a queue, as if the deletion "
    "was lost; of the others, as if the checkpoint was.",
    "AWS says that it happens, and not how often",
)
DISABLED: Final = chosen(
    "disabled",
    EVERY,
    "A disabled mapping stops at once; what is being worked on is finished.",
    "AWS was seen to take up to a minute",
)
SWITCHED: Final = recorded(
    "switched-version",
    EVERY,
    "After an update the mapping invokes the new version, from the next invocation on.",
    "a second message met the second version",
)
SOURCE_GONE: Final = chosen(
    "source-gone",
    EVERY,
    "A source that is deleted takes everything in it along, at once.",
    "services may deliver for a while what they have already handed out",
)
METRIC_DELAY: Final = chosen(
    "metric-delay", EVERY, "A data point can be judged a minute after the end of its period.", "pages say minutes"
)
ALARMS: Final = chosen(
    "alarms",
    EVERY,
    "An alarm looks at the last N periods, and fires when M of them breach; a period without data counts as its "
    "recipe says.",
    "CloudWatch also looks further back for data before it fills a gap",
)
NO_METRICS_DISABLED: Final = documented(
    "no-metrics-while-disabled", EVERY, "A disabled mapping writes none of its metrics.", pages.METRICS
)
FAILED_AT_END: Final = documented(
    "failed-count-at-end", EVERY, "FailedInvokeEventCount has the time at which the invocation ended.", pages.METRICS
)
IN_FLIGHT: Final = chosen(
    "in-flight",
    EVERY,
    "At the end of the run the record was still in its source.",
    "the run ends, and not the record",
)
