"""``cdk-esm simulate``: what a mapping of a template does with records and a handler."""

from __future__ import annotations

import argparse
import json
import sys
from time import monotonic
from typing import Final, Literal

from cdk_esm.cli.common import CLEAN, FOUND, complain, say
from cdk_esm.cli.common_inputs import assumed, chosen_mapping, handler_of, records_of, seconds
from cdk_esm.durations import in_words
from cdk_esm.errors import EsmError
from cdk_esm.judge.files import check_page, write_page
from cdk_esm.printed import counted
from cdk_esm.report.sweep import sweep
from cdk_esm.simulator import Arrivals, simulate
from cdk_esm.simulator.arguments import check_count
from cdk_esm.simulator.clock import seconds as seconds_of
from cdk_esm.simulator.fidelity import Label, counts, steps_of
from cdk_esm.simulator.run import LONGEST
from cdk_esm.simulator.settings import HiddenValueError
from cdk_esm.simulator.show import show_trace
from cdk_esm.sources import SOURCES

_STATUS: Final = "Exit status: 0 nothing was lost, 1 something was lost, 2 something cannot be read."
_BAR: Final = 30
_LONG: Final = 1
"""Seconds after which a run is long."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    command.description = (
        "Show what a mapping does with records and your handler: batches, retries, partial failures, dead letters. "
        "Nothing is deployed; time is virtual."
    )
    command.epilog = _STATUS
    command.add_argument("path", nargs="?", metavar="PATH", help="a template, or a cloud assembly such as cdk.out")
    command.add_argument("--mapping", metavar="NAME", help="which mapping, by logical id or a part of its path")
    command.add_argument("--handler", metavar="MODULE:FUNCTION", help="what runs; by default everything succeeds")
    command.add_argument("--records", metavar="FILE", help="one record on each line, as JSON or text")
    command.add_argument("--rate", metavar="RATE", help="in place of a file: records that arrive steadily, as 500/s")
    command.add_argument("--lasting", type=seconds, default=60.0, metavar="TIME", help="how long they arrive; 60s")
    command.add_argument("--duration", type=seconds, default=0.0, metavar="TIME", help="of an invocation, as 80ms")
    command.add_argument("--until", type=seconds, metavar="TIME", help="end the run then, as 2h")
    command.add_argument("--seed", type=int, default=0, help="what is random is drawn from it; 0")
    command.add_argument("--duplicates", type=float, default=0, metavar="SHARE", help="delivered once more, 0 to 1")
    command.add_argument(
        "--assume", action="append", default=[], metavar="NAME=VALUE", help="what an import hides; again for more"
    )
    command.add_argument(
        "--sweep", action="append", default=[], metavar="SETTING=A,B,C", help="compare values of a setting, with --rate"
    )
    command.add_argument("--format", choices=("text", "json"), default="text", help="text by default")
    command.add_argument("--html", metavar="FILE", help="also draw the trace, or the sweep, as a page")
    command.add_argument("--lines", type=int, default=60, help="lines of the timeline, at most; 60")
    command.add_argument(
        "--fidelity", action="store_true", help="say of every step how sure it is that AWS does the same, and stop"
    )


def run(given: argparse.Namespace) -> int:
    """Run a handler against a mapping, and show the trace.

    Returns:
        0 if nothing was lost, 1 if something was, 2 if something cannot be read.
    """
    try:
        if given.fidelity:
            say(_fidelity(given.format))
            return CLEAN
        return _run(given)
    except HiddenValueError as error:
        return complain(error.as_command)
    except EsmError as error:
        return complain(str(error))
    except OSError as error:  # of the page, for what is read says itself what is wrong with it
        return complain(f"{error.filename or 'the answer'} cannot be written: {error.strerror or error}")


def _run(given: argparse.Namespace) -> int:
    if given.path is None:
        raise EsmError("name a template or a cloud assembly, or --fidelity")
    check_count("--lines", given.lines)
    if given.html is not None:
        check_page(given.html, "--html")
    plan = chosen_mapping(given.path, given.mapping)
    options = {
        "until": given.until,
        "seed": given.seed,
        "duration": given.duration,
        "duplicates": given.duplicates,
        "assume": assumed(given.assume),
    }
    handler, records = handler_of(given.handler), records_of(given.records, given.rate, given.lasting)
    if given.sweep:
        if given.rate is None:
            raise EsmError("--sweep needs --rate, so that every run gets the same records")
        found = sweep(plan, given.sweep, handler, records, **options)
        if given.html is not None:
            write_page(given.html, found.in_form("html"), "--html")
        say(found.in_form(given.format))
        return CLEAN
    short = given.rate is not None and given.html is None and given.format == "text"
    keep: Literal["all", "summary"] = "summary" if short else "all"
    bar = _Bar(given.until)
    trace = simulate(plan, handler, records, keep=keep, progress=bar.show if _is_terminal() else None, **options)
    bar.close()
    if given.html is not None:
        write_page(given.html, trace.to_html(), "--html")
    text = show_trace(trace.to_dict(), most=given.lines, more="--lines {}")
    if isinstance(records, Arrivals) and trace.summary.records < records.count and given.until is None:
        left = counted(records.count - trace.summary.records, "record")
        end = in_words(round(seconds_of(LONGEST)))
        complain(f"the run ended after {end}, before {left} arrived; --until sets another end")
    say(json.dumps(trace.to_dict(), indent=2, default=str) if given.format == "json" else text)
    return FOUND if trace.summary.lost else CLEAN


def _is_terminal() -> bool:
    """Whether somebody sees the error output; there may be none."""
    return sys.stderr is not None and sys.stderr.isatty()


class _Bar:
    """How far a long run is, on the error output; a short run shows nothing."""

    def __init__(self, until: float | None) -> None:
        self._until, self._began, self._shown = until, monotonic(), False

    def show(self, ended: int, virtual: float) -> None:
        """Tell how many records have ended, and at what virtual time the run is."""
        if monotonic() - self._began < _LONG:
            return
        share = min(1.0, virtual / self._until) if self._until else None
        bar = "" if share is None else f"[{'#' * round(_BAR * share):<{_BAR}}] "
        sys.stderr.write(f"\r{bar}{ended:,} records have ended, {virtual / 60:,.0f} min of virtual time")
        sys.stderr.flush()
        self._shown = True

    def close(self) -> None:
        """Take the bar away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")


def _fidelity(form: str) -> str:
    """Every step by source, with its label and what it rests on."""
    if form == "json":
        rows = [
            {"source": kind, "id": step.id, "label": step.label.value, "what": step.what, "proof": step.proof}
            for kind in SOURCES
            for step in steps_of(kind)
        ]
        return json.dumps(rows, indent=2)
    lines: list[str] = []
    told: set[str] = set()
    for kind in SOURCES:
        numbers = ", ".join(f"{count} {label.value}" for label, count in counts(kind).items())
        lines.append(f"{kind}: {numbers}")
        for label in Label:
            for step in steps_of(kind):
                if step.label is label and step.id not in told:
                    told.add(step.id)
                    lines += [f"  {step.label.value:<10}  {step.id}: {step.what}", f"  {'':<10}  {step.proof}"]
    return "\n".join(lines)
