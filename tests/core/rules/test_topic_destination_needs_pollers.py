import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping

KAFKA = ["msk", "msk-serverless", "self-managed-kafka"]

TOPIC = {"OnFailure": {"Destination": "kafka://orders-failed"}}


@pytest.mark.parametrize("kind", KAFKA)
def test_a_topic_without_pollers_is_refused(kind: str) -> None:
    plan = mapping(kind, DestinationConfig=TOPIC, ProvisionedPollerConfig=None)

    assert ids(plan, select=["ESM229", "ESM221"]) == ["ESM229"]


@pytest.mark.parametrize("kind", KAFKA)
def test_a_topic_with_pollers_is_fine(kind: str) -> None:
    assert ids(mapping(kind, DestinationConfig=TOPIC), select=["ESM229", "ESM221", "ESM220"]) == []
    assert ids(mapping(kind, DestinationConfig=TOPIC, ProvisionedPollerConfig=UNKNOWN), select=["ESM229"]) == []


def test_a_bucket_without_pollers_and_a_hidden_destination_are_fine() -> None:
    assert ids(mapping("msk", ProvisionedPollerConfig=None), select=["ESM229"]) == []
    assert ids(mapping("msk", ProvisionedPollerConfig=None, DestinationConfig=UNKNOWN), select=["ESM229"]) == []


def test_a_stream_has_no_topic_as_destination() -> None:
    assert ids(mapping("kinesis", DestinationConfig=TOPIC), select=["ESM229", "ESM221"]) == ["ESM221"]
