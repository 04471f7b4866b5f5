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
        shut_in: those of these ports on which they surely let no poller in.
        shut_out: those of these ports on which they surely let no poller out.
        lets_call_aws: they let it out to Lambda and AWS STS.
    """

    groups: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    lets_in: bool | Unknowable = UNKNOWN
    lets_out: bool | Unknowable = UNKNOWN
    lets_call_aws: bool | Unknowable = UNKNOWN
    shut_in: tuple[int, ...] = ()
    shut_out: tuple[int, ...] = ()

    def keeps_out(self, ports: tuple[int, ...]) -> bool:
        """Whether the groups surely let no poller in on some ports of the source."""
        return self.lets_in is False or (bool(ports) and set(ports) <= set(self.shut_in))

    def keeps_in(self, ports: tuple[int, ...]) -> bool:
        """Whether the groups surely let no poller out on some ports of the source."""
        return self.lets_out is False or (bool(ports) and set(ports) <= set(self.shut_out))


OUT_OF_SIGHT: Final = PollerNetwork()
"""A network of which nobody knows anything."""
