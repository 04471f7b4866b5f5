"""How much Python of ours a default bundle runs, beside what jsii and CDK run for it.

Run ``python -m benchmarks.build_python``, or ``make bench``. A profile hook watches where a call leaves ``cdk_esm``
for CDK's own Python and where it comes back, and adds up the processor time in between; what the standard library does
for us is counted as ours. The hook itself slows down our part, so the milliseconds are good for comparing two commits
and no more. The calls are exact. With ``--keep`` both are written to ``figures/building.json``, with the commit.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

os.environ["CDK_VALIDATION"] = "false"

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb

import cdk_esm as esm
from benchmarks.thorough.figures import commit, keep

BUNDLES, ROUNDS = 120, 3
OURS = str(Path(esm.__file__).parent) + os.sep
FOREIGN = tuple(f"{os.sep}{name}{os.sep}" for name in ("aws_cdk", "constructs", "jsii"))
KEY = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
MAKE: dict[str, Callable[[cdk.Stack, str, esm.NewFunction], object]] = {
    "sqs": lambda stack, name, function: esm.SqsToLambda(stack, name, function=function),
    "sqs-fifo": lambda stack, name, function: esm.SqsFifoToLambda(stack, name, function=function),
    "kinesis": lambda stack, name, function: esm.KinesisToLambda(stack, name, function=function),
    "dynamodb": lambda stack, name, function: esm.DynamoDbToLambda(
        stack, name, function=function, table=esm.NewTable(KEY)
    ),
}


class Watch:
    """A profile hook that adds up the time between the calls from our Python to CDK's.

    Args:
        seconds: processor time in our Python so far.
        calls: Python functions called there so far.
    """

    def __init__(self) -> None:
        self.seconds, self.calls = 0.0, 0
        self._inside = False
        self._since = 0.0
        self._entered: list[tuple[FrameType, bool]] = []
        self._side: dict[CodeType, bool | None] = {}

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        """Note a call or a return."""
        if event == "call":
            self.calls += self._inside
            side = self._side_of(frame.f_code)
            if side is not None and side is not self._inside:
                self._entered.append((frame, self._inside))
                self._turn(inside=side)
        elif event == "return" and self._entered and self._entered[-1][0] is frame:
            self._turn(inside=self._entered.pop()[1])

    def _turn(self, *, inside: bool) -> None:
        now = time.thread_time()
        if self._inside:
            self.seconds += now - self._since
        self._inside, self._since = inside, time.thread_time()

    def _side_of(self, code: CodeType) -> bool | None:
        """Whether code is ours (``True``) or CDK's (``False``); the standard library belongs to whoever calls it."""
        if code not in self._side:
            file = code.co_filename
            ours = True if file.startswith(OURS) else None
            self._side[code] = False if any(part in file for part in FOREIGN) else ours
        return self._side[code]


def measure(kind: str, code: str) -> tuple[float, float]:
    """Milliseconds and calls of our Python for a further default bundle."""
    stack, function = cdk.Stack(cdk.App(), "Bench"), esm.NewFunction(code=code, handler="app.handler")
    make, watch = MAKE[kind], Watch()
    make(stack, "First", function)
    sys.setprofile(watch)
    try:
        for index in range(BUNDLES):
            make(stack, f"Bundle{index}", function)
    finally:
        sys.setprofile(None)
    return watch.seconds * 1000 / BUNDLES, watch.calls / BUNDLES


def main() -> int:
    """Measure each construct."""
    with tempfile.TemporaryDirectory() as code:
        Path(code, "app.py").write_text("def handler(event, context):\n    return None\n")
        print(f"our own Python of a default bundle, under a profile hook: the median of {ROUNDS} rounds of {BUNDLES}")
        for kind in MAKE:
            rounds = [measure(kind, code) for _ in range(ROUNDS)]
            milliseconds, calls = (statistics.median(one[side] for one in rounds) for side in (0, 1))
            print(f"{kind:>10}{milliseconds:>8.2f} ms{calls:>8.0f} calls")
            if "--keep" in sys.argv:
                keep("building", kind, {"milliseconds": round(milliseconds, 2), "calls": round(calls)}, of=commit())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
