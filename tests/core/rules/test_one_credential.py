import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping

STORED = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"

ID = "ESM238"
LOGIN = {"Type": "BASIC_AUTH", "URI": STORED}


@pytest.mark.parametrize("kind", ["activemq", "rabbitmq", "documentdb"])
@pytest.mark.parametrize("entries", [[], [LOGIN, LOGIN]])
def test_no_credential_and_two_credentials_are_refused(kind: str, entries: list[object]) -> None:
    assert ids(mapping(kind, SourceAccessConfigurations=entries), select=[ID]) == [ID]


@pytest.mark.parametrize("kind", ["activemq", "rabbitmq", "documentdb"])
def test_one_credential_and_a_hidden_one_are_fine(kind: str) -> None:
    assert ids(mapping(kind, SourceAccessConfigurations=[LOGIN]), select=[ID]) == []
    assert ids(mapping(kind, SourceAccessConfigurations=[{"Type": UNKNOWN}]), select=[ID]) == []
    assert ids(mapping(kind, SourceAccessConfigurations=None), select=[ID]) == []


def test_kafka_needs_no_credential() -> None:
    assert ids(mapping("msk", SourceAccessConfigurations=[]), select=[ID]) == []
