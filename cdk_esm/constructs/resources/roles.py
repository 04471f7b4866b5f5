"""What a bundle grants: one policy per mapping, in the mapping's own scope, with exactly what the poller needs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.resources.keys import ByAlias, KeyPlace
from cdk_esm.facts import Grant, Neighbour
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.needs import needs

_STACK_NAME_SHARE: Final = 80  # of the 128 characters that IAM allows a policy's name
Statement = Mapping[str, Any]


Grantees = Mapping[Neighbour, KeyPlace | tuple[KeyPlace, ...] | None]
"""The neighbours of a mapping with their ARNs, or with the alias of a key; several if there are several of one kind.

``None`` or nothing for one whose ARN is hidden, or that is not there.
"""
_UNSCOPED: Final[Grantees] = {Neighbour.NETWORK: "*"}
"""What AWS does not scope."""


def statements(plan: MappingPlan, grantees: Grantees, owner: str) -> tuple[Statement, ...]:
    """What the poller needs, as IAM JSON: what may be needed is granted, unless it is hidden what it would be on.

    Args:
        plan: the mapping.
        grantees: every neighbour that a grant of the mapping may be on.
        owner: the account that owns the destination.

    Raises:
        KeyError: a construct does not say where a neighbour is that its mapping needs.
    """
    places = {**_UNSCOPED, **grantees}
    wanted = [need.grant for need in needs(plan) if need.applies is not False]
    return tuple(_statement(grant, place, owner) for grant in wanted for place in _each(places[grant.on]))


def _each(places: KeyPlace | tuple[KeyPlace, ...] | None) -> tuple[KeyPlace, ...]:
    if places is None:
        return ()
    return places if isinstance(places, tuple) else (places,)


def _statement(grant: Grant, place: KeyPlace, owner: str) -> Statement:
    if isinstance(place, ByAlias):
        # Of a request's own alias nothing is known, because SQS and Kinesis ask by the key's ID.
        only = {"ForAnyValue:StringEquals": {"kms:ResourceAliases": place.alias}}
        return {"Action": list(grant.actions), "Effect": "Allow", "Resource": place.keys, "Condition": only}
    condition = {"Condition": {"StringEquals": {"s3:ResourceAccount": owner}}} if grant.owner_checked else {}
    return {"Action": list(grant.actions), "Effect": "Allow", "Resource": place, **condition}


def attach_to_ours(
    scope: Construct, role: iam.IRole, allowed: tuple[Statement, ...], where: Surroundings, path: str
) -> iam.CfnPolicy:
    """Attach the mapping's policy to the role that we made for it: an L1, because an L2 would only add calls."""
    return iam.CfnPolicy(
        scope,
        "Policy",
        policy_name=_policy_name(where, path),
        policy_document=_document(allowed),
        roles=[role.role_name],
    )


def attach(
    scope: Construct,
    role: iam.IRole,
    allowed: tuple[Statement, ...],
    where: Surroundings,
    path: str,
    *,
    id: str = "Policy",
) -> iam.Policy | None:
    """Attach the mapping's policy to an existing role; ``None`` if the role cannot be changed.

    The policy is in the mapping's scope, so that a function of another stack gets no dependency back on us.
    An immutable role takes the policy and does nothing with it, which only the policy's rendered roles tell.
    """
    policy = iam.Policy(
        scope,
        id,
        policy_name=_policy_name(where, path),
        document=iam.PolicyDocument.from_json(_document(allowed)),
    )
    role.attach_inline_policy(policy)
    child: Any = policy.node.default_child
    if where.stack.resolve(child.roles) is None:
        scope.node.try_remove_child(id)
        return None
    return policy


def _policy_name(where: Surroundings, path: str) -> str:
    """A name that no other stack gives to a policy of the same role: the second would overwrite the first."""
    distinct = hashlib.sha256(path.encode()).hexdigest()[:8]
    return f"{where.deployed_name[:_STACK_NAME_SHARE]}-{where.region_text}-{distinct}"


def filter_key_statement(where: Surroundings) -> Statement:
    """What a key's policy must allow so that Lambda can read filter patterns encrypted with it.

    The condition names the account's functions and not the one function or queue, because the key may encrypt the
    queue itself, and a policy that points back to it would be a cycle.
    """
    stack = where.stack
    functions = f"arn:{stack.partition}:lambda:{stack.region}:{stack.account}:function:*"
    return {
        "Sid": "LambdaReadsFilterPatterns",
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "kms:Decrypt",
        "Resource": "*",
        "Condition": {"StringLike": {"kms:EncryptionContext:aws:lambda:FunctionArn": functions}},
    }


def allow_filter_key(key: kms.IKey, statement: Statement) -> bool:
    """Add the statement to the key's policy; ``False`` if the key is imported and takes none."""
    result = key.add_to_resource_policy(iam.PolicyStatement.from_json(dict(statement)), True)  # noqa: FBT003 - jsii
    return bool(result.statement_added)


def _document(allowed: tuple[Statement, ...]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(allowed)}
