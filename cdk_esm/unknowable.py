"""Why a value cannot be judged before the deployment, and how a rule keeps silent then instead of guessing."""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeAlias, TypeVar

T = TypeVar("T")


class Unknowable(Enum):
    """Why a value cannot be judged before the deployment."""

    UNRESOLVED = "unresolved"
    """A deploy-time token: CloudFormation fills it in."""

    UNKNOWN = "unknown"
    """An imported resource, or somebody else's construct, hides it."""

    def __repr__(self) -> str:
        return self.name


UNRESOLVED: Final = Unknowable.UNRESOLVED
UNKNOWN: Final = Unknowable.UNKNOWN

Value: TypeAlias = T | Unknowable | None
"""One of four things: absent (``None``), known, ``UNRESOLVED`` or ``UNKNOWN``."""


class NotApplicable(Exception):  # noqa: N818 - an answer of a rule, not an error
    """Raised by ``known`` so that a rule stays silent if it would have to guess."""


def known(value: T | Unknowable) -> T:
    """Return a value that can be judged, or end the rule that asked for it.

    The type checker insists on this call wherever a rule compares a value that may be unknowable,
    so no rule can guess by accident.

    Raises:
        NotApplicable: the value is ``UNRESOLVED`` or ``UNKNOWN``; the rule engine takes this for silence.
    """
    if isinstance(value, Unknowable):
        raise NotApplicable
    return value
