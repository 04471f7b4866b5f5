"""Words that the records of a plan say of themselves, for people who read a summary."""

from __future__ import annotations

from typing import Final

from cdk_esm.durations import in_words
from cdk_esm.facts import Unknowable

HIDDEN: Final = "hidden until the deployment"
"""What is said of a value that nobody can see yet."""


def shown(value: object) -> str:
    """A value as it is, a list by its members; of one that nobody can see yet, that it is so."""
    if isinstance(value, list | tuple):
        return " and ".join(map(shown, value))
    return HIDDEN if isinstance(value, Unknowable) else str(value)


def seconds_in_words(value: int | Unknowable) -> str:
    """A number of seconds in words, as far as somebody can see it."""
    return HIDDEN if isinstance(value, Unknowable) else in_words(value)


def made(*, existing: bool) -> str:
    """The article of a resource."""
    return "an existing" if existing else "a new"
