"""Words that the records of a plan say of themselves, for people who read a summary."""

from __future__ import annotations

from typing import Final

from cdk_esm.durations import in_words
from cdk_esm.facts import UNRESOLVED, Unknowable

HIDDEN: Final = "hidden until the deployment"
"""What is said of a value that nobody can see yet."""
NOT_HERE: Final = "not visible here"
"""What is said of a value that no deployment shows: an ARN, an import or a construct of somebody else hides it."""

A_TIME: Final = "a time that is"
"""What is before the reason where a sentence wants a time."""


def hidden(value: Unknowable) -> str:
    """Why a value is not shown."""
    return HIDDEN if value is UNRESOLVED else NOT_HERE


def shown(value: object) -> str:
    """A value as it is, a list by its members; of one that nobody can see, why."""
    if isinstance(value, list | tuple):
        return " and ".join(map(shown, value))
    return hidden(value) if isinstance(value, Unknowable) else str(value)


def seconds_in_words(value: int | Unknowable, of: str = "") -> str:
    """A number of seconds in words, as far as somebody can see it.

    Args:
        value: the number.
        of: what is before the reason if nobody can, as in ``a time that is``.
    """
    return f"{of} {hidden(value)}".strip() if isinstance(value, Unknowable) else in_words(value)


def made(*, existing: bool) -> str:
    """The article of a resource."""
    return "an existing" if existing else "a new"
