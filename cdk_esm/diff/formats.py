"""The result of a comparison as text and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Final

from cdk_esm.diff.changes import Change, Place
from cdk_esm.diff.markdown import as_markdown
from cdk_esm.diff.result import Difference
from cdk_esm.judge.json_text import json_text
from cdk_esm.judge.result import GRAVEST_FIRST
from cdk_esm.judge.text import not_judged
from cdk_esm.printed import one_line

_INDENT: Final = " " * 10


def as_text(difference: Difference) -> str:
    """What changes, mapping by mapping, and a summary line at the end."""
    groups = groupby(difference.changes, key=lambda change: change.place)
    blocks = ["\n".join(_block(place, list(changes), difference)) for place, changes in groups]
    skipped = [one_line(f"{not_judged(one)} ({side} side)") for side, one in difference.unjudged]
    return "\n\n".join([*blocks, *(["\n".join(skipped)] if skipped else []), summary_line(difference)])


def _block(place: Place, changes: list[Change], difference: Difference) -> Iterator[str]:
    yield one_line(f"{place.path}  ({place.template}, {place.logical_id})")
    for change in changes:
        yield f"  {change.severity!s:<8}{change.kind.name}"
        yield one_line(f"{_INDENT}{change.message}")
        reason = difference.accepted.reason(change)
        if reason is not None:
            yield one_line(f"{_INDENT}accepted: {reason}")
        yield f"{_INDENT}why: {change.kind.why}"
        if change.evidence is not None:
            yield one_line(f"{_INDENT}evidence: {change.evidence}")
        yield one_line(f"{_INDENT}fix: {change.fix}")
        yield f"{_INDENT}see: {change.kind.page}"


def summary_line(difference: Difference) -> str:
    """How much was compared, and what changes, in one line."""
    summary = difference.summary()
    counts = [_count(summary[str(severity)], str(severity)) for severity in GRAVEST_FIRST if summary[str(severity)]]
    accepted = [f"{summary['accepted']} accepted"] * bool(summary["accepted"])
    looked_at = f"{_count(difference.before, 'mapping')} before, {difference.after} after"
    if difference.first:
        looked_at = f"nothing is deployed yet: all of {_count(difference.after, 'mapping')} is new"
    if difference.live is not None:
        looked_at += f", {difference.live} live"
    open_ = len(difference.unjudged)
    agreed = len(difference.skipped) - open_
    unjudged = [f"{open_} not judged"] * bool(open_) + [f"{agreed} not judged, as agreed"] * bool(agreed)
    found = [", ".join(counts)] * bool(counts) + accepted + unjudged
    return f"{looked_at}: {'; '.join(found) or 'no change to look at'}"


def _count(number: int, word: str) -> str:
    plural = "" if number == 1 or word in ("danger", "advice") else "s"
    return f"{number} {word}{plural}"


def as_json(difference: Difference) -> str:
    """Every change in parts."""
    return json_text(difference.to_dict(), indent=2)


FORMATS: Final[Mapping[str, Callable[[Difference], str]]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}
"""The names that ``--format`` takes."""
