"""The call itself: keywords misspelt, missing or of another source, consents without a reason, code that is missing."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Duration

import cdk_esm as esm
from tests.cdk.bad_input.bench import Bench
from tests.cdk.bad_input.case import mistyped


def _unknown(sentence: str, *, construct: Any = esm.SqsToLambda, **keywords: Any) -> pytest.ParameterSet:
    return mistyped(sentence, *(("ESM002", name) for name in keywords), construct=construct, **keywords)


def _record(sentence: str, record: Any, *found: tuple[str, str], **members: Any) -> pytest.ParameterSet:
    """A record that cannot even be made; which keyword it was meant for does not matter."""
    return mistyped(sentence, *found, alarms=lambda _: record(**members))


MISSPELT = [
    _unknown("a-batch-size-without-its-underscore", batchsize=10),
    _unknown("a-batch-size-in-camel-case", batchSize=10),
    _unknown("a-batch-size-in-cloudformations-words", BatchSize=10),
    _unknown("a-window-in-cloudformations-words", maximum_batching_window_in_seconds=5),
    _unknown("a-shortened-maximum-concurrency", max_concurency=5),
    _unknown("a-dead-letter-queue-as-an-acronym", dlq=None),
    _unknown("a-filter-in-the-singular", filter=[]),
    _unknown("filters-in-cloudformations-words", filter_criteria={"Filters": []}),
    _unknown("acknowledgements-in-the-plural", acknowledgements={}),
    _unknown("two-keywords-at-once-that-there-are-not", batchsize=10, windows=Duration.seconds(5)),
    _unknown("a-window-on-fifo", construct=esm.SqsFifoToLambda, max_batching_window=Duration.seconds(5)),
    mistyped(
        "a-misspelt-and-a-missing-member-of-a-function",
        ("ESM002", "memory"),
        ("ESM003", "handler"),
        function=lambda at: esm.NewFunction(code=at.code, memory=512),  # type: ignore[call-arg]
    ),
    _record("a-misspelt-member-of-a-queue", esm.NewQueue, ("ESM002", "retention_time"), retention_time=60),
    _record("a-misspelt-member-of-alarms", esm.Alarms, ("ESM002", "notifies"), notifies=[]),
    _record("pollers-without-a-maximum", esm.ProvisionedPollers, ("ESM003", "maximum"), minimum=2),
    _record("no-dead-letter-queue-and-no-word-why", esm.NoDeadLetterQueue, ("ESM003", "reason")),
    mistyped(
        "a-retention-without-its-name",
        ("ESM002", "(positional)"),
        queue=lambda _: esm.NewQueue(Duration.days(4)),  # type: ignore[call-arg]
    ),
]

OF_OTHER_SOURCES = [
    _unknown("shards-in-parallel", parallelization_factor=2),
    _unknown("a-destination-on-failure", on_failure="arn:aws:sqs:eu-west-1:111122223333:failed"),
    _unknown("a-starting-position", starting_position="TRIM_HORIZON"),
    _unknown("a-stream-for-a-queue", stream=None),
    _unknown("bisecting-a-batch", bisect_batch_on_error=True),
    _unknown("the-age-of-records", max_record_age=Duration.hours(1)),
    _unknown("a-number-of-retries", retry_attempts=10),
    _unknown("a-tumbling-window", tumbling_window=Duration.seconds(30)),
    _unknown("a-topic-of-kafka", topic="orders"),
    _unknown("bootstrap-servers", bootstrap_servers=["b-1:9092"]),
    _unknown("a-starting-position-on-fifo", construct=esm.SqsFifoToLambda, starting_position="LATEST"),
    _unknown("shards-in-parallel-on-fifo", construct=esm.SqsFifoToLambda, parallelization_factor=2),
]

CONSENTS = [
    mistyped("an-acknowledged-rule-that-there-is-not", ("ESM004", "acknowledge"), acknowledge={"ESM999": "tried"}),
    mistyped("a-rule-by-its-name", ("ESM004", "acknowledge"), acknowledge={"batch-needs-window": "tried"}),
    mistyped("no-rule-at-all", ("ESM004", "acknowledge"), acknowledge={"": "tried"}),
    mistyped("an-error-that-nothing-can-settle", ("ESM004", "acknowledge"), acknowledge={"ESM201": "we know better"}),
    mistyped("a-wrong-type-that-nothing-can-settle", ("ESM004", "acknowledge"), acknowledge={"ESM001": "it works"}),
    mistyped("an-acknowledgement-with-an-empty-reason", ("ESM004", "acknowledge"), acknowledge={"ESM305": ""}),
    mistyped("an-acknowledgement-with-a-blank-reason", ("ESM004", "acknowledge"), acknowledge={"ESM305": " \n"}),
    mistyped(
        "no-dead-letter-queue-for-an-empty-reason",
        ("ESM005", "dead_letter_queue.reason"),
        dead_letter_queue=esm.NoDeadLetterQueue(""),
    ),
    mistyped(
        "no-dead-letter-queue-for-a-blank-reason",
        ("ESM005", "dead_letter_queue.reason"),
        construct=esm.SqsFifoToLambda,
        dead_letter_queue=esm.NoDeadLetterQueue("  "),
    ),
    mistyped(
        "no-dead-letter-queue-for-a-number",
        ("ESM005", "dead_letter_queue.reason"),
        dead_letter_queue=esm.NoDeadLetterQueue(5),  # type: ignore[arg-type]
    ),
    mistyped(
        "no-dead-letter-queue-of-an-existing-queue-for-an-empty-reason",
        ("ESM005", "dead_letter_queue.reason"),
        queue=lambda at: at.queue(receives=None),
        dead_letter_queue=esm.NoDeadLetterQueue(""),
    ),
    mistyped("an-alarm-left-out-for-no-reason", ("ESM005", "alarms.off['age']"), alarms=esm.Alarms(off={"age": ""})),
    mistyped("an-alarm-left-out-for-none", ("ESM005", "alarms.off['age']"), alarms=esm.Alarms(off={"age": None})),  # type: ignore[dict-item]
    mistyped(
        "two-alarms-left-out-for-no-reason",
        ("ESM005", "alarms.off['age']"),
        ("ESM005", "alarms.off['errors']"),
        alarms=esm.Alarms(off={"age": " ", "errors": ""}),
    ),
]


def _archive(at: Bench) -> esm.NewFunction:
    return at.function(code=at.folder / "handler.zip")


CODE = [
    mistyped("a-folder-that-is-not-there", ("ESM006", "code"), function=lambda at: at.function(code="no/such/folder")),
    mistyped(
        "code-itself-where-its-path-belongs",
        ("ESM006", "code"),
        function=lambda at: at.function(code="def handler(event, context):\n    return {}\n" + "#" * 300),
    ),
    mistyped("an-archive-that-is-not-there", ("ESM006", "code"), function=_archive),
    mistyped(
        "a-fifo-handler-in-a-folder-that-is-not-there",
        ("ESM006", "code"),
        construct=esm.SqsFifoToLambda,
        function=lambda at: at.function(code=str(at.folder / "missing")),
    ),
]

WRONG_CALLS = [*MISSPELT, *OF_OTHER_SOURCES, *CONSENTS, *CODE]
