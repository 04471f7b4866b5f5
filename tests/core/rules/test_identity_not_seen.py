from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.testing.plans import ids, mapping

ID = "ESM340"


def of_construct(kind: str, **settings: object) -> MappingPlan:
    return replace(mapping(kind, **settings), door=Door.CONSTRUCT)


@pytest.mark.parametrize("kind", ["msk", "msk-serverless", "self-managed-kafka"])
def test_a_topic_of_the_deployment_is_an_advice_at_a_construct(kind: str) -> None:
    assert ids(of_construct(kind, Topics=[UNRESOLVED]), select=[ID]) == [ID]


@pytest.mark.parametrize("kind", ["msk", "msk-serverless", "self-managed-kafka"])
def test_a_known_topic_and_a_template_are_fine(kind: str) -> None:
    assert ids(of_construct(kind), select=[ID]) == []
    assert ids(of_construct(kind, Topics=UNKNOWN), select=[ID]) == []
    assert ids(mapping(kind, Topics=[UNRESOLVED]), select=[ID]) == []
    assert ids(of_construct("sqs"), select=[ID]) == []
