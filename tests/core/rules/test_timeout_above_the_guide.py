from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function

ONLY = ["ESM120"]


@pytest.mark.parametrize("kind", ["kinesis", "dynamodb", "sqs"])
@pytest.mark.parametrize("timeout", [901, 1_800])
def test_between_guide_and_model_both_are_named(kind: str, timeout: int) -> None:
    [found] = check([with_function(mapping(kind), timeout_seconds=timeout)], select=ONLY)

    assert "900 seconds of AWS's guide" in found.message
    assert "1800 of the API model" in found.message
    assert "ESM106" not in ids(with_function(mapping(kind), timeout_seconds=timeout))


@pytest.mark.parametrize(
    "function",
    [
        {"timeout_seconds": 900},
        {"timeout_seconds": 1_801},
        {"timeout_seconds": 1_200, "managed_instances": True},
        {"timeout_seconds": 1_200, "managed_instances": UNKNOWN},
        {"timeout_seconds": UNRESOLVED},
        {"timeout_seconds": None},
    ],
)
def test_everything_else_is_another_rules_affair(function: dict[str, Any]) -> None:
    assert ids(with_function(mapping("kinesis"), **function), select=ONLY) == []


@pytest.mark.parametrize("kind", ["msk", "self-managed-kafka", "activemq", "rabbitmq", "documentdb"])
def test_where_the_source_has_its_own_bound_that_one_speaks(kind: str) -> None:
    assert ids(with_function(mapping(kind), timeout_seconds=1_200), select=["ESM120", "ESM240"]) == ["ESM240"]


def test_above_the_model_it_is_refused() -> None:
    assert ids(with_function(mapping("kinesis"), timeout_seconds=1_801), select=["ESM106"]) == ["ESM106"]


@pytest.mark.parametrize("kind", ["msk", "msk-serverless", "self-managed-kafka"])
@pytest.mark.parametrize(
    ("managed", "words"), [(True, "is not stated"), (UNKNOWN, "cannot be seen"), (UNRESOLVED, "cannot be seen")]
)
def test_behind_kafka_a_longer_timeout_of_managed_instances_is_an_advice(kind: str, managed: Any, words: str) -> None:
    [found] = check(
        [with_function(mapping(kind), timeout_seconds=841, managed_instances=managed)], select=["ESM1", "ESM240"]
    )

    assert found.rule.id == "ESM120"
    assert "more than the 840 seconds" in found.message
    assert words in found.message


@pytest.mark.parametrize("managed", [True, UNKNOWN, False])
def test_behind_kafka_fourteen_minutes_are_no_matter(managed: Any) -> None:
    assert ids(with_function(mapping("msk"), timeout_seconds=840, managed_instances=managed), select=ONLY) == []


@pytest.mark.parametrize("kind", ["activemq", "rabbitmq", "documentdb"])
def test_brokers_and_documents_have_their_bound_everywhere(kind: str) -> None:
    long = with_function(mapping(kind), timeout_seconds=841, managed_instances=True)

    assert ids(long, select=["ESM120", "ESM240"]) == ["ESM240"]
