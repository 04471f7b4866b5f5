import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.testing.plans import ids, mapping, with_function


def reserving(reserved: int | Unknowable | None, **settings: object) -> MappingPlan:
    return with_function(mapping(**settings), reserved_concurrency=reserved)


def test_function_that_can_never_run_behind_an_enabled_mapping_is_a_danger() -> None:
    assert ids(reserving(0)) == ["ESM302"]
    assert ids(reserving(0, Enabled=True)) == ["ESM302"]


def test_disabled_mapping_may_point_to_it() -> None:
    assert ids(reserving(0, Enabled=False)) == []


@pytest.mark.parametrize("reserved", [None, 1, 5])
def test_any_other_reserve_is_not_zero(reserved: int | None) -> None:
    assert ids(reserving(reserved), select=["ESM302"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(reserving(hidden)) == []
    assert ids(reserving(0, Enabled=hidden)) == []
