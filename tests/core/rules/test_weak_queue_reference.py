from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_queue

WEAK = with_queue(mapping(), weakly_referenced=True)


def test_weak_reference_is_pointed_out() -> None:
    assert ids(WEAK) == ["ESM406"]


def test_message_says_what_a_change_does() -> None:
    assert check([WEAK])[0].message.endswith("a change of that value replaces the mapping")


def test_strong_reference_is_fine() -> None:
    assert ids(with_queue(mapping(), weakly_referenced=False)) == []
