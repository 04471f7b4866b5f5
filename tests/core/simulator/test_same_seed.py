"""The same seed gives the same trace, in this process and in the next one."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from cdk_esm.simulator import Arrivals, Spread, simulate
from cdk_esm.testing.plans import mapping, with_function
from tests.core.simulator.helping import ok

ROOT = Path(__file__).parents[3]
PROGRAM = """
import hashlib, json
from cdk_esm.simulator import Arrivals, Spread, simulate
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import mapping

digest = hashlib.sha256()
for kind in SOURCES:
    arrivals = Arrivals.random(5, lasting=9, payload=lambda number: {"id": str(number)}, keys=3)
    trace = simulate(mapping(kind), lambda _, __: None, arrivals, duration=Spread.lognormal(0.3), duplicates=0.2)
    digest.update(json.dumps(trace.to_dict()).encode())
    digest.update(trace.to_html().encode())
print(digest.hexdigest())
"""


def test_random_arrivals_and_durations_are_the_same_in_another_process() -> None:
    """There a function is at another place in memory, and a token has another number."""
    few, again = (Arrivals.random(10, count=9, payload=lambda _: "x") for _ in range(2))
    assert [item.at for item in few.items(1)] == [item.at for item in again.items(1)]

    def took(token: str) -> list[float]:
        plan = with_function(mapping("sqs", BatchSize=1), identity=token)
        return [one.took for one in simulate(plan, ok, ["a"] * 9, duration=Spread.uniform(0, 1)).invocations]

    assert took("${Token[TOKEN.25]}") == took("${Token[TOKEN.96]}") != took("arn:aws:lambda:::function:other")


def test_a_trace_is_the_same_in_two_processes_byte_for_byte() -> None:
    def printed(hashes: str) -> str:
        told = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONHASHSEED": hashes}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=ROOT, env=told, check=True, capture_output=True, text=True
        )
        return done.stdout

    assert printed("1") == printed("2")


def test_random_arrivals_at_two_sources_are_independent_of_each_other() -> None:
    other = replace(mapping("kinesis"), path="Shop/Clicks")
    same = Arrivals.random(10, count=20)
    trace = simulate([mapping("sqs"), other], ok, {"Shop/Orders": [same], "Shop/Clicks": [same]})
    times = {path: [one.at for one in trace.records if one.source == path] for path in ("Shop/Orders", "Shop/Clicks")}

    assert len(times["Shop/Orders"]) == len(times["Shop/Clicks"]) == 20
    assert not set(times["Shop/Orders"]) & set(times["Shop/Clicks"])
