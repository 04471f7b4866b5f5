from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import Door, MappingPlan
from cdk_esm.testing.plans import ids, mapping, with_settings, with_source

ID = "ESM243"
STORED = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_shop-AbCdEf"


def offering(*ways: str) -> MappingPlan:
    return with_source(mapping("msk"), authentications=frozenset(ways))


def by(kind: str) -> list[dict[str, str]]:
    return [{"Type": kind, "URI": STORED}]


@pytest.mark.parametrize(
    ("kind", "offered"),
    [("SASL_SCRAM_512_AUTH", "Iam"), ("SASL_SCRAM_512_AUTH", "Tls"), ("CLIENT_CERTIFICATE_TLS_AUTH", "Scram")],
)
def test_credentials_that_the_cluster_does_not_know_are_found(kind: str, offered: str) -> None:
    assert ids(with_settings(offering(offered), SourceAccessConfigurations=by(kind)), select=[ID]) == [ID]


@pytest.mark.parametrize(
    ("meant", "offered", "found"),
    [
        ("Iam", ("Iam",), []),
        ("Iam", ("Scram",), [ID]),
        ("Unauthenticated", ("Unauthenticated",), []),
        ("Unauthenticated", ("Unauthenticated", "Iam"), [ID]),
    ],
)
def test_what_the_user_of_a_construct_means_is_compared(meant: str, offered: tuple[str, ...], found: list[str]) -> None:
    plan = with_settings(offering(*offered), SourceAccessConfigurations=None)

    assert ids(replace(plan, door=Door.CONSTRUCT, choices={"authentication": meant}), select=[ID]) == found


def test_it_is_silent_where_nothing_certain_is_known() -> None:
    assert ids(with_settings(offering("Scram"), SourceAccessConfigurations=None), select=[ID]) == []
    assert ids(with_source(mapping("msk"), authentications=UNKNOWN), select=[ID]) == []
    assert ids(with_settings(offering("Iam"), SourceAccessConfigurations=UNKNOWN), select=[ID]) == []
    assert ids(mapping("msk-serverless"), mapping("self-managed-kafka"), mapping("rabbitmq"), select=[ID]) == []
