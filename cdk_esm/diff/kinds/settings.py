"""Kinds of changes of what a mapping, its function and its source are set to."""

from __future__ import annotations

from typing import Final

from cdk_esm.diff.changes import ADVICE, DANGER, Kind
from cdk_esm.sources import pages

PARTIAL_BATCHES_OFF: Final = Kind(
    "partial-batches-off",
    DANGER,
    "What the function returns is no longer looked at: it has to raise for a batch to count as failed, or what it "
    "reports as failed is deleted or passed over; and a batch that failed comes again as a whole.",
    "keep ReportBatchItemFailures; or deploy a handler that raises first",
    pages.MAPPING_API,
)
BISECT_OFF: Final = Kind(
    "bisect-off",
    ADVICE,
    "One record that cannot be processed takes its whole batch with it, time and again.",
    "keep BisectBatchOnFunctionError: true, or report single failures with ReportBatchItemFailures",
    pages.KINESIS_PARAMETERS,
)
RETRIES_FEWER: Final = Kind(
    "retries-fewer",
    DANGER,
    "Records are given up sooner, and where there is no on-failure destination nobody gets them.",
    "add an on-failure destination, or keep the number of retries",
    pages.MAPPING_API,
)
RECORD_AGE_SHORTER: Final = Kind(
    "record-age-shorter",
    DANGER,
    "Records that wait longer are given up, also those that wait right now, and where there is no on-failure "
    "destination nobody gets them.",
    "add an on-failure destination, or keep the age; deploy it while the function is not behind",
    pages.MAPPING_API,
)
RECEIVES_FEWER: Final = Kind(
    "receives-fewer",
    ADVICE,
    "Messages are moved to the dead-letter queue sooner, and throttled receives count as well.",
    "keep the number of receives, or see that throttling cannot use them up",
    pages.SQS_CONFIGURE,
)
METRICS_OFF: Final = Kind(
    "metrics-off",
    ADVICE,
    "The metrics that count filtered, failed and dropped records end, and alarms on them see no data.",
    "keep EventCount in MetricsConfig, or remove the alarms on these metrics too",
    pages.METRICS,
)
CONCURRENCY_HIGHER: Final = Kind(
    "concurrency-higher",
    ADVICE,
    "The function may run more often at the same time, and so may whatever it calls: a database, an API, the "
    "account's other functions.",
    "keep the cap, or make sure that what stands behind the function bears the load",
    pages.CONCURRENCY,
)
CONCURRENCY_LOWER: Final = Kind(
    "concurrency-lower",
    ADVICE,
    "Fewer invocations run at the same time: records wait longer, and where the function is throttled a message of a "
    "queue loses a receive each time.",
    "keep the number, or see that the source's age stays far below its retention; cap a queue with "
    "ScalingConfig.MaximumConcurrency and not with reserved concurrency alone",
    pages.CONCURRENCY,
)
FUNCTION_STOPPED: Final = Kind(
    "function-stopped",
    DANGER,
    "A function with no concurrency is never invoked: records wait until they expire, and messages of a queue use up "
    "their receives.",
    "disable the mapping instead (Enabled: false), and only for less time than the source keeps its records",
    pages.CONCURRENCY,
)
POLLERS_FEWER: Final = Kind(
    "pollers-fewer",
    ADVICE,
    "Fewer pollers are ready for a sudden load, or they grow to fewer: records wait longer. Without any, Lambda scales "
    "the mapping as it sees fit, and nothing but a cap on concurrency bounds it.",
    "keep the pollers, or see that the source's age stays far below its retention",
    pages.MAPPING,
)
POLLERS_MORE: Final = Kind(
    "pollers-more",
    ADVICE,
    "More pollers run, or they grow to more: each of them costs by the hour, and the function may run more often at "
    "the same time.",
    "keep the pollers, or make sure that what stands behind the function bears the load",
    pages.MAPPING,
)
BATCHES_LARGER: Final = Kind(
    "batches-larger",
    ADVICE,
    "An invocation gets more records at once, or they wait longer for it: it takes longer, and one that fails "
    "brings more of them back.",
    "see that the function's timeout, and the queue's visibility timeout, are long enough for the largest batch",
    pages.MAPPING,
)
BATCHES_SMALLER: Final = Kind(
    "batches-smaller",
    ADVICE,
    "An invocation gets fewer records, so the function is invoked more often for the same load.",
    "see that concurrency and what stands behind the function bear more invocations",
    pages.MAPPING,
)
AGGREGATION_CHANGED: Final = Kind(
    "aggregation-changed",
    ADVICE,
    "The function's state is carried from batch to batch for as long as the tumbling window lasts, and not at all "
    "without one: its sums are over another time.",
    "keep the window, or deploy a handler that does without the state, or sums over the new time",
    pages.KINESIS_WINDOWS,
)
VISIBILITY_SHORTER: Final = Kind(
    "visibility-shorter",
    ADVICE,
    "A message shows up again while the function may still work on it, or while the poller still tries to hand it "
    "over: it is processed twice, and a receive is used up.",
    "keep the visibility timeout at six times the function's timeout plus the batching window, or more",
    pages.SQS_CONFIGURE,
)
VISIBILITY_OUTGROWN: Final = Kind(
    "visibility-outgrown",
    ADVICE,
    "The queue's visibility timeout stays, and what it has to cover takes longer: a message shows up again while the "
    "function may still work on it, or while the poller still tries to hand it over.",
    "raise the visibility timeout to six times the function's timeout plus the batching window, or more",
    pages.SQS_CONFIGURE,
)
TIMEOUT_SHORTER: Final = Kind(
    "timeout-shorter",
    ADVICE,
    "An invocation that takes longer is stopped, and its batch comes again as a whole, and is stopped again.",
    "keep the timeout, or see in the metric Duration that no batch takes so long; or lower BatchSize too",
    pages.FUNCTION_API,
)
RETRIES_ENDLESS: Final = Kind(
    "retries-without-end",
    DANGER,
    "A record that cannot be processed is tried until it expires; those behind it in its shard wait, and may expire "
    "with it.",
    "keep an end, in MaximumRetryAttempts or MaximumRecordAgeInSeconds, with an on-failure destination",
    pages.KINESIS_PARAMETERS,
)
PAYLOAD_CHANGED: Final = Kind(
    "payload-changed",
    ADVICE,
    "The function gets its records in another form.",
    "deploy a handler that takes both forms first; what it raises for is tried again",
    pages.MAPPING_API,
)
QUEUE_RETENTION_SHORTER: Final = Kind(
    "retention-shorter",
    DANGER,
    "What is older than the new retention is deleted, also what waits there right now.",
    "keep the retention, or shorten it after the queue is empty",
    pages.SQS_ATTRIBUTES,
)
STREAM_RETENTION_SHORTER: Final = Kind(
    "stream-retention-shorter",
    DANGER,
    "What is older than the new retention cannot be read any more, whether it was read before or not.",
    "keep the retention, or shorten it while no reader is behind (IteratorAge)",
    pages.KINESIS_RETENTION,
)
FILTERS_NARROWER: Final = Kind(
    "filters-narrower",
    DANGER,
    "Records that the function got before match no filter any more.",
    "keep the old patterns beside the new ones; or try both on records with cdk-esm filter, and see that nobody "
    "needs what no longer matches",
    pages.FILTERS,
)
FILTERS_CHANGED: Final = Kind(
    "filters-changed",
    DANGER,
    "Nothing proves that the new filters match all that the old ones matched: they may be narrower.",
    "try both on records with cdk-esm filter; or keep the old patterns beside the new ones",
    pages.FILTERS,
)
FILTERS_WIDER: Final = Kind(
    "filters-wider",
    ADVICE,
    "The function gets records that it did not get before.",
    "see that the function takes them; what it raises for is tried again",
    pages.FILTERS,
)
