"""What a template writes where something else belongs: no ARN, a key that nobody knows, or a gap in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Misplaced:
    """A value that is no ARN, or the ARN of something that its place does not take.

    Args:
        place: where it is written, such as ``RedrivePolicy.deadLetterTargetArn``.
        written: the value, as a template names it.
        fault: what is wrong with it, in words that follow ``written``.
        wanted: what belongs there, in words.
        fix: the change to make.
        service: the service whose ARN it is; absent if it is not an ARN.
    """

    place: str
    written: str
    fault: str
    wanted: str
    fix: str
    service: str | None = None


@dataclass(frozen=True, kw_only=True)
class Misspelt:
    """A key that the service does not know, and very nearly one that it does.

    Args:
        place: the record that it is in, such as ``Queue.RedrivePolicy``.
        key: the key, as it is written.
        right: the key that is meant.
    """

    place: str
    key: str
    right: str


@dataclass(frozen=True)
class Gap:
    """A part of a text that only the deployment knows.

    Args:
        name: the same name is the same part.
    """

    name: str
