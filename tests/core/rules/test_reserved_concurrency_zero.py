import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function


def reserving(reserved: int | Unknowable | None, **settings: object) -> MappingPlan:
    return with_function(mapping(**settings), reserved_concurrency=reserved)


def test_function_that_can_never_run_behind_an_enabled_mapping_is_a_danger() -> None:
    assert ids(reserving(0)) == ["ESM302"]
    assert ids(reserving(0, Enabled=True)) == ["ESM302"]


@pytest.mark.parametrize(
    ("kind", "then", "least"),
    [
        ("sqs", "every receive is throttled and counts towards the dead-letter queue", 5),
        ("kinesis", "nothing is processed", 1),
    ],
)
def test_consequence_and_remedy_are_those_of_the_source(kind: str, then: str, least: int) -> None:
    [finding] = check([with_function(mapping(kind), reserved_concurrency=0)], select=["ESM302"])

    assert finding.message.endswith(f"the mapping is enabled: {then}")
    assert finding.allowed == f"none, or at least {least}"
    assert f"raise it to {least}," in finding.fix


def test_disabled_mapping_may_point_to_it() -> None:
    assert ids(reserving(0, Enabled=False)) == []


@pytest.mark.parametrize("reserved", [None, 1, 5])
def test_any_other_reserved_concurrency_is_fine(reserved: int | None) -> None:
    assert ids(reserving(reserved), select=["ESM302"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(reserving(hidden)) == []
    assert ids(reserving(0, Enabled=hidden)) == []
