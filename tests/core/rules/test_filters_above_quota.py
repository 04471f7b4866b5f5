from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.testing.plans import ids, mapping

ID = "ESM503"
PATTERN = '{"body": {"a": [1]}}'


def filtered(count: int) -> MappingPlan:
    return replace(mapping(), filters=(PATTERN,) * count)


@pytest.mark.parametrize("count", [6, 10])
def test_more_filters_than_the_quota_are_refused(count: int) -> None:
    assert ids(filtered(count), select=[ID]) == [ID]


@pytest.mark.parametrize("count", [0, 5, 11])
def test_fewer_filters_are_fine_and_more_are_left_to_another_rule(count: int) -> None:
    assert ids(filtered(count), select=[ID]) == []


def test_raised_quota_can_be_acknowledged() -> None:
    assert ids(replace(filtered(6), acknowledged={ID: "quota raised to 10, case 4711"}), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_filter_that_may_not_be_there_is_not_counted(hidden: Unknowable) -> None:
    assert ids(replace(mapping(), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping(), filters=(PATTERN,) * 5 + (hidden,)), select=[ID]) == []
