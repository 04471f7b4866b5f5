"""A mapping with nothing wrong, for each kind of source."""

from __future__ import annotations

from typing import Any, Final

from cdk_esm.plan import (
    Broker,
    Cluster,
    Destination,
    DocumentCluster,
    FailureKind,
    FailurePath,
    Function,
    MappingPlan,
    Queue,
    Role,
    Source,
    Stream,
    TableStream,
)
from cdk_esm.sources import SOURCES
from cdk_esm.sources.sqs_queue import LEAST_RECEIVES, QUEUE, VISIBILITY_FACTOR

_TIMEOUT_SECONDS: Final = 30
_HERE: Final[dict[str, Any]] = {"region": "eu-west-1", "account": "111122223333"}
_SERVERS: Final = ["kafka-1.example.com:9092", "kafka-2.example.com:9092"]
_ARNS: Final = {
    "sqs": "arn:aws:sqs:eu-west-1:111122223333:orders",
    "sqs-fifo": "arn:aws:sqs:eu-west-1:111122223333:orders.fifo",
    "kinesis": "arn:aws:kinesis:eu-west-1:111122223333:stream/orders",
    "kinesis-efo": "arn:aws:kinesis:eu-west-1:111122223333:stream/orders/consumer/fulfil:1700000000",
    "dynamodb": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-11-20T00:00:00.000",
    "msk": "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/11111111-2222-3333-4444-555555555555-1",
    "msk-serverless": "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/11111111-2222-3333-4444-555555555555-s1",
    "activemq": "arn:aws:mq:eu-west-1:111122223333:broker:shop:b-11111111-2222-3333-4444-555555555555",
    "rabbitmq": "arn:aws:mq:eu-west-1:111122223333:broker:shop:b-11111111-2222-3333-4444-555555555555",
    "documentdb": "arn:aws:rds:eu-west-1:111122223333:cluster:shop",
}
_SECRET: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_shop-AbCdEf"  # noqa: S105 - its ARN
_FAILED: Final = "arn:aws:s3:::orders-failed"
_RETRIES: Final[dict[str, Any]] = {
    "StartingPosition": "TRIM_HORIZON",
    "DestinationConfig": {"OnFailure": {"Destination": _FAILED}},
    "MaximumRetryAttempts": 10,
    "MaximumRecordAgeInSeconds": 43_200,
    "BisectBatchOnFunctionError": True,
    "FunctionResponseTypes": ["ReportBatchItemFailures"],
}
_KAFKA: Final[dict[str, Any]] = {
    **_RETRIES,
    "Topics": ["orders"],
    "ProvisionedPollerConfig": {"MinimumPollers": 1, "MaximumPollers": 2},
}
_BASIC_AUTH: Final[dict[str, Any]] = {"SourceAccessConfigurations": [{"Type": "BASIC_AUTH", "URI": _SECRET}]}
_OF_SOURCE: Final[dict[str, dict[str, Any]]] = {
    "sqs": {"FunctionResponseTypes": ["ReportBatchItemFailures"]},
    "sqs-fifo": {"FunctionResponseTypes": ["ReportBatchItemFailures"]},
    "kinesis": _RETRIES,
    "kinesis-efo": _RETRIES,
    "dynamodb": _RETRIES,
    "msk": {
        **_KAFKA,
        "AmazonManagedKafkaEventSourceConfig": {"ConsumerGroupId": "shop-orders"},
        "SourceAccessConfigurations": [{"Type": "SASL_SCRAM_512_AUTH", "URI": _SECRET}],
    },
    "msk-serverless": {**_KAFKA, "AmazonManagedKafkaEventSourceConfig": {"ConsumerGroupId": "shop-orders"}},
    "self-managed-kafka": {
        **_KAFKA,
        **_BASIC_AUTH,
        "SelfManagedEventSource": {"Endpoints": {"KafkaBootstrapServers": _SERVERS}},
        "SelfManagedKafkaEventSourceConfig": {"ConsumerGroupId": "shop-orders"},
    },
    "activemq": {**_BASIC_AUTH, "Queues": ["orders"]},
    "rabbitmq": {**_BASIC_AUTH, "Queues": ["orders"]},
    "documentdb": {
        **_BASIC_AUTH,
        "StartingPosition": "TRIM_HORIZON",
        "DocumentDBEventSourceConfig": {"DatabaseName": "shop", "CollectionName": "orders"},
    },
}


def mapping(source: str = "sqs", /, **settings: Any) -> MappingPlan:
    """Return a plan of a mapping without a finding, with the given settings beside its own.

    Args:
        source: the source kind.
        settings: CloudFormation names; ``None`` takes a setting away. ``dataclasses.replace`` changes the rest.
    """
    named = {"EventSourceArn": _ARNS[source]} if source in _ARNS else {}
    given = {**named, "FunctionName": "fulfil", **_OF_SOURCE[source], **settings}
    window = settings.get("MaximumBatchingWindowInSeconds")
    event_source = _event_source(source, window if isinstance(window, int) else 0)
    return MappingPlan(
        path="Shop/Orders",
        source=source,
        settings={name: value for name, value in given.items() if value is not None},
        event_source=event_source,
        function=Function(
            identity="arn:aws:lambda:eu-west-1:111122223333:function:fulfil",
            name="fulfil",
            timeout_seconds=_TIMEOUT_SECONDS,
            **_HERE,
        ),
        role=Role(identity="arn:aws:iam::111122223333:role/fulfil"),
        failure=_failure_path(source, event_source),
    )


def _event_source(source: str, window: int) -> Source:
    arn = _ARNS.get(source, "")
    visibility = VISIBILITY_FACTOR.value * _TIMEOUT_SECONDS + window
    stream, iam = _ARNS["kinesis"], frozenset({"Iam"})
    sources: dict[str, Source] = {
        "sqs": Queue(identity=arn, visibility_timeout_seconds=visibility, **_HERE),
        "sqs-fifo": Queue(identity=arn, fifo=True, visibility_timeout_seconds=visibility, **_HERE),
        "kinesis": Stream(identity=stream, **_HERE),
        "kinesis-efo": Stream(identity=stream, consumer=arn, **_HERE),
        "dynamodb": TableStream(identity=arn, view_type="NEW_AND_OLD_IMAGES", **_HERE),
        "msk": Cluster(identity=arn, authentications=iam | {"Scram"}, **_HERE),
        "msk-serverless": Cluster(identity=arn, authentications=iam, **_HERE),
        "self-managed-kafka": Cluster(identity=",".join(_SERVERS)),
        "activemq": Broker(identity=arn, engine="ACTIVEMQ", **_HERE),
        "rabbitmq": Broker(identity=arn, engine="RABBITMQ", **_HERE),
        "documentdb": DocumentCluster(identity=arn, engine_version="5.0.0", encrypts_connections=True, **_HERE),
    }
    return sources[source]


def _failure_path(kind: str, source: Source) -> FailurePath:
    if SOURCES[kind].destinations:
        return FailurePath(kind=FailureKind.BUCKET, destination=Destination(identity=_FAILED))
    if not isinstance(source, Queue):
        return FailurePath(
            kind=FailureKind.NONE, reason="the service offers none, and an alarm watches the age of the records"
        )
    longest = QUEUE.by_name["MessageRetentionPeriod"].maximum
    dead_letters = Queue(
        identity="arn:aws:sqs:eu-west-1:111122223333:orders-dead",
        fifo=source.fifo,
        retention_seconds=longest,
        **_HERE,
    )
    return FailurePath(kind=FailureKind.DEAD_LETTER_QUEUE, queue=dead_letters, max_receive_count=LEAST_RECEIVES.value)
