from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_failure, with_source

ID = "ESM320"
HOUR = 3600


@pytest.mark.parametrize("source", ["kinesis", "kinesis-efo", "dynamodb"])
@pytest.mark.parametrize("kind", ["queue", "topic"])
def test_pointer_to_what_soon_expires_is_weak(source: str, kind: str) -> None:
    (finding,) = check([with_failure(mapping(source), kind=kind)])

    assert (finding.rule.id, finding.got) == (ID, kind)
    assert "43200 seconds later" in finding.message


def test_table_has_no_room_however_short_the_age_is() -> None:
    assert ids(with_failure(mapping("dynamodb", MaximumRecordAgeInSeconds=60), kind="queue")) == [ID]


@pytest.mark.parametrize(("age", "fires"), [(24 * HOUR, False), (24 * HOUR + 1, True), (-1, True), (None, True)])
def test_less_than_a_day_between_age_and_retention_is_an_advice(age: int | None, *, fires: bool) -> None:
    plan = with_source(mapping("kinesis", MaximumRecordAgeInSeconds=age), retention_hours=48)

    assert ids(with_failure(plan, kind="queue")) == ([ID] if fires else [])


def test_an_age_above_the_retention_leaves_zero_seconds() -> None:
    plan = with_failure(mapping("kinesis", MaximumRecordAgeInSeconds=48 * HOUR), kind="queue")

    assert "0 seconds later" in check([plan], select=[ID])[0].message


@pytest.mark.parametrize("kind", ["bucket", "discard", "none"])
def test_a_bucket_and_no_destination_are_fine(kind: str) -> None:
    assert ids(with_failure(mapping("dynamodb"), kind=kind), select=[ID]) == []


def test_other_sources_are_not_judged() -> None:
    assert ids(mapping("sqs")) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("kinesis"), failure=hidden)) == []
    assert ids(with_failure(mapping("kinesis", MaximumRecordAgeInSeconds=hidden), kind="queue")) == []
    assert ids(with_source(with_failure(mapping("kinesis"), kind="queue"), retention_hours=hidden)) == []
