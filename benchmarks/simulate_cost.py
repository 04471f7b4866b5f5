"""What a million records cost in a run, beside a loop that builds the same events and calls the same handler.

Run ``make bench``. Both sides make their events with the same factory, from the same payloads, in batches of the same
size. Processor time is counted, not the clock. A run of a million has to cost at most six times the loop, and its
memory must not grow with the records.
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


def measured(kind: str, count: int) -> tuple[float, float, int]:
    """Seconds of the run and of the loop, the better of two each, and the greatest memory in megabytes."""
    runs = [run(kind, count) for _ in range(2)]
    loops = [loop(kind, count, runs[0][1]) for _ in range(2)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return min(took for took, _ in runs), min(loops), memory


def main() -> int:
    """Measure each size in a process of its own, so that its memory is its own.

    Returns:
        0, or 1 if a run costs more than it may.
    """
    if len(sys.argv) > 1:
        took, beside, memory = measured(sys.argv[1], int(sys.argv[2]))
        print(f"{took} {beside} {memory}")
        return 0
    failed = False
    for kind in KINDS:
        for count in SIZES:
            command = [sys.executable, "-m", "benchmarks.simulate_cost", kind, str(count)]
            answer = subprocess.run(command, capture_output=True, text=True, check=True)
            took, beside, memory = (float(word) for word in answer.stdout.split())
            times = took / beside
            each = f"{took / count * 1e6:.1f} µs each, {times:.1f} times the loop, {memory:.0f} MB"
            print(f"{kind:8} {count:>9,} records: {took:7.2f} s, {each}")
            failed |= count == SIZES[-1] and times > MOST_TIMES
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
