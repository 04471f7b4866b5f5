import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.testing.plans import ids, mapping

KAFKA = ["msk", "msk-serverless", "self-managed-kafka"]

ID = "ESM114"


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("msk", {"Topics": [".orders"]}),
        ("msk", {"AmazonManagedKafkaEventSourceConfig": {"ConsumerGroupId": "shop orders"}}),
        ("msk", {"ProvisionedPollerConfig": {"PollerGroupName": "shop.orders"}}),
        ("self-managed-kafka", {"SelfManagedEventSource": {"Endpoints": {"KafkaBootstrapServers": ["kafka"]}}}),
        ("documentdb", {"DocumentDBEventSourceConfig": {"DatabaseName": "shop.orders"}}),
        ("documentdb", {"DocumentDBEventSourceConfig": {"DatabaseName": "a", "CollectionName": "system.users"}}),
        ("rabbitmq", {"SourceAccessConfigurations": [{"Type": "VIRTUAL_HOST", "URI": "erp#1"}]}),
    ],
)
def test_a_character_too_many_is_refused(kind: str, settings: dict[str, object]) -> None:
    assert ids(mapping(kind, **settings), select=[ID]) == [ID]


@pytest.mark.parametrize("kind", [*KAFKA, "rabbitmq", "documentdb"])
def test_names_with_allowed_characters_are_fine(kind: str) -> None:
    assert ids(mapping(kind), select=[ID]) == []
    assert ids(mapping("msk", Topics=[UNKNOWN]), mapping("msk", Topics=UNRESOLVED), select=[ID]) == []


@pytest.mark.parametrize("uri", ["/erp", "erp 1", "{{resolve:ssm:host}}", UNRESOLVED])
def test_a_virtual_host_with_allowed_characters_or_a_hidden_one_is_fine(uri: object) -> None:
    access = [{"Type": "VIRTUAL_HOST", "URI": uri}]

    assert ids(mapping("rabbitmq", SourceAccessConfigurations=access), select=[ID]) == []
