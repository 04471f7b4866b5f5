import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.testing.plans import ids, mapping

ID = "ESM331"
RECORDS = [
    ("msk", "AmazonManagedKafkaEventSourceConfig"),
    ("msk-serverless", "AmazonManagedKafkaEventSourceConfig"),
    ("self-managed-kafka", "SelfManagedKafkaEventSourceConfig"),
]


@pytest.mark.parametrize(("kind", "record"), RECORDS)
def test_no_name_is_an_advice(kind: str, record: str) -> None:
    assert ids(mapping(kind, **{record: None}), select=[ID]) == [ID]
    assert ids(mapping(kind, **{record: {}}), select=[ID]) == [ID]


@pytest.mark.parametrize(("kind", "record"), RECORDS)
@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_a_name_and_a_hidden_one_are_fine(kind: str, record: str, hidden: object) -> None:
    assert ids(mapping(kind), mapping(kind, **{record: hidden}), select=[ID]) == []
    assert ids(mapping(kind, **{record: {"ConsumerGroupId": hidden}}), mapping("sqs"), select=[ID]) == []
