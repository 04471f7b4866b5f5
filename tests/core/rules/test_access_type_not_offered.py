import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping

KAFKA = ["msk", "msk-serverless", "self-managed-kafka"]

ID = "ESM234"


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("msk", "BASIC_AUTH"),
        ("msk", "VPC_SECURITY_GROUP"),
        ("activemq", "VIRTUAL_HOST"),
        ("documentdb", "CLIENT_CERTIFICATE_TLS_AUTH"),
        ("self-managed-kafka", "VIRTUAL_HOST"),
        ("rabbitmq", None),
    ],
)
def test_a_type_of_another_source_is_refused(kind: str, type_: str | None) -> None:
    assert ids(mapping(kind, SourceAccessConfigurations=[{"Type": type_, "URI": "x"}]), select=[ID]) == [ID]


@pytest.mark.parametrize("kind", [*KAFKA, "activemq", "rabbitmq", "documentdb", "sqs"])
def test_its_own_types_and_hidden_ones_are_fine(kind: str) -> None:
    assert ids(mapping(kind), select=[ID]) == []
    assert ids(mapping(kind, SourceAccessConfigurations=UNKNOWN), select=[ID]) == []
    assert ids(mapping(kind, SourceAccessConfigurations=[UNKNOWN]), select=[ID]) == []
