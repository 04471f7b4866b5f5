"""Changes that are meant: agreed to by kind, mapping and reason, on the command line or in a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from cdk_esm.diff.changes import ERROR, Change, plain
from cdk_esm.diff.kinds import KINDS
from cdk_esm.errors import TemplateError
from cdk_esm.judge.files import write_over
from cdk_esm.judge.result import FORMAT_VERSION
from cdk_esm.template.cloudformation.files import load_file, named_path
from cdk_esm.template.cloudformation.stack import mapping_of

_ENTRIES: Final = "accepted"
_FORM: Final = "--accept 'KIND:MAPPING=the reason'"


@dataclass(frozen=True)
class Accepted:
    """What was agreed to.

    Args:
        entries: texts such as ``KIND:MAPPING=REASON``, as the command line gives them; a name may hold an equals sign
            itself. They hold for every change of the kind there.
        known: what a change is, to the reason, as a file keeps it; that holds for the same values only, so that a
            later change of the same kind is told again.
    """

    entries: tuple[str, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)

    def reason(self, change: Change) -> str | None:
        """Why a change is meant; ``None`` if nobody agreed to it, or if AWS refuses it whatever anybody agrees to."""
        if change.severity is ERROR:
            return None
        beginning = f"{change.kind.name}:{change.place.path}="
        for entry in self.entries:
            if entry.startswith(beginning):
                return entry.removeprefix(beginning).strip()
        return self.known.get(_key(_parts(change))) if self.known else None


def accepted(given: Sequence[str] | None, known: Mapping[str, str] | None = None) -> Accepted:
    """Read what ``--accept`` was given.

    Args:
        given: texts such as ``KIND:MAPPING=REASON``.
        known: what a file keeps.

    Raises:
        TemplateError: there is no such kind, AWS refuses what is of it, or the mapping or the reason is missing.
    """
    for entry in given or ():
        name, _, rest = entry.partition(":")
        if name not in KINDS:
            close = get_close_matches(name, KINDS, n=1)
            hint = f"; did you mean {close[0]}?" if close else f"; write {_FORM}, with a kind that the output names"
            raise TemplateError(f"--accept {entry}: there is no such kind of change: {name}{hint}")
        if KINDS[name].severity is ERROR:
            raise TemplateError(f"--accept {entry}: AWS refuses {name}, whatever anybody agrees to")
        path, _, reason = rest.partition("=")
        if not (path.strip() and reason.strip()):
            raise TemplateError(f"--accept {entry}: say which mapping, and why, as in {_FORM}")
    return Accepted(tuple(given or ()), dict(known or {}))


def read_accepted(file: str, *, may_be_missing: bool = False) -> dict[str, str]:
    """Read what was agreed to before.

    Args:
        file: where it was written.
        may_be_missing: it is all right if the file is not there yet, or empty.

    Raises:
        TemplateError: it cannot be read, or is no file of accepted changes.
    """
    path = named_path(file)
    if may_be_missing and (not path.exists() or (path.is_file() and path.stat().st_size == 0)):
        return {}
    document = mapping_of(load_file(path))
    if not _is_own(document):
        raise TemplateError(
            f"{file}: it is no file of accepted changes of version {FORMAT_VERSION}; write one with --write-accepted"
        )
    entries = [dict(mapping_of(entry)) for entry in document[_ENTRIES]]
    reasons = [(entry, str(entry.pop("reason", None) or "").strip()) for entry in entries]
    return {_key(entry): reason for entry, reason in reasons if reason}


def write_accepted(file: str, changes: Iterable[Change], agreed: Accepted) -> int:
    """Write the changes that are there and agreed to, each with its reason; return how many there are.

    What was agreed to before and does not change any more is left out.

    Raises:
        TemplateError: it cannot be written, or the file there is something else than one of accepted changes.
    """
    found = [(_parts(one), reason) for one in changes if (reason := agreed.reason(one)) is not None]
    entries = [{**parts, "reason": reason} for parts, reason in sorted(found, key=lambda one: _key(one[0]))]
    text = json.dumps({"version": FORMAT_VERSION, _ENTRIES: entries}, indent=2) + "\n"
    write_over(file, text, is_own=_is_own, what="a file of accepted changes", option="--write-accepted")
    return len(entries)


def _is_own(document: Mapping[str, Any]) -> bool:
    return document.get("version") == FORMAT_VERSION and isinstance(document.get(_ENTRIES), list)


def _parts(change: Change) -> dict[str, Any]:
    """What makes it the same change in the next run."""
    return {
        "change": change.kind.name,
        "path": change.place.path,
        "setting": change.setting,
        "before": plain(change.before),
        "after": plain(change.after),
    }


def _key(parts: Mapping[str, Any]) -> str:
    return json.dumps(parts, sort_keys=True, default=str)
