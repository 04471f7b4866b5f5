"""Numbers, times and lengths beyond what AWS takes, at both ends of each range."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Duration

import cdk_esm as esm
from tests.cdk.bad_input.bench import Built
from tests.cdk.bad_input.case import invalid

WINDOW = Duration.seconds(1)
BATCH = ("ESM101", "BatchSize")
CONCURRENCY = ("ESM101", "ScalingConfig.MaximumConcurrency")
RETENTION = ("ESM104", "MessageRetentionPeriod")
DELAY = ("ESM104", "DelaySeconds")
OUTLIVED = ("ESM309", "MessageRetentionPeriod")
EXPIRES = ("ESM310", "MessageRetentionPeriod")
FIFO = esm.SqsFifoToLambda


def _batch(sentence: str, size: int, construct: Built = esm.SqsToLambda) -> pytest.ParameterSet:
    return invalid(sentence, BATCH, construct=construct, batch_size=size)


def _pollers(sentence: str, minimum: int, maximum: int, *found: tuple[str, str]) -> pytest.ParameterSet:
    pollers = esm.ProvisionedPollers(minimum, maximum)
    return invalid(sentence, *found, provisioned_poller_config=pollers)


def _function(sentence: str, setting: str, **members: Any) -> pytest.ParameterSet:
    return invalid(sentence, ("ESM106", setting), function=lambda at: at.function(**members))


MAPPING = [
    _batch("a-batch-of-none", 0),
    _batch("a-batch-below-none", -1),
    invalid("a-batch-above-ten-thousand", BATCH, batch_size=10_001, max_batching_window=WINDOW),
    _batch("a-fifo-batch-of-none", 0, FIFO),
    _batch("a-fifo-batch-of-eleven", 11, FIFO),
    _batch("a-fifo-batch-of-ten-thousand", 10_000, FIFO),
    invalid(
        "a-window-above-five-minutes",
        ("ESM101", "MaximumBatchingWindowInSeconds"),
        max_batching_window=Duration.seconds(301),
    ),
    invalid("a-window-of-a-day", ("ESM101", "MaximumBatchingWindowInSeconds"), max_batching_window=Duration.hours(1)),
    invalid("a-concurrency-of-none", CONCURRENCY, max_concurrency=0),
    invalid("a-concurrency-of-one", CONCURRENCY, max_concurrency=1),
    invalid("a-concurrency-below-none", CONCURRENCY, max_concurrency=-5),
    invalid("a-concurrency-above-a-thousand", CONCURRENCY, max_concurrency=1_001),
    invalid("a-fifo-concurrency-of-one", CONCURRENCY, construct=FIFO, max_concurrency=1),
    invalid("a-fifo-concurrency-above-a-thousand", CONCURRENCY, construct=FIFO, max_concurrency=1_001),
    _pollers("one-poller-at-the-least", 1, 10, ("ESM101", "ProvisionedPollerConfig.MinimumPollers")),
    _pollers(
        "two-hundred-and-one-pollers-at-the-least", 201, 400, ("ESM101", "ProvisionedPollerConfig.MinimumPollers")
    ),
    _pollers("ten-thousand-and-one-pollers", 2, 10_001, ("ESM101", "ProvisionedPollerConfig.MaximumPollers")),
    _pollers(
        "one-poller-at-the-most",
        2,
        1,
        ("ESM101", "ProvisionedPollerConfig.MaximumPollers"),
        ("ESM204", "ProvisionedPollerConfig.MinimumPollers"),
    ),
    invalid(
        "no-fifo-pollers",
        ("ESM101", "ProvisionedPollerConfig.MinimumPollers"),
        ("ESM101", "ProvisionedPollerConfig.MaximumPollers"),
        construct=FIFO,
        provisioned_poller_config=esm.ProvisionedPollers(0, 0),
    ),
    invalid(
        "pollers-in-a-group",
        ("ESM102", "ProvisionedPollerConfig.PollerGroupName"),
        provisioned_poller_config=esm.ProvisionedPollers(2, 10, group="shared"),
    ),
]


def _source(
    sentence: str, *found: tuple[str, str], construct: Built = esm.SqsToLambda, **members: Any
) -> pytest.ParameterSet:
    return invalid(sentence, *found, construct=construct, queue=lambda _: esm.NewQueue(**members))


def _dead_letters(sentence: str, *found: tuple[str, str], **members: Any) -> pytest.ParameterSet:
    return invalid(sentence, *found, dead_letter_queue=lambda _: esm.NewQueue(**members))


QUEUES = [
    _source("a-retention-below-a-minute", RETENTION, EXPIRES, retention_period=Duration.seconds(59)),
    _source("a-retention-above-two-weeks", RETENTION, OUTLIVED, retention_period=Duration.seconds(1_209_601)),
    _source("a-fifo-retention-above-two-weeks", RETENTION, construct=FIFO, retention_period=Duration.days(15)),
    _source("a-delay-above-a-quarter-of-an-hour", DELAY, delivery_delay=Duration.seconds(901)),
    _source("a-fifo-delay-of-a-day", DELAY, construct=FIFO, delivery_delay=Duration.days(1)),
    _dead_letters("a-dead-letter-retention-below-a-minute", RETENTION, OUTLIVED, retention_period=Duration.seconds(59)),
    _dead_letters("a-dead-letter-retention-above-two-weeks", RETENTION, retention_period=Duration.days(15)),
    _dead_letters("a-dead-letter-delay-above-a-quarter-of-an-hour", DELAY, delivery_delay=Duration.minutes(16)),
    invalid("a-visibility-factor-of-none", ("ESM301", "VisibilityTimeout"), visibility_timeout_factor=0),
    invalid(
        "a-visibility-factor-below-none",
        ("ESM104", "VisibilityTimeout"),
        ("ESM301", "VisibilityTimeout"),
        visibility_timeout_factor=-1,
    ),
    invalid("a-visibility-above-half-a-day", ("ESM104", "VisibilityTimeout"), visibility_timeout_factor=1_441),
]

FUNCTIONS = [
    _function("a-timeout-of-none", "Timeout", timeout=Duration.seconds(0)),
    _function("a-timeout-above-half-an-hour", "Timeout", timeout=Duration.seconds(1_801)),
    invalid(
        "a-timeout-of-three-hours",
        ("ESM104", "VisibilityTimeout"),
        ("ESM106", "Timeout"),
        function=lambda at: at.function(timeout=Duration.hours(3)),
    ),
    _function("memory-of-none", "MemorySize", memory_size=0),
    _function("memory-below-what-there-is", "MemorySize", memory_size=127),
    _function("memory-above-what-there-is", "MemorySize", memory_size=10_241),
    _function("a-reserve-below-none", "ReservedConcurrentExecutions", reserved_concurrent_executions=-1),
    _function("a-handler-that-is-too-long", "Handler", handler="/opt/app." + "h" * 120),
    _function("an-environment-that-is-too-large", "Environment", environment={"A": "x" * 4_096}),
    _function(
        "an-environment-that-is-too-large-in-bytes",
        "Environment",
        environment={"A": "x" * 2_000, "B": "\u00e4" * 1_048},
    ),
]

TAGS = [
    invalid("a-tag-without-a-key", ("ESM107", "Tags"), tags={"": "orders"}),
    invalid("a-tag-key-that-is-too-long", ("ESM107", "Tags"), tags={"k" * 129: "orders"}),
    invalid("a-tag-key-of-aws", ("ESM107", "Tags"), tags={"aws:team": "orders"}),
    invalid("a-tag-value-that-is-too-long", ("ESM107", "Tags"), tags={"team": "v" * 257}),
    invalid("a-fifo-tag-key-of-aws", ("ESM107", "Tags"), construct=FIFO, tags={"aws:team": "orders"}),
]

WRONG_NUMBERS = [*MAPPING, *QUEUES, *FUNCTIONS, *TAGS]
