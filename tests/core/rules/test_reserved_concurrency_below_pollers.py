import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function

ID = "ESM303"


def reserving(reserved: int | Unknowable | None, **settings: object) -> MappingPlan:
    return with_function(mapping(**settings), reserved_concurrency=reserved)


@pytest.mark.parametrize("reserved", [1, 4])
def test_reserve_below_what_the_poller_starts_with_is_a_danger(reserved: int) -> None:
    assert ids(reserving(reserved)) == [ID]


@pytest.mark.parametrize("reserved", [None, 0, 5])
def test_enough_or_no_reserved_concurrency_is_fine(reserved: int | None) -> None:
    assert ids(reserving(reserved), select=[ID]) == []


@pytest.mark.parametrize("maximum", [2, 100])
def test_maximum_concurrency_settles_it_or_breaks_another_rule(maximum: int) -> None:
    assert ids(reserving(2, ScalingConfig={"MaximumConcurrency": maximum}), select=[ID]) == []


def test_fix_offers_a_maximum_concurrency_only_where_aws_takes_it() -> None:
    def fix(reserved: int, **settings: object) -> str:
        return check([reserving(reserved, **settings)], select=[ID])[0].fix

    assert "ScalingConfig.MaximumConcurrency: 4" in fix(4)
    assert "ScalingConfig.MaximumConcurrency: 2" in fix(2)
    assert "MaximumConcurrency" not in fix(1)
    assert "MaximumConcurrency" not in fix(4, ProvisionedPollerConfig={"MinimumPollers": 2})


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(reserving(hidden)) == []
    assert ids(reserving(2, ScalingConfig=hidden)) == []
    assert ids(reserving(2, ScalingConfig={"MaximumConcurrency": hidden})) == []
