"""Settings that Kinesis and DynamoDB streams share, and nobody else has in this form.

Read from the Lambda developer guide (services-kinesis-parameters, services-dynamodb-eventsourcemapping,
kinesis-on-failure-destination, services-kinesis-windows) on 2026-11-20.
"""

from collections.abc import Mapping
from typing import Final

from cdk_esm.facts import Figure, Form, Grant, Neighbour, Setting
from cdk_esm.record_shape import RecordShape
from cdk_esm.sources import pages

INVOCATIONS_OF_A_MINUTE: Final = Figure(
    8, "invocations of a batch that fails, in its first minute, in the one recording there is", pages.KINESIS_PARAMETERS
)
FOREVER: Final = -1
"""What AWS writes for no limit, in the retries and in the record age."""

LEAST_RECORD_AGE: Final = Figure(60, "seconds of a record age that is not -1 (forever), at least", pages.MAPPING_API)
DESTINATION_ARN_CHARACTERS: Final = Figure(350, "characters of a destination's ARN", pages.MAPPING_API)

ON_THE_STREAM: Final = Grant(
    (
        "kinesis:DescribeStream",
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
        "kinesis:SubscribeToShard",
    ),
    on=Neighbour.SOURCE,
    # "Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions".
    tried=("kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator"),
    unseen=("kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:SubscribeToShard"),
    instead=(("kinesis:DescribeStream", "kinesis:DescribeStreamSummary"),),
)
"""What Kinesis grants on a stream."""

BATCH_SIZE: Final = Setting(
    "BatchSize",
    Form.INTEGER,
    pages.KINESIS_PARAMETERS,
    keyword="batch_size",
    minimum=1,
    maximum=10_000,
    default=100,
)
WINDOW: Final = Setting(
    "MaximumBatchingWindowInSeconds",
    Form.SECONDS,
    pages.KINESIS_PARAMETERS,
    keyword="max_batching_window",
    minimum=0,
    maximum=300,
    default=0,
)
PARALLELIZATION: Final = Setting(
    "ParallelizationFactor",
    Form.INTEGER,
    pages.KINESIS_PARAMETERS,
    keyword="parallelization_factor",
    minimum=1,
    maximum=10,
    default=1,
)
BISECT: Final = Setting(
    "BisectBatchOnFunctionError",
    Form.BOOLEAN,
    pages.KINESIS_PARAMETERS,
    keyword="bisect_batch_on_error",
    default=False,
)
RECORD_AGE: Final = Setting(
    "MaximumRecordAgeInSeconds",
    Form.SECONDS,
    pages.MAPPING_API,
    keyword="max_record_age",
    minimum=FOREVER,
    maximum=604_800,
    default=FOREVER,
)
RETRIES: Final = Setting(
    "MaximumRetryAttempts",
    Form.INTEGER,
    pages.MAPPING_API,
    keyword="retry_attempts",
    minimum=FOREVER,
    maximum=10_000,
    default=FOREVER,
)
TUMBLING_WINDOW: Final = Setting(
    "TumblingWindowInSeconds",
    Form.SECONDS,
    pages.KINESIS_WINDOWS,
    keyword="tumbling_window",
    minimum=0,
    maximum=900,
    default=0,
)
DESTINATION: Final = Setting("DestinationConfig", Form.RECORD, pages.KINESIS_FAILURES, keyword="on_failure")
ON_FAILURE: Final = Setting("DestinationConfig.OnFailure", Form.RECORD, pages.KINESIS_FAILURES, keyword="on_failure")
ON_FAILURE_ARN: Final = Setting(
    "DestinationConfig.OnFailure.Destination", Form.TEXT, pages.KINESIS_FAILURES, keyword="on_failure"
)
TIMESTAMP: Final = Setting(
    "StartingPositionTimestamp",
    Form.MOMENT,  # CloudFormation takes any number here
    pages.KINESIS_PARAMETERS,
    keyword="starting_position_timestamp",
    minimum=0,
    create_only=True,
)

METADATA: Final = {
    "eventID": False,
    "eventName": False,
    "eventSource": False,
    "eventSourceARN": False,
    "eventVersion": False,
    "awsRegion": False,
}
"""What a record of any stream has beside its payload."""

KINESIS_RECORDS: Final = RecordShape(
    event_sources=("aws:kinesis",),
    holder="Records",
    mark="kinesis",
    payload="data",
    encoding="base64",
    identifier=("kinesis", "sequenceNumber"),
    metadata={
        **METADATA,
        "invokeIdentityArn": False,
        "kinesisSchemaVersion": False,
        "partitionKey": False,
        "sequenceNumber": False,
        "approximateArrivalTimestamp": False,
    },
    envelope="kinesis",
)
UNMATCHED: Final = "moves the iterator past the record and never reads it again"

EXAMPLE: Final[Mapping[str, object]] = {
    "StartingPosition": "TRIM_HORIZON",
    "DestinationConfig": {"OnFailure": {"Destination": "arn:aws:s3:::orders-failed"}},
    RETRIES.name: 10,
    RECORD_AGE.name: 43_200,
    BISECT.name: True,
    "FunctionResponseTypes": ["ReportBatchItemFailures"],
}
"""Settings of a mapping with nothing wrong: its retries end, and what fails is kept."""
