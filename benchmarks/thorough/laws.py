"""Keeps how long laws held: ``python -m benchmarks.thorough.laws REPORT``, where pytest wrote that.

They are those of filters, on random pairs, and those of the simulator, in runs of each source drawn from seeds.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.thorough.figures import commit, keep

MODULE = "tests.core.filters.test_filter_pairs"
PAIRS = 100_000
CONSERVED = "test_records_are_conserved_in_twenty_thousand_runs["
RUNS = 20_000


def main() -> int:
    """Read the report, print a line for each law, and keep the figures; 1 if a law was not tested or does not hold."""
    cases = list(ET.parse(Path(sys.argv[1])).iter("testcase"))  # noqa: S314 - pytest wrote it a moment ago
    laws = [case for case in cases if case.get("classname") == MODULE]
    runs = [case for case in cases if case.get("name", "").startswith(CONSERVED)]
    for case in runs:
        kind, seconds, holds = (
            case.get("name", "")[len(CONSERVED) : -1],
            round(float(case.get("time", 0))),
            not len(case),
        )
        print(f"{kind}: records were {'conserved' if holds else 'not conserved'} in {RUNS:,} runs, in {seconds} s")
        keep("conservation", kind, {"runs": RUNS, "seconds": seconds, "holds": holds}, of=commit())
    for case in laws:
        name, seconds, holds = case.get("name", ""), round(float(case.get("time", 0))), not len(case)
        print(f"{name}: {'held' if holds else 'failed'} on {PAIRS:,} pairs in {seconds} s")
        keep("laws", name, {"pairs": PAIRS, "seconds": seconds, "holds": holds}, of=commit())
    return int(not laws or not runs or any(len(case) for case in [*laws, *runs]))


if __name__ == "__main__":
    raise SystemExit(main())
