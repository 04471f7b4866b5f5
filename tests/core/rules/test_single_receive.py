from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_failure

ONCE = with_failure(mapping(), max_receive_count=1)


def test_single_receive_is_a_danger() -> None:
    assert ids(ONCE) == ["ESM306"]


@pytest.mark.parametrize("origin", ["user", "org"])
def test_a_single_receive_is_one_whoever_chose_it(origin: str) -> None:
    assert ids(replace(ONCE, origin={"max_receive_count": origin})) == ["ESM306"]


@pytest.mark.parametrize("count", [None, 2, 5])
def test_more_receives_are_not_single(count: int | None) -> None:
    assert ids(with_failure(mapping(), max_receive_count=count), select=["ESM306"]) == []


def test_message_speaks_the_words_of_the_door() -> None:
    template, construct = (check([replace(ONCE, door=door)])[0].message for door in (Door.TEMPLATE, Door.CONSTRUCT))

    assert template.startswith("RedrivePolicy.maxReceiveCount: 1 ")
    assert construct.startswith("max_receive_count=1 ")


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(with_failure(mapping(), max_receive_count=hidden)) == []
    assert ids(replace(mapping(), failure=hidden)) == []
