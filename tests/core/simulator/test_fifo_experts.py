"""What an expert looks for first at a FIFO queue."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from cdk_esm.simulator import Arrivals, Record, Trace, simulate
from cdk_esm.testing.plans import mapping, with_queue
from tests.core.simulator.helping import bad, ok, raising, reporting, shows, stopping

TWO_GROUPS = [Record("bad", group="a"), Record("a2", group="a"), Record("b1", group="b"), Record("b2", group="b")]


def overlapping(trace: Trace, group: str) -> bool:
    """Whether two invocations had messages of one group at the same time."""
    spans = sorted((one.at, one.at + one.took) for one in trace.invocations if group in one.group.split(", "))
    return any(later < end for (_, end), (later, _) in pairwise(spans))


@shows(recorded="group-lock", chosen="group-fill deduplication")
def test_one_batch_of_a_group_is_in_flight_and_a_batch_holds_several_groups() -> None:
    arrivals = [Arrivals.burst(12, groups=4), Arrivals.steady(20, start=1, lasting=20, groups=4)]
    trace = simulate(mapping("sqs-fifo", BatchSize=10), ok, arrivals, duration=2)

    assert not any(overlapping(trace, f"g{number}") for number in range(4))
    assert any("," in one.group for one in trace.invocations)
    assert trace.summary.most_concurrent > 1
    for number in range(4):
        order = [
            name for one in trace.invocations for name in one.record_ids if trace.records[name].group == f"g{number}"
        ]
        assert order == sorted(order, key=lambda name: int(name[1:]))


def test_other_groups_go_on_while_a_head_fails() -> None:
    plan = mapping("sqs-fifo", BatchSize=1)
    trace = simulate(plan, raising(bad), TWO_GROUPS)

    assert [trace.records[f"r{number}"].ended for number in (3, 4)] == [0, 0]
    assert trace.records["r2"].ended == trace.records["r1"].ended == 900


def test_an_exception_hides_all_groups_of_its_batch() -> None:
    trace = simulate(mapping("sqs-fifo", BatchSize=10), raising(bad), TWO_GROUPS, until=179)

    (only,) = trace.invocations
    assert only.group == "a, b"
    assert trace.summary.ends == {"in-flight": 4}


@pytest.mark.parametrize(
    ("size", "dead"),
    [pytest.param(10, ["r1", "r2", "r3"], id="batch of ten"), pytest.param(1, ["r1"], id="batch of one")],
)
def test_followers_of_a_failing_head_end_untried_with_batch_ten_and_go_on_with_batch_one(
    size: int, dead: list[str]
) -> None:
    tried: list[str] = []

    def handler(event: Any, context: Any) -> Any:
        answer: Callable[[Any, Any], Any] = stopping(bad)
        report = answer(event, context)
        failed = {one["itemIdentifier"] for one in report["batchItemFailures"]}
        tried.extend(one["body"] for one in event["Records"] if one["messageId"] not in failed)
        return report

    trace = simulate(mapping("sqs-fifo", BatchSize=size), handler, ["bad", "one", "two"])

    assert [one.record_id for one in trace.dead_letters] == dead
    assert tried == ([] if size == 10 else ["one", "two"])


@shows(documented="fifo-receipt")
def test_an_answer_after_the_visibility_timeout_deletes_nothing() -> None:
    plan = with_queue(mapping("sqs-fifo", BatchSize=10), visibility_timeout_seconds=10)
    trace = simulate(plan, ok, ["a"], duration=15, until=16)

    assert trace.records["r1"].end == "in-flight"
    assert "nothing deleted" in trace.invocations[0].decision


@shows(documented="letter-age")
def test_a_dead_letter_queue_resets_the_time_of_a_fifo_message() -> None:
    standard = simulate(mapping("sqs"), raising(bad), ["bad"]).dead_letters[0]
    fifo = simulate(mapping("sqs-fifo", BatchSize=10), raising(bad), ["bad"]).dead_letters[0]

    assert standard.at == fifo.at == 900
    assert fifo.expires_at == (standard.expires_at or 0) + 900


def test_a_handler_that_reports_only_the_head_lets_followers_overtake_it() -> None:
    trace = simulate(mapping("sqs-fifo", BatchSize=10), reporting(bad), ["bad", "after"])

    assert trace.records["r2"].ended < trace.records["r1"].ended
    assert trace.records["r2"].end == "processed"
