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
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.thorough.figures import commit, keep

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "deployed"
RUNS = 20
LIMIT = 1200  # seconds for a run
BUSY = "import sys, time\nend = time.time() + float(sys.argv[1])\nwhile time.time() < end: sum(range(100_000))"


def run(number: int) -> tuple[float, list[str]]:
    """Run the tests once: how long it took, and the names of the tests that failed."""
    report = WORK / f"run-{number}.xml"
    report.unlink(missing_ok=True)
    begin = time.monotonic()
    with (WORK / f"run-{number}.log").open("w") as log:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "pytest", "tests/e2e", f"--junitxml={report}"],
                cwd=ROOT,
                env={**os.environ, "CDK_ESM_E2E": "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
                timeout=LIMIT,
            )
        except subprocess.TimeoutExpired:
            return LIMIT, ["the run took too long"]
    took = time.monotonic() - begin
    if not report.exists():
        return took, [f"the run ended with {done.returncode}"]
    cases = ET.parse(report).iter("testcase")  # noqa: S314 - pytest wrote it
    failed = [
        case.get("name", "") for case in cases if case.find("failure") is not None or case.find("error") is not None
    ]
    return took, failed or ([] if done.returncode == 0 else [f"the run ended with {done.returncode}"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print a line for each run, and keep the figures; 1 if something failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.thorough.deployed", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="how many runs (%(default)s)")
    parser.add_argument("--minutes", type=float, default=180, help="no run begins after these (%(default)s)")
    options = parser.parse_args(arguments)

    measured = commit()
    WORK.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + 60 * options.minutes
    seconds: list[float] = []
    failures: dict[str, int] = {}
    load: list[float] = []
    busy = subprocess.Popen([sys.executable, "-c", BUSY, str(60 * options.minutes + LIMIT)])
    try:
        while len(seconds) < options.runs and time.monotonic() < until:
            took, failed = run(len(seconds) + 1)
            seconds.append(took)
            load.append(os.getloadavg()[0])
            for name in failed:
                failures[name] = failures.get(name, 0) + 1
            print(
                f"run {len(seconds)}: {took:.0f} s, load {load[-1]:.1f}, {', '.join(failed) or 'nothing failed'}",
                flush=True,
            )
            spread = {"least": round(min(seconds)), "median": round(median(seconds)), "most": round(max(seconds))}
            loads = {"least": round(min(load), 1), "most": round(max(load), 1), "cores": os.cpu_count()}
            figures = {"runs": len(seconds), "failures": failures, "seconds": spread, "load": loads}
            keep("deployed", "shop", figures, of=measured)
    finally:
        busy.terminate()
        busy.wait()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
