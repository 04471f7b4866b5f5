"""The stream of an Amazon DynamoDB table.

Read from the Lambda developer guide (with-ddb, services-dynamodb-eventsourcemapping, services-dynamodb-errors,
with-ddb-filtering) on 2026-11-20.
"""

from datetime import date
from typing import Final

from cdk_esm.facts import Example, Form, Grant, Neighbour, Setting, Shape, SourceFacts, When
from cdk_esm.record_shape import RecordShape
from cdk_esm.sources import common, pages, stream_settings
from cdk_esm.sources.destinations import STREAM_DESTINATIONS
from cdk_esm.sources.dynamodb_table import DELETER

DYNAMODB: Final = SourceFacts(
    kind="dynamodb",
    label="Amazon DynamoDB stream",
    shape=Shape.TABLE,
    construct="DynamoDbToLambda",
    arn_service="dynamodb",
    cdk_event_source="DynamoEventSource",
    settings=(
        common.FUNCTION_NAME,
        Setting("EventSourceArn", Form.TEXT, pages.DYNAMODB_MAPPING, keyword="table", required=True, create_only=True),
        Setting(
            "StartingPosition",
            Form.TEXT,
            pages.DYNAMODB_MAPPING,
            keyword="starting_position",
            in_python="lambda_.StartingPosition.{}",
            choices=("TRIM_HORIZON", "LATEST"),
            required=True,
            create_only=True,
        ),
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
        Grant(
            ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
            on=Neighbour.SOURCE,
            tried=("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
        ),
        Grant(("dynamodb:ListStreams",), on=Neighbour.STREAMS_OF_TABLE, unseen=("dynamodb:ListStreams",)),
        Grant(("kms:Decrypt",), on=Neighbour.SOURCE_KEY, when=When.SOURCE_HAS_KEY),
    ),
    pages=(
        pages.DYNAMODB,
        pages.DYNAMODB_MAPPING,
        pages.DYNAMODB_ERRORS,
        pages.DYNAMODB_FILTERS,
    ),
    read=date(2026, 11, 20),
    example=Example(
        "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-11-20T00:00:00.000",
        stream_settings.EXAMPLE,
        {"view_type": "NEW_AND_OLD_IMAGES"},
    ),
    takes_window=True,
    window_needed_above=None,
    unit="record",
    concurrency_words="{ParallelizationFactor} per shard",
    alarms=(
        "iterator_age",
        "dropped",
        "deliveries",
        "delivery_failures",
        "errors",
        "throttles",
        "failures",
        "filtered",
        "stopped",
    ),
    records=RecordShape(
        event_sources=("aws:dynamodb",),
        holder="Records",
        mark="dynamodb",
        payload="dynamodb",
        encoding="object",
        identifier=("dynamodb", "SequenceNumber"),
        metadata={**stream_settings.METADATA, DELETER: True},
        proved=("eventName", "eventSource", DELETER),
        typed_attributes=True,
    ),
    unmatched=stream_settings.UNMATCHED,
    failure_path="an on-failure destination: a bucket, a standard queue or a standard topic",
    keeps_order=True,
    destinations=STREAM_DESTINATIONS,
    pages_on={
        "permissions": pages.DYNAMODB_MAPPING,
        "failures": pages.DYNAMODB_ERRORS,
        "filters": pages.DYNAMODB_FILTERS,
    },
    sam_event="DynamoDB",
)
