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
def test_controls_set_to_their_defaults_need_no_pollers(kind: str) -> None:
    plan = mapping(kind, ProvisionedPollerConfig=None, FunctionResponseTypes=[], BisectBatchOnFunctionError=False)

    assert ids(with_settings(plan, MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=-1), select=["ESM226"]) == []


def test_controls_with_pollers_or_on_a_stream_are_fine() -> None:
    assert ids(mapping("msk"), mapping("kinesis"), select=["ESM226"]) == []
    assert ids(mapping("msk", ProvisionedPollerConfig=UNRESOLVED), select=["ESM226"]) == []
