"""The plans that tests and examples start from have nothing wrong, for every kind of source."""

import pytest

from cdk_esm.rules.engine import check
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import mapping, with_settings

every_source = pytest.mark.parametrize("kind", SOURCES)


@every_source
def test_a_sound_mapping_has_no_finding(kind: str) -> None:
    assert [str(finding) for finding in check([mapping(kind)])] == []


@every_source
def test_an_empty_mapping_is_judged_without_a_fault_in_the_rules(kind: str) -> None:
    plan = mapping(kind)

    assert check([with_settings(plan, **dict.fromkeys(plan.settings))])


@every_source
def test_two_sound_mappings_of_different_functions_do_not_disturb_the_rules(kind: str) -> None:
    assert isinstance(check([mapping(kind), mapping(kind)]), list)
