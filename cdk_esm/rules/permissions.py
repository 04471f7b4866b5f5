"""What the rules about execution roles read from plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cdk_esm.facts import Lack, Neighbour, NotApplicable
from cdk_esm.plan import Access, Barrier, BarrierKind, MappingPlan, Permission
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
_WHY: Final[Mapping[BarrierKind, str]] = {
    BarrierKind.POLICY: "{name} denies it, whatever else allows it",
    BarrierKind.BOUNDARY: "the permissions boundary {name} does not allow it, and so no policy of the role can",
    BarrierKind.KEY: "the policy of the key lets in neither the account nor the role, and so no policy of the role can",
    BarrierKind.OWNER: "the policy of {name}, in another account, does not let the role in",
}
_OPEN: Final[Mapping[BarrierKind, str]] = {
    BarrierKind.POLICY: "leave the role out of the statement of {name} that denies {actions}: add "
    '"Condition": {{"ArnNotEquals": {{"aws:PrincipalArn": "<ARN of the role>"}}}} to it',
    BarrierKind.BOUNDARY: "allow {actions} in {name} as well",
    BarrierKind.KEY: "let the account in by the policy of {name}: add "
    '{{"Effect": "Allow", "Principal": {{"AWS": "arn:aws:iam::<account>:root"}}, "Action": "kms:*", "Resource": "*"}}',
    BarrierKind.OWNER: "let the execution role in by the policy of {name}: add "
    '{{"Effect": "Allow", "Principal": {{"AWS": "<ARN of the role>"}}, "Action": [{quoted}], "Resource": "*"}}',
}


def access_of(plan: MappingPlan) -> Access:
    """What the role of a mapping is granted.

    Raises:
        NotApplicable: nobody looked, because it is granted by the construct.
    """
    if plan.role.access is None:
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

    @property
    def why(self) -> str:
        """What keeps the role out, as a message goes on with it; empty if nothing but a missing statement does."""
        barrier = self.permissions[0].barrier
        return "" if barrier is None else f" ({_WHY[barrier.kind].format(name=barrier.name)})"

    def fix(self, allow: str) -> str:
        """What to do: allow it, or open what keeps the role out."""
        barrier = self.permissions[0].barrier
        if barrier is not None:
            quoted = ", ".join(f'"{one.action}"' for one in self.permissions)
            return _OPEN[barrier.kind].format(name=barrier.name, actions=self.actions, quoted=quoted)
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
    yield from _grouped(
        one
        for one in access_of(plan).permissions
        if one.held is False and one.lack is lack and (not on or one.on in on) and one.on not in but
    )


def nowhere(plan: MappingPlan, lack: Lack) -> Iterator[Missing]:
    """Yield what no policy of the role allows, and only the policy of a neighbour out of sight could."""
    yield from _grouped(one for one in access_of(plan).permissions if one.nowhere and one.lack is lack)


def _grouped(permissions: Iterable[Permission]) -> Iterator[Missing]:
    """What is alike in one finding: the neighbour, and what keeps the role out there."""
    found: dict[tuple[Neighbour, str, bool, bool, Barrier | None], list[Permission]] = {}
    for one in permissions:
        key = (one.on, one.resource, bool(one.elsewhere), one.denied, one.barrier)
        found.setdefault(key, []).append(one)
    yield from (Missing(tuple(alike)) for alike in found.values())


def role_name(plan: MappingPlan) -> str:
    """The role, in words."""
    return "the execution role" if plan.role.identity is None else f"the execution role {plan.role.identity}"


def role_arn(plan: MappingPlan) -> str:
    """The execution role as a policy of another account names it; a role of a template has no ARN there."""
    identity = plan.role.identity or ""
    return identity if identity.startswith("arn:") else "<ARN of the function's execution role>"
