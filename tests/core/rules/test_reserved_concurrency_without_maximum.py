from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import AlarmState, Door, FailureKind, FailurePath, MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_failure, with_function

ONLY = ["ESM361"]


def reserving(reserved: Any, kind: str = "sqs", **settings: Any) -> MappingPlan:
    """A mapping whose function reserves concurrency."""
    return with_function(mapping(kind, **settings), reserved_concurrency=reserved)


def another(plan: MappingPlan, path: str = "Shop/Again") -> MappingPlan:
    """A further mapping of the same function, on another queue."""
    return replace(plan, path=path, event_source=replace(plan.event_source, identity=f"arn:{path}"))


def pollers(most: int | None) -> dict[str, Any]:
    return {"ProvisionedPollerConfig": {} if most is None else {"MaximumPollers": most}}


@pytest.mark.parametrize("kind", ["sqs", "sqs-fifo"])
def test_a_mapping_without_a_maximum_is_told_the_share_that_it_has(kind: str) -> None:
    [found] = check([reserving(9, kind)], select=ONLY)

    assert found.got == 9
    assert found.fix.startswith("set ScalingConfig.MaximumConcurrency: 9; whatever else invokes the function")


def test_several_mappings_of_a_function_share_the_reserve_and_are_told_so_once() -> None:
    first = reserving(11)
    [found] = check([first, another(first), another(first, "Shop/Third")], select=ONLY)

    assert "set ScalingConfig.MaximumConcurrency: 3 on each of the mappings" in found.fix
    assert "Shop/Orders, Shop/Again, Shop/Third" in found.message


def test_one_that_has_its_maximum_counts_and_is_not_named() -> None:
    limited = another(reserving(10, ScalingConfig={"MaximumConcurrency": 5}))
    [found] = check([reserving(10), limited], select=ONLY)

    assert "set ScalingConfig.MaximumConcurrency: 5" in found.fix
    assert "Again" not in found.message


def test_a_reserve_that_is_too_small_for_all_is_to_be_raised() -> None:
    first = reserving(5)
    [found] = check([first, another(first), another(first, "Shop/Third")], select=ONLY)

    assert found.fix.startswith("raise ReservedConcurrentExecutions to 6 and set ScalingConfig.MaximumConcurrency: 2")


@pytest.mark.parametrize(
    ("reserved", "most", "fix"),
    [
        (100, 11, "lower ProvisionedPollerConfig.MaximumPollers to 10"),
        (100, None, "lower ProvisionedPollerConfig.MaximumPollers to 10"),
        (19, 2, "raise ReservedConcurrentExecutions to 20 and set ProvisionedPollerConfig.MaximumPollers: 2"),
    ],
)
def test_pollers_run_ten_invocations_each(reserved: int, most: int | None, fix: str) -> None:
    [found] = check([reserving(reserved, **pollers(most))], select=ONLY)

    assert found.fix.startswith(fix)


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(reserving(10, ScalingConfig={"MaximumConcurrency": 10}), id="a maximum"),
        pytest.param(reserving(10, ScalingConfig={"MaximumConcurrency": UNRESOLVED}), id="a maximum of the deployment"),
        pytest.param(reserving(100, **pollers(10)), id="few pollers"),
        pytest.param(
            reserving(100, ProvisionedPollerConfig={"MaximumPollers": UNRESOLVED}), id="pollers of the deployment"
        ),
        pytest.param(reserving(10, Enabled=False), id="disabled"),
        pytest.param(reserving(None), id="nothing reserved"),
        pytest.param(reserving(UNKNOWN), id="nobody knows"),
        pytest.param(reserving(10, "kinesis"), id="a stream"),
        pytest.param(with_failure(reserving(10), max_receive_count=10), id="ten receives"),
        pytest.param(with_failure(reserving(10), max_receive_count=None), id="the receives of the service"),
        pytest.param(with_failure(reserving(10), max_receive_count=UNRESOLVED), id="receives of the deployment"),
        pytest.param(
            replace(reserving(10), failure=FailurePath(kind=FailureKind.NONE, reason="so")), id="no dead letters"
        ),
        pytest.param(replace(reserving(10), failure=UNKNOWN), id="a queue elsewhere"),
    ],
)
def test_what_keeps_within_or_loses_nothing_or_is_not_known_has_no_finding(plan: MappingPlan) -> None:
    assert ids(plan, select=ONLY) == []


def test_below_five_other_rules_speak() -> None:
    assert "ESM361" not in ids(reserving(4))


def test_nine_receives_are_too_few() -> None:
    assert ids(with_failure(reserving(10), max_receive_count=9), select=ONLY) == ONLY


def test_at_a_construct_it_waits_for_the_whole_app() -> None:
    alone = replace(reserving(10), door=Door.CONSTRUCT)

    assert ids(alone, select=ONLY) == []
    assert ids(replace(alone, alarms=AlarmState(stack="Shop")), select=ONLY) == ONLY
