"""What a construct of ours costs to build beside a stack that somebody writes by hand: measured in one run, in turn.

What is measured is processor time, as Linux counts it: other work on the machine would drown the difference.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

os.environ["CDK_VALIDATION"] = "false"  # the built-in validator is the same on both sides

import aws_cdk as cdk
from aws_cdk.assertions import Template
from jsii._kernel.providers.process import _NodeProcess

SIZES = (10, 40, 120)
ROUNDS = 5
KEEP = cdk.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
Make = Callable[[cdk.Stack, str, str], None]
"""Makes one bundle in a stack, under an id, with the code in a folder."""

ALARM = (
    "MetricName",
    "Namespace",
    "Period",
    "Statistic",
    "Threshold",
    "ComparisonOperator",
    "EvaluationPeriods",
    "DatapointsToAlarm",
    "TreatMissingData",
)
FUNCTION = ("Architectures", "MemorySize", "Runtime", "Timeout", "TracingConfig", "Handler")


def build(make: Make, count: int, code: str) -> tuple[float, cdk.Stack]:
    """Seconds for ``count`` bundles in a stack of their own, and the stack."""
    stack = cdk.Stack(cdk.App(), "Bench")
    gc.collect()
    start = seconds()
    for index in range(count):
        make(stack, f"Bundle{index}", code)
    return seconds() - start, stack


def seconds() -> float:
    """What this process and Node have used of the processors; the time of day where there is no ``/proc``."""
    if not Path("/proc/self/stat").exists():
        return time.perf_counter()
    return time.process_time() + sum(map(_used, _descendants(os.getpid())))


def _descendants(process: int) -> Iterator[int]:
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            yield child
            yield from _descendants(child)


def _used(process: int) -> float:
    """Seconds of a process in user and in kernel mode, as Linux counts them."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def calls_to_node(make: Make, code: str) -> int:
    """How often a further bundle of the same stack asks Node."""
    _, stack = build(make, 1, code)
    send, asked = _NodeProcess.send, 0

    def counted(self: Any, request: Any, response: Any) -> Any:
        nonlocal asked
        asked += 1
        return send(self, request, response)

    with patch.object(_NodeProcess, "send", counted):
        make(stack, "Further", code)
    return asked


def resources(stack: cdk.Stack) -> Counter[str]:
    """The types of a stack's resources, each with its number."""
    template: Mapping[str, Any] = Template.from_stack(stack).to_json()["Resources"]
    return Counter(one["Type"] for one in template.values())


def what_both_must_have(stack: cdk.Stack, compared: Mapping[str, Sequence[str]]) -> list[str]:
    """The resources of some types, each with some of its properties: by these a stack does its work."""
    template: Mapping[str, Any] = Template.from_stack(stack).to_json()["Resources"]
    return sorted(
        json.dumps([one["Type"], {name: one["Properties"].get(name) for name in compared[one["Type"]]}])
        for one in template.values()
        if one["Type"] in compared
    )


def compare(ours: Make, by_hand: Make, compared: Mapping[str, Sequence[str]], said: str) -> int:
    """Assert that both ways give what both must have, then count and time them in turn.

    Args:
        ours: makes a bundle with a construct of ours.
        by_hand: makes what somebody writes without it.
        compared: the properties that both must agree on, by resource type.
        said: what is written by hand, for the reader of the figures.

    Returns:
        1 if the two ways differ, so that the figures would mean nothing.
    """
    with tempfile.TemporaryDirectory() as code:
        Path(code, "app.py").write_text("def handler(event, context):\n    return None\n")
        stacks = [build(make, 3, code)[1] for make in (ours, by_hand)]
        mine, hand = (what_both_must_have(stack, compared) for stack in stacks)
        if mine != hand:
            sys.stderr.write(f"the two ways differ:\n{mine}\n{hand}\n")
            return 1
        print(said)
        print("both ways agree in", ", ".join(sorted(compared)), "and in the properties that matter there")
        counts = [resources(build(make, 2, code)[1]) - resources(build(make, 1, code)[1]) for make in (ours, by_hand)]
        for name, count in zip(("cdk_esm", "by hand"), counts, strict=True):
            print(
                f"{name}: {count.total()} resources a bundle:", ", ".join(f"{n} {t}" for t, n in sorted(count.items()))
            )
        print(
            f"calls to Node of a further bundle: cdk_esm {calls_to_node(ours, code)}, "
            f"by hand {calls_to_node(by_hand, code)}"
        )
        print(
            f"processor time of Python and Node, median of {ROUNDS} rounds, the two in turn; above 1 cdk_esm costs more"
        )
        print(f"{'bundles':>8}{'ms a bundle':>24}{'ratio':>7}{'ms a resource':>24}{'ratio':>7}")
        print(f"{'':>8}{'cdk_esm':>12}{'by hand':>12}{'':>7}{'cdk_esm':>12}{'by hand':>12}")
        for size in SIZES:
            print(_row(size, _rounds(ours, by_hand, size, code), counts[0].total(), counts[1].total()))
    return 0


def _rounds(ours: Make, by_hand: Make, size: int, code: str) -> list[tuple[float, float]]:
    """Milliseconds a bundle, ours and by hand; each goes first in every other round."""
    pairs = []
    for turn in range(ROUNDS):
        if turn % 2:
            hand = build(by_hand, size, code)[0]
            mine = build(ours, size, code)[0]
        else:
            mine = build(ours, size, code)[0]
            hand = build(by_hand, size, code)[0]
        pairs.append((mine * 1000 / size, hand * 1000 / size))
    return pairs


def _row(size: int, pairs: Sequence[tuple[float, float]], mine: int, hand: int) -> str:
    ours, by_hand = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    ratio = statistics.median(one / other for one, other in pairs)
    return (
        f"{size:>8}{ours:>12.2f}{by_hand:>12.2f}{ratio:>7.2f}"
        f"{ours / mine:>12.2f}{by_hand / hand:>12.2f}{ratio * hand / mine:>7.2f}"
    )
