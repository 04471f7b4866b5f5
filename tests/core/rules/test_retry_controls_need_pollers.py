import pytest

from cdk_esm.facts import UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_settings

KAFKA = ["msk", "msk-serverless", "self-managed-kafka"]

CONTROLS = ["BisectBatchOnFunctionError", "FunctionResponseTypes", "MaximumRecordAgeInSeconds", "MaximumRetryAttempts"]


@pytest.mark.parametrize("kind", KAFKA)
def test_every_control_without_pollers_fires(kind: str) -> None:
    findings = check([mapping(kind, ProvisionedPollerConfig=None)], select=["ESM226"])

    assert sorted(finding.setting for finding in findings) == CONTROLS


@pytest.mark.parametrize("kind", KAFKA)
def test_what_holds_without_the_control_asks_for_nothing(kind: str) -> None:
    plan = mapping(kind, ProvisionedPollerConfig=None, FunctionResponseTypes=[], BisectBatchOnFunctionError=False)

    assert ids(with_settings(plan, MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=-1), select=["ESM226"]) == []


def test_with_pollers_or_on_a_stream_it_is_silent() -> None:
    assert ids(mapping("msk"), mapping("kinesis"), select=["ESM226"]) == []
    assert ids(mapping("msk", ProvisionedPollerConfig=UNRESOLVED), select=["ESM226"]) == []
