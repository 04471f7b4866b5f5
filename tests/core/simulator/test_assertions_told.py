"""A failing assertion says what was lost, when, why, how sure that is, and what would keep it."""

from collections.abc import Callable
from typing import Any

import pytest

from cdk_esm.plan import FailureKind
from cdk_esm.simulator import Arrivals, Change, Record, Trace, simulate
from cdk_esm.simulator.fidelity import STEPS, Label
from cdk_esm.testing import assert_no_duplicates_beyond, assert_nothing_lost
from cdk_esm.testing.assertions import HELPS
from cdk_esm.testing.plans import mapping, with_failure, with_queue
from tests.core.simulator.helping import bad, ok, raising

SHARE = {"ConsumerGroupId": "shop", "ConsumptionMode": "Queue"}
PER_SECOND = 1500


def nowhere(source: str, **settings: Any) -> Any:
    return with_failure(mapping(source, MaximumRetryAttempts=0, **settings), kind=FailureKind.NONE)


def told(judge: Callable[[], None]) -> str:
    with pytest.raises(AssertionError) as raised:
        judge()
    return str(raised.value)


SHARED = nowhere("self-managed-kafka", SelfManagedKafkaEventSourceConfig=SHARE)
LOSSES: dict[str, Callable[[], Trace]] = {
    "queue-expiry": lambda: simulate(
        with_queue(mapping("sqs"), retention_seconds=900), ok, ["a"], changes=[Change.disable(0)]
    ),
    "letter-age": lambda: simulate(mapping("sqs"), raising(bad), ["bad"], until=15 * 86_400),
    "skipped": lambda: simulate(mapping("kinesis", StartingPosition="LATEST"), ok, [Record("a", at=-5)]),
    "discarded": lambda: simulate(nowhere("kinesis"), raising(bad), ["bad"]),
    "source-gone": lambda: simulate(mapping("sqs"), raising(bad), ["bad"], changes=[Change.source_gone(10)]),
    "expired-in-stream": lambda: simulate(mapping("kinesis"), ok, ["a"], changes=[Change.disable(0)]),
    "changes-expire": lambda: simulate(
        mapping("documentdb"), ok, [{"n": 1}], changes=[Change.disable(0)], assume={"ChangeStreamSeconds": 10_800}
    ),
    "share-start": lambda: simulate(SHARED, ok, [Record("a", at=-5)]),
    "share-archived": lambda: simulate(SHARED, raising(bad), ["bad"]),
}


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_is_told_with_its_step_and_what_helps(name: str) -> None:
    trace = LOSSES[name]()
    lines = told(lambda: assert_nothing_lost(trace)).splitlines()
    step = STEPS[name]

    assert lines[0] == "1 of 1 record was lost"
    assert lines[1].startswith("  r1 ")
    assert lines[2].startswith(f"  1 record by the step {name}: {step.what} ({step.label}")
    assert lines[2].endswith(f": {step.proof})")
    assert ("AWS might keep it" in lines[2]) == (step.label is Label.CHOSEN)
    assert lines[3:] == [f"    what helps: {HELPS[name]}"]


def test_every_loss_has_something_that_helps() -> None:
    assert set(HELPS) == {*LOSSES, "in-flight-expiry"}


def test_many_losses_are_counted_and_late_ones_told_in_words() -> None:
    records = Arrivals.steady(PER_SECOND, count=300, start=3 * 86_400)
    for keep in ("all", "summary"):
        trace = simulate(nowhere("kinesis"), raising(lambda _: True), records, keep=keep)
        lines = told(lambda t=trace: assert_nothing_lost(t)).splitlines()  # type: ignore[misc]

        assert lines[0] == "300 of 300 records were lost"
        assert lines[1].startswith("  r1 is discarded (discarded) at 3 days")
        assert lines[1].endswith("given up: RetryAttemptsExhausted" if keep == "all" else "3 days")
        assert lines[11] == "  … and 290 more"


def test_a_duplicate_is_told_with_its_deliveries_and_what_helps() -> None:
    outlived = simulate(with_queue(mapping("sqs"), visibility_timeout_seconds=10), ok, ["a"], duration=15, until=25)
    lines = told(lambda: assert_no_duplicates_beyond(outlived, 0)).splitlines()
    figures = simulate(mapping("sqs"), ok, ["a"], duplicates=1, keep="summary")

    assert lines[0] == "records were processed 1 time more than once, 0 allowed"
    assert lines[1].startswith("  r1 was processed 2 times: ")
    assert "10 s delivered (invocation 2)" in lines[1]
    assert lines[2].startswith("  what helps: a handler that does once what it is asked twice")
    assert 'run it with keep="all"' in told(lambda: assert_no_duplicates_beyond(figures, 0))
