"""Which mappings are deployed together, for the rules that look at several at once."""

from dataclasses import replace

from cdk_esm.plan import MappingPlan
from cdk_esm.rules.side_by_side import MOST_WAYS, ways_deployed
from cdk_esm.testing.plans import mapping


def under(path: str, *facts: tuple[str, str, bool]) -> MappingPlan:
    """A mapping that is deployed only if each of some parameters has a value, or has another one."""
    return replace(mapping(), path=path, when=frozenset(facts))


def together(*plans: MappingPlan) -> set[str]:
    return {" ".join(plan.path for plan in way) for way in ways_deployed(plans)}


def test_what_depends_on_nothing_is_always_there() -> None:
    assert together(under("A"), under("B")) == {"A B"}


def test_two_of_opposite_conditions_are_never_there_together() -> None:
    prod, other = under("Prod", ("Stage", "prod", True)), under("Other", ("Stage", "prod", False))

    assert together(prod, other, under("All")) == {"Prod All", "Other All"}


def test_a_parameter_has_one_of_the_values_that_were_asked_for_or_another() -> None:
    prod, test = under("Prod", ("Stage", "prod", True)), under("Test", ("Stage", "test", True))

    assert together(prod, test) == {"Prod", "Test", ""}


def test_two_parameters_are_combined() -> None:
    prod, here = under("Prod", ("Stage", "prod", True)), under("Here", ("Region", "eu-west-1", True))

    assert together(prod, here) == {"Prod Here", "Prod", "Here", ""}
    assert together(under("Both", ("Stage", "prod", True), ("Region", "eu-west-1", False))) == {"Both", ""}


def test_of_more_ways_than_anybody_looks_at_only_what_is_always_there_is() -> None:
    one_for_each = [under(f"P{index}", (f"S{index}", "yes", True)) for index in range(MOST_WAYS.bit_length())]

    assert together(*one_for_each, under("All")) == {"All"}
    assert len(together(*one_for_each[:-1])) == MOST_WAYS
