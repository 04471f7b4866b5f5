"""What a check of a handler finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Something that a handler's answer would do to records.

    Args:
        kind: in one word: ``loses``, ``loops``, ``repeats``, ``drags-along`` or ``reorders``.
        batch: which batch showed it.
        what: what the handler did.
        consequence: what becomes of which records.
        fix: what to write instead.
    """

    kind: str
    batch: str
    what: str
    consequence: str
    fix: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.batch}: {self.what}, so {self.consequence}\n  fix: {self.fix}"
