"""What the rules about execution roles read from plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cdk_esm.facts import Lack, NotApplicable
from cdk_esm.plan import Access, MappingPlan, Permission

KEYS: Final = ("source-key", "secret-key", "destination-key")
"""Keys of neighbours."""
DESTINATION: Final = ("destination", "destination-objects")
"""Where failed records go."""
NETWORK: Final = "network"
_ANYTHING: Final = "*"
_ITS_OWN: Final = "its-own"  # how identities name what has a name only after the deployment
_WORDS: Final = {
    "source": "the source",
    "source-key": "the key of the source",
    "consumer": "the consumer",
    "every-stream-of-table": "the streams of the table",
    "secret": "the secret",
    "secret-key": "the key of the secret",
    "network": "the network",
    "kafka-topic": "the topic",
    "consumer-group": "the consumer group",
    "schema-registry": "the schema registry",
    "every-schema-of-registry": "the schemas of the registry",
    "every-cluster-parameter-group": "the parameter groups",
    "every-subnet-group": "the subnet groups",
    "destination": "the on-failure destination",
    "destination-objects": "the objects in the on-failure destination",
    "destination-key": "the key of the on-failure destination",
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
        """Where the role is allowed them instead, as a message lists it; empty where it is nowhere."""
        return ", ".join(dict.fromkeys(place for one in self.permissions for place in one.elsewhere))

    def fix(self, allow: str) -> str:
        """What to do: allow it, or let go of the statement that denies it."""
        denied = [one.action for one in self.permissions if one.denied]
        return f"take {', '.join(denied)} out of the statement that denies it" if denied else allow


def place_of(permission: Permission) -> str:
    """The neighbour of a permission, in words."""
    words = _WORDS.get(permission.on, permission.on)
    named = permission.resource.replace(_ITS_OWN, _ANYTHING)
    return words if named == _ANYTHING else f"{words} {named}"


def missing(plan: MappingPlan, lack: Lack, *, on: tuple[str, ...] = (), but: tuple[str, ...] = ()) -> Iterator[Missing]:
    """Yield what is missing with a certain consequence, for each neighbour.

    Args:
        plan: the mapping.
        lack: the consequence.
        on: only these neighbours, in the words of the fact sheets; all of them by default.
        but: not these.
    """
    found: dict[tuple[str, str, bool, bool], list[Permission]] = {}
    for one in access_of(plan).permissions:
        if one.held is False and one.lack is lack and (not on or one.on in on) and one.on not in but:
            found.setdefault((one.on, one.resource, bool(one.elsewhere), one.denied), []).append(one)
    yield from (Missing(tuple(permissions)) for permissions in found.values())


def role_name(plan: MappingPlan) -> str:
    """The role, in words."""
    return "the execution role" if plan.role.identity is None else f"the execution role {plan.role.identity}"
