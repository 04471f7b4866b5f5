from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.testing.plans import ids, mapping, with_failure


@pytest.mark.parametrize("count", [2, 4])
def test_fewer_than_five_receives_are_weak(count: int) -> None:
    assert ids(with_failure(mapping(), max_receive_count=count)) == ["ESM307"]


@pytest.mark.parametrize("count", [None, 5, 1000])
def test_five_receives_or_the_default_are_enough(count: int | None) -> None:
    assert ids(with_failure(mapping(), max_receive_count=count), select=["ESM307"]) == []


def test_a_single_receive_is_left_to_another_rule() -> None:
    assert ids(with_failure(mapping(), max_receive_count=1), select=["ESM307"]) == []


def test_few_receives_that_the_user_chose_are_as_few() -> None:
    assert ids(replace(with_failure(mapping(), max_receive_count=2), origin={"max_receive_count": "user"})) == [
        "ESM307"
    ]


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(with_failure(mapping(), max_receive_count=hidden)) == []
    assert ids(replace(mapping(), failure=hidden)) == []
