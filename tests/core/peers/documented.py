"""The tables of ``docs/guide/peers.md``: what is found in other people's templates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import cdk_esm as esm

ROOT: Final = Path(__file__).parents[3]
_ROW: Final = re.compile(r"\| `(?P<name>[^`]+)` \|(?P<found>[^|]*)\|(?P<why>[^|]*)\|")
_FINDING: Final = re.compile(r"(ESM\d{3})(?: \*\*(error|danger)\*\*)?")

Found = frozenset[tuple[str, str]]
"""Rule ids with their severities."""


def documented(peer: str) -> dict[str, Found]:
    """The findings of each template of a peer, by the template's name; each has its reason."""
    rows: dict[str, Found] = {}
    for row in _ROW.finditer((ROOT / "docs" / "guide" / "peers.md").read_text(encoding="utf-8")):
        family, _, name = row["name"].partition("/")
        found = frozenset((rule, severity or "advice") for rule, severity in _FINDING.findall(row["found"]))
        assert bool(row["why"].strip()) or not found, row["name"]
        if family == peer:
            rows[name] = found
    return rows


def found_in(plans: Iterable[esm.MappingPlan]) -> Found:
    """What the rules find."""
    return frozenset((one.rule.id, one.severity.value) for one in esm.check(plans))
