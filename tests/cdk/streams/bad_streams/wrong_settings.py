"""Settings of a stream's mapping that are out of range, that contradict each other, or that lose or block records."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from aws_cdk import Duration

import cdk_esm as esm
from tests.cdk.streams.bad_streams.bench import AT_TIMESTAMP, LATEST, START, StreamBench
from tests.cdk.streams.bad_streams.case import DYNAMODB, FAN_OUT, KINESIS, invalid, invalid_everywhere

BATCH, WINDOW, FACTOR = "BatchSize", "MaximumBatchingWindowInSeconds", "ParallelizationFactor"
RETRIES, AGE, TUMBLING = "MaximumRetryAttempts", "MaximumRecordAgeInSeconds", "TumblingWindowInSeconds"
POSITION, MOMENT = "StartingPosition", "StartingPositionTimestamp"
A_MOMENT_AGO = int(time.time()) - 60
IN_AN_HOUR = int(time.time()) + 3600
A_DAY = Duration.days(1)

RANGES = [
    *invalid_everywhere("a-batch-of-none", ("ESM101", BATCH), batch_size=0),
    invalid("a-batch-of-less-than-none", ("ESM101", BATCH), batch_size=-1),
    *invalid_everywhere("a-batch-above-ten-thousand", ("ESM101", BATCH), batch_size=10_001),
    *invalid_everywhere("a-window-above-five-minutes", ("ESM101", WINDOW), max_batching_window=Duration.seconds(301)),
    *invalid_everywhere("a-factor-of-none", ("ESM101", FACTOR), parallelization_factor=0),
    invalid("a-factor-of-less-than-none", ("ESM101", FACTOR), parallelization_factor=-1),
    *invalid_everywhere("a-factor-above-ten", ("ESM101", FACTOR), parallelization_factor=11),
    *invalid_everywhere("retries-below-minus-one", ("ESM101", RETRIES), retry_attempts=-2),
    *invalid_everywhere("retries-above-ten-thousand", ("ESM101", RETRIES), retry_attempts=10_001),
    *invalid_everywhere("an-age-below-a-minute", ("ESM110", AGE), max_record_age=Duration.seconds(59)),
    *invalid_everywhere("an-age-of-nothing", ("ESM110", AGE), max_record_age=Duration.seconds(0)),
    invalid(
        "an-age-above-a-week",
        ("ESM101", AGE),
        stream=esm.NewStream(retention_period=Duration.days(30)),
        max_record_age=Duration.seconds(604_801),
    ),
    invalid(
        "an-age-above-a-week-of-fan-out",
        ("ESM101", AGE),
        stream=esm.NewStream(retention_period=Duration.days(30)),
        max_record_age=Duration.days(8),
        **FAN_OUT,
    ),
    invalid(
        "an-age-above-a-week-of-a-table",
        ("ESM101", AGE),
        ("ESM317", AGE),
        construct=DYNAMODB,
        retry_attempts=-1,
        max_record_age=Duration.seconds(604_801),
    ),
    *invalid_everywhere(
        "a-tumbling-window-above-a-quarter", ("ESM101", TUMBLING), tumbling_window=Duration.seconds(901)
    ),
]

FUNCTIONS = [
    *invalid_everywhere(
        "a-timeout-above-half-an-hour",
        ("ESM106", "Timeout"),
        function=lambda at: at.function(timeout=Duration.seconds(1_801)),
    ),
    *invalid_everywhere(
        "too-little-memory", ("ESM106", "MemorySize"), function=lambda at: at.function(memory_size=127)
    ),
    *invalid_everywhere(
        "no-concurrency-at-all",
        ("ESM302", "ReservedConcurrentExecutions"),
        function=lambda at: at.function(reserved_concurrent_executions=0),
    ),
    invalid(
        "no-concurrency-of-an-existing-function",
        ("ESM302", "ReservedConcurrentExecutions"),
        construct=DYNAMODB,
        function=lambda at: at.existing(reserved_concurrent_executions=0),
    ),
    invalid("a-handler-that-is-not-there", ("ESM215", "Handler"), function=lambda at: at.function(handler="main.run")),
]

TAGS = [
    *invalid_everywhere("a-tag-of-aws", ("ESM107", "Tags"), tags={"aws:team": "shop"}),
    invalid("a-tag-without-a-name", ("ESM107", "Tags"), tags={"": "shop"}),
    invalid("a-tag-with-a-long-name", ("ESM107", "Tags"), construct=DYNAMODB, tags={"t" * 129: "shop"}),
    invalid("a-tag-with-a-long-value", ("ESM107", "Tags"), tags={"team": "s" * 257}),
]

POSITIONS = [
    invalid(
        "only-what-is-yet-to-come-of-an-existing-stream",
        ("ESM316", POSITION),
        stream=StreamBench.stream,
        starting_position=LATEST,
    ),
    invalid(
        "only-what-is-yet-to-come-of-an-imported-stream",
        ("ESM316", POSITION),
        stream=StreamBench.known_stream,
        starting_position=LATEST,
    ),
    invalid(
        "only-what-is-yet-to-come-of-an-existing-table",
        ("ESM316", POSITION),
        construct=DYNAMODB,
        table=StreamBench.table,
        starting_position=LATEST,
    ),
    invalid("a-table-from-a-moment-on", ("ESM103", POSITION), construct=DYNAMODB, starting_position=AT_TIMESTAMP),
    invalid(
        "an-existing-table-from-a-moment-on",
        ("ESM103", POSITION),
        construct=DYNAMODB,
        table=StreamBench.table,
        starting_position=AT_TIMESTAMP,
    ),
    invalid("from-a-moment-on-without-the-moment", ("ESM217", MOMENT), starting_position=AT_TIMESTAMP),
    invalid("fan-out-from-a-moment-on-without-it", ("ESM217", MOMENT), starting_position=AT_TIMESTAMP, **FAN_OUT),
    invalid("a-moment-without-its-position", ("ESM217", POSITION), starting_position_timestamp=A_MOMENT_AGO),
    invalid(
        "a-moment-from-the-start",
        ("ESM217", POSITION),
        starting_position=START,
        starting_position_timestamp=A_MOMENT_AGO,
        **FAN_OUT,
    ),
    invalid(
        "a-moment-of-what-is-yet-to-come",
        ("ESM217", POSITION),
        starting_position=LATEST,
        starting_position_timestamp=A_MOMENT_AGO,
    ),
    invalid(
        "a-moment-in-milliseconds",
        ("ESM218", MOMENT),
        starting_position=AT_TIMESTAMP,
        starting_position_timestamp=A_MOMENT_AGO * 1000,
    ),
    invalid(
        "a-moment-in-microseconds",
        ("ESM218", MOMENT),
        starting_position=AT_TIMESTAMP,
        starting_position_timestamp=A_MOMENT_AGO * 1_000_000,
        **FAN_OUT,
    ),
    invalid(
        "a-moment-in-the-future",
        ("ESM218", MOMENT),
        starting_position=AT_TIMESTAMP,
        starting_position_timestamp=IN_AN_HOUR,
    ),
    invalid(
        "a-datetime-in-the-future",
        ("ESM218", MOMENT),
        stream=StreamBench.stream,
        starting_position=AT_TIMESTAMP,
        starting_position_timestamp=datetime.now(UTC) + timedelta(days=1),
    ),
    invalid(
        "a-moment-in-the-future-without-its-position",
        ("ESM217", POSITION),
        ("ESM218", MOMENT),
        starting_position_timestamp=IN_AN_HOUR,
    ),
    invalid(
        "a-moment-before-1970",
        ("ESM101", MOMENT),
        starting_position=AT_TIMESTAMP,
        starting_position_timestamp=-1,
    ),
]

AGES = [
    invalid(
        "an-age-as-long-as-the-retention",
        ("ESM317", AGE),
        stream=esm.NewStream(retention_period=A_DAY),
        retry_attempts=-1,
        max_record_age=A_DAY,
    ),
    invalid("an-age-longer-than-the-retention", ("ESM317", AGE), retry_attempts=-1, max_record_age=Duration.hours(73)),
    invalid(
        "an-age-longer-than-the-retention-of-fan-out",
        ("ESM317", AGE),
        retry_attempts=-1,
        max_record_age=Duration.days(4),
        **FAN_OUT,
    ),
    invalid(
        "an-age-longer-than-an-existing-streams-retention",
        ("ESM317", AGE),
        stream=lambda at: at.stream(retention_period=None),
        starting_position=START,
        retry_attempts=-1,
        max_record_age=Duration.hours(25),
    ),
    invalid(
        "an-age-longer-than-the-retention-of-a-consumers-stream",
        ("ESM317", AGE),
        enhanced_fan_out=StreamBench.consumer,
        starting_position=START,
        retry_attempts=-1,
        max_record_age=Duration.days(3),
    ),
    invalid("an-age-of-a-table-of-a-day", ("ESM317", AGE), construct=DYNAMODB, retry_attempts=-1, max_record_age=A_DAY),
    invalid(
        "an-age-of-a-table-of-a-week",
        ("ESM317", AGE),
        construct=DYNAMODB,
        retry_attempts=-1,
        max_record_age=Duration.days(7),
    ),
    invalid(
        "an-age-of-an-existing-table-of-two-days",
        ("ESM317", AGE),
        construct=DYNAMODB,
        table=StreamBench.table,
        retry_attempts=-1,
        max_record_age=Duration.days(2),
    ),
    invalid(
        "no-end-of-retries-and-an-age-that-has-no-effect",
        ("ESM317", AGE),
        construct=DYNAMODB,
        retry_attempts=-1,
        max_record_age=Duration.days(7),
    ),
    invalid(
        "several-settings-out-of-range",
        ("ESM101", BATCH),
        ("ESM101", FACTOR),
        ("ESM110", AGE),
        construct=KINESIS,
        batch_size=0,
        parallelization_factor=11,
        max_record_age=Duration.seconds(1),
        starting_position=LATEST,
    ),
]

WRONG_SETTINGS = [*RANGES, *FUNCTIONS, *TAGS, *POSITIONS, *AGES]
