"""What is known of the execution role, and of the key that encrypts filter patterns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cdk_esm.facts import Lack, Neighbour, Unknowable


class BarrierKind(StrEnum):
    """What keeps a poller out although its role is let in."""

    POLICY = "policy"
    """A statement of the resource's own policy denies it."""
    BOUNDARY = "boundary"
    """The permissions boundary of the role does not allow it."""
    KEY = "key"
    """The policy of a key lets in neither the account nor the role, so that policies of roles do not count."""
    OWNER = "owner"
    """The policy of a resource of another account does not let the role in, as it must across accounts."""


@dataclass(frozen=True, kw_only=True)
class Barrier:
    """What keeps a poller out.

    Args:
        kind: what it is.
        name: the policy, the boundary, the key, or the resource of another account.
    """

    kind: BarrierKind
    name: str


@dataclass(frozen=True, kw_only=True)
class Permission:
    """An action that the poller needs, and what the policies of the role say of it.

    Args:
        action: such as ``sqs:ReceiveMessage``.
        on: the neighbour.
        resource: the identity of that neighbour; ``*`` for an action that is needed on nothing in particular.
        lack: what happens without it.
        held: a policy of the role allows it there, and none denies it; ``UNKNOWN`` if that cannot be seen.
        denied: a policy of the role denies it there, whatever the others allow.
        barrier: what keeps the poller out although policies of the role may let it in.
        may_be_meant: a policy of the role allows it in a place that may be that neighbour, as a pattern may.
        nowhere: no policy of the role allows it, and a policy of the neighbour, which is in no template, might.
        elsewhere: where the role is allowed the action instead, as far as those are known.
        policies: logical ids of the policies beside the role that allow it.
        ordered: the mapping is made only after one of the policies that allow it; ``UNKNOWN`` across stacks.
        conditions: the condition keys that every statement asks for that allows it, in lower case.
        owners: the accounts that these ask the resource to be of, sorted; empty if one asks for none, or hides it.
    """

    action: str
    on: Neighbour
    resource: str
    lack: Lack = Lack.STUCK
    held: bool | Unknowable = True
    denied: bool = False
    barrier: Barrier | None = None
    may_be_meant: bool = False
    nowhere: bool = False
    elsewhere: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    ordered: bool | Unknowable = True
    conditions: frozenset[str] | Unknowable = frozenset()
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class InlinePolicies:
    """How long the inline policies of a role are together, in characters without white space.

    Args:
        role: what makes it the same role in two plans.
        count: how many policies they are.
        at_least: their length with nothing in the place of what only the deployment knows.
        about: their length with the usual length of that.
    """

    role: str
    count: int
    at_least: int
    about: int


@dataclass(frozen=True, kw_only=True)
class Access:
    """What a template grants to the execution role already.

    Args:
        permissions: what the poller needs of its neighbours; empty if nobody can see into the role.
        managed: names of the policies among those of the role that AWS manages.
        inline: how long its inline policies are; absent if it has none, or if nobody can tell which role it is.
    """

    permissions: tuple[Permission, ...] = ()
    managed: tuple[str, ...] = ()
    inline: InlinePolicies | None = None


@dataclass(frozen=True, kw_only=True)
class Role:
    """What can be granted to the execution role.

    Args:
        identity: what makes it the same role in two plans; absent if there is none to be seen.
        takes_grants: a policy attached to it will take effect.
        declined: the user asked us to grant nothing.
        needs: the statements that the poller needs, as IAM JSON.
        access: what it is granted already; absent at the construct door, which grants what is missing.
    """

    identity: str | None = None
    takes_grants: bool | Unknowable = True
    declined: bool = False
    needs: tuple[Mapping[str, Any], ...] = ()
    access: Access | None = None


@dataclass(frozen=True, kw_only=True)
class FilterKey:
    """The key that encrypts the filter patterns.

    Args:
        identity: its ARN.
        takes_grants: a statement added to its policy will take effect.
        needs: the statement that its policy must hold, as IAM JSON.
        lets_lambda: its policy lets Lambda decrypt; absent at the construct door, which adds what is missing.
    """

    identity: str
    takes_grants: bool | Unknowable = True
    needs: Mapping[str, Any] = field(default_factory=dict)
    lets_lambda: bool | Unknowable | None = None
