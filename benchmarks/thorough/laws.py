"""Keeps how long the laws of filters held: ``python -m benchmarks.thorough.laws REPORT``, where pytest wrote that."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.thorough.figures import commit, keep

MODULE = "tests.core.filters.test_filter_pairs"
PAIRS = 100_000


def main() -> int:
    """Read the report, print a line for each law, and keep the figures; 1 if a law was not tested or does not hold."""
    cases = ET.parse(Path(sys.argv[1])).iter("testcase")  # noqa: S314 - pytest wrote it a moment ago
    laws = [case for case in cases if case.get("classname") == MODULE]
    for case in laws:
        name, seconds, holds = case.get("name", ""), round(float(case.get("time", 0))), not len(case)
        print(f"{name}: {'held' if holds else 'failed'} on {PAIRS:,} pairs in {seconds} s")
        keep("laws", name, {"pairs": PAIRS, "seconds": seconds, "holds": holds}, of=commit())
    return int(not laws or any(len(case) for case in laws))


if __name__ == "__main__":
    raise SystemExit(main())
