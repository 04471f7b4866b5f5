"""Amazon SQS FIFO queue.

Read from the Lambda developer guide (with-sqs, services-sqs-configure, services-sqs-parameters, services-sqs-scaling,
services-sqs-errorhandling, with-sqs-filtering) on 2026-11-20.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from cdk_esm.facts import Example, Form, Setting, Shape, SourceFacts
from cdk_esm.sources import common, pages, sqs_settings

SQS_FIFO: Final = SourceFacts(
    kind="sqs-fifo",
    label="Amazon SQS FIFO queue",
    shape=Shape.QUEUE,
    construct="SqsFifoToLambda",
    arn_service="sqs",
    cdk_event_source="SqsEventSource",
    settings=(
        common.FUNCTION_NAME,
        sqs_settings.QUEUE_ARN,
        Setting(
            "BatchSize", Form.INTEGER, pages.SQS_PARAMETERS, keyword="batch_size", minimum=1, maximum=10, default=10
        ),
        Setting("MaximumBatchingWindowInSeconds", Form.SECONDS, pages.SQS_PARAMETERS, minimum=0, maximum=0, default=0),
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
    example=Example(
        "arn:aws:sqs:eu-west-1:111122223333:orders.fifo", {**sqs_settings.EXAMPLE, "BatchSize": 1}, {"fifo": True}
    ),
    takes_window=False,
    window_needed_above=None,
    unit="message",
    concurrency_words="scales with the queue, 1 per message group",
    alarms=("age", "dead_letters", "errors", "throttles", "failures", "filtered", "stopped"),
    # A message of a standard queue can have a group, too; a number in a sequence it never has.
    records=replace(sqs_settings.RECORDS, mark="attributes.SequenceNumber"),
    unmatched=sqs_settings.UNMATCHED,
    failure_path="a FIFO dead-letter queue, by the queue's redrive policy",
    keeps_order=True,
    figures=(sqs_settings.INVOCATIONS_OF_A_POLLER,),
    pages_on={"permissions": pages.SQS_CONFIGURE, "failures": pages.SQS_ERRORS, "filters": pages.SQS_FILTERS},
)
