import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM110"


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo", "dynamodb"])
@pytest.mark.parametrize("age", [0, 1, 59])
def test_age_below_a_minute_is_refused(kind: str, age: int) -> None:
    assert ids(mapping(kind, MaximumRecordAgeInSeconds=age)) == [ID]


@pytest.mark.parametrize("age", [-1, 60, 604_800])
def test_an_unlimited_age_and_an_age_of_a_minute_are_fine(age: int) -> None:
    assert ids(mapping("kinesis", MaximumRecordAgeInSeconds=age), select=[ID]) == []


@pytest.mark.parametrize("age", [-2, 604_801])
def test_what_the_schema_refuses_too_is_for_another_rule(age: int) -> None:
    assert ids(mapping("kinesis", MaximumRecordAgeInSeconds=age), select=["ESM1"]) == ["ESM101"]


def test_message_says_what_is_taken() -> None:
    (finding,) = check([mapping("kinesis", MaximumRecordAgeInSeconds=5)])

    assert finding.allowed == "-1, or 60 to 604800 seconds"
    assert finding.message.startswith("MaximumRecordAgeInSeconds: 5 is too short")
    assert finding.fix.startswith("set MaximumRecordAgeInSeconds: 60 or more")


def test_source_without_the_setting_is_for_another_rule() -> None:
    assert ids(mapping("sqs", MaximumRecordAgeInSeconds=5)) == ["ESM102"]


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED, None])
def test_what_is_not_known_is_not_judged(hidden: Unknowable | None) -> None:
    assert ids(mapping("kinesis", MaximumRecordAgeInSeconds=hidden), select=[ID]) == []
