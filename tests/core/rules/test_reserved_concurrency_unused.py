import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function

ID = "ESM334"


@pytest.mark.parametrize(("kind", "most"), [("activemq", 5), ("rabbitmq", 1), ("documentdb", 1)])
def test_more_than_a_mapping_can_use_is_an_advice(kind: str, most: int) -> None:
    assert ids(with_function(mapping(kind), reserved_concurrency=most + 1), select=[ID]) == [ID]
    assert ids(with_function(mapping(kind), reserved_concurrency=most), select=[ID]) == []


def test_the_mappings_of_one_function_add_up() -> None:
    plans = [with_function(mapping(kind), reserved_concurrency=6) for kind in ("activemq", "rabbitmq")]

    assert check(plans, select=[ID]) == []


def test_a_mapping_without_a_fixed_number_may_use_the_rest() -> None:
    plans = [with_function(mapping(kind), reserved_concurrency=50) for kind in ("rabbitmq", "sqs")]

    assert check(plans, select=[ID]) == []
    assert ids(with_function(mapping("rabbitmq"), reserved_concurrency=UNKNOWN), select=[ID]) == []
