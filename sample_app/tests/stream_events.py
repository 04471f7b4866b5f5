"""Events as streams and Lambda make them, key by key, and what of a batch comes again."""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from boto3.dynamodb.types import TypeSerializer  # type: ignore[import-untyped]

ARRIVED_MS = 1_760_000_000_000  # the ninth of October 2025
_REGION = "eu-central-1"
_ACCOUNT = "123456789012"
_SHARD = "shardId-000000000002"


def kinesis(*records: tuple[str, object]) -> dict[str, Any]:
    """A batch from a Kinesis stream, of partition keys and data; what is not bytes goes in as JSON."""
    return {"Records": [_kinesis_record(number, *record) for number, record in enumerate(records, 1)]}


def kinesis_number(number: int) -> str:
    """The sequence number of a batch's first, second, … record: longer than any number that DynamoDB holds."""
    return str(49_668_899_999_999_999_999_999_999_999_999_999_999_999_999_999_999_999_970 + number * 16)


def dynamodb(*changes: tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]) -> dict[str, Any]:
    """A batch from the stream of the products' table: each product's id, and it before and after the change.

    Attributes that are Python's are typed on the way; those that are typed already stay as they are.
    """
    return {"Records": [_dynamodb_record(number, *change) for number, change in enumerate(changes, 1)]}


def dynamodb_number(number: int) -> str:
    """The sequence number of a batch's first, second, … change; the third has a digit more than the second."""
    return str(99_999_999_999_999_999_997 + number)


def from_checkpoint(event: dict[str, Any], response: Any) -> dict[str, Any]:
    """What comes again of a batch: Lambda goes on from the lowest sequence number among those that failed."""
    failed = {item["itemIdentifier"] for item in response["batchItemFailures"]}
    first = min(int(number) for number in failed)
    return {"Records": [record for record in event["Records"] if int(_sequence_number(record)) >= first]}


def _sequence_number(record: Mapping[str, Any]) -> str:
    number: str = record["kinesis"]["sequenceNumber"] if "kinesis" in record else record["dynamodb"]["SequenceNumber"]
    return number


def _kinesis_record(number: int, partition_key: str, data: object) -> dict[str, Any]:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return {
        "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": partition_key,
            "sequenceNumber": kinesis_number(number),
            "data": base64.b64encode(raw).decode("ascii"),
            "approximateArrivalTimestamp": (ARRIVED_MS + number) / 1000,
        },
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": f"{_SHARD}:{kinesis_number(number)}",
        "eventName": "aws:kinesis:record",
        "invokeIdentityArn": f"arn:aws:iam::{_ACCOUNT}:role/clicks",
        "awsRegion": _REGION,
        "eventSourceARN": f"arn:aws:kinesis:{_REGION}:{_ACCOUNT}:stream/clicks",
    }


def _dynamodb_record(
    number: int, product_id: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> dict[str, Any]:
    images = {"OldImage": old, "NewImage": new}
    keys = {"product_id": {"S": product_id}}
    return {
        "eventID": hashlib.md5(dynamodb_number(number).encode(), usedforsecurity=False).hexdigest(),
        "eventName": "INSERT" if old is None else "MODIFY" if new is not None else "REMOVE",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": _REGION,
        "dynamodb": {
            "ApproximateCreationDateTime": (ARRIVED_MS // 1000) + number,
            "Keys": keys,
            **{name: keys | _typed(image) for name, image in images.items() if image is not None},
            "SequenceNumber": dynamodb_number(number),
            "SizeBytes": 186,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
        "eventSourceARN": f"arn:aws:dynamodb:{_REGION}:{_ACCOUNT}:table/products/stream/2025-10-01T08:00:00.000",
    }


def _typed(image: Mapping[str, Any]) -> dict[str, Any]:
    serialize = TypeSerializer().serialize
    return {name: value if isinstance(value, dict) else serialize(value) for name, value in image.items()}
