import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.rules.rule import Severity
from cdk_esm.testing.plans import ids, mapping

ID = "ESM219"


@pytest.mark.parametrize("kind", ["kinesis", "kinesis-efo", "dynamodb"])
def test_window_with_parallel_batches_is_told_but_not_refused(kind: str) -> None:
    (finding,) = check([mapping(kind, TumblingWindowInSeconds=1, ParallelizationFactor=2)])

    assert (finding.rule.id, finding.severity) == (ID, Severity.ADVICE)


@pytest.mark.parametrize(("window", "factor"), [(0, 10), (None, 10), (900, 1), (900, None)])
def test_a_tumbling_window_or_parallel_batches_alone_are_fine(window: int | None, factor: int | None) -> None:
    assert ids(mapping("kinesis", TumblingWindowInSeconds=window, ParallelizationFactor=factor)) == []


def test_other_sources_are_not_judged() -> None:
    assert ids(mapping("sqs", TumblingWindowInSeconds=60, ParallelizationFactor=2), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(mapping("kinesis", TumblingWindowInSeconds=hidden, ParallelizationFactor=2)) == []
    assert ids(mapping("kinesis", TumblingWindowInSeconds=60, ParallelizationFactor=hidden)) == []
