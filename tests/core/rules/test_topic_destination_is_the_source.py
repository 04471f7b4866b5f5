import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping

KAFKA = ["msk", "msk-serverless", "self-managed-kafka"]


@pytest.mark.parametrize("kind", KAFKA)
def test_the_topic_that_is_read_is_refused(kind: str) -> None:
    loop = {"OnFailure": {"Destination": "kafka://orders"}}

    assert ids(mapping(kind, DestinationConfig=loop), select=["ESM230"]) == ["ESM230"]


@pytest.mark.parametrize("kind", KAFKA)
def test_another_topic_and_an_unknown_one_are_fine(kind: str) -> None:
    other = {"OnFailure": {"Destination": "kafka://orders-failed"}}

    assert ids(mapping(kind, DestinationConfig=other), select=["ESM230"]) == []
    assert ids(mapping(kind, DestinationConfig=other, Topics=UNKNOWN), select=["ESM230"]) == []
    assert ids(mapping(kind), select=["ESM230"]) == []
