from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import FailureKind, FailurePath
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM318"


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo", "dynamodb"])
@pytest.mark.parametrize("forever", [-1, None])
def test_no_end_to_retries_and_age_is_a_danger(kind: str, forever: int | None) -> None:
    assert ids(mapping(kind, MaximumRetryAttempts=forever, MaximumRecordAgeInSeconds=forever)) == [ID]


def test_destination_is_told_to_be_useless() -> None:
    endless = mapping("kinesis", MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=-1)
    (with_one,) = check([endless])
    (without,) = check([replace(endless, failure=FailurePath(kind=FailureKind.NONE))])
    (hidden,) = check([replace(endless, failure=UNKNOWN)])

    assert with_one.message.endswith("the on-failure destination is as good as never used")
    assert "destination" not in without.message + hidden.message


@pytest.mark.parametrize(("retries", "age"), [(0, -1), (10_000, None), (-1, 60), (None, 3600), (10, 3600)])
def test_limited_retries_or_a_limited_age_are_fine(retries: int | None, age: int | None) -> None:
    assert ids(mapping("kinesis", MaximumRetryAttempts=retries, MaximumRecordAgeInSeconds=age)) == []


def test_other_sources_are_not_judged() -> None:
    assert ids(mapping("sqs")) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(mapping("kinesis", MaximumRetryAttempts=hidden, MaximumRecordAgeInSeconds=-1)) == []
    assert ids(mapping("kinesis", MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=hidden)) == []
