import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function


def test_dead_letter_target_of_the_function_is_pointed_out() -> None:
    assert ids(with_function(mapping(), dead_letter_target="arn:aws:sqs:eu-west-1:111122223333:failed")) == ["ESM313"]


def test_destination_of_asynchronous_calls_is_pointed_out_by_itself_and_beside_the_other() -> None:
    failed = "arn:aws:sqs:eu-west-1:111122223333:failed"
    both = with_function(mapping("kinesis"), asynchronous_target=failed, dead_letter_target=failed)

    assert [one.setting for one in check([both])] == ["DeadLetterConfig", "EventInvokeConfig"]
    assert ids(with_function(mapping(), asynchronous_target=failed, dead_letter_target=UNKNOWN)) == ["ESM313"]


def test_function_without_one_is_fine() -> None:
    assert ids(with_function(mapping(), dead_letter_target=None)) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(with_function(mapping(), dead_letter_target=hidden, asynchronous_target=hidden)) == []
