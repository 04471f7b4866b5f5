"""Text that is printed: what somebody else wrote, in a template or as the name of a file, is shown and does nothing.

A terminal obeys control characters, and a CI runner obeys lines such as ``::add-mask::…`` and ``##vso[…]``, whoever
printed them. So whatever is not printable is written as its escape, a line of somebody else's never begins a line, and
commands lose their first sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_OURS: Final = re.compile(r"\n(?=[ ]*[{}\[\]\"]|and this one )")
"""Line breaks of JSON that is laid out to be pasted into a policy, and of the words between two such policies."""

_FEW: Final = 20
_AT_THE_BEGINNING: Final = re.compile(r"^([ ]*):(?=:)", re.MULTILINE)
_ANYWHERE: Final = re.compile(r"##(?=\w*\[)")


def counted(number: float, word: str, form: str = ",") -> str:
    """How many there are of something: ``1 record``, ``2,000 records``.

    Args:
        number: how many.
        word: what one of it is called.
        form: how the number is written.
    """
    return f"{number:{form}} {word}{'' if number == 1 else 's'}"


def few(names: Sequence[str]) -> str:
    """Names to choose from, each on no more than a line; of many, the first ones and how many there are besides."""
    left = len(names) - _FEW
    shown = ", ".join(map(one_line, names[:_FEW]))
    return f"{shown} … and {left:,} more" if left > 0 else shown


def one_line(text: str) -> str:
    """The text with an escape for each character that is not printable, line breaks too."""
    return text if text.isprintable() else "".join(map(_shown, text))


def laid_out(text: str) -> str:
    """The same, but the JSON of a policy in it keeps the line breaks that it was laid out with."""
    return "\n".join(map(one_line, _OURS.split(text)))


def harmless(text: str) -> str:
    """A whole output of ours: its own line breaks stay, and no line is a command to a CI runner."""
    lines = "\n".join(map(one_line, text.split("\n")))
    return without_marks(_AT_THE_BEGINNING.sub(r"\1\\x3a", lines), r"#\x23")


def without_marks(text: str, instead: str = "&#35;#") -> str:
    """The text without the marks of commands that a CI runner obeys anywhere in a line.

    Args:
        text: the text.
        instead: the two number signs as the language of the text writes them; as XML does by default.
    """
    return _ANYWHERE.sub(lambda _: instead, text)


def _shown(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
