import pytest

from cdk_esm.testing.plans import ids, mapping

REGISTRY = {"SchemaRegistryConfig": {"SchemaRegistryURI": "https://registry.example.com"}}
RECORDS = [
    ("msk", "AmazonManagedKafkaEventSourceConfig"),
    ("msk-serverless", "AmazonManagedKafkaEventSourceConfig"),
    ("self-managed-kafka", "SelfManagedKafkaEventSourceConfig"),
]


@pytest.mark.parametrize(("kind", "record"), RECORDS)
def test_a_registry_without_pollers_is_refused(kind: str, record: str) -> None:
    plan = mapping(kind, ProvisionedPollerConfig=None, **{record: REGISTRY})

    assert ids(plan, select=["ESM228"]) == ["ESM228"]


@pytest.mark.parametrize(("kind", "record"), RECORDS)
def test_a_registry_with_pollers_is_fine(kind: str, record: str) -> None:
    assert ids(mapping(kind, **{record: REGISTRY}), select=["ESM228"]) == []
    assert ids(mapping(kind, ProvisionedPollerConfig=None), select=["ESM228"]) == []
