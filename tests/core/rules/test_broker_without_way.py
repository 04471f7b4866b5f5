from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM434"


@pytest.mark.parametrize("kind", ["activemq", "rabbitmq"])
def test_a_private_broker_needs_a_way_and_a_public_one_does_not(kind: str) -> None:
    def found(**about: object) -> list[str]:
        return ids(with_source(mapping(kind), reaches_lambda=False, **about), select=[ID])

    assert found(publicly_accessible=False) == [ID]
    assert found(publicly_accessible=True) == found(publicly_accessible=UNKNOWN) == []


def test_a_network_that_nobody_sees_is_not_judged() -> None:
    assert ids(with_source(mapping("documentdb"), reaches_lambda=UNKNOWN), select=[ID]) == []


def test_a_broker_that_the_user_calls_public_needs_no_way() -> None:
    private = with_source(mapping("rabbitmq"), reaches_lambda=False, publicly_accessible=False)

    assert ids(replace(private, choices={"public_endpoint": True}), select=[ID]) == []


def test_kafka_has_a_rule_of_its_own() -> None:
    assert ids(with_source(mapping("msk"), reaches_lambda=False), select=[ID]) == []
