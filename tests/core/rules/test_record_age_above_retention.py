import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source

ID = "ESM317"
DAY = 86_400


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo", "dynamodb"])
@pytest.mark.parametrize("age", [DAY, DAY + 1, 604_800])
def test_age_that_reaches_the_retention_has_no_effect(kind: str, age: int) -> None:
    (finding,) = check([mapping(kind, MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=age)])

    assert (finding.rule.id, finding.got, finding.allowed) == (ID, age, f"less than {DAY} seconds")


@pytest.mark.parametrize("kind", ["kinesis", "dynamodb"])
@pytest.mark.parametrize("age", [DAY - 1, 60, -1, None])
def test_age_below_the_retention_or_without_an_end_is_fine(kind: str, age: int | None) -> None:
    assert ids(mapping(kind, MaximumRecordAgeInSeconds=age), select=[ID]) == []


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo", "dynamodb"])
@pytest.mark.parametrize("retries", [0, 5, 10_000])
def test_retries_that_end_come_before_the_age(kind: str, retries: int) -> None:
    assert ids(mapping(kind, MaximumRetryAttempts=retries, MaximumRecordAgeInSeconds=DAY), select=[ID]) == []


@pytest.mark.parametrize("retries", [None, -1])
def test_retries_without_an_end_leave_it_to_the_age(retries: int | None) -> None:
    assert ids(mapping("kinesis", MaximumRetryAttempts=retries, MaximumRecordAgeInSeconds=DAY), select=[ID]) == [ID]


def test_longer_retention_leaves_room() -> None:
    plan = mapping("kinesis", MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=DAY)

    assert ids(with_source(plan, retention_hours=25)) == []


def test_other_sources_are_not_judged() -> None:
    assert ids(mapping("sqs", MaximumRecordAgeInSeconds=DAY), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    endless = mapping("kinesis", MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=DAY)

    assert ids(mapping("kinesis", MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=hidden), select=[ID]) == []
    assert ids(mapping("kinesis", MaximumRetryAttempts=hidden, MaximumRecordAgeInSeconds=DAY), select=[ID]) == []
    assert ids(with_source(endless, retention_hours=hidden), select=[ID]) == []
