import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.testing.plans import ids, mapping, with_function


def test_dead_letter_target_of_the_function_is_pointed_out() -> None:
    assert ids(with_function(mapping(), dead_letter_target="arn:aws:sqs:eu-west-1:111122223333:failed")) == ["ESM313"]


def test_function_without_one_is_fine() -> None:
    assert ids(with_function(mapping(), dead_letter_target=None)) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(with_function(mapping(), dead_letter_target=hidden)) == []
