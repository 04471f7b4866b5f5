"""The steps of streams, topics, brokers and change streams."""

from __future__ import annotations

from typing import Final

from cdk_esm.simulator.fidelity.step import BROKERS, DOCUMENTS, KAFKA, STREAMS, chosen, documented, recorded
from cdk_esm.sources import SOURCES, pages
from cdk_esm.sources.kafka_settings import RETRIES_WITH_DESTINATION
from cdk_esm.sources.polling import STATE_BYTES

_ORDERED = STREAMS | KAFKA | DOCUMENTS
_RETRIED = STREAMS | KAFKA | DOCUMENTS | BROKERS


def _at_a_time(kind: str) -> int:
    concurrency = SOURCES[kind].concurrency
    assert concurrency is not None
    return concurrency.value


CHECKPOINT: Final = recorded(
    "checkpoint",
    _RETRIED,
    "After a success the poller goes on behind the batch; until then nothing behind it is read in this lane.",
    "two batches of one shard were never worked on at the same time, and none came twice",
)
SAME_BATCH: Final = documented(
    "same-batch", _RETRIED, "A failed batch is tried again as it is; it is not refilled.", pages.KINESIS_FAILURES
)
RETRIES_SPENT: Final = recorded(
    "retries-spent",
    STREAMS | KAFKA,
    "A batch is tried once and then as often again as MaximumRetryAttempts says; then it is given up.",
    "with two retries an always failing function was invoked three times, and the destination says 3",
)
THROTTLE_FREE: Final = documented(
    "throttles-spend-no-retry", STREAMS | KAFKA, "A throttle spends no retry, but time.", pages.KINESIS_FAILURES
)
AGE: Final = recorded(
    "record-age",
    STREAMS | KAFKA,
    "Before every attempt, records older than MaximumRecordAgeInSeconds are given up; at first sight too, without an "
    "invocation and with a count of 1.",
    "a record of 80 s with an age of 60 went to the destination with a count of 1, and no invocation saw it",
)
EXPIRED_IN_STREAM: Final = documented(
    "expired-in-stream",
    _ORDERED,
    "A record that is older than the source's retention is gone: no destination, and no dropped count.",
    pages.METRICS,
)
BISECT: Final = documented(
    "bisect",
    STREAMS | KAFKA,
    "A failed batch is split in two, which spends no retry; the second half waits for the first.",
    pages.KINESIS_FAILURES,
)
SPLIT_AT_ONCE: Final = chosen(
    "split-at-once", STREAMS | KAFKA, "The halves of a batch are tried without a wait.", "no page says"
)
LOWEST: Final = documented(
    "lowest-reported",
    STREAMS | KAFKA,
    "After a partial batch response the poller goes on at the lowest reported record, so later successes run again.",
    pages.KINESIS_BATCH_FAILURES,
)
PARTIAL_SPENDS: Final = chosen(
    "partial-spends-retry",
    STREAMS | KAFKA,
    "A partial batch response spends a retry of what is left, except where bisecting splits the batch at the lowest "
    "reported record; if that is the first one, nothing is split and a retry is spent.",
    "the recordings fit this and other readings: six records in batches of three, three retries, a count of 4",
)
BACKOFF: Final = chosen(
    "back-off",
    _RETRIED,
    "Retries wait 0.25 s, and twice as long each time, up to 60 s; backoff= sets it.",
    "AWS does not say; eight attempts in 60 s were seen once",
)
POLLING: Final = documented(
    "polling", STREAMS, "A quiet shard is read once a second (Kinesis), or four times (DynamoDB).", pages.KINESIS
)
PUSHED: Final = chosen(
    "pushed", STREAMS, "An enhanced fan-out consumer gets its records at once.", "the page says about 70 ms"
)
READ_ON: Final = chosen("read-on", _ORDERED, "After an invocation the next read follows at once.", "no page says")
LANES: Final = documented(
    "lanes",
    STREAMS,
    "Each shard has as many lanes as ParallelizationFactor says; a partition key stays in its lane.",
    pages.KINESIS,
)
STREAM_WINDOW: Final = chosen(
    "stream-window",
    _ORDERED | BROKERS,
    "A batching window begins at the end of the last invocation or, after a pause, with the first record.",
    "the page names the end of the last invocation for streams and the first record for brokers",
)
POSITION: Final = recorded(
    "starting-position",
    STREAMS | KAFKA | DOCUMENTS,
    "TRIM_HORIZON reads what is there, LATEST what comes after the mapping is made.",
    "records put before the mapping was made were read from TRIM_HORIZON",
)
SKIPPED: Final = documented(
    "skipped",
    STREAMS | KAFKA | DOCUMENTS,
    "What came before the starting position is never read, and counts as expired.",
    pages.KINESIS_PARAMETERS,
)
FILTERED_RECORD: Final = documented(
    "filtered-record",
    _ORDERED | BROKERS,
    "A record that matches no filter is passed over; if none of a batch matches, nothing is invoked.",
    pages.FILTERS,
)
PARENT_FIRST: Final = chosen(
    "parent-first",
    STREAMS,
    "A shard of a split or merge is read when its parents are read to the end.",
    "the pages promise the order of a key, which holds across a split only so",
)
KEY_HASH: Final = documented("key-hash", STREAMS, "The MD5 of the partition key says which shard.", pages.KINESIS_PUT)
TABLE_SHARDS: Final = chosen(
    "table-shards",
    STREAMS,
    "A table's stream has one shard, unless assume= says how many; keys are spread over them as in Kinesis.",
    "DynamoDB makes the shards itself",
)
TUMBLING: Final = documented(
    "tumbling",
    STREAMS,
    "A batch stays within its window of time; the answer's state comes with the next batch, and a last invocation "
    "ends the window. One that fails is tried again until it succeeds.",
    pages.KINESIS_WINDOWS,
)
TUMBLING_END: Final = chosen(
    "tumbling-end",
    STREAMS,
    "The last invocation of a window carries no records, and comes when the window's time is over; an answer without "
    f"a state leaves none; a state above {STATE_BYTES.value >> 20} MB ends the window early.",
    "the page leaves open when it comes and what it carries",
)
GIVEN_UP: Final = recorded(
    "given-up",
    STREAMS | KAFKA,
    "What is given up goes to the on-failure destination: a bucket gets the records, a queue or a topic where they "
    "were.",
    "the documents at a queue, a topic and a bucket were recorded",
)
DISCARDED: Final = documented(
    "discarded", STREAMS | KAFKA, "Without a destination, what is given up is lost.", pages.KINESIS_FAILURES
)
RETRIES_CAPPED: Final = documented(
    "retries-capped",
    KAFKA,
    f"Endless retries with a destination end after {RETRIES_WITH_DESTINATION.value}.",
    pages.KAFKA_RETRIES,
)
CONSUMERS: Final = chosen(
    "consumers",
    KAFKA,
    "One consumer without provisioned pollers, the least number of pollers with them, at most one for each partition; "
    "the partitions go around them.",
    "how Lambda scales consumers is documented in outline only",
)
MIXED_BATCH: Final = documented(
    "mixed-batch", KAFKA, "A batch has one topic and can have several of its partitions.", pages.KAFKA
)
REBALANCE: Final = chosen(
    "rebalance",
    KAFKA,
    "A rebalance delivers again what was not committed.",
    "Kafka works so; the pages about mappings do not describe a rebalance",
)
KNOWN_GROUP: Final = documented(
    "known-group", KAFKA, "A consumer group with committed offsets ignores the starting position.", pages.MSK
)
ACTIVEMQ_LIMIT: Final = documented(
    "activemq-redeliveries",
    BROKERS,
    "ActiveMQ delivers a message six times again, and then moves it to the broker's own dead-letter queue.",
    pages.MQ_ERRORS,
)
RABBITMQ_FOREVER: Final = chosen(
    "rabbitmq-until-success",
    BROKERS,
    "RabbitMQ delivers a message until it succeeds.",
    "a policy of the broker may say otherwise, and a plan does not see it",
)
BROKER_SLOTS: Final = documented(
    "broker-concurrency",
    BROKERS,
    f"A mapping has {_at_a_time('activemq')} invocations at a time on ActiveMQ, {_at_a_time('rabbitmq')} on RabbitMQ.",
    pages.MQ,
)
ONE_AT_A_TIME: Final = documented(
    "one-at-a-time", DOCUMENTS, "DocumentDB: one invocation at a time, in order, until it succeeds.", pages.DOCUMENTDB
)
CHANGES_EXPIRE: Final = documented(
    "changes-expire",
    DOCUMENTS,
    "A change that expires before it was processed disables the mapping; what is left is never read.",
    pages.DOCUMENTDB_LAMBDA,
)
