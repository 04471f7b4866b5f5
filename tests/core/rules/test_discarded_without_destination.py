from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door, FailureKind, FailurePath, MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM319"
NONE = FailurePath(kind=FailureKind.NONE)


def without(plan: MappingPlan, failure: FailurePath = NONE) -> MappingPlan:
    return replace(plan, failure=failure)


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo", "dynamodb"])
@pytest.mark.parametrize(("retries", "age"), [(0, -1), (3, None), (-1, 3600), (None, 60), (UNRESOLVED, 60)])
def test_end_without_a_destination_is_a_danger(kind: str, retries: object, age: object) -> None:
    plan = mapping(kind, MaximumRetryAttempts=retries, MaximumRecordAgeInSeconds=age)

    assert ids(without(plan)) == [ID]


def test_message_names_the_ends() -> None:
    plan = mapping("kinesis", MaximumRetryAttempts=3, MaximumRecordAgeInSeconds=3600)

    assert "MaximumRetryAttempts: 3 and MaximumRecordAgeInSeconds: 3600" in check([without(plan)])[0].message


def test_unlimited_retries_are_left_to_another_rule() -> None:
    plan = mapping("kinesis", MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=-1)

    assert ids(without(plan)) == ["ESM318"]


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_giving_up_without_a_reason_is_no_consent(reason: str | None) -> None:
    assert ids(without(mapping("kinesis"), FailurePath(kind=FailureKind.DISCARD, reason=reason))) == [ID]


def test_giving_up_with_a_reason_is_consent() -> None:
    assert ids(without(mapping("kinesis"), FailurePath(kind=FailureKind.DISCARD, reason="worthless"))) == []


@pytest.mark.parametrize("kind", ["bucket", "queue", "topic"])
def test_destination_is_fine(kind: str) -> None:
    assert ids(without(mapping("kinesis"), FailurePath(kind=FailureKind(kind))), select=[ID]) == []


def test_fix_speaks_in_the_words_of_the_door() -> None:
    plan = without(mapping("kinesis"))

    assert "OnFailure.discard" in check([replace(plan, door=Door.CONSTRUCT)])[0].fix
    assert "acknowledge" in check([plan])[0].fix


def test_other_sources_are_not_judged() -> None:
    assert ids(without(mapping("sqs")), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    plan = mapping("kinesis", MaximumRetryAttempts=hidden, MaximumRecordAgeInSeconds=hidden)

    assert ids(without(plan)) == []
    assert ids(replace(mapping("kinesis"), failure=hidden)) == []


@pytest.mark.parametrize("kind", ["msk", "msk-serverless", "self-managed-kafka"])
def test_discarding_without_a_destination_fires_for_kafka_too(kind: str) -> None:
    plan = replace(mapping(kind, DestinationConfig=None), failure=FailurePath(kind=FailureKind.NONE))

    assert ids(plan, select=["ESM319"]) == ["ESM319"]
    assert ids(mapping(kind), select=["ESM319"]) == []
