"""The page about the simulator: its examples run, and its table is what runs give."""

import doctest
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.simulator import Arrivals, Backoff, Change, Trace, simulate
from cdk_esm.testing.plans import mapping
from tests.core.simulator.helping import bad, reporting

PAGE = Path(__file__).parents[3] / "docs" / "guide" / "simulate.md"
BACKOFFS = {"7.5 s, steady": Backoff.steady(7.5), "0.25 s, doubling to 60 s": Backoff()}


def test_every_example_on_the_page_holds() -> None:
    results = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)

    assert results.attempted >= 15
    assert results.failed == 0


def outage(backoff: Backoff) -> Trace:
    def broken(_: Any, context: Any) -> None:
        context.spend(0.1)
        raise ConnectionError("down")

    arrivals = Arrivals.steady(5, lasting=1200, keys=1, payload="x")
    back = Change.version(600, reporting(bad, seconds=0.1))
    return simulate(mapping("kinesis"), broken, arrivals, changes=[back], backoff=backoff)


def poison(backoff: Backoff) -> Trace:
    payload = lambda number: "bad" if number == 100 else "x"  # noqa: E731 - a payload
    arrivals = Arrivals.steady(5, lasting=1200, keys=1, payload=payload)
    return simulate(mapping("kinesis"), reporting(bad, seconds=0.1), arrivals, backoff=backoff)


@pytest.mark.parametrize("name", BACKOFFS)
@pytest.mark.parametrize(
    ("words", "run"),
    [("the function raises for ten minutes", outage), ("one record fails every time, and is reported", poison)],
)
def test_the_table_of_outages_is_what_runs_give(words: str, run: Any, name: str) -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    (row,) = [line for line in lines if line.startswith(f"| {words} | {name} |")]
    given_up, processed, waits = (int(cell.split()[0]) for cell in row.split("|")[3:6])
    trace = run(BACKOFFS[name])

    assert trace.summary.ends == {"destination": given_up, "processed": processed}
    assert round(max(one.ended - one.at for one in trace.records)) == waits
