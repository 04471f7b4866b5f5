"""Policies of resources: whom a queue, a topic, a bucket, a stream, a table, a secret or a key lets in by itself.

Within one account such a policy is enough, so an action that no policy of the role allows is not surely missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cdk_esm.facts import UNKNOWN
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.resources import RESOURCES
from cdk_esm.template.cloudformation.arns import recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.places import values_at
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, listed, text
from cdk_esm.template.iam.callers import Answer, Caller, all_of, any_of, holds, is_covered
from cdk_esm.template.iam.policies import Statement, followed, matches, read_policy

_ACCOUNT_DIGITS: Final = 12
_ROOT: Final = ":root"
_WITHOUT: Final = ("mq", "rds", "ec2", "glue")
"""Services whose resources have no policy that would let a role in."""

_OPEN: Final = "PublicReadWrite"
"""The access control list under which everybody may write into a bucket."""

_BESIDE: Final = {policy.type: policy for facts in RESOURCES.values() for policy in facts.policies}
"""The policies that are resources themselves."""

Document = tuple[Evaluated, Stack, Resource | None]
"""A policy, the stack that it is in, and its own resource; that is ``None`` for one within the resource itself."""


def may_let_in(evaluator: Evaluator, resource: Resource | None, role: Resource, action: str) -> bool:
    """Whether a resource's own policy may allow an action to a role, as far as anybody can see."""
    if action.partition(":")[0] in _WITHOUT:
        return False
    if resource is None:
        return True
    statements, readable = policies_of(evaluator, resource)
    return not readable or any(_may_allow(statement, role, action) for statement in statements)


def lets_in(evaluator: Evaluator, resource: Resource, caller: Caller, action: str) -> Answer:
    """Whether a resource's own policy lets a caller in, as it must across accounts; an account covers its roles."""
    statements, readable = policies_of(evaluator, resource)
    about = [one for one in statements if any(matches(pattern, action.lower()) for pattern in one.actions)]
    found = any_of(
        all_of(
            (
                is_covered(evaluator, one.principals, caller, resource.stack),
                holds(evaluator, one.condition, caller, resource.stack),
            )
        )
        for one in about
    )
    if found is not False:
        return found
    whole = readable and _has_no_list(evaluator, resource) and not _may_be_elsewhere(evaluator, resource)
    return False if whole else UNKNOWN


def _may_be_elsewhere(evaluator: Evaluator, resource: Resource) -> bool:
    """Whether a policy in a stack of the same account hides what it is of, by a URL for example."""
    account, service = resource.stack.root.account, _service(resource)
    _, hidden = evaluator.once(_by_owner)
    return any(other == service and stack.account in {None, account} for stack, other in hidden)


def _has_no_list(evaluator: Evaluator, resource: Resource) -> bool:
    """Whether nothing but its policies lets anybody in: the access control list of a bucket may let everybody write."""
    if resource.kind is not Kind.BUCKET:
        return True
    given = text(evaluator.property(resource, "AccessControl"))
    return given is None or (isinstance(given, str) and given != _OPEN)


def policies_of(evaluator: Evaluator, resource: Resource) -> tuple[list[Statement], bool]:
    """What the policies of a resource allow, and whether all of it could be read."""
    return evaluator.once(_policies_of, resource)


def _policies_of(evaluator: Evaluator, resource: Resource) -> tuple[list[Statement], bool]:
    """What the policies of a resource allow, and whether all of it could be read."""
    found: list[Statement] = []
    documents, readable = documents_of(evaluator, resource)
    for document, stack, _ in documents:
        policy_read = read_policy(evaluator, document, stack)
        found += policy_read.statements
        readable &= policy_read.readable
    return found, readable


def documents_of(evaluator: Evaluator, resource: Resource) -> tuple[list[Document], bool]:
    """The policies of a resource, and whether all of them were found."""
    own = [(one, resource.stack, None) for one in _within(evaluator, resource)]
    beside, hidden = evaluator.once(_by_owner)
    others = [(evaluator.property(one, _BESIDE[one.type].document), one.stack, one) for one in beside.get(resource, ())]
    found: list[Document] = [one for one in (*own, *others) if one[0] is not None]
    return found, (resource.stack.root, _service(resource)) not in hidden


def _within(evaluator: Evaluator, resource: Resource) -> Iterator[Evaluated]:
    """The policies that are written in the resource itself; a global table has them in each replica."""
    for path in resource.facts.policies_within if resource.facts is not None else ():
        yield from values_at(evaluator, resource, path)


def _service(resource: Resource) -> str:
    return resource.type.rpartition("::")[0]


def _by_owner(evaluator: Evaluator) -> tuple[dict[Resource, list[Resource]], set[tuple[Stack, str]]]:
    """Every policy that is a resource itself, by what it belongs to, and where and of which service one hides that.

    A name or a URL hides it as well: nobody knows what a resource without a name in the template will be called.
    """
    found: dict[Resource, list[Resource]] = {}
    hidden: set[tuple[Stack, str]] = set()
    for stack in evaluator.neighbours.stacks:
        for policy in stack.resources.values():
            form = _BESIDE.get(policy.type)
            for owner in listed(evaluator.property(policy, form.names)) if form is not None else ():
                target = followed(evaluator, recognized(evaluator, owner, stack))
                if isinstance(target, Pointer):
                    found.setdefault(target.resource, []).append(policy)
                else:
                    hidden.add((stack.root, _service(policy)))
    return found, hidden


def _may_allow(statement: Statement, role: Resource, action: str) -> bool:
    if not any(matches(pattern, action.lower()) for pattern in statement.actions):
        return False
    principals = statement.principals
    if not isinstance(principals, dict):
        return True
    return any(_may_be(principal, role) for principal in listed(principals.get("AWS")))


def _may_be(principal: Evaluated, role: Resource) -> bool:
    """Whether a principal may be a role; an account as a whole only lets the role's own policies decide."""
    if isinstance(principal, Pointer):
        return principal.resource is role
    last = principal if isinstance(principal, str) else getattr(principal, "parts", [None])[-1]
    if not isinstance(last, str):
        return not (isinstance(principal, Hole) and principal.name.endswith(".AWS::AccountId"))
    whole_account = isinstance(principal, str) and len(principal) == _ACCOUNT_DIGITS and principal.isdigit()
    return not (last.endswith(_ROOT) or whole_account)
