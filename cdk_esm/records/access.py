"""What is known of the execution role, and of the key that encrypts filter patterns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cdk_esm.facts import Unknowable


@dataclass(frozen=True, kw_only=True)
class Role:
    """What can be granted to the execution role.

    Args:
        identity: what makes it the same role in two plans; absent where there is none to be seen.
        takes_grants: a policy attached to it will take effect.
        declined: the user asked us to grant nothing.
        needs: the statements that the poller needs, as IAM JSON.
    """

    identity: str | None = None
    takes_grants: bool | Unknowable = True
    declined: bool = False
    needs: tuple[Mapping[str, Any], ...] = ()


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
