"""Marked names: what a printed statement has in the place of the variables that only the user has, all spelt alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cdk_esm.adopt.python import Code, snake

MARK: Final = "YOUR_"
"""What every marked name begins with, and nothing else in a statement does."""


@dataclass(frozen=True)
class Marked:
    """A name in the place of which the user puts a variable.

    Args:
        name: the name, as the statements have it.
        kind: what belongs in its place, in a word, such as ``queue`` or ``reason``.
        what: what it is, in words.
        path: the construct path of the resource, or its template and logical id; absent if it is in no template.
        logical_id: the logical id of the resource.
        stack: the name of the stack that it is in.
        written: how it can be written, if the code has no variable for it.
    """

    name: str
    kind: str
    what: str
    path: str | None = None
    logical_id: str | None = None
    stack: str | None = None
    written: str | None = None


class MarkedNames:
    """The marked names of all statements: the same thing has the same name everywhere, and no two share one."""

    def __init__(self) -> None:
        self._by_subject: dict[tuple[str, str], Marked] = {}
        self._taken: set[str] = set()

    def __call__(self, subject: str, base: str, kind: str, what: str, **where: str | None) -> Code:
        """The name of something.

        Args:
            subject: what makes it the same thing in two statements.
            base: what the name is made of.
            kind: what belongs in its place, in a word.
            what: the same in words.
            **where: the further fields of ``Marked``.
        """
        known = self._by_subject.get((kind, subject))
        if known is None:
            known = Marked(self._free(MARK + snake(base)), kind, what, **where)
            self._by_subject[kind, subject] = known
        return Code(known.name)

    def _free(self, name: str) -> str:
        free, count = name, 1
        while free in self._taken:
            count += 1
            free = f"{name}_{count}"
        self._taken.add(free)
        return free

    def __iter__(self) -> Iterator[Marked]:
        return iter(self._by_subject.values())
