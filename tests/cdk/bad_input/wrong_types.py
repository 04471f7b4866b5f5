"""Keywords of the mapping itself: values of the wrong type, without a unit, empty, or tokens that come too late."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_kms as kms

import cdk_esm as esm
from tests.cdk.bad_input.bench import Bench
from tests.cdk.bad_input.case import mistyped


def token(_: Bench) -> Any:
    return cdk.Token.as_any({"Ref": "Number"})


def nested(depth: int) -> dict[str, Any]:
    pattern: dict[str, Any] = {"type": ["paid"]}
    for _ in range(depth):
        pattern = {"a": pattern}
    return pattern


def circle() -> dict[str, Any]:
    pattern: dict[str, Any] = {}
    pattern["body"] = pattern
    return pattern


NUMBERS = [
    mistyped("a-batch-size-as-a-text", ("ESM001", "batch_size"), batch_size="10"),
    mistyped("a-batch-size-as-a-bool", ("ESM001", "batch_size"), batch_size=True),
    mistyped("a-batch-size-as-a-float", ("ESM001", "batch_size"), batch_size=10.0),
    mistyped("a-batch-size-as-a-duration", ("ESM001", "batch_size"), batch_size=cdk.Duration.seconds(10)),
    mistyped("a-batch-size-as-a-list", ("ESM001", "batch_size"), batch_size=[10]),
    mistyped("a-batch-size-that-is-no-number", ("ESM001", "batch_size"), batch_size=math.nan),
    mistyped("a-batch-size-without-an-end", ("ESM001", "batch_size"), batch_size=math.inf),
    mistyped("a-batch-size-below-everything", ("ESM001", "batch_size"), batch_size=-math.inf),
    mistyped("a-batch-size-as-a-token-of-no-number", ("ESM001", "batch_size"), batch_size=token),
    mistyped(
        "a-batch-size-as-a-token-of-a-text", ("ESM001", "batch_size"), batch_size=lambda _: cdk.Fn.import_value("Size")
    ),
    mistyped(
        "a-batch-size-as-a-text-on-fifo",
        ("ESM001", "batch_size"),
        construct=esm.SqsFifoToLambda,
        batch_size="10",
    ),
    mistyped("a-maximum-concurrency-as-a-text", ("ESM001", "max_concurrency"), max_concurrency="5"),
    mistyped("a-maximum-concurrency-as-a-bool", ("ESM001", "max_concurrency"), max_concurrency=True),
    mistyped("a-maximum-concurrency-as-a-float", ("ESM001", "max_concurrency"), max_concurrency=2.5),
    mistyped("a-receive-count-as-a-text", ("ESM001", "max_receive_count"), max_receive_count="5"),
    mistyped("a-receive-count-as-a-bool", ("ESM001", "max_receive_count"), max_receive_count=True),
    mistyped("no-receive-at-all", ("ESM001", "max_receive_count"), max_receive_count=0),
    mistyped(
        "fewer-receives-than-none",
        ("ESM001", "max_receive_count"),
        construct=esm.SqsFifoToLambda,
        max_receive_count=-1,
    ),
    mistyped("a-visibility-factor-as-a-float", ("ESM001", "visibility_timeout_factor"), visibility_timeout_factor=1.5),
    mistyped(
        "a-visibility-factor-as-a-duration",
        ("ESM001", "visibility_timeout_factor"),
        visibility_timeout_factor=cdk.Duration.seconds(180),
    ),
    mistyped(
        "a-visibility-factor-that-only-the-deployment-knows",
        ("ESM001", "visibility_timeout_factor"),
        visibility_timeout_factor=Bench.number,
    ),
]

DURATIONS = [
    mistyped("a-window-as-a-bare-number", ("ESM001", "max_batching_window"), max_batching_window=5),
    mistyped("a-window-as-a-float", ("ESM001", "max_batching_window"), max_batching_window=0.5),
    mistyped("a-window-as-a-text", ("ESM001", "max_batching_window"), max_batching_window="5 seconds"),
    mistyped("a-window-as-a-bool", ("ESM001", "max_batching_window"), max_batching_window=True),
    mistyped(
        "a-window-as-pythons-own-duration", ("ESM001", "max_batching_window"), max_batching_window=timedelta(seconds=5)
    ),
    mistyped(
        "a-window-with-a-fraction-of-a-second",
        ("ESM001", "max_batching_window"),
        max_batching_window=cdk.Duration.millis(1500),
    ),
    mistyped(
        "a-window-below-a-second", ("ESM001", "max_batching_window"), max_batching_window=cdk.Duration.millis(500)
    ),
    mistyped(
        "a-window-of-minutes-that-only-the-deployment-knows",
        ("ESM001", "max_batching_window"),
        max_batching_window=lambda at: cdk.Duration.minutes(at.number()),
    ),
]

SWITCHES = [
    mistyped("enabled-as-a-text", ("ESM001", "enabled"), enabled="yes"),
    mistyped("enabled-as-a-number", ("ESM001", "enabled"), enabled=1),
    mistyped("enabled-as-a-token-of-a-text", ("ESM001", "enabled"), enabled=lambda _: cdk.Fn.import_value("Enabled")),
    mistyped("partial-responses-as-a-number", ("ESM001", "report_batch_item_failures"), report_batch_item_failures=1),
    mistyped(
        "partial-responses-in-cloudformations-words",
        ("ESM001", "report_batch_item_failures"),
        report_batch_item_failures=["ReportBatchItemFailures"],
    ),
    mistyped(
        "partial-responses-that-only-the-deployment-knows",
        ("ESM001", "report_batch_item_failures"),
        report_batch_item_failures=token,
    ),
    mistyped("grants-as-a-text", ("ESM001", "grants"), grants="none"),
    mistyped("grants-that-only-the-deployment-knows", ("ESM001", "grants"), grants=token),
    mistyped("a-removal-policy-as-a-text", ("ESM001", "removal_policy"), removal_policy="retain"),
    mistyped("a-removal-policy-as-a-bool", ("ESM001", "removal_policy"), removal_policy=True),
    mistyped(
        "a-snapshot-of-a-queue", ("ESM001", "removal_policy"), removal_policy=lambda _: cdk.RemovalPolicy.SNAPSHOT
    ),
    mistyped("an-empty-logical-id", ("ESM001", "logical_id"), logical_id=""),
    mistyped("a-logical-id-as-a-number", ("ESM001", "logical_id"), logical_id=5),
    mistyped("a-logical-id-with-a-dash", ("ESM001", "logical_id"), logical_id="orders-mapping"),
    mistyped("a-logical-id-that-begins-with-a-digit", ("ESM001", "logical_id"), logical_id="1Orders"),
    mistyped("a-logical-id-that-is-too-long", ("ESM001", "logical_id"), logical_id="L" * 256),
    mistyped("a-logical-id-as-a-token", ("ESM001", "logical_id"), logical_id=lambda _: cdk.Aws.STACK_NAME),
    mistyped("metrics-as-a-text", ("ESM001", "metrics_config"), metrics_config="EventCount"),
    mistyped("metrics-as-a-dict", ("ESM001", "metrics_config"), metrics_config={"Metrics": ["EventCount"]}),
    mistyped(
        "pollers-as-a-dict",
        ("ESM001", "provisioned_poller_config"),
        provisioned_poller_config={"minimum": 2, "maximum": 10},
    ),
    mistyped("pollers-as-a-pair", ("ESM001", "provisioned_poller_config"), provisioned_poller_config=(2, 10)),
    mistyped("a-filter-key-as-an-arn", ("ESM001", "filter_encryption"), filter_encryption="alias/orders"),
    mistyped(
        "a-filter-key-of-another-service",
        ("ESM001", "filter_encryption"),
        filter_encryption=lambda at: apigateway.ApiKey(at.stack, "Key"),
    ),
    mistyped(
        "a-filter-key-as-an-l1",
        ("ESM001", "filter_encryption"),
        filter_encryption=lambda at: kms.CfnKey(at.stack, "Key"),
    ),
]

COLLECTIONS = [
    mistyped("one-filter-outside-a-list", ("ESM001", "filters"), filters={"body": {"type": ["paid"]}}),
    mistyped("one-filter-as-a-text", ("ESM001", "filters"), filters='{"body": {"type": ["paid"]}}'),
    mistyped("filters-in-a-set", ("ESM001", "filters"), filters={'{"body": {"type": ["paid"]}}'}),
    mistyped("filters-as-a-number", ("ESM001", "filters"), filters=5),
    mistyped("a-filter-as-a-number", ("ESM001", "filters[0]"), filters=[5]),
    mistyped("a-filter-that-is-none", ("ESM001", "filters[1]"), filters=[{"body": {"type": ["paid"]}}, None]),
    mistyped("a-filter-with-a-date-in-it", ("ESM001", "filters[0]"), filters=[{"body": [datetime.now(tz=UTC)]}]),
    mistyped("a-filter-with-bytes-in-it", ("ESM001", "filters[0]"), filters=[{"body": [b"paid"]}]),
    mistyped("a-filter-that-holds-itself", ("ESM001", "filters[0]"), filters=[circle()]),
    mistyped("a-filter-as-deep-as-the-sea", ("ESM001", "filters[0]"), filters=[{"body": nested(5_000)}]),
    mistyped("tags-as-a-list", ("ESM001", "tags"), tags=[cdk.Tag("team", "orders")]),
    mistyped("tags-as-a-text", ("ESM001", "tags"), tags="team=orders"),
    mistyped("a-tag-as-a-number", ("ESM001", "tags['team']"), tags={"team": 5}),
    mistyped("a-tag-that-is-none", ("ESM001", "tags['team']"), tags={"team": None}),
    mistyped("a-tag-under-a-number", ("ESM001", "tags[5]"), tags={5: "team"}),
    mistyped("acknowledgements-as-a-list", ("ESM001", "acknowledge"), acknowledge=["ESM305"]),
    mistyped("an-acknowledgement-as-a-text", ("ESM001", "acknowledge"), acknowledge="ESM305"),
    mistyped("an-acknowledgement-as-a-bool", ("ESM001", "acknowledge['ESM305']"), acknowledge={"ESM305": True}),
    mistyped("an-acknowledgement-without-a-reason", ("ESM001", "acknowledge['ESM305']"), acknowledge={"ESM305": None}),
]

WRONG_TYPES = [*NUMBERS, *DURATIONS, *SWITCHES, *COLLECTIONS]
