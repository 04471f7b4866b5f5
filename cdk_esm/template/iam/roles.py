"""Execution roles: which policies they hold, and what those allow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import InlinePolicies
from cdk_esm.sources.managed_policies import MANAGED_POLICIES
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.arns import recognized
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, Text, listed
from cdk_esm.template.iam.attached import attached_to, others_may_attach
from cdk_esm.template.iam.policies import ANYWHERE, Allowed, Policy, Scope, Statement, allowed, matches, read_policy
from cdk_esm.template.iam.sizes import inline_policies, inline_policies_by_name

_MANAGED: Final = ":aws:policy/"
_MOST_COMPARED: Final = 500
"""Places with something open in them that one action is compared with; beyond that it stays open."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """What an action is needed on.

    Args:
        scopes: the ways in which a policy may name it; none for what nobody here can name.
        below: what begins so may mean it too.
        only_the_role: nothing but the policies of the role is asked whether it allows the action there.
    """

    scopes: tuple[Scope, ...]
    below: str | None = None
    only_the_role: bool = False

    @property
    def text(self) -> str:
        """What the target is called in a plan."""
        return self.scopes[0].text if self.scopes else ANYWHERE

    @property
    def owners(self) -> frozenset[Resource]:
        """The resources of a template that it is, or belongs to."""
        return frozenset(scope.resource for scope in self.scopes if scope.resource is not None)

    def is_meant_by(self, scope: Scope, service: str) -> bool | Unknowable:
        """Whether a place in a policy covers it; ``UNKNOWN`` if only the deployment can tell."""
        if any(matches(scope.text, own.text) for own in self.scopes):
            return True
        if scope.misnamed is not None or not may_be_of(service, scope.service):
            return False
        if scope.resource is not None and self.owners:
            may_be_below = self.below is not None and scope.text.startswith(self.below)
            open_here = not scope.certain or may_be_below
            return UNKNOWN if open_here and scope.resource in self.owners else False
        literal = scope.resource is None and scope.certain and not self.owners
        return False if literal and all(own.certain for own in self.scopes) else UNKNOWN


EVERYWHERE: Final = Target(scopes=(), only_the_role=True)
"""Nothing in particular: an action that AWS cannot scope."""

SOMEWHERE: Final = Target(scopes=(), only_the_role=True)
"""Something that is there and has no name here: only an action that is allowed nowhere is missing for certain."""


def may_be_of(service: str, named: str | None) -> bool:
    """Whether what an ARN names as its service, if it names one, may be a service."""
    return named is None or matches(named, service)


class _Places:
    """Where one action, as it is written, is allowed."""

    def __init__(self) -> None:
        self.all: list[Allowed] = []
        self.everywhere: list[Allowed] = []
        self.literal_services: set[str | None] = set()
        self.by_text: dict[str, list[Allowed]] = {}
        self.by_resource: dict[Resource, list[Allowed]] = {}
        self.open: list[Allowed] = []

    def add(self, one: Allowed) -> None:
        scope = one.scope
        self.all.append(one)
        if scope.alias:
            return  # it allows nothing on the key
        self.everywhere += [one] if scope.text == ANYWHERE else []
        if scope.resource is not None:
            self.by_resource.setdefault(scope.resource, []).append(one)
        elif scope.is_pattern or not scope.certain:
            self.open.append(one)
        else:
            self.by_text.setdefault(scope.text, []).append(one)
            self.literal_services.add(scope.service)

    @property
    def by_alias_alone(self) -> bool:
        """Whether it is allowed on aliases of keys alone, and so on nothing."""
        return all(one.scope.alias for one in self.all)

    def candidates(self, target: Target) -> list[Allowed]:
        """Those that may mean the target; beside them only what is surely something else."""
        found = list(self.open)
        for scope in target.scopes:
            found += self.by_text.get(scope.text, ())
        for owner in target.owners:
            found += self.by_resource.get(owner, ())
        return found

    def leaves_open(self, target: Target, service: str) -> bool:
        """Whether a literal ARN here means something of a template, or the other way round."""
        if not target.owners and (self.by_resource or all(scope.certain for scope in target.scopes)):
            return bool(self.by_resource)
        return any(may_be_of(service, one) for one in self.literal_services)


@dataclass(eq=False)
class Grants:
    """What a role is granted.

    Args:
        identity: the role's.
        role: its resource; absent if it is in no template.
        policies: those that could be read.
        readable: nothing more can be there that nobody could read.
        managed: names of attached policies that AWS manages.
        inline: how long its inline policies are; absent if none are known.
        boundary: what its permissions boundary allows; absent if it has none.
    """

    identity: str | None
    role: Resource | None = None
    policies: tuple[Policy, ...] = ()
    readable: bool = False
    managed: tuple[str, ...] = ()
    inline: InlinePolicies | None = None
    boundary: Grants | None = None

    def resources_of(self, action: str) -> frozenset[str]:
        """The resources that the role may certainly use an action on, if it is named in full."""
        places = self._by_action.get(action.lower())
        return frozenset(
            one.scope.text
            for one in (places.all if places is not None else ())
            if one.scope.text != ANYWHERE and one.statement.conditions == frozenset()
        )

    def resources_allowed(self, beginnings: tuple[str, ...]) -> frozenset[Resource]:
        """The resources of a template on which an action is allowed that begins so, as it is written."""
        return frozenset(
            one.scope.resource
            for action, places in self._by_action.items()
            if action.startswith(beginnings)
            for one in places.all
            if one.scope.resource is not None
        )

    def places_of(self, action: str) -> list[Allowed]:
        """Where an action is allowed by name, or by a pattern of its service; never what allows all of AWS."""
        return [one for places in self._places(action) for one in places.all if ANYWHERE not in one.statement.actions]

    def allowing(self, action: str, target: Target) -> tuple[list[Allowed], bool]:
        """What allows an action on a target, and whether more may do so that cannot be compared before deployment."""
        service = action.partition(":")[0].partition("-")[0]
        sure: list[Allowed] = []
        more = False
        for places in self._places(action):
            if not target.scopes:
                sure += places.everywhere
                more |= not places.by_alias_alone
                continue
            candidates = places.candidates(target)
            more |= places.leaves_open(target, service) or len(candidates) > _MOST_COMPARED
            for one in candidates[:_MOST_COMPARED]:
                answer = target.is_meant_by(one.scope, service)
                sure += [one] if answer is True else []
                more |= answer is UNKNOWN
        return sure, more

    def denies(self, action: str, target: Target) -> bool:
        """Whether an action on a target is surely denied, which no other policy can make good."""
        service = action.partition(":")[0].partition("-")[0]
        return any(
            scope.text == ANYWHERE or target.is_meant_by(scope, service) is True
            for policy in self.policies
            for statement in policy.denials
            if any(matches(one, action.lower()) for one in statement.actions)
            for scope in statement.scopes
        )

    def by_alias_alone(self, action: str) -> bool:
        """Whether an action is allowed, and on aliases of keys alone."""
        places = self._places(action)
        return bool(places) and all(one.by_alias_alone for one in places)

    def elsewhere(self, action: str) -> tuple[str, ...]:
        """Some of the places where the role is allowed an action."""
        texts = (one.scope.shown for places in self._places(action) for one in places.all[:3])
        return tuple(dict.fromkeys(texts))[:3]

    def _places(self, action: str) -> list[_Places]:
        return [places for pattern, places in self._by_action.items() if matches(pattern, action.lower())]

    @cached_property
    def _by_action(self) -> dict[str, _Places]:
        found: dict[str, _Places] = {}
        for action, one in allowed(self.policies):
            found.setdefault(action, _Places()).add(one)
        return found


def grants_of_role(evaluator: Evaluator, value: Evaluated, stack: Stack) -> Grants:
    """What the role that a value names is granted."""
    value = recognized(evaluator, value, stack)
    if not isinstance(value, Pointer) or value.resource.kind is not Kind.ROLE:
        inline = inline_policies_by_name(evaluator, value, stack)
        return Grants(value if isinstance(value, str) else None, inline=inline)
    return evaluator.once(_own, value.resource)


def _own(evaluator: Evaluator, role: Resource) -> Grants:
    policies: list[Policy] = []
    readable = not others_may_attach(evaluator, role)
    managed: list[str] = []
    for entry in listed(evaluator.property(role, "Policies")):
        document = entry.get("PolicyDocument") if isinstance(entry, dict) else None
        policies.append(read_policy(evaluator, document, role.stack))
    for resource in attached_to(evaluator, role):
        answer = stands(evaluator, resource)
        if answer is not False:
            beside = _beside(evaluator, resource)
            policies.append(beside if answer is True else replace(beside, denials=()))
            readable &= answer is True
    for arn in listed(evaluator.property(role, "ManagedPolicyArns")):
        if isinstance(arn, Pointer) and arn.resource.kind is Kind.MANAGED_POLICY:
            policies.append(_beside(evaluator, arn.resource))
            continue
        name = _managed_name(arn)
        known = MANAGED_POLICIES.get(name or "")
        readable &= known is not None
        managed += [] if name is None else [name]
        policies += [] if known is None else [_managed(known)]
    readable &= all(policy.readable for policy in policies)
    inline = inline_policies(evaluator, role)
    return Grants(role.identity, role, tuple(policies), readable, tuple(managed), inline, _boundary(evaluator, role))


def _boundary(evaluator: Evaluator, role: Resource) -> Grants | None:
    """What the permissions boundary of a role allows, as far as it can be read."""
    arn = recognized(evaluator, evaluator.property(role, "PermissionsBoundary"), role.stack)
    if arn is None:
        return None
    if isinstance(arn, Pointer) and arn.resource.kind is Kind.MANAGED_POLICY:
        policy = _beside(evaluator, arn.resource)
        return Grants(arn.resource.identity, None, (policy,), policy.readable)
    known = MANAGED_POLICIES.get(_managed_name(arn) or "")
    return Grants(_managed_name(arn), None, () if known is None else (_managed(known),), known is not None)


def _beside(evaluator: Evaluator, resource: Resource) -> Policy:
    return read_policy(evaluator, evaluator.property(resource, "PolicyDocument"), resource.stack, resource)


def _managed(actions: tuple[str, ...]) -> Policy:
    lower = tuple(action.lower() for action in actions)
    return Policy((Statement(lower, (Scope(ANYWHERE),)),))


def _managed_name(arn: Evaluated) -> str | None:
    """The name of a policy that AWS manages, as its ARN ends; the partition may be a hole."""
    written = arn if isinstance(arn, str) else arn.parts[-1] if isinstance(arn, Text) else None
    if not isinstance(written, str) or _MANAGED not in written:
        return None
    return written.partition(_MANAGED)[2].rpartition("/")[2]
