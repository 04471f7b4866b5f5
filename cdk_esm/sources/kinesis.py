"""Amazon Kinesis data stream, on its shared throughput.

Read from the Lambda developer guide (with-kinesis, services-kinesis-create, services-kinesis-parameters,
kinesis-on-failure-destination, services-kinesis-batchfailurereporting, with-kinesis-filtering) on 2026-11-20.
"""

from datetime import date
from typing import Final

from cdk_esm.facts import Example, Form, Grant, Neighbour, Setting, Shape, SourceFacts, When
from cdk_esm.sources import common, pages, stream_settings
from cdk_esm.sources.destinations import STREAM_DESTINATIONS

KINESIS: Final = SourceFacts(
    kind="kinesis",
    label="Amazon Kinesis data stream",
    shape=Shape.STREAM,
    construct="KinesisToLambda",
    arn_service="kinesis",
    cdk_event_source="KinesisEventSource",
    settings=(
        common.FUNCTION_NAME,
        Setting("EventSourceArn", Form.TEXT, pages.KINESIS_CREATE, keyword="stream", required=True, create_only=True),
        Setting(
            "StartingPosition",
            Form.TEXT,
            pages.KINESIS_PARAMETERS,
            keyword="starting_position",
            in_python="lambda_.StartingPosition.{}",
            choices=("TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"),
            required=True,
            create_only=True,
        ),
        stream_settings.TIMESTAMP,
        stream_settings.BATCH_SIZE,
        stream_settings.WINDOW,
        common.PARTIAL_BATCH_RESPONSE,
        stream_settings.BISECT,
        stream_settings.RETRIES,
        stream_settings.RECORD_AGE,
        stream_settings.DESTINATION,
        stream_settings.ON_FAILURE,
        stream_settings.ON_FAILURE_ARN,
        stream_settings.PARALLELIZATION,
        stream_settings.TUMBLING_WINDOW,
        common.FILTER_CRITERIA,
        common.FILTER_KEY_ARN,
        common.METRICS_CONFIG,
        common.EVENT_METRICS,
        common.ENABLED,
        common.TAGS,
    ),
    grants=(
        stream_settings.ON_THE_STREAM,
        Grant(("kms:Decrypt",), on=Neighbour.SOURCE_KEY, when=When.SOURCE_HAS_KEY),
    ),
    pages=(
        pages.KINESIS,
        pages.KINESIS_CREATE,
        pages.KINESIS_PARAMETERS,
        pages.KINESIS_FAILURES,
        pages.KINESIS_BATCH_FAILURES,
        pages.KINESIS_WINDOWS,
        pages.KINESIS_FILTERS,
    ),
    read=date(2026, 11, 20),
    example=Example("arn:aws:kinesis:eu-west-1:111122223333:stream/orders", stream_settings.EXAMPLE),
    takes_window=True,
    window_needed_above=None,
    unit="record",
    concurrency_words="{ParallelizationFactor} per shard",
    alarms=(
        "iterator_age",
        "read_throttles",
        "dropped",
        "deliveries",
        "delivery_failures",
        "errors",
        "throttles",
        "failures",
        "filtered",
        "stopped",
    ),
    records=stream_settings.KINESIS_RECORDS,
    unmatched=stream_settings.UNMATCHED,
    failure_path="an on-failure destination: a bucket, a standard queue or a standard topic",
    keeps_order=True,
    destinations=STREAM_DESTINATIONS,
    pages_on={
        "permissions": pages.KINESIS_CREATE,
        "failures": pages.KINESIS_FAILURES,
        "filters": pages.KINESIS_FILTERS,
    },
    sam_event="Kinesis",
)
