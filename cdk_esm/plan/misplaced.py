"""What a template writes where an ARN belongs, and what cannot be there."""

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
        service: the service whose ARN it is; absent for what is no ARN.
    """

    place: str
    written: str
    fault: str
    wanted: str
    fix: str
    service: str | None = None
