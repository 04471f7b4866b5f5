"""Whatever happens in a run, no record is lost without a word, and none appears from nowhere."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.facts import Shape
from cdk_esm.plan import FailurePath, Queue
from cdk_esm.plan.kafka import in_queue_mode, retries_before_destination
from cdk_esm.simulator import Trace
from cdk_esm.simulator.fidelity import STEPS
from cdk_esm.sources.mq_settings import REDELIVERIES
from cdk_esm.sources.self_managed_kafka import SHARE_DELIVERIES
from tests.core.simulator.scenarios import KINDS, Scenario, draw, fingerprint

ROOT = Path(__file__).parents[3]
SAMPLE = 40
THOROUGH = 20_000
"""Runs for each source."""
ENDS = {"processed", "dead-letter", "destination", "filtered", "expired", "discarded", "in-flight"}


def every_record_has_exactly_one_end(scenario: Scenario, trace: Trace) -> None:
    names = [one.id for one in scenario.records]
    told = [one.id for one in trace.records]
    until = scenario.options["until"]
    arrived = [one.id for one in scenario.records if until is None or one.at <= until]

    assert len(set(told)) == len(told)
    assert set(told) <= set(names)
    assert set(arrived) == set(told)
    assert sum(trace.summary.ends.values()) == trace.summary.records == len(told)
    assert {one.end for one in trace.records} <= ENDS
    assert {one.step for one in trace.records} <= set(STEPS)


def nothing_appears_from_nowhere(scenario: Scenario, trace: Trace) -> None:
    known = {one.id for one in scenario.records}
    delivered = {name for one in trace.invocations for name in one.record_ids}

    assert delivered <= known
    assert {one.record_id for one in trace.dead_letters} <= known
    by_end = {one.id: one.end for one in trace.records}
    assert {one.record_id for one in trace.dead_letters} == {
        name for name, end in by_end.items() if end == "dead-letter"
    }
    at_destinations = [name for one in trace.destinations for name in one.record_ids]
    assert sorted(at_destinations) == sorted(name for name, end in by_end.items() if end == "destination")


def limits_hold(scenario: Scenario, trace: Trace) -> None:
    plan, failure = scenario.plan, scenario.plan.failure
    if isinstance(plan.event_source, Queue):
        most = failure.max_receive_count if isinstance(failure, FailurePath) else None
        assert most is None or isinstance(most, int)
        assert most is None or max((one.receive_count for one in trace.records), default=0) <= most
        assert all(one.deliveries <= one.receive_count for one in trace.records)
    if plan.facts.shape is Shape.BROKER and REDELIVERIES in plan.facts.figures:
        again = 2 if scenario.options["duplicates"] else 1
        assert all(one.deliveries <= again * (REDELIVERIES.value + 1) for one in trace.records)
    if in_queue_mode(plan):
        most = scenario.options["assume"].get("DeliveryCountLimit", SHARE_DELIVERIES.value)
        assert max((one.receive_count for one in trace.records), default=0) <= most
    reserved = scenario.options.get("reserved_concurrency")
    if reserved is not None and not any(one.kind == "reserved_concurrency" for one in scenario.options["changes"]):
        assert trace.summary.most_concurrent <= reserved
    for document in trace.destinations:
        count = document.document["requestContext"]["approximateInvokeCount"]
        retries = retries_before_destination(plan) if in_queue_mode(plan) else plan.setting("MaximumRetryAttempts")
        assert isinstance(retries, int)
        assert 1 <= count <= retries + 1


def order_holds(scenario: Scenario, trace: Trace) -> None:
    """In its lane, a record is first delivered only when what came before it has come to rest or was delivered."""
    if not scenario.plan.facts.keeps_order or in_queue_mode(scenario.plan):
        return
    arrival = {one.id: index for index, one in enumerate(sorted(scenario.records, key=lambda one: one.at))}
    lane = {one.id: _lane(scenario, one) for one in scenario.records}
    highest: dict[Any, int] = {}
    seen: set[str] = set()
    for one in trace.invocations:
        for name in one.record_ids:
            if name in seen:
                continue
            seen.add(name)
            assert arrival[name] > highest.get(lane[name], -1), f"{name} came too late"
            highest[lane[name]] = arrival[name]


def _lane(scenario: Scenario, record: Any) -> Any:
    if scenario.plan.facts.shape is Shape.TABLE:
        return record.payload["id"]
    if scenario.plan.facts.shape is Shape.DOCUMENT_CLUSTER:
        return None
    return record.group if isinstance(scenario.plan.event_source, Queue) else record.key


def time_goes_forward(scenario: Scenario, trace: Trace) -> None:
    assert [one.number for one in trace.invocations] == list(range(1, trace.summary.invocations + 1))
    assert all(one.ended >= one.at for one in trace.records)
    for story in trace.records:
        moments = [when for when, _ in story.tale]
        assert moments == sorted(moments)
    handed = [[name.removeprefix("n") for name in one.record_ids] for one in trace.invocations]
    if scenario.plan.facts.records.grouped:  # an event has the records of a partition together
        assert [sorted(one) for one in scenario.delivered] == [sorted(one) for one in handed]
    else:
        assert scenario.delivered == handed


LAWS: list[Callable[[Scenario, Trace], None]] = [
    every_record_has_exactly_one_end,
    nothing_appears_from_nowhere,
    limits_hold,
    order_holds,
    time_goes_forward,
]


def hold(kind: str, seeds: range) -> None:
    for seed in seeds:
        scenario = draw(kind, seed)
        trace = scenario.run()
        for law in LAWS:
            try:
                law(scenario, trace)
            except AssertionError as error:
                raise AssertionError(f"{law.__name__}, draw({kind!r}, {seed}): {error}") from error


@pytest.mark.parametrize("kind", KINDS)
def test_records_are_conserved_and_keep_their_order(kind: str) -> None:
    hold(kind, range(SAMPLE))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_trace_byte_for_byte(kind: str) -> None:
    for seed in range(0, SAMPLE, 4):
        assert fingerprint(draw(kind, seed).run()) == fingerprint(draw(kind, seed).run())


def test_another_process_with_another_hash_seed_gives_the_same_bytes() -> None:
    code = (
        "from tests.core.simulator.scenarios import draw, fingerprint\n"
        "print([fingerprint(draw(kind, 3).run()) for kind in ('sqs', 'sqs-fifo', 'kinesis', 'msk')])"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(printed) == 1
    assert len(printed.pop()) > 4 * 64


@pytest.mark.parametrize("kind", KINDS)
def test_a_summary_counts_what_the_whole_trace_has(kind: str) -> None:
    for seed in range(0, SAMPLE, 4):
        scenario = draw(kind, seed)
        whole, summary = scenario.run(), scenario.run(keep="summary")
        assert whole.summary == summary.summary
        assert whole.metrics == summary.metrics


@pytest.mark.thorough
@pytest.mark.skipif("CDK_ESM_THOROUGH" not in os.environ, reason="make thorough runs it")
@pytest.mark.parametrize("kind", KINDS)
def test_records_are_conserved_in_twenty_thousand_runs(kind: str) -> None:
    hold(kind, range(SAMPLE, SAMPLE + THOROUGH))
