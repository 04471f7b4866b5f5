"""The call itself: keywords misspelt, missing, of CDK or of another source, and code that is not there."""

from __future__ import annotations

from typing import Any

from aws_cdk import Duration

import cdk_esm as esm
from tests.cdk.streams.bad_streams.bench import AT_TIMESTAMP
from tests.cdk.streams.bad_streams.case import DYNAMODB, KINESIS, Case, Construct, mistyped


def _unknown(sentence: str, *, construct: Construct = KINESIS, **keywords: Any) -> Case:
    return mistyped(sentence, *(("ESM002", name) for name in keywords), construct=construct, **keywords)


MISSPELT = [
    _unknown("a-factor-in-british-english", parallelisation_factor=2),
    _unknown("a-factor-in-camel-case", parallelizationFactor=2),
    _unknown("a-factor-per-shard", construct=DYNAMODB, parallelization_factor_per_shard=2),
    _unknown("bisect-in-cloudformations-words", bisect_batch_on_function_error=True),
    _unknown("bisect-shortened", construct=DYNAMODB, bisect_batch=True),
    _unknown("retries-in-cloudformations-words", maximum_retry_attempts=3),
    _unknown("retries-in-the-singular", construct=DYNAMODB, retry_attempt=3),
    _unknown("an-age-in-cloudformations-words", maximum_record_age_in_seconds=3600),
    _unknown("an-age-with-its-unit", max_record_age_seconds=3600),
    _unknown("a-tumbling-window-in-cloudformations-words", tumbling_window_in_seconds=60),
    _unknown("a-position-of-shards", shard_iterator_type="TRIM_HORIZON"),
    mistyped(
        "a-timestamp-without-its-position",
        ("ESM002", "starting_timestamp"),
        ("ESM217", "StartingPosition"),  # it is judged as what it is nearly called
        starting_timestamp=1,
    ),
    _unknown("a-destination-in-cloudformations-words", destination_config={"OnFailure": {}}),
    _unknown("a-destination-for-success", on_success=esm.OnFailure.queue()),
    _unknown("a-destination-for-success-of-a-table", construct=DYNAMODB, on_success=esm.OnFailure.queue()),
    _unknown("fan-out-as-an-acronym", efo=True),
    _unknown("a-consumer-by-its-name", consumer_name="clicks"),
    _unknown("a-stream-by-its-arn", stream_arn="arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"),
    _unknown("a-table-by-a-keyword-for-its-name", construct=DYNAMODB, table_name="products"),
    _unknown("partial-responses-in-cloudformations-words", function_response_types=["ReportBatchItemFailures"]),
    _unknown("two-unknown-keywords-at-once", retries=3, record_age=Duration.hours(1)),
]

OF_OTHER_SOURCES = [
    _unknown("a-queue-for-a-stream", queue=None),
    _unknown("a-queue-for-a-table", construct=DYNAMODB, queue=None),
    _unknown("a-table-for-a-stream", table=None),
    _unknown("a-stream-for-a-table", construct=DYNAMODB, stream=None),
    _unknown("fan-out-of-a-table", construct=DYNAMODB, enhanced_fan_out=True),
    _unknown("a-moment-of-a-table", construct=DYNAMODB, starting_position_timestamp=1_767_225_600),
    _unknown("a-dead-letter-queue-of-a-stream", dead_letter_queue=None),
    _unknown("a-dead-letter-queue-of-a-table", construct=DYNAMODB, dead_letter_queue=None),
    _unknown("a-visibility-timeout-of-a-stream", visibility_timeout_factor=6),
    _unknown("receives-of-a-stream", max_receive_count=5),
    _unknown("receives-of-a-table", construct=DYNAMODB, max_receive_count=5),
    _unknown("a-maximum-concurrency-of-a-stream", max_concurrency=5),
    _unknown("a-maximum-concurrency-of-a-table", construct=DYNAMODB, max_concurrency=5),
    _unknown("pollers-of-a-stream", provisioned_poller_config=esm.ProvisionedPollers(minimum=2, maximum=10)),
    _unknown("a-topic-of-kafka", topic="clicks"),
    _unknown("a-consumer-group-of-kafka", construct=DYNAMODB, consumer_group_id="clicks"),
    _unknown("a-virtual-host-of-rabbit-mq", virtual_host="/"),
    _unknown("a-collection-of-document-db", construct=DYNAMODB, collection="products"),
]

SEVERAL = [
    mistyped(
        "several-wrong-things-at-once",
        ("ESM001", "batch_size"),
        ("ESM001", "max_record_age"),
        ("ESM001", "bisect_batch_on_error"),
        ("ESM101", "MaximumRetryAttempts"),
        batch_size="100",
        max_record_age=60,
        bisect_batch_on_error="yes",
        retry_attempts=10_001,
    ),
    mistyped(
        "a-wrong-type-beside-a-danger",
        ("ESM001", "batch_size"),
        ("ESM217", "StartingPositionTimestamp"),
        batch_size="100",
        starting_position=AT_TIMESTAMP,
    ),
    mistyped(
        "code-that-is-not-there",
        ("ESM006", "code"),
        construct=DYNAMODB,
        function=lambda at: at.function(code=str(at.folder / "nowhere")),
    ),
    mistyped(
        "a-function-of-a-stream-with-two-wrong-members",
        ("ESM001", "function.timeout"),
        ("ESM001", "function.memory_size"),
        function=lambda at: at.function(timeout=30, memory_size="512"),
    ),
]

WRONG_CALLS = [*MISSPELT, *OF_OTHER_SOURCES, *SEVERAL]
