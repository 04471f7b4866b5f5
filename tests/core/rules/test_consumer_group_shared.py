from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

KAFKA = ["msk", "msk-serverless", "self-managed-kafka"]

ID = "ESM330"


@pytest.mark.parametrize("kind", KAFKA)
def test_the_same_group_on_one_cluster_is_a_danger(kind: str) -> None:
    (finding,) = check([mapping(kind), replace(mapping(kind, Topics=["returns"]), path="Shop/Other")], select=[ID])

    assert (finding.path, finding.got) == ("Shop/Other", "shop-orders")


@pytest.mark.parametrize("kind", KAFKA)
def test_another_cluster_and_a_group_of_its_own_are_fine(kind: str) -> None:
    assert ids(mapping(kind), with_source(mapping(kind), identity="elsewhere"), select=[ID]) == []
    assert ids(mapping(kind), mapping("sqs"), select=[ID]) == []


@pytest.mark.parametrize("group", [UNKNOWN, UNRESOLVED, None])
def test_a_hidden_group_is_not_judged(group: object) -> None:
    plan = mapping("msk", AmazonManagedKafkaEventSourceConfig={"ConsumerGroupId": group})

    assert ids(plan, plan, select=[ID]) == []
