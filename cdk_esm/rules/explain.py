"""What a rule's docstring says, in parts: the documentation, the command line and the tests read it through this."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import ModuleType
from typing import Final

_SECTION: Final = re.compile(r"^(Bad|Good|Template|Python):\n((?:[ ]{4}.*\n|\n)+)", re.MULTILINE)
_NONE: Final = "none: "
_MARKS: Final = {"- ": "bad", "+ ": "good"}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a user writes, twice: so that a rule speaks, and so that it stays silent.

    Args:
        bad: the code in which the rule fires; empty if there is none.
        good: the code in which it stays silent, likewise.
        none: why there is no such code; empty if there is.
    """

    bad: str = ""
    good: str = ""
    none: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleText:
    """A rule's docstring.

    Args:
        summary: what is wrong, or what must hold, in a sentence.
        why: what happens when the rule is broken.
        bad: a plan in which it fires, as a doctest.
        good: a plan in which it stays silent, likewise.
        template: both as the YAML of a CloudFormation template.
        python: both as Python with CDK.
    """

    summary: str
    why: str
    bad: str
    good: str
    template: Shown
    python: Shown


def rule_text(module: ModuleType) -> RuleText:
    """Read the docstring of a rule's module; a part that is missing is empty."""
    text = (module.__doc__ or "").strip() + "\n"
    sections = {
        heading: "\n".join(line[4:] for line in body.strip("\n").splitlines())
        for heading, body in _SECTION.findall(text)
    }
    summary, _, why = _SECTION.sub("", text).partition("\n\n")
    return RuleText(
        summary=summary.strip(),
        why=why.strip(),
        bad=sections.get("Bad", ""),
        good=sections.get("Good", ""),
        template=both_sides(sections.get("Template", "")),
        python=both_sides(sections.get("Python", "")),
    )


def both_sides(marked: str) -> Shown:
    """Take code apart whose lines begin with ``-`` if they are bad, with ``+`` if they are good, or with two spaces.

    Args:
        marked: the code, or ``none:`` and the reason why there is none.
    """
    if marked.startswith(_NONE):
        return Shown(none=" ".join(marked.removeprefix(_NONE).split()))
    sides: dict[str, list[str]] = {"bad": [], "good": []}
    for line in marked.splitlines():
        for name in [_MARKS[line[:2]]] if line[:2] in _MARKS else sides:
            sides[name].append(line[2:])
    return Shown(**{name: "\n".join(lines) for name, lines in sides.items()})
