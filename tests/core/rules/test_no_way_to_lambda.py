import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping, with_source

KAFKA = ["msk", "msk-serverless", "self-managed-kafka"]

ID = "ESM412"


@pytest.mark.parametrize("kind", KAFKA)
def test_a_network_that_leads_nowhere_is_a_danger(kind: str) -> None:
    plan = with_source(mapping(kind, ProvisionedPollerConfig=None), reaches_lambda=False)

    assert ids(plan, select=[ID]) == [ID]


@pytest.mark.parametrize("kind", KAFKA)
@pytest.mark.parametrize("way", [True, UNKNOWN])
def test_a_network_that_reaches_lambda_or_is_hidden_is_fine(kind: str, way: object) -> None:
    plan = mapping(kind, ProvisionedPollerConfig=None)

    assert ids(with_source(plan, reaches_lambda=way), select=[ID]) == []
    assert ids(with_source(mapping(kind), reaches_lambda=False), select=[ID]) == []
