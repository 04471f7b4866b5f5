"""Kinesis streams, their consumers, and DynamoDB tables, and mappings on them."""

from __future__ import annotations

from typing import Any, Final

from cdk_esm.sources.destinations import STREAM_DESTINATIONS
from cdk_esm.sources.dynamodb_table import IMAGES_OF_VIEW, STREAM_RETENTION
from cdk_esm.sources.kinesis_stream import LARGEST_SAFE_RECORD_KIB, STREAM
from cdk_esm.sources.stream_settings import FOREVER, LEAST_RECORD_AGE
from tests.core.generated.case import Case
from tests.core.generated.common import (
    add_mapping,
    answer_partially,
    batches,
    destination,
    filter_now_and_then,
    own_key,
    start,
)
from tests.core.generated.functions import add_function, attach, reserve, target

_KINESIS: Final = (
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
    "kinesis:ListStreams",
    "kinesis:SubscribeToShard",
)
_CONSUMER: Final = ("kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard")
_TABLE: Final = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")
_HOUR: Final = 3600


def on_stream(case: Case) -> None:
    """A mapping on a Kinesis stream, on its shared throughput or through a consumer."""
    add_function(case)
    draw = case.draw
    own = draw.chance(0.85)
    retention, shards = _add_stream(case) if own else (STREAM.by_name["RetentionPeriodHours"].minimum or 0, None)
    stream = case.arn("Source") if own else case.elsewhere("kinesis", "stream/clicks")
    case.allow(_KINESIS, stream)
    source: Any = stream
    if case.kind == "kinesis-efo":
        source = case.elsewhere("kinesis", "stream/clicks/consumer/theirs:1700000000")
        if own or draw.chance(0.5):
            case.add("Consumer", "Kinesis::StreamConsumer", {"ConsumerName": "ours", "StreamARN": stream})
            source = draw.one_of(({"Ref": "Consumer"}, {"Fn::GetAtt": ["Consumer", "ConsumerARN"]}))
        case.allow(_CONSUMER, source)
    elif own and draw.chance(0.2):
        case.properties("Source")["Name"] = "clicks"
        source = case.arn_by_name("kinesis", "clicks")
    add_mapping(case, source, target(case))
    factor = _controls(case, retention * _HOUR)
    reserve(case, shards * factor if shards else 10)
    filter_now_and_then(case)
    attach(case)


def _add_stream(case: Case) -> tuple[int, int | None]:
    """A stream; return its retention in hours and its shards, where their number is fixed."""
    draw, sheet = case.draw, STREAM.by_name
    hours = draw.within(sheet["RetentionPeriodHours"])
    shards = draw.within(sheet["ShardCount"], greatest=50)
    provisioned = draw.chance(0.6)
    properties: dict[str, Any] = {"RetentionPeriodHours": case.value(hours)}
    if provisioned:
        properties["ShardCount"] = case.value(shards)
    if not provisioned or draw.chance(0.3):
        properties["StreamModeDetails"] = {"StreamMode": "PROVISIONED" if provisioned else "ON_DEMAND"}
    if draw.chance(0.15):
        properties["MaxRecordSizeInKiB"] = draw.between(1024, LARGEST_SAFE_RECORD_KIB.value)
    if draw.chance(0.15):
        properties["StreamEncryption"] = {"EncryptionType": "KMS", "KeyId": own_key(case, ("kms:Decrypt",))}
    elif draw.chance(0.3):
        properties["StreamEncryption"] = {"EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"}
    case.add("Source", "Kinesis::Stream", properties)
    return hours, shards if provisioned else None


def on_table(case: Case) -> None:
    """A mapping on the stream of a DynamoDB table."""
    add_function(case)
    draw = case.draw
    view = draw.one_of(tuple(IMAGES_OF_VIEW))
    if draw.chance(0.85):
        replicated = draw.chance(0.3)
        properties: dict[str, Any] = {"StreamSpecification": {"StreamViewType": view}}
        properties["AttributeDefinitions"] = [{"AttributeName": "id", "AttributeType": "S"}]
        properties["KeySchema"] = [{"AttributeName": "id", "KeyType": "HASH"}]
        if replicated:
            regions = ("eu-west-1", "us-east-1")[: draw.between(1, 2)]
            properties["Replicas"] = [{"Region": region} for region in regions]
        elif draw.chance(0.3):
            properties["SSESpecification"] = {"SSEEnabled": True, "SSEType": "KMS"}
        case.add("Source", "DynamoDB::GlobalTable" if replicated else "DynamoDB::Table", properties)
        source: Any = case.arn("Source", "StreamArn")
        streams: Any = {"Fn::Sub": "${Source.Arn}/stream/*"}
    else:
        source = case.elsewhere("dynamodb", "table/orders/stream/2026-11-20T00:00:00.000")
        streams = case.elsewhere("dynamodb", "table/orders/stream/*")
    case.allow(_TABLE, source)
    case.allow(("dynamodb:ListStreams",), streams if draw.chance(0.5) else "*")
    add_mapping(case, source, target(case))
    _controls(case, STREAM_RETENTION.value)
    reserve(case, 10)
    filter_now_and_then(case, view)
    attach(case)


def _controls(case: Case, retention: int) -> int:
    """Position, batches, the end of retries and where failed records go; return the parallelization."""
    draw, sheet, settings = case.draw, case.sheet.by_name, case.settings
    start(case)
    batches(case)
    answer_partially(case)
    greatest = min(sheet["MaximumRecordAgeInSeconds"].maximum, retention - 1)
    age = draw.within(sheet["MaximumRecordAgeInSeconds"], least=LEAST_RECORD_AGE.value, greatest=greatest)
    retries = draw.within(sheet["MaximumRetryAttempts"], least=0)
    way = draw.one_of(("both", "both", "age", "retries"))
    settings["MaximumRecordAgeInSeconds"] = case.value(FOREVER if way == "retries" else age)
    settings["MaximumRetryAttempts"] = case.value(FOREVER if way == "age" else retries)
    if way == "retries" and draw.chance(0.5):
        del settings["MaximumRecordAgeInSeconds"]
    if way == "age" and draw.chance(0.5):
        del settings["MaximumRetryAttempts"]
    destination(case, *STREAM_DESTINATIONS)
    if draw.chance(0.5):
        settings["BisectBatchOnFunctionError"] = case.value(draw.chance(0.7))
    factor = 1
    if draw.chance(0.3):
        settings["TumblingWindowInSeconds"] = case.value(draw.within(sheet["TumblingWindowInSeconds"]))
    elif draw.chance(0.5):
        factor = draw.within(sheet["ParallelizationFactor"])
        settings["ParallelizationFactor"] = case.value(factor)
    return factor
