from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import FailureKind, FailurePath
from cdk_esm.testing.plans import ids, mapping, with_settings

KAFKA = ["msk", "msk-serverless", "self-managed-kafka"]

ID = "ESM328"
ENDLESS = {"MaximumRetryAttempts": None, "MaximumRecordAgeInSeconds": None, "DestinationConfig": None}
NONE = FailurePath(kind=FailureKind.NONE)


@pytest.mark.parametrize("kind", KAFKA)
@pytest.mark.parametrize("pollers", [None, {"MinimumPollers": 1}])
def test_retries_without_an_end_and_a_destination_fire(kind: str, pollers: object) -> None:
    plan = replace(mapping(kind, **ENDLESS), failure=NONE)

    assert ids(with_settings(plan, ProvisionedPollerConfig=pollers), select=[ID]) == [ID]


@pytest.mark.parametrize("kind", KAFKA)
def test_retries_end_with_a_destination(kind: str) -> None:
    assert ids(mapping(kind, MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=-1), select=[ID]) == []


@pytest.mark.parametrize("end", [{"MaximumRetryAttempts": 3}, {"MaximumRecordAgeInSeconds": 60}])
def test_retries_end_with_a_limit(end: dict[str, int]) -> None:
    assert ids(replace(mapping("msk", **{**ENDLESS, **end}), failure=NONE), select=[ID]) == []


def test_what_is_hidden_and_what_is_no_kafka_is_not_judged() -> None:
    assert ids(replace(mapping("msk", **ENDLESS), failure=UNKNOWN), select=[ID]) == []
    assert ids(replace(mapping("kinesis", **ENDLESS), failure=NONE), select=[ID]) == []
