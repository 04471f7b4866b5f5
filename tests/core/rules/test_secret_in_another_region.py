import pytest

from cdk_esm.facts import UNRESOLVED
from cdk_esm.testing.plans import ids, mapping, with_function

STORED = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"

ID = "ESM411"
FAR = "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-AbCdEf"


@pytest.mark.parametrize("kind", ["msk", "self-managed-kafka", "activemq", "documentdb"])
def test_a_secret_of_another_region_is_a_danger(kind: str) -> None:
    assert ids(mapping(kind, SourceAccessConfigurations=[{"Type": "BASIC_AUTH", "URI": FAR}]), select=[ID]) == [ID]


@pytest.mark.parametrize("uri", [STORED, UNRESOLVED, "subnet:subnet-1", None])
def test_a_secret_of_the_same_region_is_fine(uri: object) -> None:
    plan = mapping("self-managed-kafka", SourceAccessConfigurations=[{"Type": "BASIC_AUTH", "URI": uri}])

    assert ids(plan, select=[ID]) == []


def test_a_hidden_region_is_not_judged() -> None:
    plan = mapping("rabbitmq", SourceAccessConfigurations=[{"Type": "BASIC_AUTH", "URI": FAR}])

    assert ids(with_function(plan, region=UNRESOLVED), select=[ID]) == []
