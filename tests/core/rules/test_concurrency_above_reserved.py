import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function

LIMITED = mapping(ScalingConfig={"MaximumConcurrency": 10})


@pytest.mark.parametrize("reserved", [9, 0])
def test_a_maximum_above_what_is_reserved_is_refused(reserved: int) -> None:
    (finding,) = check([with_function(LIMITED, reserved_concurrency=reserved)], select=["ESM206"])

    assert (finding.setting, finding.got) == ("ScalingConfig.MaximumConcurrency", 10)
    assert finding.allowed == f"at most {reserved}"


@pytest.mark.parametrize("reserved", [10, None])
def test_a_maximum_up_to_it_and_a_function_of_the_shared_pool_are_accepted(reserved: int | None) -> None:
    assert ids(with_function(LIMITED, reserved_concurrency=reserved), select=["ESM206"]) == []


def test_a_mapping_without_a_maximum_is_accepted() -> None:
    assert ids(with_function(mapping(), reserved_concurrency=1), select=["ESM206"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_hidden_numbers_are_not_judged(hidden: object) -> None:
    unresolved = mapping(ScalingConfig={"MaximumConcurrency": hidden})

    assert ids(with_function(LIMITED, reserved_concurrency=hidden), select=["ESM206"]) == []
    assert ids(with_function(unresolved, reserved_concurrency=1), select=["ESM206"]) == []
