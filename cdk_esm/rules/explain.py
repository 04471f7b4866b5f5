"""What a rule's docstring says, in parts: the documentation, the command line and the tests read it through this."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent
from types import ModuleType

_SECTION = re.compile(r"^(Bad|Good):\n((?:[ ]{4}.*\n|\n)+)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class RuleText:
    """A rule's docstring.

    Args:
        summary: what is wrong, or what must hold, in a sentence.
        why: what happens when the rule is broken.
        bad: an example in which it fires, as a doctest.
        good: an example in which it stays silent, likewise.
    """

    summary: str
    why: str
    bad: str
    good: str


def rule_text(module: ModuleType) -> RuleText:
    """Read the docstring of a rule's module; a part that is missing is empty."""
    text = (module.__doc__ or "").strip() + "\n"
    sections = {heading: dedent(body).strip() for heading, body in _SECTION.findall(text)}
    summary, _, why = _SECTION.sub("", text).partition("\n\n")
    return RuleText(
        summary=summary.strip(),
        why=why.strip(),
        bad=sections.get("Bad", ""),
        good=sections.get("Good", ""),
    )
