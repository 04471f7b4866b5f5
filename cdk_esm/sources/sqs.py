"""Amazon SQS standard queue.

Read from the Lambda developer guide (with-sqs, services-sqs-configure, services-sqs-parameters, services-sqs-scaling,
services-sqs-errorhandling, with-sqs-filtering) on 2026-11-20.
"""

from datetime import date
from typing import Final

from cdk_esm.facts import Example, Figure, Form, Setting, Shape, SourceFacts
from cdk_esm.sources import common, pages, sqs_settings

SQS: Final = SourceFacts(
    kind="sqs",
    label="Amazon SQS standard queue",
    shape=Shape.QUEUE,
    construct="SqsToLambda",
    arn_service="sqs",
    cdk_event_source="SqsEventSource",
    settings=(
        common.FUNCTION_NAME,
        sqs_settings.QUEUE_ARN,
        Setting(
            "BatchSize",
            Form.INTEGER,
            pages.SQS_PARAMETERS,
            keyword="batch_size",
            minimum=1,
            maximum=10_000,
            default=10,
        ),
        Setting(
            "MaximumBatchingWindowInSeconds",
            Form.SECONDS,
            pages.SQS_PARAMETERS,
            keyword="max_batching_window",
            minimum=0,
            maximum=300,
            default=0,
        ),
        common.PARTIAL_BATCH_RESPONSE,
        sqs_settings.SCALING,
        sqs_settings.MAXIMUM_CONCURRENCY,
        sqs_settings.POLLERS,
        sqs_settings.MINIMUM_POLLERS,
        sqs_settings.MAXIMUM_POLLERS,
        common.FILTER_CRITERIA,
        common.FILTER_KEY_ARN,
        common.METRICS_CONFIG,
        common.EVENT_METRICS,
        common.ENABLED,
        common.TAGS,
    ),
    grants=sqs_settings.GRANTS,
    pages=(
        pages.SQS,
        pages.SQS_CONFIGURE,
        pages.SQS_PARAMETERS,
        pages.SQS_SCALING,
        pages.SQS_ERRORS,
        pages.SQS_FILTERS,
    ),
    read=date(2026, 11, 20),
    example=Example("arn:aws:sqs:eu-west-1:111122223333:orders", sqs_settings.EXAMPLE),
    takes_window=True,
    window_needed_above=10,
    unit="message",
    concurrency_words="scales with the queue",
    alarms=("age", "dead_letters", "errors", "throttles", "failures", "filtered", "stopped"),
    records=sqs_settings.RECORDS,
    unmatched=sqs_settings.UNMATCHED,
    failure_path="a dead-letter queue, by the queue's redrive policy",
    keeps_order=False,
    figures=(
        sqs_settings.INVOCATIONS_OF_A_POLLER,
        Figure(20, "seconds that a quiet queue can make a batch wait, whatever its shorter window says", pages.SQS),
    ),
    pages_on={"permissions": pages.SQS_CONFIGURE, "failures": pages.SQS_ERRORS, "filters": pages.SQS_FILTERS},
    sam_event="SQS",
)
