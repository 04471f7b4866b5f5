"""What the construct door notes in a plan: keywords that could not be taken, and the state of the alarms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Door(StrEnum):
    """The way by which a mapping came in, and so the words in which messages name its settings and what to do."""

    CONSTRUCT = "construct"
    """As keywords of a construct: messages speak Python, and name keywords."""

    TEMPLATE = "template"
    """In a template: messages speak CloudFormation, and name properties."""


@dataclass(frozen=True, kw_only=True)
class Malformed:
    """A keyword that could not be taken as it came; its setting counts as ``UNKNOWN``.

    Args:
        problem: ``type``, ``unknown-keyword``, ``missing-keyword``, ``keyword-twice``, ``declined-keyword``,
            ``keyword-too-new``, or ``reason`` for a choice without one.
        keyword: as the user wrote it.
        got: what came, in words.
        accepted: what is taken, in words.
        fix: the change to make.
        page: where that keyword is documented; empty for the page of the rule.
    """

    problem: str
    keyword: str
    got: str
    accepted: str
    fix: str
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class AlarmState:
    """What the whole-app check wants to know of a mapping's alarms.

    Args:
        stack: the stack that they are in.
        without_action: one that tells nobody; absent if each has an action, or if there is none at all.
    """

    stack: str
    without_action: str | None = None
