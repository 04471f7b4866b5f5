"""The lines of a timeline, one at a time: who, when, what, and what is left out."""

from typing import Any

import pytest

from cdk_esm.simulator import Record, simulate
from cdk_esm.simulator.show import show_trace
from cdk_esm.testing.plans import mapping
from tests.core.simulator.helping import ok


def trace_of(*names: str, at: float = 0, **about: Any) -> dict[str, Any]:
    """A trace of one invocation, as the timeline reads it."""
    call = {"at": at, "number": 1, "path": "Shop/Orders", "group": "", "took": 0, "record_ids": names, "error": None}
    summary = {
        **dict.fromkeys(("invocations", "errors", "throttles", "duplicates", "most_concurrent", "records", "lost"), 0),
        "ended": 0,
        "ends": {},
        "lost_because": {},
        "lost_by_choice": {},
    }
    empty: dict[str, Any] = {name: [] for name in ("dead_letters", "destinations", "records", "alarms")}
    return {
        **empty,
        "paths": ["Shop/Orders"],
        "summary": summary,
        "invocations": [{**call, "decision": "done", **about}],
    }


@pytest.mark.parametrize(
    ("trace", "line"),
    [
        (trace_of("r1"), "         0 s  invocation 1: r1 → done"),
        (trace_of(), "         0 s  invocation 1: no records → done"),
        (trace_of("r1", "r2", "r3", "r4"), "         0 s  invocation 1: r1, r2, r3, r4 → done"),
        (trace_of("r1", "r2", "r3", "r4", "r5"), "         0 s  invocation 1: r1, r2 … r5 (5) → done"),
        (trace_of("r1", at=119.9996), "       120 s  invocation 1: r1 → done"),
        (trace_of("r1", at=119.5), "     119.5 s  invocation 1: r1 → done"),
        (trace_of("r1", at=120), "       2 min  invocation 1: r1 → done"),
        (trace_of("r1", at=10), "        10 s  invocation 1: r1 → done"),
        (trace_of("r1", took=0.5, group="g"), "         0 s  invocation 1 [g]: r1, 0.5 s → done"),
        (trace_of("r1", error="E: x"), "         0 s  invocation 1: r1 → E: x; done"),
        (trace_of("r1", error="E: x", decision="back; E: x"), "         0 s  invocation 1: r1 → back; E: x"),
    ],
)
def test_a_line_of_the_timeline_says_when_what_and_what_of_it(trace: dict[str, Any], line: str) -> None:
    figures = "0 invocations, 0 errors, 0 throttles, 0 processed twice, at most 0 at a time, over after 0 s"

    assert show_trace(trace, most=1) == f"{line}\n\n0 records: none\n{figures}"


def test_lines_that_are_left_out_are_counted_and_the_way_to_them_is_told() -> None:
    trace = simulate(mapping("sqs"), ok, [Record(str(place), at=place * 10) for place in range(6)])
    shown = trace.show(most=5).splitlines()

    assert shown[4:6] == [
        "        40 s  invocation 5: r5 → 1 deleted",
        "              … and 1 more line; show(most=6) has them all",
    ]
    assert "more lines" not in trace.show(most=6)
