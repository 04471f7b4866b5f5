import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping


def test_a_window_on_a_fifo_queue_is_refused() -> None:
    (finding,) = check([mapping("sqs-fifo", MaximumBatchingWindowInSeconds=1)], select=["ESM202"])

    assert (finding.setting, finding.got) == ("MaximumBatchingWindowInSeconds", 1)


@pytest.mark.parametrize("window", [0, None])
def test_no_window_on_a_fifo_queue_is_accepted(window: int | None) -> None:
    assert ids(mapping("sqs-fifo", MaximumBatchingWindowInSeconds=window), select=["ESM202"]) == []


def test_a_window_on_a_standard_queue_is_accepted() -> None:
    assert ids(mapping("sqs", MaximumBatchingWindowInSeconds=1), select=["ESM202"]) == []


def test_an_unresolved_window_is_not_judged() -> None:
    for hidden in (UNKNOWN, UNRESOLVED):
        assert ids(mapping("sqs-fifo", MaximumBatchingWindowInSeconds=hidden), select=["ESM202"]) == []
