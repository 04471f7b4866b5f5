"""The Kinesis data stream beside a mapping: its ranges, its defaults, and how many readers it bears.

Read from the Lambda developer guide (with-kinesis), the Kinesis API reference (RegisterStreamConsumer, GetRecords) and
the CloudFormation resource schema of AWS::Kinesis::Stream on 2026-11-20.
"""

from datetime import date
from typing import Final

from cdk_esm.facts import Figure, Form, ResourceFacts, Setting
from cdk_esm.sources import pages

SHARED_READERS: Final = Figure(
    2, "mappings on the shared throughput of a stream, beyond which enhanced fan-out serves better", pages.KINESIS
)
CONSUMERS: Final = Figure(
    20, "enhanced fan-out consumers of one stream, 50 with on-demand advantage", pages.KINESIS_CONSUMERS
)
CONSUMERS_AT_ONCE: Final = Figure(
    5, "consumers of one stream that can be in creation at the same time", pages.KINESIS_CONSUMERS
)
LARGEST_SAFE_RECORD_KIB: Final = Figure(
    4500, "KiB of a record that, in base64, still fits an invocation of 6 MB", pages.LIMITS
)

STREAM: Final = ResourceFacts(
    label="Amazon Kinesis data stream",
    settings=(
        Setting(
            "RetentionPeriodHours",
            Form.HOURS,
            pages.KINESIS_STREAM_RESOURCE,
            keyword="retention_period",
            minimum=24,
            maximum=8760,
            default=24,
        ),
        Setting("ShardCount", Form.INTEGER, pages.KINESIS_STREAM_RESOURCE, keyword="shard_count", minimum=1),
        Setting("MaxRecordSizeInKiB", Form.INTEGER, pages.KINESIS_STREAM_RESOURCE, default=1024),
    ),
    figures=(SHARED_READERS, CONSUMERS, CONSUMERS_AT_ONCE, LARGEST_SAFE_RECORD_KIB),
    pages=(pages.KINESIS, pages.KINESIS_CONSUMERS, pages.KINESIS_STREAM_RESOURCE, pages.LIMITS),
    read=date(2026, 11, 20),
)
