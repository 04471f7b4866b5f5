"""Keywords of a stream's mapping: a value of the wrong type, without its unit, empty, or a token too late."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from typing import Any

import aws_cdk as cdk

import cdk_esm as esm
from tests.cdk.streams.bad_streams.bench import AT_TIMESTAMP, StreamBench
from tests.cdk.streams.bad_streams.case import DYNAMODB, FAN_OUT, mistyped, mistyped_everywhere

POSITION = ("ESM001", "starting_position")
MOMENT = ("ESM001", "starting_position_timestamp")


def token(_: StreamBench) -> Any:
    return cdk.Token.as_any({"Ref": "Number"})


def circle() -> dict[str, Any]:
    pattern: dict[str, Any] = {}
    pattern["data"] = pattern
    return pattern


NUMBERS = [
    *mistyped_everywhere("a-batch-size-as-a-text", ("ESM001", "batch_size"), batch_size="100"),
    mistyped("a-batch-size-as-a-float", ("ESM001", "batch_size"), batch_size=100.0),
    mistyped("a-batch-size-as-a-bool", ("ESM001", "batch_size"), construct=DYNAMODB, batch_size=True),
    mistyped("a-batch-size-without-an-end", ("ESM001", "batch_size"), batch_size=math.inf),
    *mistyped_everywhere("retries-as-a-text", ("ESM001", "retry_attempts"), retry_attempts="10"),
    mistyped("retries-as-a-bool", ("ESM001", "retry_attempts"), retry_attempts=False),
    mistyped("retries-without-an-end", ("ESM001", "retry_attempts"), construct=DYNAMODB, retry_attempts=math.inf),
    mistyped("retries-that-are-no-number", ("ESM001", "retry_attempts"), retry_attempts=math.nan),
    mistyped("retries-as-a-duration", ("ESM001", "retry_attempts"), retry_attempts=cdk.Duration.seconds(3)),
    *mistyped_everywhere("a-factor-as-a-text", ("ESM001", "parallelization_factor"), parallelization_factor="2"),
    mistyped("a-factor-as-a-float", ("ESM001", "parallelization_factor"), parallelization_factor=1.5),
    mistyped(
        "a-factor-as-a-bool", ("ESM001", "parallelization_factor"), construct=DYNAMODB, parallelization_factor=True
    ),
]

DURATIONS = [
    *mistyped_everywhere("an-age-as-a-bare-number", ("ESM001", "max_record_age"), max_record_age=3600),
    mistyped("an-age-of-minus-one", ("ESM001", "max_record_age"), max_record_age=-1),
    mistyped("an-age-as-a-timedelta", ("ESM001", "max_record_age"), max_record_age=timedelta(hours=1)),
    mistyped("an-age-as-a-text", ("ESM001", "max_record_age"), construct=DYNAMODB, max_record_age="1h"),
    mistyped("an-age-in-a-fraction", ("ESM001", "max_record_age"), max_record_age=cdk.Duration.millis(60_500)),
    *mistyped_everywhere("a-window-as-a-bare-number", ("ESM001", "max_batching_window"), max_batching_window=5),
    mistyped(
        "half-a-second-of-window", ("ESM001", "max_batching_window"), max_batching_window=cdk.Duration.millis(500)
    ),
    *mistyped_everywhere("a-tumbling-window-as-a-bare-number", ("ESM001", "tumbling_window"), tumbling_window=60),
    mistyped(
        "a-tumbling-window-in-a-fraction",
        ("ESM001", "tumbling_window"),
        construct=DYNAMODB,
        tumbling_window=cdk.Duration.millis(1500),
    ),
    mistyped(
        "an-age-of-minutes-that-only-the-deployment-knows",
        ("ESM001", "max_record_age"),
        max_record_age=lambda at: cdk.Duration.minutes(at.number()),
    ),
]

SWITCHES = [
    *mistyped_everywhere("bisect-as-a-text", ("ESM001", "bisect_batch_on_error"), bisect_batch_on_error="yes"),
    mistyped("bisect-as-a-number", ("ESM001", "bisect_batch_on_error"), bisect_batch_on_error=1),
    *mistyped_everywhere(
        "partial-responses-as-a-text", ("ESM001", "report_batch_item_failures"), report_batch_item_failures="yes"
    ),
    mistyped(
        "partial-responses-as-a-token", ("ESM001", "report_batch_item_failures"), report_batch_item_failures=token
    ),
    mistyped("enabled-as-a-text", ("ESM001", "enabled"), enabled="false"),
    mistyped("enabled-as-a-number", ("ESM001", "enabled"), construct=DYNAMODB, enabled=0),
    mistyped("grants-as-a-text", ("ESM001", "grants"), grants="no"),
    mistyped("grants-as-a-token", ("ESM001", "grants"), construct=DYNAMODB, grants=token),
]

POSITIONS = [
    *mistyped_everywhere("a-position-as-a-text", POSITION, starting_position="TRIM_HORIZON"),
    mistyped("an-invalid-position", POSITION, starting_position="invalid"),
    mistyped("a-position-of-another-kind", POSITION, construct=DYNAMODB, starting_position=cdk.RemovalPolicy.RETAIN),
    mistyped("a-moment-without-end", MOMENT, starting_position=AT_TIMESTAMP, starting_position_timestamp=float("inf")),
    mistyped("a-moment-as-a-text", MOMENT, starting_position=AT_TIMESTAMP, starting_position_timestamp="2026-01-01"),
    mistyped("a-moment-as-a-bool", MOMENT, starting_position=AT_TIMESTAMP, starting_position_timestamp=True),
    mistyped(
        "a-moment-as-a-date",
        MOMENT,
        starting_position=AT_TIMESTAMP,
        starting_position_timestamp=date(2026, 1, 1),
        **FAN_OUT,
    ),
    mistyped(
        "a-moment-as-a-duration",
        MOMENT,
        starting_position=AT_TIMESTAMP,
        starting_position_timestamp=cdk.Duration.hours(1),
    ),
    mistyped(
        "a-moment-without-a-time-zone",
        MOMENT,
        starting_position=AT_TIMESTAMP,
        starting_position_timestamp=datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None),
    ),
]

RECORDS = [
    *mistyped_everywhere("one-filter-that-is-no-list", ("ESM001", "filters"), filters={"data": {"a": ["b"]}}),
    mistyped("a-filter-as-a-bare-text", ("ESM001", "filters"), filters='{"data": {"a": ["b"]}}'),
    mistyped("a-filter-that-is-a-number", ("ESM001", "filters[0]"), filters=[3]),
    mistyped(
        "a-second-filter-that-is-nothing",
        ("ESM001", "filters[1]"),
        construct=DYNAMODB,
        filters=[{"eventName": ["INSERT"]}, None],
    ),
    mistyped("a-filter-that-contains-itself", ("ESM001", "filters[0]"), filters=[circle()]),
    mistyped("a-filter-that-json-cannot-hold", ("ESM001", "filters[0]"), filters=[{"data": {"a": [{1, 2}]}}]),
    mistyped("a-key-for-filters-as-a-text", ("ESM001", "filter_encryption"), filter_encryption="alias/filters"),
    *mistyped_everywhere("metrics-as-a-list", ("ESM001", "metrics_config"), metrics_config=["EventCount"]),
    mistyped("tags-as-a-list", ("ESM001", "tags"), tags=["team"]),
    mistyped("a-tag-as-a-number", ("ESM001", "tags['team']"), construct=DYNAMODB, tags={"team": 3}),
    mistyped("a-logical-id-with-a-hyphen", ("ESM001", "logical_id"), logical_id="old-clicks"),
    mistyped("a-logical-id-of-nothing", ("ESM001", "logical_id"), construct=DYNAMODB, logical_id=""),
    mistyped("a-removal-policy-as-a-text", ("ESM001", "removal_policy"), removal_policy="retain"),
    mistyped("a-snapshot-of-a-stream", ("ESM001", "removal_policy"), removal_policy=cdk.RemovalPolicy.SNAPSHOT),
    *mistyped_everywhere("alarms-as-a-topic", ("ESM001", "alarms"), alarms=StreamBench.topic),
    mistyped(
        "alarms-that-notify-no-list", ("ESM001", "alarms.notify"), alarms=lambda at: esm.Alarms(notify=at.topic())
    ),
    mistyped(
        "a-threshold-of-an-alarm-that-is-not-there",
        ("ESM001", "alarms.thresholds['lag']"),
        alarms=esm.Alarms(thresholds={"lag": 5}),
    ),
    mistyped(
        "a-threshold-of-a-consumer-on-a-table",
        ("ESM001", "alarms.thresholds['consumer_lag']"),
        construct=DYNAMODB,
        alarms=esm.Alarms(thresholds={"consumer_lag": 5}),
    ),
    mistyped(
        "a-threshold-of-a-consumer-on-shared-throughput",
        ("ESM001", "alarms.thresholds['consumer_lag']"),
        alarms=esm.Alarms(thresholds={"consumer_lag": 5}),
    ),
    mistyped(
        "throttled-reads-left-out-of-a-consumer",
        ("ESM001", "alarms.off['read_throttles']"),
        alarms=esm.Alarms(off={"read_throttles": "a consumer has throughput of its own"}),
        **FAN_OUT,
    ),
    mistyped(
        "a-threshold-of-nothing",
        ("ESM001", "alarms.thresholds['iterator_age']"),
        construct=DYNAMODB,
        alarms=esm.Alarms(thresholds={"iterator_age": 0}),
    ),
    mistyped(
        "an-alarm-left-out-without-a-reason",
        ("ESM005", "alarms.off['consumer_lag']"),
        alarms=esm.Alarms(off={"consumer_lag": ""}),
        **FAN_OUT,
    ),
    mistyped("an-acknowledgement-as-a-list", ("ESM001", "acknowledge"), acknowledge=["ESM316"]),
    mistyped("an-acknowledgement-of-no-rule", ("ESM004", "acknowledge"), acknowledge={"ESM999": "seen"}),
    mistyped("an-acknowledgement-without-a-reason", ("ESM004", "acknowledge"), acknowledge={"ESM316": " "}),
    mistyped("an-acknowledgement-of-what-aws-refuses", ("ESM004", "acknowledge"), acknowledge={"ESM220": "seen"}),
]

WRONG_VALUES = [*NUMBERS, *DURATIONS, *SWITCHES, *POSITIONS, *RECORDS]
