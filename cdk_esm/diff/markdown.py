"""The result of a comparison as a comment for a pull request: a short table, and why each kind of change matters.

Names in a template are somebody else's: whatever is in them is shown, and does nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cdk_esm.diff.changes import Change
from cdk_esm.diff.result import Difference
from cdk_esm.judge.result import GRAVEST_FIRST

MARKER: Final = "<!-- cdk-esm diff -->"
"""The first line, by which a pipeline finds its comment again."""

_LONGEST_TABLE: Final = 26_000
"""Characters of all rows: with the reasons below them the comment stays within what GitHub takes."""

_LONGEST_FIXES: Final = 8_000
"""Characters of the fixes that name something of the templates."""

_LONGEST_CELL: Final = 400
_LONGEST_FIX: Final = 800
_MOST_UNJUDGED: Final = 10
_HARMLESS: Final = re.compile(r"[^A-Za-z0-9 .,:;'()/=+{}\"…-]")
_LINKED: Final = re.compile(r"(?i)://|www\.|\bgh-")


def as_markdown(difference: Difference) -> str:
    """A comment of bounded length, for GitHub takes 65,536 characters."""
    summary = difference.summary()
    numbers = [(summary[word], word) for word in (*map(str, GRAVEST_FIRST), "accepted")]
    numbers.append((len(difference.unjudged), "not judged"))
    title = ", ".join(f"{count} {word}" for count, word in numbers if count) or "no change to look at"
    lines = [MARKER, f"### Event source mappings: {title}", ""]
    live = "" if difference.live is None else f", {difference.live} live"
    lines.append(f"{difference.before} before, {difference.after} after{live}.")
    lines += _not_judged(difference)
    if difference.changes:
        lines += ["", *_table(difference), "", *_reasons(difference.changes)]
    return "\n".join(lines)


def _not_judged(difference: Difference) -> Iterator[str]:
    """What was not compared, as far as there is room."""
    unjudged = difference.unjudged
    if unjudged:
        yield ""
    for side, one in unjudged[:_MOST_UNJUDGED]:
        why = _shown(f"{one.reason}; {one.fix}")
        yield f"- not judged ({side} side): <code>{_shown(one.path)}</code>, because {why}"
    if len(unjudged) > _MOST_UNJUDGED:
        yield f"- and {len(unjudged) - _MOST_UNJUDGED} more"


def _table(difference: Difference) -> Iterator[str]:
    yield "| | where | change |"
    yield "| --- | --- | --- |"
    reasons = {id(change): difference.accepted.reason(change) for change in difference.changes}
    gravest = sorted(
        difference.changes,
        key=lambda change: (reasons[id(change)] is not None, GRAVEST_FIRST.index(change.severity)),
    )
    room = _LONGEST_TABLE
    for shown, change in enumerate(gravest):
        reason = reasons[id(change)]
        said = "" if change.evidence in (None, change.kind.evidence) else f"; evidence: {_shown(change.evidence)}"
        said += "" if reason is None else f"; accepted: {_shown(reason)}"
        mark = f"**{change.severity}**" if reason is None else f"{change.severity}, accepted"
        row = f"| {mark} | <code>{_shown(change.place.path)}</code> | {_shown(change.message)}{said} |"
        room -= len(row)
        if room < 0:
            yield f"| | | and {len(gravest) - shown} more |"
            return
        yield row


def _reasons(changes: tuple[Change, ...]) -> Iterator[str]:
    room = _LONGEST_FIXES
    yield "<details><summary>What these changes do on deployment, and what to do</summary>"
    yield ""
    for kind in dict.fromkeys(change.kind for change in changes):
        evidence = "" if kind.evidence is None else f" Evidence: {kind.evidence}."
        yield f"- **{kind.name}**: {kind.why}{evidence} What to do: {kind.fix}. [Read more]({kind.page})"
        for change in changes:
            if change.kind is kind and change.fix != kind.fix:
                line = f"  - <code>{_shown(change.place.path)}</code>: {_shown(change.fix, _LONGEST_FIX)}"
                room -= len(line)
                if room >= 0:
                    yield line
    yield ""
    yield "</details>"


def _shown(text: str, longest: int = _LONGEST_CELL) -> str:
    """A text that no name in it can turn into markup, a link, a mention or a further line."""
    flat = " ".join(text.split())
    cut = flat if len(flat) <= longest else f"{flat[:longest]}…"
    quiet = _HARMLESS.sub(lambda found: _entity(found[0]), cut)
    return _LINKED.sub(lambda found: found[0][:-1] + _entity(found[0][-1]), quiet)


def _entity(sign: str) -> str:
    """A sign by its number. GitHub takes ``@`` and ``#`` for references even so, unless an empty space follows."""
    if not sign.isprintable():
        return "&#65533;"
    return f"&#{ord(sign)};" + ("&#8203;" if sign in "@#" else "")
