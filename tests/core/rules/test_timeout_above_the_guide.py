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
