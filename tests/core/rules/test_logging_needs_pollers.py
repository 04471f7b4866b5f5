import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.testing.plans import ids, mapping

KAFKA = ["msk", "msk-serverless", "self-managed-kafka"]

LOG = {"SystemLogLevel": "DEBUG"}


@pytest.mark.parametrize("kind", KAFKA)
def test_a_log_without_pollers_fires(kind: str) -> None:
    assert ids(mapping(kind, LoggingConfig=LOG, ProvisionedPollerConfig=None), select=["ESM227"]) == ["ESM227"]


@pytest.mark.parametrize("kind", KAFKA)
def test_a_log_with_pollers_or_a_hidden_one_is_fine(kind: str) -> None:
    assert ids(mapping(kind, LoggingConfig=LOG), select=["ESM227"]) == []
    assert ids(mapping(kind, LoggingConfig=UNKNOWN, ProvisionedPollerConfig=None), select=["ESM227"]) == []
