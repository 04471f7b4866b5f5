from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.testing.plans import ids, mapping, with_function, with_queue


def test_visibility_below_the_timeout_is_refused() -> None:
    assert "ESM301" in ids(with_queue(mapping(), visibility_timeout_seconds=29))


def test_visibility_equal_to_the_timeout_is_accepted() -> None:
    assert "ESM301" not in ids(with_queue(mapping(), visibility_timeout_seconds=30))


def test_default_visibility_counts() -> None:
    plan = with_function(with_queue(mapping(), visibility_timeout_seconds=None), timeout_seconds=31)

    assert "ESM301" in ids(plan)


def test_default_timeout_counts() -> None:
    plan = with_function(with_queue(mapping(), visibility_timeout_seconds=2), timeout_seconds=None)

    assert "ESM301" in ids(plan)


def test_hidden_or_unresolved_timeouts_are_not_judged() -> None:
    for hidden in (UNKNOWN, UNRESOLVED):
        assert "ESM301" not in ids(with_queue(mapping(), visibility_timeout_seconds=hidden))
        assert "ESM301" not in ids(with_function(mapping(), timeout_seconds=hidden))
