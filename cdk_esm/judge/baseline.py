"""A baseline: what was there before, and does not count. It is written once, and read in each run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cdk_esm.errors import TemplateError
from cdk_esm.judge.files import write_over
from cdk_esm.judge.result import FORMAT_VERSION, Key, Result
from cdk_esm.template.cloudformation.files import load_file, named_path
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
    document = mapping_of(load_file(named_path(file)))
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
    text = json.dumps(document, indent=2) + "\n"
    write_over(file, text, is_own=_is_baseline, what="a baseline", option="--write-baseline")
    return len(entries)


def _is_baseline(document: Mapping[str, Any]) -> bool:
    return document.get("version") == FORMAT_VERSION and isinstance(document.get(_FINDINGS), list)


def _key(entry: Mapping[str, Any]) -> Key:
    return str(entry.get("rule")), str(entry.get("path")), str(entry.get("setting"))
