"""How bad it is to break a rule, in one word: filters and rules say it alike."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How bad it is to break a rule.

    ``error``: AWS refuses it. ``danger``: it deploys, and then loses, duplicates, blocks or leaks data, and the user
    can change that on this mapping. ``advice``: weak, not proved, or nothing that the user can change here.
    """

    ERROR = "error"
    DANGER = "danger"
    ADVICE = "advice"
