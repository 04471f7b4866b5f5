"""What a million records cost in a run, beside a loop that builds the same events and calls the same handler.

Run ``make bench``. Both sides make their events with the same factory, from the same payloads, in batches of the same
size. Processor time is counted, not the clock. A run of a million has to cost at most six times the loop, and its
memory must not grow with the records.

The cost grows with what happens: records and invocations. It is printed of both, because of the same arrivals a longer
run has smaller batches: a queue's poller begins with five batches at a time, so messages wait and fill them, and later
they do not wait any more. What one record and one invocation cost, by the smallest and the largest run, is printed too,
with how far the run between them is from that.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from typing import Any

from cdk_esm.simulator import Arrivals, simulate
from cdk_esm.simulator.events import writer
from cdk_esm.simulator.events.wrapping import Place
from cdk_esm.simulator.record import Item
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import mapping

SIZES = (10_000, 100_000, 1_000_000)
KINDS = ("sqs", "kinesis")
MOST_TIMES = 6
PAYLOAD = '{"order_id": "O-1", "customer_id": "C-204", "total": 120}'
RATE = 5000
DURATION = {"sqs": 0.02, "kinesis": 0.01}


def handler(event: Any, context: Any) -> None:
    """A trivial handler."""


def run(kind: str, count: int) -> tuple[float, int]:
    """Processor seconds of a run, and its invocations."""
    arrivals = Arrivals.steady(RATE, count=count, payload=PAYLOAD, keys=1000)
    begin = time.process_time()
    trace = simulate(mapping(kind), handler, arrivals, duration=DURATION[kind], keep="summary")
    took = time.process_time() - begin
    assert trace.summary.ends == {"processed": count}
    return took, trace.summary.invocations


def loop(kind: str, count: int, invocations: int) -> float:
    """Processor seconds of a loop that builds the same events, in as many batches, and calls the handler."""
    facts = SOURCES[kind]
    writes = writer(facts, Place(arn=facts.example.arn or ""))
    size, more = divmod(count, invocations)
    begin = time.process_time()
    number = 0
    for batch in range(invocations):
        records = []
        for _ in range(size + (batch < more)):
            number += 1
            item = Item(number, number * 200, PAYLOAD)
            item.key, item.receives = f"k{number % 1000}", 1
            writes.take_in(item)
            records.append(writes.record(item))
        handler(writes.event(records, {}), None)
    return time.process_time() - begin


def measured(kind: str, count: int) -> tuple[float, float, int, int]:
    """Seconds of the run and of the loop, the better of two each, the greatest memory in megabytes, and invocations."""
    runs = [run(kind, count) for _ in range(2)]
    loops = [loop(kind, count, runs[0][1]) for _ in range(2)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return min(took for took, _ in runs), min(loops), memory, runs[0][1]


def parts(runs: list[tuple[int, int, float]]) -> tuple[float, float, float]:
    """What a record and what an invocation costs by the first and the last run, and how far off that is for the others.

    Args:
        runs: records, invocations and seconds of each.
    """
    (few, fewer, short), *between, (many, more, long) = runs
    determinant = few * more - many * fewer
    record = (short * more - long * fewer) / determinant
    invocation = (few * long - many * short) / determinant
    off = [abs(took / (records * record + calls * invocation) - 1) for records, calls, took in between]
    return record, invocation, max(off, default=0)


def main() -> int:
    """Measure each size in a process of its own, so that its memory is its own.

    Returns:
        0, or 1 if a run costs more than it may.
    """
    if len(sys.argv) > 1:
        print(*measured(sys.argv[1], int(sys.argv[2])))
        return 0
    failed = False
    for kind in KINDS:
        runs = []
        for count in SIZES:
            command = [sys.executable, "-m", "benchmarks.simulate_cost", kind, str(count)]
            answer = subprocess.run(command, capture_output=True, text=True, check=True)
            took, beside, memory, invocations = (float(word) for word in answer.stdout.split())
            runs.append((count, int(invocations), took))
            times = took / beside
            each = f"{took / count * 1e6:5.1f} µs a record, {took / invocations * 1e6:6.1f} µs an invocation"
            beside_it = f"{count / invocations:.1f} records in each, {times:.1f} times the loop, {memory:.0f} MB"
            print(f"{kind:8} {count:>9,} records: {took:7.2f} s, {each}, {beside_it}")
            failed |= count == SIZES[-1] and times > MOST_TIMES
        record, invocation, off = parts(runs)
        if kind == "sqs":  # a stream's batches are all of one size, so their two costs cannot be told apart
            alone = f"{record * 1e6:.1f} µs a record and {invocation * 1e6:.1f} µs an invocation"
            print(f"{kind:8} at every size {alone}; the run between is {off:.0%} off")
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
