"""One event of each type that is right, and changes of one property that are wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from tests.core.template.sam.building import QUEUE, STREAM, TABLE, event, get

SECRET: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"  # noqa: S105 - an ARN
CLUSTER: Final = "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/aaaabbbb-0000-1111-2222-333344445555-3"
_FAILED: Final = {"OnFailure": {"Type": "S3", "Destination": "arn:aws:s3:::shop-failed"}}
_REPORTS: Final = ["ReportBatchItemFailures"]
_PATTERN: Final = '{"body": {"total": [{"numeric": ["above", 3]}]}}'


@dataclass(frozen=True)
class Wrong:
    """A property that is wrong, the rule that says so, and the place that it names."""

    change: dict[str, Any]
    rule: str
    setting: str


@dataclass(frozen=True)
class EventCase:
    """An event that is right.

    Args:
        right: the event.
        resources: what it reads.
        wrong: what makes it wrong.
    """

    right: dict[str, Any]
    wrong: tuple[Wrong, ...]
    resources: dict[str, Any] = field(default_factory=dict)


def _logged_in(kind: str = "BASIC_AUTH") -> list[dict[str, str]]:
    return [{"Type": kind, "URI": SECRET}]


EVENT_CASES: Final[dict[str, EventCase]] = {
    "SQS": EventCase(
        event("SQS", Queue=get("Jobs"), FunctionResponseTypes=_REPORTS),
        (
            Wrong({"BatchSize": 100}, "ESM201", "MaximumBatchingWindowInSeconds"),
            Wrong({"ScalingConfig": {"MaximumConcurrency": 1}}, "ESM101", "ScalingConfig.MaximumConcurrency"),
            Wrong({"StartingPosition": "LATEST"}, "ESM102", "StartingPosition"),
            Wrong({"FilterCriteria": {"Filters": [{"Pattern": _PATTERN}]}}, "ESM501", "FilterCriteria"),
            Wrong({"Queue": "arn:aws:sns:eu-west-1:111122223333:jobs"}, "ESM108", "Queue"),
        ),
        QUEUE,
    ),
    "Kinesis": EventCase(
        event(
            "Kinesis",
            Stream=get("Clicks"),
            StartingPosition="TRIM_HORIZON",
            MaximumRetryAttempts=5,
            DestinationConfig=_FAILED,
            FunctionResponseTypes=_REPORTS,
        ),
        (
            Wrong({"ParallelizationFactor": 11}, "ESM101", "ParallelizationFactor"),
            Wrong({"StartingPosition": None}, "ESM109", "StartingPosition"),
            Wrong({"StartingPosition": "NEWEST"}, "ESM103", "StartingPosition"),
            Wrong({"DestinationConfig": None}, "ESM319", "DestinationConfig.OnFailure"),
            Wrong({"Stream": "arn:aws:sqs:eu-west-1:111122223333:jobs"}, "ESM102", "StartingPosition"),
        ),
        STREAM,
    ),
    "DynamoDB": EventCase(
        event(
            "DynamoDB",
            Stream=get("Ledger", "StreamArn"),
            StartingPosition="TRIM_HORIZON",
            MaximumRetryAttempts=5,
            DestinationConfig=_FAILED,
            FunctionResponseTypes=_REPORTS,
        ),
        (
            Wrong({"MaximumRetryAttempts": -1}, "ESM318", "MaximumRetryAttempts"),
            Wrong({"TumblingWindowInSeconds": 901}, "ESM101", "TumblingWindowInSeconds"),
            Wrong({"Stream": None}, "ESM108", "Stream"),
            Wrong({"Stream": get("Ledger")}, "ESM222", "Stream"),
        ),
        TABLE,
    ),
    "MSK": EventCase(
        event(
            "MSK",
            Stream=CLUSTER,
            Topics=["orders"],
            StartingPosition="TRIM_HORIZON",
            ConsumerGroupId="shop",
            DestinationConfig=_FAILED,
        ),
        (
            Wrong({"Topics": ["aa", "bb"]}, "ESM113", "Topics"),
            Wrong({"ConsumerGroupId": "g" * 201}, "ESM101", "ConsumerGroupId"),
            Wrong(
                {"SchemaRegistryConfig": {"SchemaRegistryURI": "https://r.example"}}, "ESM228", "SchemaRegistryConfig"
            ),
        ),
    ),
    "SelfManagedKafka": EventCase(
        event(
            "SelfManagedKafka",
            KafkaBootstrapServers=["broker.example:9092"],
            Topics=["orders"],
            StartingPosition="TRIM_HORIZON",
            ConsumerGroupId="shop",
            SourceAccessConfigurations=_logged_in(),
            DestinationConfig=_FAILED,
        ),
        (
            Wrong({"KafkaBootstrapServers": []}, "ESM113", "KafkaBootstrapServers"),
            Wrong({"BatchSize": 10_001}, "ESM101", "BatchSize"),
            Wrong(
                {"SourceAccessConfigurations": [*_logged_in(), *_logged_in()]}, "ESM235", "SourceAccessConfigurations"
            ),
        ),
    ),
    "MQ": EventCase(
        event("MQ", Broker=get("Broker"), Queues=["orders"], SourceAccessConfigurations=_logged_in()),
        (
            Wrong({"BatchSize": 10_001}, "ESM101", "BatchSize"),
            Wrong({"Queues": ["aa", "bb"]}, "ESM113", "Queues"),
            Wrong({"Queues": None}, "ESM115", "Queues"),
        ),
        {"Broker": {"Type": "AWS::AmazonMQ::Broker", "Properties": {"EngineType": "ACTIVEMQ"}}},
    ),
    "DocumentDB": EventCase(
        event(
            "DocumentDB",
            Cluster="arn:aws:rds:eu-west-1:111122223333:cluster:shop",
            DatabaseName="shop",
            CollectionName="orders",
            FullDocument="UpdateLookup",
            StartingPosition="TRIM_HORIZON",
            SourceAccessConfigurations=_logged_in(),
        ),
        (
            Wrong({"FullDocument": "Always"}, "ESM103", "FullDocument"),
            Wrong({"DatabaseName": "d" * 64}, "ESM101", "DatabaseName"),
            Wrong({"SourceAccessConfigurations": None}, "ESM109", "SourceAccessConfigurations"),
        ),
    ),
}
"""Type of event to its case."""
