"""On-failure destinations of a mapping: what each keeps, and what the execution role needs to write there.

Read from the Lambda developer guide (kinesis-on-failure-destination, services-dynamodb-errors, kafka-on-failure,
kafka-on-failure-destination) on 2026-11-20.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cdk_esm.facts import Figure, Grant, Neighbour, When
from cdk_esm.sources import pages


@dataclass(frozen=True)
class DestinationFacts:
    """One kind of destination.

    Args:
        kind: as plans name it.
        label: the service's own name for it.
        arn_service: the service part of its ARN; ``None`` if it has no ARN.
        keeps_records: it gets the records themselves, and not only where they were.
        grants: what the execution role needs there.
        page: the page that it was read from.
        arn_names_place: its ARN names a Region and an account.
        can_be_fifo: there is a FIFO form of it, which a mapping does not take.
    """

    kind: str
    label: str
    arn_service: str | None
    keeps_records: bool
    grants: tuple[Grant, ...]
    page: str
    arn_names_place: bool
    can_be_fifo: bool


def _key(*actions: str) -> Grant:
    """What the role needs on the destination's own key, if it has one."""
    return Grant(actions, on=Neighbour.DESTINATION_KEY, when=When.DESTINATION_HAS_KEY)


DESTINATIONS: Final[Mapping[str, DestinationFacts]] = {
    facts.kind: facts
    for facts in (
        DestinationFacts(
            kind="bucket",
            label="Amazon S3 bucket",
            arn_service="s3",
            keeps_records=True,
            grants=(
                Grant(("s3:ListBucket",), on=Neighbour.DESTINATION, owner_checked=True),
                Grant(("s3:PutObject",), on=Neighbour.DESTINATION_OBJECTS, owner_checked=True),
                _key("kms:GenerateDataKey"),
            ),
            page=pages.KINESIS_FAILURES,
            arn_names_place=False,
            can_be_fifo=False,
        ),
        DestinationFacts(
            kind="queue",
            label="Amazon SQS standard queue",
            arn_service="sqs",
            keeps_records=False,
            grants=(
                Grant(("sqs:SendMessage",), on=Neighbour.DESTINATION),
                _key("kms:Decrypt", "kms:GenerateDataKey"),
            ),
            page=pages.KINESIS_FAILURES,
            arn_names_place=True,
            can_be_fifo=True,
        ),
        DestinationFacts(
            kind="topic",
            label="Amazon SNS standard topic",
            arn_service="sns",
            keeps_records=False,
            grants=(
                Grant(("sns:Publish",), on=Neighbour.DESTINATION),
                _key("kms:Decrypt", "kms:GenerateDataKey"),
            ),
            page=pages.KINESIS_FAILURES,
            arn_names_place=True,
            can_be_fifo=True,
        ),
        DestinationFacts(
            kind="kafka-topic",
            label="topic of the same Apache Kafka cluster",
            arn_service=None,
            keeps_records=True,
            grants=(
                Grant(("kafka-cluster:Connect",), on=Neighbour.SOURCE, when=When.WITH_IAM),
                Grant(
                    ("kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"),
                    on=Neighbour.DESTINATION_TOPIC,
                    when=When.WITH_IAM,
                ),
            ),
            page=pages.KAFKA_TOPIC_FAILURES,
            arn_names_place=False,
            can_be_fifo=False,
        ),
    )
}
"""Kind to facts."""

STREAM_DESTINATIONS: Final = ("bucket", "queue", "topic")
"""What Kinesis and DynamoDB streams offer."""
KAFKA_DESTINATIONS: Final = (*STREAM_DESTINATIONS, "kafka-topic")
"""What Apache Kafka offers."""

KAFKA_TOPIC_PREFIX: Final = "kafka://"
"""How a mapping names a topic of its own cluster as its destination."""
OBJECT_PREFIX: Final = "aws/lambda/"
"""Where in a bucket Lambda writes; the mapping's UUID follows."""

LONGEST_RECORD_AGE: Final = Figure(604_800, "seconds of a record age, at most", pages.MAPPING_API)
