import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.testing.plans import ids, mapping, with_function, with_queue

ID = "ESM405"
ABROAD = with_queue(mapping(), account="444455556666", encryption_key="alias/aws/sqs")


@pytest.mark.parametrize("key", ["alias/aws/sqs", "arn:aws:kms:eu-west-1:444455556666:alias/aws/sqs"])
def test_managed_key_in_another_account_is_a_danger(key: str) -> None:
    assert ids(with_queue(ABROAD, encryption_key=key), select=[ID]) == [ID]


@pytest.mark.parametrize("key", [None, "alias/shop", "arn:aws:kms:eu-west-1:444455556666:key/7"])
def test_other_key_can_be_shared(key: str | None) -> None:
    assert ids(with_queue(ABROAD, encryption_key=key), select=[ID]) == []


def test_managed_key_in_the_same_account_is_fine() -> None:
    assert ids(with_queue(mapping(), encryption_key="alias/aws/sqs"), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(with_queue(ABROAD, encryption_key=hidden), select=[ID]) == []
    assert ids(with_queue(ABROAD, account=hidden), select=[ID]) == []
    assert ids(with_function(ABROAD, account=hidden), select=[ID]) == []


def test_account_that_is_not_there_is_not_judged() -> None:
    assert ids(with_queue(ABROAD, account=None), select=[ID]) == []
    assert ids(with_function(ABROAD, account=None), select=[ID]) == []
