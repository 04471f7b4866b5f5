"""A baseline: what was there before, and does not count. It is written once, and read in each run."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cdk_esm.errors import TemplateError
from cdk_esm.judge.result import FORMAT_VERSION, Key, Result
from cdk_esm.template.cloudformation.files import load_file
from cdk_esm.template.cloudformation.stack import mapping_of

_FINDINGS: Final = "findings"
_UNJUDGED: Final = "unjudged"


@dataclass(frozen=True)
class Baseline:
    """What a baseline holds.

    Args:
        findings: the findings that do not count.
        unjudged: names to reasons of what may stay unjudged.
    """

    findings: tuple[Key, ...] = ()
    unjudged: Mapping[str, str] = field(default_factory=dict)


def read_baseline(file: str) -> Baseline:
    """Read what was there when a baseline was written.

    Raises:
        TemplateError: it cannot be read, or is no baseline.
    """
    document = mapping_of(load_file(Path(file)))
    if not _is_baseline(document):
        raise TemplateError(f"{file}: it is no baseline of version {FORMAT_VERSION}; write one with --write-baseline")
    findings = tuple(_key(mapping_of(entry)) for entry in document[_FINDINGS])
    entries = document.get(_UNJUDGED)
    unjudged = [mapping_of(entry) for entry in (entries if isinstance(entries, list) else ())]
    reasons = {str(one.get("path")): str(one.get("reason") or "").strip() for one in unjudged}
    return Baseline(findings, {path: reason for path, reason in reasons.items() if reason})


def write_baseline(file: str, result: Result) -> int:
    """Write what is found now and not acknowledged, and what was agreed to; return how many findings there are.

    The file is put in place as a whole, so that nobody reads half of it, and a full disk leaves the old one as it was.

    Raises:
        TemplateError: it cannot be written, or the file there is something else than a baseline.
    """
    keys = sorted({one.key for one in result.reported if one.finding.acknowledged is None})
    entries: list[Mapping[str, str]] = [{"rule": rule, "path": path, "setting": name} for rule, path, name in keys]
    document: dict[str, Any] = {"version": FORMAT_VERSION, _FINDINGS: entries}
    names = result.agreed.names(result.inputs.skipped)
    if names:
        document[_UNJUDGED] = [{"path": path, "reason": names[path]} for path in sorted(names)]
    _refuse_other_files(file)
    try:
        _put(Path(file), json.dumps(document, indent=2) + "\n")
    except (OSError, ValueError) as error:
        raise TemplateError(f"{file}: {getattr(error, 'strerror', None) or error}") from None
    return len(entries)


def _is_baseline(document: Mapping[str, Any]) -> bool:
    return document.get("version") == FORMAT_VERSION and isinstance(document.get(_FINDINGS), list)


def _key(entry: Mapping[str, Any]) -> Key:
    return str(entry.get("rule")), str(entry.get("path")), str(entry.get("setting"))


def _refuse_other_files(file: str) -> None:
    """Look at what would be written over: swapped arguments must not destroy a template.

    Raises:
        TemplateError: it is something else than a baseline.
    """
    path = Path(file)
    try:
        if not path.exists() or (path.is_file() and path.stat().st_size == 0):
            return
    except (OSError, ValueError) as error:
        raise TemplateError(f"{file}: {getattr(error, 'strerror', None) or error}") from None
    with suppress(TemplateError):
        if path.is_file() and _is_baseline(mapping_of(load_file(path))):
            return
    raise TemplateError(f"{file}: there is something else than a baseline, which --write-baseline does not write over")


def _put(path: Path, text: str) -> None:
    """Write a file beside its place, and then move it there; a link goes on leading to the file."""
    place = path.resolve()
    descriptor, beside = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
        _take_mode(place, beside)
        Path(beside).replace(place)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def _take_mode(place: Path, beside: str) -> None:
    """Give the new file the rights of the old one, or those that a new file gets, and not those of a private one."""
    umask = os.umask(0)
    os.umask(umask)
    mode = place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~umask
    Path(beside).chmod(mode)
