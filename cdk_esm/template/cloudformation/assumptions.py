"""What is assumed if a condition is open: one way in which the template may be deployed, and the next ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias

When: TypeAlias = frozenset[tuple[str, str, bool]]
"""What holds there: a subject, such as a parameter, is a value (``True``) or is not (``False``)."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a condition asks and nobody can answer yet: is this subject that value?

    Args:
        subject: a parameter, or two values that only the deployment knows.
        literal: the value.
        allowed: the only values that the subject can have; empty if any is possible.
    """

    subject: str
    literal: str
    allowed: tuple[str, ...] = ()


class Assumptions:
    """What is assumed of each subject, consistent in itself."""

    def __init__(self, when: When = frozenset()) -> None:
        self.when = when
        self._is = {subject: literal for subject, literal, holds in when if holds}
        self._is_not: dict[str, set[str]] = {}
        for subject, literal, holds in when:
            if not holds:
                self._is_not.setdefault(subject, set()).add(literal)

    @property
    def subjects(self) -> frozenset[str]:
        """Everything of which something is assumed."""
        return frozenset(subject for subject, _, _ in self.when)

    def value_of(self, subject: str, allowed: Collection[str] = ()) -> str | None:
        """The value that the subject has; ``None`` if it is open."""
        if subject in self._is:
            return self._is[subject]
        left = [value for value in allowed if value not in self._is_not.get(subject, ())]
        return left[0] if len(left) == 1 else None

    def excludes(self, subject: str, literal: str) -> bool:
        """Whether the subject is assumed to be something else."""
        return literal in self._is_not.get(subject, ()) or self._is.get(subject, literal) != literal

    def branches(self, question: Question) -> Iterator[When]:
        """What can be assumed to answer a question: that it is so, and that it is not, as far as each is possible."""
        if not question.allowed or question.literal in question.allowed:
            yield self.when | {(question.subject, question.literal, True)}
        others = {value for value in question.allowed if not self.excludes(question.subject, value)}
        if not question.allowed or others - {question.literal}:
            yield self.when | {(question.subject, question.literal, False)}
