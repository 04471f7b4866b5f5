"""Whether a role has what a poller needs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from cdk_esm.facts import UNKNOWN, Lack, Neighbour, Unknowable
from cdk_esm.plan import Access, MappingPlan, Permission, Role
from cdk_esm.plan.identity import account_of
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.order import waits_for
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.iam.barriers import barrier_of_owner, barrier_of_resource, barrier_of_role
from cdk_esm.template.iam.callers import Caller, all_of, any_of
from cdk_esm.template.iam.policies import Allowed, Policy
from cdk_esm.template.iam.resource_policies import lets_in, may_let_in
from cdk_esm.template.iam.roles import Grants, Target
from cdk_esm.template.mapped import MappingInTemplate
from cdk_esm.template.needs import PlacedNeed, needs_of_mapping

DESTINATION: Final = (Neighbour.DESTINATION, Neighbour.DESTINATION_OBJECTS)
"""What failed records are written to, beside the key and a topic of the source itself."""
SOURCE: Final = (Neighbour.SOURCE,)
"""What is read, beside its key and its consumer: of it counts what Lambda tries while it makes the mapping."""


def role_of(mapped: MappingInTemplate, plan: MappingPlan, mapping: Resource, grants: Grants, *, declined: bool) -> Role:
    """The execution role as one mapping sees it; the plan says already all but that."""
    needed = needs_of_mapping(mapped, plan)
    if grants.role is None:
        # Of a role that is in no template nothing is known but that what keeps everybody out keeps it out.
        caller = _caller(mapped, grants)
        shut = (_shut(mapped.evaluator, need, caller) for need in needed)
        access = Access(permissions=tuple(dict.fromkeys(one for one in shut if one is not None)), inline=grants.inline)
        return Role(identity=grants.identity, takes_grants=UNKNOWN, declined=declined, access=access)
    role = grants.role
    permissions = (_permission(mapped.evaluator, mapping, role, grants, need) for need in needed)
    access = Access(permissions=tuple(dict.fromkeys(permissions)), managed=grants.managed, inline=grants.inline)
    return Role(identity=grants.identity, declined=declined, access=access)


def lets_role_in(
    mapped: MappingInTemplate, plan: MappingPlan, grants: Grants, places: Collection[Neighbour]
) -> bool | Unknowable:
    """Whether the policy of a neighbour of another account lets the execution role do what it needs there.

    ``UNKNOWN`` if the neighbour is in no template, or if nobody knows the role.
    """
    caller = _caller(mapped, grants)
    if caller.role is None and caller.arn is None:
        return UNKNOWN
    answers = [
        any_of(lets_in(mapped.evaluator, owner, caller, choice) for owner in target.owners for choice in choices)
        if target.owners
        else UNKNOWN
        for grant, action, target in needs_of_mapping(mapped, plan)
        for choices in [grant.choices(action)]
        if grant.on in places and (grant.on not in SOURCE or grant.lack(action) is Lack.REFUSED)
    ]
    return all_of(answers) if answers else UNKNOWN


def _caller(mapped: MappingInTemplate, grants: Grants) -> Caller:
    """The execution role, as far as it is known."""
    if grants.role is not None:
        return Caller(grants.role.stack, grants.role)
    return Caller(mapped.stack, arn=grants.identity if (grants.identity or "").startswith("arn:") else None)


def _shut(evaluator: Evaluator, need: PlacedNeed, caller: Caller) -> Permission | None:
    """The permission of a caller that the policy of a resource keeps out; ``None`` for one that may be let in."""
    grant, action, target = need
    barriers = [barrier_of_resource(evaluator, target, caller, choice) for choice in grant.choices(action)]
    if not all(barriers) and grant.on in SOURCE and grant.lack(action) is Lack.REFUSED:
        barriers = [barrier_of_owner(evaluator, target, caller, choice) for choice in grant.choices(action)]
    if not all(barriers):
        return None
    lack = grant.lack(action)
    return Permission(action=action, on=grant.on, resource=target.text, lack=lack, held=False, barrier=barriers[0])


def _permission(
    evaluator: Evaluator, mapping: Resource, role: Resource, grants: Grants, need: PlacedNeed
) -> Permission:
    grant, action, target = need
    sure: list[Allowed] = []
    choices = grant.choices(action)
    # Another template may attach policies to a role that it finds there, but not before the first deployment.
    open_ = not grants.readable or role.stack.root is not mapping.stack.root
    may_be_meant = False
    for choice in choices:
        found, more = grants.allowing(choice, target)
        sure += found
        open_, may_be_meant = open_ or more, may_be_meant or more
    policies = [one.policy for one in sure]
    ordered = _ordered(evaluator, mapping, policies)
    by_role, by_alias = open_, any(grants.by_alias_alone(choice) for choice in choices)
    if not open_ and ordered is not True and not target.only_the_role and not by_alias:
        open_ = not _only_the_role_decides(evaluator, role, action, target)
    denied = all(grants.denies(choice, target) for choice in choices)
    shut = _shut(evaluator, need, Caller(role.stack, role))
    barrier = shut.barrier if shut is not None else barrier_of_role(grants, target, choices)
    kept_out = denied or barrier is not None
    nowhere = open_ and not by_role and not sure and not target.owners
    return Permission(
        action=action,
        on=grant.on,
        resource=target.text,
        lack=grant.lack(action),
        held=False if kept_out else True if sure else UNKNOWN if open_ else False,
        denied=denied,
        barrier=None if denied else barrier,
        may_be_meant=may_be_meant,
        nowhere=nowhere and not kept_out,
        elsewhere=() if sure or open_ or kept_out else grants.elsewhere(action),
        policies=tuple(sorted({one.resource.logical_id for one in policies if one.resource is not None})),
        ordered=True if not sure else UNKNOWN if open_ and ordered is False else ordered,
        conditions=_conditions(sure, open_=open_),
        owners=() if open_ else _owners(sure),
    )


def _only_the_role_decides(evaluator: Evaluator, role: Resource, action: str, target: Target) -> bool:
    """Whether nothing but the policies of the role can allow an action on a target."""
    if not target.owners and _in_another_account(target, role):
        return True
    owners = target.owners or (None,)
    return not any(may_let_in(evaluator, owner, role, action) for owner in owners)


def _in_another_account(target: Target, role: Resource) -> bool:
    """Whether a target is surely in another account, where its own policy is not enough."""
    own = role.stack.root.account
    accounts = {account_of(scope.text) for scope in target.scopes}
    return own is not None and bool(accounts) and not accounts & {own, None}


def _ordered(evaluator: Evaluator, mapping: Resource, policies: list[Policy]) -> bool | Unknowable:
    """Whether one of the policies is there before the mapping is made."""
    answers = {True if one.resource is None else waits_for(evaluator, mapping, one.resource) for one in policies}
    return True if True in answers else UNKNOWN if UNKNOWN in answers else False


def _owners(sure: list[Allowed]) -> tuple[str, ...]:
    """The accounts of which the resource must be for one of the statements to hold."""
    asked = [one.statement.owners for one in sure]
    return tuple(sorted(frozenset().union(*asked))) if all(asked) else ()


def _conditions(sure: list[Allowed], *, open_: bool) -> frozenset[str] | Unknowable:
    """The keys that all of the statements ask for."""
    keys = [one.statement.conditions for one in sure]
    known = [one for one in keys if not isinstance(one, Unknowable)]
    if len(known) < len(keys) or (open_ and not keys):
        return UNKNOWN
    return frozenset.intersection(*known) if known else frozenset()
