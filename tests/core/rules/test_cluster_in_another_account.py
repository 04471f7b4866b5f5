import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM410"
CONNECTION = "arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/shop/1-2"


@pytest.mark.parametrize("kind", ["msk", "msk-serverless"])
def test_the_cluster_itself_is_refused(kind: str) -> None:
    assert ids(with_source(mapping(kind), account="444455556666"), select=[ID]) == [ID]


@pytest.mark.parametrize("kind", ["msk", "msk-serverless"])
def test_a_connection_and_the_own_account_are_fine(kind: str) -> None:
    assert ids(with_source(mapping(kind, EventSourceArn=CONNECTION), account="444455556666"), select=[ID]) == []
    assert ids(mapping(kind), select=[ID]) == []
    assert ids(with_source(mapping(kind, EventSourceArn=UNKNOWN), account="444455556666"), select=[ID]) == []
    assert ids(mapping("self-managed-kafka"), select=[ID]) == []
