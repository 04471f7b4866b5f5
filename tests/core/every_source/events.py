"""The event that a function gets from each source, as AWS's pages show it, with one record in it."""

import base64
import json
from collections.abc import Mapping
from typing import Any, Final

ORDER: Final = {"id": "o-1", "type": "created", "total": 120}
_BASE64: Final = base64.b64encode(json.dumps(ORDER).encode()).decode()
_WHERE: Final = {"awsRegion": "eu-west-1", "eventSourceARN": "arn:aws:sqs:eu-west-1:111122223333:orders"}
_MESSAGE: Final[Mapping[str, Any]] = {
    **_WHERE,
    "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
    "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
    "body": json.dumps(ORDER),
    "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1545082649183"},
    "messageAttributes": {},
    "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
    "eventSource": "aws:sqs",
}
_FIFO: Final = {"MessageGroupId": "1", "MessageDeduplicationId": "d-1", "SequenceNumber": "18849496460467696128"}
_KINESIS: Final[Mapping[str, Any]] = {
    **_WHERE,
    "eventID": "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
    "eventName": "aws:kinesis:record",
    "eventSource": "aws:kinesis",
    "eventVersion": "1.0",
    "invokeIdentityArn": "arn:aws:iam::111122223333:role/fulfil",
    "kinesis": {
        "kinesisSchemaVersion": "1.0",
        "partitionKey": "o-1",
        "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
        "data": _BASE64,
        "approximateArrivalTimestamp": 1545084650.987,
    },
}
_CHANGE: Final[Mapping[str, Any]] = {
    **_WHERE,
    "eventID": "1",
    "eventName": "INSERT",
    "eventSource": "aws:dynamodb",
    "eventVersion": "1.1",
    "dynamodb": {
        "Keys": {"id": {"S": "o-1"}},
        "NewImage": {"id": {"S": "o-1"}, "type": {"S": "created"}},
        "SequenceNumber": "111",
        "SizeBytes": 26,
        "StreamViewType": "NEW_AND_OLD_IMAGES",
    },
}
_KAFKA: Final[Mapping[str, Any]] = {
    "topic": "orders",
    "partition": 0,
    "offset": 15,
    "timestamp": 1545084650987,
    "timestampType": "CREATE_TIME",
    "key": base64.b64encode(b"o-1").decode(),
    "value": _BASE64,
    "headers": [],
}
_SERVERS: Final = "kafka-1.example.com:9092"
_ACTIVEMQ: Final[Mapping[str, Any]] = {
    "messageID": "ID:b-9bcfa592-423a-4942-879d-eb284b418fc8-1.mq.eu-west-1.amazonaws.com-37557-1234520418293-4:1:1:1:1",
    "messageType": "jms/text-message",
    "data": _BASE64,
    "connectionId": "myJMSCoID",
    "redelivered": False,
    "destination": {"physicalName": "orders"},
    "timestamp": 1598827811958,
    "properties": {"index": "1"},
}
_RABBITMQ: Final[Mapping[str, Any]] = {
    "basicProperties": {"contentType": "text/plain", "deliveryMode": 1, "bodySize": 80},
    "redelivered": False,
    "data": _BASE64,
}
_DOCUMENT: Final[Mapping[str, Any]] = {
    "event": {
        "_id": {"_data": "0163eeb6e7000000090100000009000041e1"},
        "documentKey": {"_id": {"$oid": "63eeb6e7d418cd98afb1c1d7"}},
        "fullDocument": {"_id": {"$oid": "63eeb6e7d418cd98afb1c1d7"}, **ORDER},
        "ns": {"db": "shop", "coll": "orders"},
        "operationType": "insert",
    }
}

RECORD: Final[Mapping[str, Mapping[str, Any]]] = {
    "sqs": _MESSAGE,
    "sqs-fifo": {**_MESSAGE, "attributes": {**_MESSAGE["attributes"], **_FIFO}},
    "kinesis": _KINESIS,
    "kinesis-efo": _KINESIS,
    "dynamodb": _CHANGE,
    "msk": _KAFKA,
    "msk-serverless": _KAFKA,
    "self-managed-kafka": _KAFKA,
    "activemq": _ACTIVEMQ,
    "rabbitmq": _RABBITMQ,
    "documentdb": _DOCUMENT,
}
"""Source kind to one of its records."""

EVENT: Final[Mapping[str, Mapping[str, Any]]] = {
    **{kind: {"Records": [RECORD[kind]]} for kind in ("sqs", "sqs-fifo", "kinesis", "kinesis-efo", "dynamodb")},
    **{
        kind: {"eventSource": "aws:kafka", "bootstrapServers": _SERVERS, "records": {"orders-0": [_KAFKA]}}
        for kind in ("msk", "msk-serverless")
    },
    "self-managed-kafka": {
        "eventSource": "SelfManagedKafka",
        "bootstrapServers": _SERVERS,
        "records": {"orders-0": [_KAFKA]},
    },
    "activemq": {"eventSource": "aws:mq", "messages": [_ACTIVEMQ]},
    "rabbitmq": {"eventSource": "aws:rmq", "rmqMessagesByQueue": {"orders::/": [_RABBITMQ]}},
    "documentdb": {"eventSource": "aws:docdb", "events": [_DOCUMENT]},
}
"""Source kind to an event that holds the record."""
