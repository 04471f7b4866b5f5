"""What the rules about execution roles read from plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cdk_esm.facts import Lack, Neighbour, NotApplicable
from cdk_esm.plan import Access, MappingPlan, Permission
from cdk_esm.plan.identity import as_pattern

KEYS: Final = (Neighbour.SOURCE_KEY, Neighbour.SECRET_KEY, Neighbour.DESTINATION_KEY)
"""Keys of neighbours."""
DESTINATION: Final = (Neighbour.DESTINATION, Neighbour.DESTINATION_OBJECTS, Neighbour.DESTINATION_TOPIC)
"""Where failed records go."""
_ANYTHING: Final = "*"
WORDS: Final[Mapping[Neighbour, str]] = {
    Neighbour.SOURCE: "the source",
    Neighbour.SOURCE_KEY: "the key of the source",
    Neighbour.CONSUMER: "the consumer",
    Neighbour.STREAMS_OF_TABLE: "the streams of the table",
    Neighbour.SECRET: "the secret",
    Neighbour.SECRET_KEY: "the key of the secret",
    Neighbour.NETWORK: "the network",
    Neighbour.TOPIC: "the topic",
    Neighbour.GROUP: "the consumer group",
    Neighbour.CONNECTION: "the VPC connection",
    Neighbour.REGISTRY: "the schema registry",
    Neighbour.SCHEMAS: "the schemas of the registry",
    Neighbour.PARAMETER_GROUPS: "the parameter groups",
    Neighbour.SUBNET_GROUPS: "the subnet groups",
    Neighbour.DESTINATION: "the on-failure destination",
    Neighbour.DESTINATION_OBJECTS: "the objects in the on-failure destination",
    Neighbour.DESTINATION_TOPIC: "the topic of the on-failure destination",
    Neighbour.DESTINATION_KEY: "the key of the on-failure destination",
}


def access_of(plan: MappingPlan) -> Access:
    """What the role of a mapping is granted.

    Raises:
        NotApplicable: nobody looked, because it is granted by the construct, or the user asked for no grants.
    """
    if plan.role.access is None or plan.role.declined:
        raise NotApplicable
    return plan.role.access


@dataclass(frozen=True)
class Missing:
    """Actions that surely no policy of the role allows on one neighbour.

    Args:
        permissions: one for each action.
    """

    permissions: tuple[Permission, ...]

    @property
    def actions(self) -> str:
        """The actions, as a message lists them."""
        return ", ".join(one.action for one in self.permissions)

    @property
    def place(self) -> str:
        """The neighbour, in words."""
        return place_of(self.permissions[0])

    @property
    def elsewhere(self) -> str:
        """Where the role is allowed them instead, as a message lists it; empty if it is nowhere."""
        return ", ".join(dict.fromkeys(place for one in self.permissions for place in one.elsewhere))

    def fix(self, allow: str) -> str:
        """What to do: allow it, or let go of the statement that denies it."""
        denied = [one.action for one in self.permissions if one.denied]
        return f"take {', '.join(denied)} out of the statement that denies it" if denied else allow


def place_of(permission: Permission) -> str:
    """The neighbour of a permission, in words."""
    words = WORDS[permission.on]
    named = as_pattern(permission.resource)
    return words if named == _ANYTHING else f"{words} {named}"


def missing(
    plan: MappingPlan, lack: Lack, *, on: tuple[Neighbour, ...] = (), but: tuple[Neighbour, ...] = ()
) -> Iterator[Missing]:
    """Yield what is missing with a certain consequence, for each neighbour.

    Args:
        plan: the mapping.
        lack: the consequence.
        on: only these neighbours; all of them by default.
        but: not these.
    """
    found: dict[tuple[Neighbour, str, bool, bool], list[Permission]] = {}
    for one in access_of(plan).permissions:
        if one.held is False and one.lack is lack and (not on or one.on in on) and one.on not in but:
            found.setdefault((one.on, one.resource, bool(one.elsewhere), one.denied), []).append(one)
    yield from (Missing(tuple(permissions)) for permissions in found.values())


def role_name(plan: MappingPlan) -> str:
    """The role, in words."""
    return "the execution role" if plan.role.identity is None else f"the execution role {plan.role.identity}"
