import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping

ID = "ESM115"


@pytest.mark.parametrize(
    ("kind", "name"), [("activemq", "Queues"), ("rabbitmq", "Queues"), ("documentdb", "StartingPosition")]
)
def test_a_missing_setting_is_an_advice(kind: str, name: str) -> None:
    assert ids(mapping(kind, **{name: None})) == [ID]


@pytest.mark.parametrize("kind", ["activemq", "documentdb", "sqs", "msk"])
def test_a_given_or_hidden_setting_is_fine(kind: str) -> None:
    assert ids(mapping(kind), select=[ID]) == []
    assert ids(mapping(kind, Queues=UNKNOWN, StartingPosition=UNKNOWN), select=[ID]) == []
