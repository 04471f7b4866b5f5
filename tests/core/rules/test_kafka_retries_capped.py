from dataclasses import replace

import pytest

from cdk_esm.plan import FailureKind, FailurePath
from cdk_esm.testing.plans import ids, mapping

KAFKA = ["msk", "msk-serverless", "self-managed-kafka"]

ID = "ESM327"


@pytest.mark.parametrize("kind", KAFKA)
def test_endless_retries_before_a_destination_are_an_advice(kind: str) -> None:
    assert ids(mapping(kind, MaximumRetryAttempts=-1), select=[ID]) == [ID]


@pytest.mark.parametrize("kind", KAFKA)
def test_limited_retries_and_no_destination_are_fine(kind: str) -> None:
    assert ids(mapping(kind, MaximumRetryAttempts=None), mapping(kind, MaximumRetryAttempts=11), select=[ID]) == []
    plan = replace(mapping(kind, MaximumRetryAttempts=-1), failure=FailurePath(kind=FailureKind.NONE))
    assert ids(plan, select=[ID]) == []
    assert ids(mapping("kinesis", MaximumRetryAttempts=-1), select=[ID]) == []
