from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import MappingPlan, Secret
from cdk_esm.testing.plans import ids, mapping

ID = "ESM431"
SCRAM = "SASL_SCRAM_512_AUTH"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1"


def with_secret(source: str = "msk", **about: Any) -> MappingPlan:
    secret = Secret(**{"identity": "shop", "name": "AmazonMSK_shop", "encryption_key": KEY, "type": SCRAM, **about})
    return replace(mapping(source), secrets=(secret,))


@pytest.mark.parametrize(
    "about",
    [
        {"name": "shop/kafka"},
        {"name": None},
        {"encryption_key": None},
        {"encryption_key": "alias/aws/secretsmanager"},
        {"name": "amazonmsk_shop"},
    ],
)
def test_a_secret_that_msk_does_not_take_is_refused(about: dict[str, Any]) -> None:
    assert ids(with_secret(**about), select=[ID]) == [ID]


@pytest.mark.parametrize(
    "about",
    [
        {},
        {"name": UNKNOWN},
        {"name": UNRESOLVED, "encryption_key": UNKNOWN},
        {"name": "shop/tls", "type": "CLIENT_CERTIFICATE_TLS_AUTH"},
        {"name": "registry", "type": None, "encryption_key": None},
    ],
)
def test_what_is_taken_or_hidden_or_for_something_else_is_fine(about: dict[str, Any]) -> None:
    assert ids(with_secret(**about), select=[ID]) == []


def test_other_sources_take_any_secret() -> None:
    assert ids(with_secret("self-managed-kafka", name="shop", encryption_key=None), select=[ID]) == []
