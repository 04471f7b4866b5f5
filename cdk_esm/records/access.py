"""What is known of the execution role, and of the key that encrypts filter patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cdk_esm.facts import UNKNOWN, Unknowable


@dataclass(frozen=True, kw_only=True)
class Access:
    """What a template grants to the execution role already.

    Args:
        granted: actions with the resources that they are allowed on, both with IAM's ``*`` and ``?`` in them, resources
            by the identities that plans use; ``UNKNOWN`` where a policy cannot be read.
        policies: logical ids of the policies beside the role that hold what the poller needs of its source.
        ordered_after: the mapping is made only after those policies; ``UNKNOWN`` where another stack holds one.
        managed: names of the managed policies that are attached.
    """

    granted: frozenset[tuple[str, str]] | Unknowable = UNKNOWN
    policies: tuple[str, ...] = ()
    ordered_after: bool | Unknowable = True
    managed: tuple[str, ...] = ()

    def allows(self, action: str, resource: str) -> bool | Unknowable:
        """Whether an action on a resource is allowed; ``UNKNOWN`` where a policy hides it.

        A template names its own resource by a reference, and a policy may mean it by a pattern of its ARN, which nobody
        can compare before the deployment: that is ``UNKNOWN`` too.
        """
        if isinstance(self.granted, Unknowable):
            return self.granted
        answer: bool | Unknowable = False
        for granted, on in self.granted:
            if not _matches(granted.lower(), action.lower()):
                continue
            if _matches(on, resource):
                return True
            if on.startswith("arn:") is not resource.startswith("arn:") or "${" in on + resource:
                answer = UNKNOWN
        return answer


@lru_cache(maxsize=4096)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile("".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in text), re.DOTALL)


def _matches(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern of IAM's."""
    if pattern in ("*", text):
        return True
    return ("*" in pattern or "?" in pattern) and _pattern(pattern).fullmatch(text) is not None


@dataclass(frozen=True, kw_only=True)
class Role:
    """What can be granted to the execution role.

    Args:
        identity: what makes it the same role in two plans; absent where there is none to be seen.
        takes_grants: a policy attached to it will take effect.
        declined: the user asked us to grant nothing.
        needs: the statements that the poller needs, as IAM JSON.
        access: what it is granted already; absent at the construct door, which grants what is missing.
    """

    identity: str | None = None
    takes_grants: bool | Unknowable = True
    declined: bool = False
    needs: tuple[Mapping[str, Any], ...] = ()
    access: Access | None = None


@dataclass(frozen=True, kw_only=True)
class FilterKey:
    """The key that encrypts the filter patterns.

    Args:
        identity: its ARN.
        takes_grants: a statement added to its policy will take effect.
        needs: the statement that its policy must hold, as IAM JSON.
    """

    identity: str
    takes_grants: bool | Unknowable = True
    needs: Mapping[str, Any] = field(default_factory=dict)
