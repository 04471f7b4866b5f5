import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping

KAFKA = ["msk", "msk-serverless", "self-managed-kafka"]

ID = "ESM332"


def test_queue_mode_is_an_advice() -> None:
    queue = {"ConsumptionMode": "Queue"}

    assert ids(mapping("self-managed-kafka", SelfManagedKafkaEventSourceConfig=queue), select=[ID]) == [ID]


@pytest.mark.parametrize("kind", KAFKA)
def test_a_stream_and_a_hidden_mode_are_fine(kind: str) -> None:
    hidden = {"ConsumptionMode": UNKNOWN}

    assert ids(mapping(kind), select=[ID]) == []
    assert ids(mapping("self-managed-kafka", SelfManagedKafkaEventSourceConfig=hidden), select=[ID]) == []
