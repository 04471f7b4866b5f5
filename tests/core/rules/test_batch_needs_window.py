from cdk_esm.facts import UNRESOLVED
from cdk_esm.testing.plans import ids, mapping


def test_batch_over_ten_without_window_is_refused() -> None:
    assert ids(mapping("sqs", BatchSize=11)) == ["ESM201"]


def test_window_of_zero_is_no_window() -> None:
    assert ids(mapping("sqs", BatchSize=11, MaximumBatchingWindowInSeconds=0)) == ["ESM201"]


def test_batch_over_ten_with_window_is_legal() -> None:
    assert ids(mapping("sqs", BatchSize=11, MaximumBatchingWindowInSeconds=1)) == []


def test_unresolved_batch_is_not_judged() -> None:
    assert ids(mapping("sqs", BatchSize=UNRESOLVED)) == []
