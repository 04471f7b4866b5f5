"""What was agreed to: the digest of each variant when it came, and since then each change with its CHANGELOG lines.

``accepted.json`` holds it. A digest is never written over: a change is a new entry at the end, and it names the lines
under *Template changes* of CHANGELOG.md that tell users of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

_SECTION: Final = re.compile(r"^### Template changes\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
_LINE: Final = re.compile(r"^- (.*?)(?=^- |\Z)", re.MULTILINE | re.DOTALL)
_NO_CHANGE: Final = "None"


class NotAccepted(Exception):  # noqa: N818 - it is no error of the program
    """A change that the CHANGELOG does not tell of, or the other way round."""


@dataclass(frozen=True)
class Change:
    """One change that was agreed to.

    Args:
        lines: the CHANGELOG's lines about it.
        templates: the variants that it changed, with their new digests; ``None`` where a variant left the corpus.
    """

    lines: tuple[str, ...]
    templates: Mapping[str, str | None]


@dataclass(frozen=True)
class Ledger:
    """Everything that was agreed to.

    Args:
        introduced: the digest of each variant when it came into the corpus.
        changes: what was changed since, in order.
    """

    introduced: Mapping[str, str]
    changes: tuple[Change, ...] = ()

    def accepted(self) -> dict[str, str]:
        """The digests as they should be today."""
        today: dict[str, str | None] = {**self.introduced}
        for change in self.changes:
            today |= change.templates
        return {name: digest for name, digest in today.items() if digest is not None}


def read(file: Path) -> Ledger:
    """Read the ledger."""
    kept = json.loads(file.read_text(encoding="utf-8"))
    return Ledger(kept["introduced"], tuple(Change(tuple(one["lines"]), one["templates"]) for one in kept["changes"]))


def write(file: Path, ledger: Ledger) -> None:
    """Write the ledger."""
    text = json.dumps(asdict(ledger), indent=2, sort_keys=True, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8", newline="\n")


def lines_of(changelog: str) -> list[str]:
    """The lines under *Template changes*, of every version, each without its breaks; "None" is no change."""
    found = (" ".join(one.split()) for section in _SECTION.findall(changelog) for one in _LINE.findall(section))
    return [one for one in found if not one.startswith(_NO_CHANGE)]


def faults(ledger: Ledger, today: Mapping[str, str], lines: list[str]) -> Iterator[str]:
    """Say where ledger, templates and CHANGELOG do not belong together."""
    named = [line for change in ledger.changes for line in change.lines]
    for change in ledger.changes:
        if not change.lines:
            yield f"no CHANGELOG line tells of the change of {', '.join(sorted(change.templates))}"
    yield from (f"this line is not under Template changes of CHANGELOG.md: {one}" for one in named if one not in lines)
    yield from (f"this line is named by two changes: {one}" for one in sorted({*named}) if named.count(one) > 1)
    yield from (f"this CHANGELOG line names no change of a template: {one}" for one in lines if one not in named)
    accepted = ledger.accepted()
    other = sorted(name for name in {*accepted, *today} if accepted.get(name) != today.get(name))
    if other:
        yield f"these templates are not as they were accepted: {', '.join(other)}"


def extended(ledger: Ledger, today: Mapping[str, str], lines: list[str]) -> Ledger:
    """Agree to today's templates: new variants come in, changed ones need a CHANGELOG line that names no change yet.

    A change whose line has left the CHANGELOG, because it was worded anew, is agreed to anew as well.

    Raises:
        NotAccepted: there is a change without a line, or a line without a change.
    """
    arrived = {name: digest for name, digest in today.items() if name not in ledger.introduced}
    standing = tuple(change for change in ledger.changes if set(change.lines) <= set(lines))
    ledger = Ledger({**ledger.introduced, **arrived}, standing)
    accepted = ledger.accepted()
    changed = {name: today.get(name) for name in ledger.introduced if accepted.get(name) != today.get(name)}
    named = {line for change in standing for line in change.lines}
    free = tuple(line for line in lines if line not in named)
    if changed and not free:
        where = 'under "### Template changes" of CHANGELOG.md'
        raise NotAccepted(f"write a line {where} first, about the change of {', '.join(sorted(changed))}")
    if free and not changed:
        raise NotAccepted("no variant shows what these CHANGELOG lines tell, so add one first:\n" + "\n".join(free))
    return replace(ledger, changes=(*standing, Change(free, changed))) if changed else ledger
