import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM413"


@pytest.mark.parametrize("strategy", ["LDAP", "ldap"])
def test_ldap_is_a_danger(strategy: str) -> None:
    assert ids(with_source(mapping("activemq"), authentication_strategy=strategy), select=[ID]) == [ID]


@pytest.mark.parametrize("strategy", ["SIMPLE", None, UNKNOWN])
def test_the_brokers_own_users_are_fine(strategy: object) -> None:
    assert ids(with_source(mapping("activemq"), authentication_strategy=strategy), select=[ID]) == []
    assert ids(mapping("msk"), select=[ID]) == []
