"""Execution roles: which policies they hold, and what those grant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cdk_esm.facts import UNKNOWN, SourceFacts, Unknowable
from cdk_esm.records import Access, Role
from cdk_esm.sources.managed_policies import MANAGED_POLICIES
from cdk_esm.template.arns import recognized
from cdk_esm.template.conditions import stands
from cdk_esm.template.order import waits_for
from cdk_esm.template.stack import Resource, Stack
from cdk_esm.template.values import Evaluated, Pointer, Text, identity, listed
from cdk_esm.template.world import World

ROLE_TYPE: Final = "AWS::IAM::Role"
_ATTACHED: Final = ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy")
_MOST_PAIRS: Final = 10_000
_MANAGED: Final = ":aws:policy/"


@dataclass(frozen=True, eq=False)
class Policy:
    """What one policy allows.

    Args:
        pairs: actions with the resources that they are allowed on, without a condition or with one.
        unconditional: those without one.
        resource: the policy's own resource; absent where it stands in the role itself.
    """

    pairs: frozenset[tuple[str, str]]
    unconditional: frozenset[tuple[str, str]] = frozenset()
    resource: Resource | None = None


@dataclass(eq=False)
class Grants:
    """What a role is granted.

    Args:
        identity: the role's.
        policies: what could be read.
        readable: nothing more can be there that nobody could read.
        managed: names of attached managed policies.
        own: the role stands in a template, so that a policy can be attached to it there.
    """

    identity: str | None
    policies: tuple[Policy, ...] = ()
    readable: bool = False
    managed: tuple[str, ...] = ()
    own: bool = False
    granted: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def unknown(cls, name: str | None = None) -> Grants:
        """A role that nobody can see into."""
        return cls(identity=name)

    def resources_of(self, action: str) -> frozenset[str]:
        """The resources that the role may certainly use an action on, where it is named in full."""
        return frozenset(
            on for policy in self.policies for name, on in policy.unconditional if name == action and on != "*"
        )

    def _candidates(self, resource: str) -> list[Policy]:
        """The policies that may say something about a resource."""
        return [*self._by_resource.get(resource, ()), *self._with_patterns]

    @cached_property
    def _by_resource(self) -> dict[str, list[Policy]]:
        found: dict[str, list[Policy]] = {}
        for policy in self.policies:
            for on in {on for _, on in policy.pairs}:
                found.setdefault(on, []).append(policy)
        return found

    @cached_property
    def _with_patterns(self) -> list[Policy]:
        return [policy for policy in self.policies if any("*" in on or "?" in on for _, on in policy.pairs)]

    def role(self, world: World, mapping: Resource, sheet: SourceFacts, source: str, *, declined: bool) -> Role:
        """The role as one mapping sees it."""
        if not self.own:
            return Role(identity=self.identity, takes_grants=UNKNOWN, declined=declined, access=Access())
        wanted = [action for grant in sheet.grants if grant.on == "source" for action in grant.actions]
        candidates = dict.fromkeys(self._candidates(source))
        holding = [policy for policy in candidates if _holds(policy, wanted, source)]
        beside = [policy.resource for policy in holding if policy.resource is not None]
        return Role(
            identity=self.identity,
            declined=declined,
            access=Access(
                granted=self.granted if self.readable else UNKNOWN,
                policies=tuple(one.logical_id for one in beside),
                ordered_after=_ordered(world, mapping, holding, wanted, source),
                managed=self.managed,
            ),
        )


def _holds(policy: Policy, actions: list[str], source: str) -> bool:
    access = Access(granted=policy.pairs)
    return any(access.allows(action, source) is True for action in actions)


def _ordered(
    world: World, mapping: Resource, holding: list[Policy], actions: list[str], source: str
) -> bool | Unknowable:
    """Whether each action that is granted at all is granted before the mapping is made."""
    before: dict[int, bool | Unknowable] = {}
    for place, policy in enumerate(holding):
        before[place] = True if policy.resource is None else waits_for(world, mapping, policy.resource)
    answer: bool | Unknowable = True
    for action in actions:
        grants = [Access(granted=policy.pairs).allows(action, source) is True for policy in holding]
        orders = [before[place] for place, grant in enumerate(grants) if grant]
        if not orders or True in orders:
            continue
        if UNKNOWN not in orders:
            return False
        answer = UNKNOWN
    return answer


def grants_of_role(world: World, value: Evaluated, stack: Stack) -> Grants:
    """What the role that a value names is granted."""
    value = recognized(world, value, stack)
    if not isinstance(value, Pointer) or value.resource.type != ROLE_TYPE:
        return Grants.unknown(value if isinstance(value, str) else None)
    role = value.resource
    return world.once(("grants", role), lambda: _own(world, role), Grants.unknown(role.identity))


def _own(world: World, role: Resource) -> Grants:
    policies: list[Policy] = []
    readable = True
    managed: list[str] = []
    inline = world.property(role, "Policies")
    for entry in listed(inline):
        document = entry.get("PolicyDocument") if isinstance(entry, dict) else None
        found = _read(world, document, role.stack, None)
        readable &= found is not None
        policies += [] if found is None else [found]
    for resource in _attached(world).get(role, ()):
        answer = stands(world, resource)
        if answer is False:
            continue
        found = _read(world, world.property(resource, "PolicyDocument"), resource.stack, resource)
        readable &= found is not None and answer is True
        policies += [] if found is None else [found]
    for arn in listed(world.property(role, "ManagedPolicyArns")):
        name = _managed_name(arn)
        own = isinstance(arn, Pointer) and arn.resource.type == "AWS::IAM::ManagedPolicy"
        if own:
            managed.append(arn.resource.logical_id)
            found = _read(world, world.property(arn.resource, "PolicyDocument"), arn.resource.stack, arn.resource)
            readable &= found is not None
            policies += [] if found is None else [found]
            continue
        known = MANAGED_POLICIES.get(name or "")
        managed.append(name or identity(arn) or "?")
        readable &= known is not None
        policies += [] if known is None else [Policy(frozenset((action, "*") for action in known))]
    granted = frozenset(pair for policy in policies for pair in policy.pairs)
    return Grants(role.identity, tuple(policies), readable, tuple(managed), own=True, granted=granted)


def _managed_name(arn: Evaluated) -> str | None:
    """The name of a policy that AWS manages, as its ARN ends; the partition may be a hole."""
    written = arn if isinstance(arn, str) else arn.parts[-1] if isinstance(arn, Text) else None
    if not isinstance(written, str) or _MANAGED not in written:
        return None
    return written.partition(_MANAGED)[2].rpartition("/")[2]


def _attached(world: World) -> dict[Resource, list[Resource]]:
    """Every policy that is a resource of its own, by the roles that it names."""

    def compute() -> dict[Resource, list[Resource]]:
        found: dict[Resource, list[Resource]] = {}
        for stack in world.neighbours.stacks:
            for resource in stack.resources.values():
                if resource.type not in _ATTACHED:
                    continue
                names = world.property(resource, "RoleName" if resource.type == "AWS::IAM::RolePolicy" else "Roles")
                for name in listed(names):
                    role = _role_by_name(world, name, stack)
                    if role is not None:
                        found.setdefault(role, []).append(resource)
        return found

    return world.once(("attached",), compute, {})


def _role_by_name(world: World, name: Evaluated, stack: Stack) -> Resource | None:
    if isinstance(name, Pointer):
        return name.resource if name.resource.type == ROLE_TYPE and name.attribute == "Ref" else None
    if not isinstance(name, str):
        return None
    found = recognized(world, f"arn:aws:iam:::role/{name}", stack)
    return found.resource if isinstance(found, Pointer) else None


def _read(world: World, document: Evaluated, stack: Stack, resource: Resource | None) -> Policy | None:
    """What a policy document allows; ``None`` where it cannot be read in full."""
    if not isinstance(document, dict):
        return None
    pairs: set[tuple[str, str]] = set()
    unconditional: set[tuple[str, str]] = set()
    for statement in listed(document.get("Statement")):
        if not isinstance(statement, dict):
            return None
        if statement.get("Effect") != "Allow":
            continue
        found = list(_pairs(world, statement, stack))
        if "NotAction" in statement or "NotResource" in statement or not found or len(pairs) > _MOST_PAIRS:
            return None
        pairs.update(found)
        unconditional.update(found if "Condition" not in statement else ())
    return Policy(frozenset(pairs), frozenset(unconditional), resource)


def _pairs(world: World, statement: dict[str, Evaluated], stack: Stack) -> Iterator[tuple[str, str]]:
    actions = [action for action in listed(statement.get("Action")) if isinstance(action, str)]
    resources = [identity(recognized(world, one, stack)) for one in listed(statement.get("Resource"))]
    if len(actions) * len(resources) > _MOST_PAIRS or len(actions) != len(listed(statement.get("Action"))):
        return
    yield from ((action, on) for action in actions for on in resources if on is not None)
