"""Repeats the tests in tests/e2e beside a busy process: ``python -m benchmarks.thorough.deployed [--runs N]``.

They are part of the gate, so they must not fail because a machine is slow. Each run has its own server and its own
seconds; what fails is named. A run that takes longer than its limit has failed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from statistics import median

from benchmarks.thorough.figures import commit, keep

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "deployed"
RUNS = 20
LIMIT = 1200  # seconds for a run
BUSY = "import sys, time\nend = time.time() + float(sys.argv[1])\nwhile time.time() < end: sum(range(100_000))"


def run(number: int, until: float) -> tuple[float, list[str]]:
    """Run the tests once: how long it took, and the names of the tests that failed; 0 if it is too late to begin."""
    if time.monotonic() > until:
        return 0, []
    report = WORK / f"run-{number}.xml"
    report.unlink(missing_ok=True)
    begin = time.monotonic()
    with (WORK / f"run-{number}.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", "tests/e2e", f"--junitxml={report}"],
            cwd=ROOT,
            env={**os.environ, "CDK_ESM_E2E": "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # Linux gives a session its share of the processor: the busy process takes another one.
            start_new_session=True,
        )
        try:
            process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            process.terminate()  # it stops its server, and itself
            process.wait()
            return LIMIT, ["the run took too long"]
    took = time.monotonic() - begin
    if not report.exists():
        return took, [f"the run ended with {process.returncode}"]
    cases = ET.parse(report).iter("testcase")  # noqa: S314 - pytest wrote it
    failed = [
        case.get("name", "") for case in cases if case.find("failure") is not None or case.find("error") is not None
    ]
    return took, failed or ([] if process.returncode == 0 else [f"the run ended with {process.returncode}"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print a line for each run, and keep the figures; 1 if something failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.thorough.deployed", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="how many runs (%(default)s)")
    parser.add_argument("--at-once", type=int, default=1, help="how many of them beside each other (%(default)s)")
    parser.add_argument("--minutes", type=float, default=180, help="no run begins after these (%(default)s)")
    options = parser.parse_args(arguments)

    measured = commit()
    WORK.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + 60 * options.minutes
    seconds: list[float] = []
    load: list[float] = []
    failures: Counter[str] = Counter()
    busy = subprocess.Popen([sys.executable, "-c", BUSY, str(60 * options.minutes + LIMIT)], start_new_session=True)
    try:
        with ThreadPoolExecutor(options.at_once) as pool:
            begun = [pool.submit(run, number + 1, until) for number in range(options.runs)]
            for done in as_completed(begun):
                took, failed = done.result()
                if not took:
                    continue
                seconds.append(took)
                load.append(os.getloadavg()[0])
                failures.update(failed)
                outcome = ", ".join(failed) or "nothing failed"
                print(f"run {len(seconds)}: {took:.0f} s, load {load[-1]:.1f}, {outcome}", flush=True)
                spread = {"least": round(min(seconds)), "median": round(median(seconds)), "most": round(max(seconds))}
                loads = {"least": round(min(load), 1), "most": round(max(load), 1), "cores": os.cpu_count()}
                figures = {"runs": len(seconds), "at_once": options.at_once, "failures": dict(failures)}
                keep("deployed", "shop", {**figures, "seconds": spread, "load": loads}, of=measured)
    finally:
        busy.terminate()
        busy.wait()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
