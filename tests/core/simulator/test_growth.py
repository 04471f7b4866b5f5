"""What a run does grows with what happens in it, and with nothing else: its steps are counted, not its seconds."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from benchmarks.simulate_cost import parts
from cdk_esm.simulator import Arrivals, simulate
from cdk_esm.simulator.clock import Clock
from cdk_esm.testing.plans import mapping

FEW, MANY = 1_000, 8_000
WARM = 500
"""Records of a run after which whatever is made once is made."""


class Counted:
    """The steps of a run: calls of functions written in Python, and what waited at the same time on its clock."""

    def __init__(self) -> None:
        self.calls = self.pushes = self.deepest = 0

    @contextmanager
    def counting(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        at = Clock.at

        def counted(clock: Clock, *arguments: Any) -> None:
            at(clock, *arguments)
            self.pushes += 1
            self.deepest = max(self.deepest, len(clock._heap))  # noqa: SLF001 - nothing else tells what waits

        def called(_: Any, kind: str, __: Any) -> None:
            self.calls += kind == "call"

        with monkeypatch.context() as patch:
            patch.setattr(Clock, "at", counted)
            before = sys.getprofile()
            sys.setprofile(called)
            try:
                yield
            finally:
                sys.setprofile(before)


def steps(kind: str, count: int, batch: int, monkeypatch: pytest.MonkeyPatch, **options: Any) -> tuple[Counted, int]:
    """The steps and the invocations of a run, with records that do not wait."""
    plan, counted = mapping(kind, BatchSize=batch), Counted()
    arrivals = Arrivals.steady(100, count=count, payload="x", keys=10, groups=10 if kind == "sqs-fifo" else 0)
    with counted.counting(monkeypatch):
        trace = simulate(plan, lambda _, __: None, arrivals, keep="summary", **{"duration": 0.005, **options})
    assert trace.summary.ends == {"processed": count}
    return counted, trace.summary.invocations


@pytest.mark.parametrize("kind", ["sqs", "sqs-fifo", "kinesis", "dynamodb", "msk", "activemq", "documentdb"])
def test_a_record_and_its_invocation_cost_the_same_steps_in_a_run_of_any_length(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one record in each invocation both numbers grow together, so that neither hides the other."""
    steps(kind, WARM, 1, monkeypatch)
    few, calls = steps(kind, FEW, 1, monkeypatch)
    many, more = steps(kind, MANY, 1, monkeypatch)

    assert (calls, more) == (FEW, MANY)
    assert many.calls / MANY == pytest.approx(few.calls / FEW, rel=0.03)
    assert many.pushes / MANY == pytest.approx(few.pushes / FEW, rel=0.03)
    assert many.deepest <= few.deepest + 2


def test_a_run_of_a_queue_pushes_once_for_an_invocation_whatever_the_size_of_its_batches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The poller begins with five batches at a time, so its first ones are full, and later ones hold what there is."""
    for count in (FEW, MANY):
        counted, invocations = steps("sqs", count, 10, monkeypatch, duration=0.2)
        assert counted.pushes <= 1.1 * invocations + 60
        assert counted.deepest < 40


def test_retries_and_letters_leave_nothing_behind_on_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every message fails, so as many wait as were sent within the time to the dead-letter queue, and no more."""

    def failing(_: Any, __: Any) -> None:
        raise ValueError

    found = []
    for count in (FEW, MANY):
        counted = Counted()
        with counted.counting(monkeypatch):
            trace = simulate(mapping("sqs"), failing, Arrivals.steady(1, count=count, payload="x"), keep="summary")
        assert trace.summary.ends == {"dead-letter": count}
        found.append((counted.pushes / trace.summary.invocations, counted.deepest))
    (few, shallow), (many, deep) = found
    assert many == pytest.approx(few, rel=0.03)
    assert deep <= 1.1 * shallow


def test_the_two_costs_of_the_benchmark_are_told_apart() -> None:
    record, invocation, off = parts([(10, 1, 27.0), (100, 50, 550.0), (1000, 1000, 9000.0)])

    assert (round(record, 6), round(invocation, 6), round(off, 6)) == (2, 7, 0)
    assert parts([(10, 1, 27.0), (100, 50, 1100.0), (1000, 1000, 9000.0)])[2] == pytest.approx(1)
