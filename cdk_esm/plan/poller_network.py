"""What is known of the network that a poller enters to read its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cdk_esm.facts import UNKNOWN, Unknowable


@dataclass(frozen=True, kw_only=True)
class PollerNetwork:
    """What the security groups of a poller let through.

    Args:
        groups: what the groups are called; empty if they are in no template.
        ports: the ports of which the source uses one.
        lets_in: one of the groups lets the poller in on one of these ports.
        lets_out: they let it out on one of these ports.
        lets_call_aws: they let it out to Lambda and AWS STS.
    """

    groups: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    lets_in: bool | Unknowable = UNKNOWN
    lets_out: bool | Unknowable = UNKNOWN
    lets_call_aws: bool | Unknowable = UNKNOWN


OUT_OF_SIGHT: Final = PollerNetwork()
"""A network of which nobody knows anything."""
