"""What keeps a poller out although policies of its role let it in.

A policy of the resource denies it to everybody, the permissions boundary of the role does not allow it, the policy of
a key lets in neither the account nor the role, so that no policy of a role counts, or that of a resource of another
account does not let the role in.
"""

from __future__ import annotations

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import Barrier, BarrierKind
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, listed
from cdk_esm.template.iam.callers import Caller, account_in, all_of, any_of, holds, is_covered
from cdk_esm.template.iam.policies import matches, scope_of
from cdk_esm.template.iam.resource_policies import documents_of, lets_in
from cdk_esm.template.iam.roles import Grants, Target


def barrier_of_resource(evaluator: Evaluator, target: Target, caller: Caller, action: str) -> Barrier | None:
    """The policy of a resource that surely denies an action on a target to a caller, or that surely lets nobody in."""
    for owner in sorted(target.owners, key=lambda one: one.identity):
        for document, stack, policy in documents_of(evaluator, owner)[0]:
            if policy is not None and stands(evaluator, policy) is not True:
                continue
            if _denies(evaluator, document, stack, target, caller, action):
                return Barrier(kind=BarrierKind.POLICY, name=(policy or owner).identity)
        if owner.kind is Kind.KEY and _lets_nobody_in(evaluator, owner, caller, action):
            return Barrier(kind=BarrierKind.KEY, name=owner.identity)
    return None


def barrier_of_owner(evaluator: Evaluator, target: Target, caller: Caller, action: str) -> Barrier | None:
    """The policy of a resource of another account that surely does not let a caller in, as it must across accounts."""
    if caller.role is None and caller.arn is None:
        return None
    for owner in sorted(target.owners, key=lambda one: one.identity):
        there = owner.stack.root.account
        if None in (there, caller.account) or there == caller.account:
            return None
        if lets_in(evaluator, owner, caller, action) is not False:
            return None
    return Barrier(kind=BarrierKind.OWNER, name=owner.identity) if target.owners else None


def barrier_of_role(grants: Grants, target: Target, actions: tuple[str, ...]) -> Barrier | None:
    """The permissions boundary of a role that surely allows none of some actions on a target."""
    boundary = grants.boundary
    if boundary is None or not boundary.readable:
        return None
    for action in actions:
        sure, more = boundary.allowing(action, target)
        if (sure or more) and not boundary.denies(action, target):
            return None
    return Barrier(kind=BarrierKind.BOUNDARY, name=boundary.identity or "")


def _denies(  # noqa: PLR0917 - each is a part of one question
    evaluator: Evaluator, document: Evaluated, stack: Stack, target: Target, caller: Caller, action: str
) -> bool:
    if not isinstance(document, dict):
        return False
    for written in listed(document.get("Statement")):
        if not isinstance(written, dict) or written.get("Effect") != "Deny":
            continue
        answers = (
            _about_action(written, action),
            _about_target(evaluator, written, target, stack, action),
            _about_caller(evaluator, written, caller, stack),
            holds(evaluator, written.get("Condition"), caller, stack),
        )
        if all_of(answers) is True:
            return True
    return False


def _about_action(written: dict[str, Evaluated], action: str) -> bool | Unknowable:
    name = "NotAction" if "NotAction" in written else "Action"
    patterns = listed(written.get(name))
    if not all(isinstance(one, str) for one in patterns):
        return UNKNOWN
    return any(matches(one.lower(), action.lower()) for one in patterns) is (name == "Action")


def _about_target(
    evaluator: Evaluator, written: dict[str, Evaluated], target: Target, stack: Stack, action: str
) -> bool | Unknowable:
    if "NotResource" in written:
        return UNKNOWN
    service = action.partition(":")[0]
    scopes = [scope_of(evaluator, one, stack) for one in listed(written.get("Resource"))]
    return any_of(UNKNOWN if one is None else target.is_meant_by(one, service) for one in scopes)


def _about_caller(
    evaluator: Evaluator, written: dict[str, Evaluated], caller: Caller, stack: Stack
) -> bool | Unknowable:
    if "NotPrincipal" not in written:
        return is_covered(evaluator, written.get("Principal"), caller, stack)
    left_out = is_covered(evaluator, written["NotPrincipal"], caller, stack)
    return True if left_out is False else UNKNOWN


def _lets_nobody_in(evaluator: Evaluator, key: Resource, caller: Caller, action: str) -> bool:
    """Whether the policy of a key surely lets in neither the account of the caller nor the caller."""
    document = evaluator.property(key, "KeyPolicy")
    if not isinstance(document, dict) or (caller.role is None and caller.arn is None):
        return False
    statements = listed(document.get("Statement"))
    for written in statements:
        if not isinstance(written, dict) or "NotPrincipal" in written or written.get("Effect") not in ("Allow", "Deny"):
            return False
        if written["Effect"] == "Allow" and _about_action(written, action) is not False:
            principals = written.get("Principal")
            if not isinstance(principals, dict):
                return False  # everybody, or what only the deployment knows
            if any(_may_let_in(evaluator, one, caller, key.stack) for one in listed(principals.get("AWS"))):
                return False
    return bool(statements)  # AWS takes no policy without a statement


def _may_let_in(evaluator: Evaluator, principal: Evaluated, caller: Caller, stack: Stack) -> bool:
    account = account_in(principal)
    if account is not None:
        return caller.is_account(account) is not False
    if isinstance(principal, Pointer) and principal.resource.kind is not Kind.ROLE:
        return False
    return caller.is_role(evaluator, principal, stack) is not False
