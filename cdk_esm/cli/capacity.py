"""``cdk-esm capacity``: what a rate of records needs, and what saturates first."""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import asdict

from cdk_esm.cli.common import CLEAN, FOUND, complain, say
from cdk_esm.cli.common_inputs import assumed, chosen_mapping, rate, seconds
from cdk_esm.durations import in_words
from cdk_esm.errors import EsmError
from cdk_esm.printed import counted
from cdk_esm.simulator.capacity import ERROR, Capacity, capacity, in_figures
from cdk_esm.simulator.settings import HiddenValueError


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    command.description = "Calculate what a mapping needs for a rate of records, up to millions a second."
    command.epilog = "Exit status: 0 the mapping keeps up, 1 it does not, 2 something cannot be read."
    command.add_argument("path", metavar="PATH", help="a template, or a cloud assembly such as cdk.out")
    command.add_argument("--mapping", metavar="NAME", help="which mapping, by logical id or a part of its path")
    command.add_argument("--rate", required=True, metavar="RATE", help="records that arrive, as 500/s, 20k/s or 1M/s")
    command.add_argument("--duration", type=seconds, required=True, metavar="TIME", help="of a full batch, as 80ms")
    command.add_argument("--backlog", type=seconds, default=0.0, metavar="TIME", help="of arrivals that wait, as 2h")
    command.add_argument("--record-bytes", type=int, default=1024, metavar="N", help="the size of a record; 1024")
    command.add_argument(
        "--assume", action="append", default=[], metavar="NAME=VALUE", help="what an import hides; again for more"
    )
    command.add_argument("--format", choices=("text", "json"), default="text", help="text by default")


def run(given: argparse.Namespace) -> int:
    """Calculate, and print the figures.

    Returns:
        0 if the mapping keeps up with the rate, 1 if it does not, 2 if something cannot be read.
    """
    try:
        plan = chosen_mapping(given.path, given.mapping)
        arriving = rate(given.rate)
        found = capacity(
            plan,
            arriving,
            given.duration,
            backlog=given.backlog * arriving,
            record_bytes=given.record_bytes,
            assume=assumed(given.assume),
        )
    except HiddenValueError as error:
        return complain(error.as_command)
    except EsmError as error:
        return complain(str(error))
    say(json.dumps(asdict(found), indent=2) if given.format == "json" else told(plan.path, found))
    return CLEAN if found.is_enough else FOUND


def told(path: str, found: Capacity) -> str:
    """The figures in words."""
    needs = ", ".join(_needed(count, name) for name, count in found.needs.items())
    drained = "the backlog is never gone"
    if found.drained_after is not None and found.drain_error is not None:
        after = f"after {in_words(round(found.drained_after))}, give or take {_seconds(found.drain_error)}"
        drained = f"the backlog is gone {after}"
    lines = [
        f"{path}: {found.rate:,.15g} records/s arrive, and {in_figures(found.throughput)} records/s can be processed",
        f"  needed: {needs}; a full batch has {counted(found.batch, 'record')}",
        f"  saturates first: {found.saturates[0]}, at {in_figures(found.saturates[1])} records/s",
        f"  it takes {in_words(round(found.reaches_after))} to scale up to that; {drained}",
    ]
    lines.append(
        f"  calculated; runs of the simulator at small scale differ by {ERROR:.0%}, one invocation and the batching "
        "window at most"
    )
    if "message groups" in found.needs:
        lines.append("  if so many message groups have messages, for of each group one batch is in hand at a time")
    return "\n".join([*lines, *([f"  {found.advice}"] if found.advice else [])])


def _needed(count: int, name: str) -> str:
    """``3 shards``; of concurrency there is one."""
    return counted(count, name.removesuffix("s")) if name.endswith("s") else f"a {name} of {count:,}"


def _seconds(error: float) -> str:
    """An error in words, rounded up, for it is a bound."""
    return in_words(math.ceil(error))
