import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.testing.plans import ids, mapping

ID = "ESM233"


def test_a_missing_position_is_an_advice() -> None:
    assert ids(mapping("self-managed-kafka", StartingPosition=None), select=[ID]) == [ID]


@pytest.mark.parametrize("mode", ["Queue", UNKNOWN])
def test_a_share_group_needs_no_position(mode: object) -> None:
    config = {"ConsumptionMode": mode}
    plan = mapping("self-managed-kafka", StartingPosition=None, SelfManagedKafkaEventSourceConfig=config)

    assert ids(plan, select=[ID]) == []


def test_a_given_or_hidden_position_is_fine() -> None:
    assert ids(mapping("self-managed-kafka", StartingPosition=UNRESOLVED), select=[ID]) == []
    assert ids(mapping("self-managed-kafka"), select=[ID]) == []


@pytest.mark.parametrize("kind", ["msk", "kinesis", "sqs"])
def test_a_source_that_always_needs_a_position_is_left_to_another_rule(kind: str) -> None:
    assert ids(mapping(kind, StartingPosition=None), select=[ID]) == []
