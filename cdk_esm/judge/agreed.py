"""What a user agrees to leave unjudged: by name, each with a reason, or all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cdk_esm.errors import TemplateError
from cdk_esm.template.unread import Skipped

ALL: Final = "all"


@dataclass(frozen=True)
class Agreed:
    """Names with reasons.

    Args:
        entries: texts such as ``NAME=REASON``; a name may hold an equals sign itself.
        known: names to reasons, as a baseline keeps them.
        everything: nothing has to be named.
    """

    entries: tuple[str, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    everything: bool = False

    def reason(self, one: Skipped) -> str | None:
        """Why something may stay unjudged; ``None`` if nobody agreed to it."""
        for entry in self.entries:
            if entry.startswith(f"{one.path}="):
                return entry.removeprefix(f"{one.path}=").strip()
        if one.path in self.known:
            return self.known[one.path]
        return "everything may stay unjudged" if self.everything else None

    def left(self, skipped: Iterable[Skipped]) -> list[Skipped]:
        """What nobody agreed to."""
        return [one for one in skipped if self.reason(one) is None]

    def names(self, skipped: Iterable[Skipped]) -> dict[str, str]:
        """Name to reason of what was agreed to one by one, as a baseline keeps it."""
        if self.everything:
            return {}
        return {one.path: reason for one in skipped if (reason := self.reason(one)) is not None}


def said_of(one: Skipped, agreed: Agreed) -> dict[str, Any]:
    """Something that was not judged in parts, ready for JSON."""
    return {
        "path": one.path,
        "reason": one.reason,
        "fix": one.fix,
        "template": one.template,
        "logical_id": one.logical_id,
        "agreed": agreed.reason(one),
    }


def agreed(given: Sequence[str] | None, known: Mapping[str, str] | None = None) -> Agreed:
    """Read what ``--allow-unjudged`` was given.

    Args:
        given: ``all``, or texts such as ``NAME=REASON``.
        known: names with reasons from a baseline.

    Raises:
        TemplateError: a name has no reason.
    """
    entries = [entry for entry in given or () if entry != ALL]
    for entry in entries:
        if not entry.partition("=")[2].strip():
            name = entry.partition("=")[0]
            raise TemplateError(f"--allow-unjudged {entry}: say why, as in --allow-unjudged '{name}=the reason'")
    return Agreed(tuple(entries), dict(known or {}), everything=ALL in (given or ()))
