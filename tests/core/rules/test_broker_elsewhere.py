import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM409"


@pytest.mark.parametrize("kind", ["activemq", "rabbitmq", "documentdb"])
def test_another_account_is_refused(kind: str) -> None:
    assert ids(with_source(mapping(kind), account="444455556666"), select=[ID]) == [ID]


@pytest.mark.parametrize("kind", ["activemq", "documentdb"])
@pytest.mark.parametrize("account", ["111122223333", None, UNKNOWN, UNRESOLVED])
def test_a_broker_in_the_same_account_or_a_hidden_one_is_fine(kind: str, account: object) -> None:
    assert ids(with_source(mapping(kind), account=account), select=[ID]) == []


def test_queues_and_clusters_have_their_own_rules() -> None:
    assert ids(with_source(mapping("sqs"), account="444455556666"), select=[ID]) == []
    assert ids(with_source(mapping("msk"), account="444455556666"), select=[ID]) == []
