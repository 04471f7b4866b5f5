from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function

ID = "ESM304"


def reader(
    path: str, maximum: object, *, reserved: int | Unknowable | None = 10, enabled: object = None
) -> MappingPlan:
    plan = mapping(ScalingConfig={"MaximumConcurrency": maximum}, Enabled=enabled)
    return replace(with_function(plan, reserved_concurrency=reserved), path=path)


def test_sum_above_the_reserve_is_told_once_on_the_last_mapping() -> None:
    (finding,) = check([reader("A", 4), reader("B", 4), reader("C", 4)], select=[ID])

    assert (finding.path, finding.got, finding.allowed) == ("C", 12, "at most 10 together")
    assert "A, B" in finding.message


def test_sum_equal_to_the_reserve_is_fine() -> None:
    assert ids(reader("A", 5), reader("B", 5), select=[ID]) == []


def test_two_targets_in_one_pool_add_up() -> None:
    first, second = (with_function(reader(path, 6), identity=path, pool="shared") for path in "AB")

    assert ids(first, second, select=[ID]) == [ID]


def test_functions_of_their_own_do_not_add_up() -> None:
    assert ids(reader("A", 6), with_function(reader("B", 6), identity="other"), select=[ID]) == []


def test_one_alone_above_the_reserve_is_for_another_rule() -> None:
    assert ids(reader("A", 11), reader("B", 2), select=[ID]) == []
    assert ids(reader("A", 10), reader("B", 2), select=[ID]) == [ID]


def test_mappings_without_a_maximum_or_a_reserve_are_not_summed() -> None:
    assert ids(reader("A", 6), reader("B", None), select=[ID]) == []
    assert ids(reader("A", None), reader("B", None), select=[ID]) == []
    assert ids(reader("A", 6, reserved=None), reader("B", 6, reserved=None), select=[ID]) == []


def test_disabled_mapping_asks_for_nothing() -> None:
    assert ids(reader("A", 6), reader("B", 6, enabled=False), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(reader("A", 6), reader("B", hidden), select=[ID]) == []
    assert ids(reader("A", 6, reserved=hidden), reader("B", 6, reserved=hidden), select=[ID]) == []
    assert ids(reader("A", 6), reader("B", 6, reserved=hidden), select=[ID]) == []
    assert ids(reader("A", 6), reader("B", 6, enabled=hidden), select=[ID]) == []
