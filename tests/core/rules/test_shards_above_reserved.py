import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function, with_source

ID = "ESM321"


def plan_of(shards: object, factor: object, reserved: object, kind: str = "kinesis") -> MappingPlan:
    plan = with_source(mapping(kind, ParallelizationFactor=factor), shard_count=shards)
    return with_function(plan, reserved_concurrency=reserved)


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo"])
@pytest.mark.parametrize(("shards", "factor", "reserved"), [(4, 2, 7), (4, None, 3), (1, 10, 9)])
def test_more_concurrent_batches_than_reserved_concurrency_is_an_advice(
    kind: str, shards: int, factor: int | None, reserved: int
) -> None:
    (finding,) = check([plan_of(shards, factor, reserved, kind)])

    assert (finding.rule.id, finding.got, finding.allowed) == (ID, reserved, f"at least {shards * (factor or 1)}")


def test_fix_lowers_the_factor_only_where_it_can_be_lowered() -> None:
    assert "ParallelizationFactor" in check([plan_of(4, 2, 7)])[0].fix
    assert "ParallelizationFactor" not in check([plan_of(4, 1, 3)])[0].fix


@pytest.mark.parametrize(("shards", "factor", "reserved"), [(4, 2, 8), (4, 2, None), (None, 10, 1)])
def test_enough_or_unknown_reserved_concurrency_is_fine(shards: int | None, factor: int, reserved: int | None) -> None:
    assert ids(plan_of(shards, factor, reserved)) == []


def test_reserve_of_zero_is_for_another_rule() -> None:
    assert ids(plan_of(4, 1, 0)) == ["ESM302"]


def test_other_sources_are_not_judged() -> None:
    assert ids(with_function(mapping("dynamodb", ParallelizationFactor=10), reserved_concurrency=1)) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(plan_of(hidden, 2, 1)) == []
    assert ids(plan_of(4, hidden, 1)) == []
    assert ids(plan_of(4, 2, hidden)) == []
