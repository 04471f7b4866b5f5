"""A trace as a timeline in plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cdk_esm.durations import in_words
from cdk_esm.printed import counted

_FEW: Final = 4
_LETTER: Final = 1 << 40
_ENDED: Final = 1 << 41
_ALARM: Final = 1 << 42
"""What comes after the invocations of the same moment."""
_IN_WORDS: Final = 120
"""Seconds from which on a moment is told in words."""


def show_trace(trace: dict[str, Any], *, most: int, more: str = "show(most={})") -> str:
    """The timeline, then what was lost, then the figures.

    Args:
        trace: what ``Trace.to_dict`` gives.
        most: the lines of it, at most.
        more: how to ask for all of them.
    """
    lines = sorted(_events(trace))
    shown = [f"{moment(at):>12}  {text}" for at, _, text in lines[:most]]
    if len(lines) > most:
        shown.append(
            f"{'':>12}  … and {counted(len(lines) - most, 'more line', '')}; {more.format(len(lines))} has them all"
        )
    return "\n".join([*shown, "", *summary_lines(trace["summary"])])


def _events(trace: dict[str, Any]) -> Iterator[tuple[float, int, str]]:
    many = len(trace["paths"]) > 1
    for one in trace["invocations"]:
        where = f"{one['path']}: " if many else ""
        lane = f" [{one['group']}]" if one["group"] else ""
        took = f", {one['took']:g} s" if one["took"] else ""
        batch = f"{where}invocation {one['number']}{lane}: {_named(one['record_ids'])}{took}"
        error = "" if not one["error"] or one["error"] in one["decision"] else f"{one['error']}; "
        yield one["at"], one["number"], f"{batch} → {error}{one['decision']}"
    for one in trace["dead_letters"]:
        expires = "" if one["expires_at"] is None else f"; it expires there at {moment(one['expires_at'])}"
        yield one["at"], _LETTER, f"{one['record_id']} is moved to the dead-letter queue{expires}"
    for one in trace["destinations"]:
        condition = one["document"]["requestContext"]["condition"]
        yield one["at"], _LETTER, f"{_named(one['record_ids'])} to the {one['kind']}: {condition}"
    for one in trace["records"]:
        if one["end"] in ("expired", "discarded", "filtered"):
            yield one["ended"], _ENDED, f"{one['id']} is {one['end']} ({one['step']})"
    for one in trace["alarms"]:
        yield one["at"], _ALARM, f"ALARM {one['name']} of {one['path']}"


def _named(names: list[str] | tuple[str, ...]) -> str:
    if len(names) <= _FEW:
        return ", ".join(names) or "no records"
    return f"{names[0]}, {names[1]} … {names[-1]} ({len(names)})"


def moment(at: float) -> str:
    """Seconds of the run; beyond a minute in words, too."""
    return f"{at:.3f}".rstrip("0").rstrip(".") + " s" if at < _IN_WORDS else f"{in_words(int(at))}"


def summary_lines(summary: dict[str, Any]) -> list[str]:
    """The figures in words."""
    ends = ", ".join(f"{count} {end}" for end, count in sorted(summary["ends"].items()))
    figures = (
        counted(summary["invocations"], "invocation", ""),
        counted(summary["errors"], "error", ""),
        counted(summary["throttles"], "throttle", ""),
        f"{summary['duplicates']} processed twice",
        f"at most {summary['most_concurrent']} at a time",
        f"over after {moment(summary['ended'])}",
    )
    lines = [f"{counted(summary['records'], 'record', '')}: {ends or 'none'}", ", ".join(figures)]
    if summary["lost"]:
        why = ", ".join(f"{count} {step}" for step, count in sorted(summary["lost_because"].items()))
        lines.append(f"LOST: {summary['lost']} ({why})")
    for step, count in sorted(summary["lost_by_choice"].items()):
        lines.append(f"  {count} of them by a step that is our choice, so AWS might keep them: {step}")
    return lines
