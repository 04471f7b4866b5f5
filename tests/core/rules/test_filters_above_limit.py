from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.testing.plans import ids, mapping

ID = "ESM504"
PATTERN = '{"body": {"a": [1]}}'


def filtered(count: int) -> MappingPlan:
    return replace(mapping(), filters=(PATTERN,) * count)


def test_more_filters_than_aws_ever_takes_are_refused() -> None:
    assert ids(filtered(11), select=[ID]) == [ID]


@pytest.mark.parametrize("count", [0, 10])
def test_fewer_are_not_above_the_limit(count: int) -> None:
    assert ids(filtered(count), select=[ID]) == []


def test_limit_cannot_be_acknowledged() -> None:
    assert ids(replace(filtered(11), acknowledged={ID: "we asked nicely"}), select=[ID]) == [ID]


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_filter_that_may_not_be_there_is_not_counted(hidden: Unknowable) -> None:
    assert ids(replace(mapping(), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping(), filters=(PATTERN,) * 10 + (hidden,)), select=[ID]) == []
