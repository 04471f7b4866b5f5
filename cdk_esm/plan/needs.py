"""What the poller of a mapping needs its role for, as far as the plan tells: asked by every door alike.

A door says afterwards where the neighbours of the mapping are: the construct door by their ARNs, the template door by
what a policy may call them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cdk_esm.facts import UNKNOWN, Grant, NotApplicable, Unknowable, Value, When, known
from cdk_esm.plan.broker import Broker, Cluster
from cdk_esm.plan.failure import FailurePath
from cdk_esm.plan.kafka import access_types, registry_name
from cdk_esm.plan.mapping import MappingPlan
from cdk_esm.plan.source import TableStream
from cdk_esm.sources.broker_settings import CREDENTIALS, PASSWORD, ROOT_CERTIFICATE
from cdk_esm.sources.destinations import DESTINATIONS
from cdk_esm.sources.self_managed_kafka import SUBNET, WITHOUT_URI

PUBLIC_ENDPOINT: Final = "public_endpoint"
"""The choice by which a construct is told that its broker has a public endpoint."""
_IAM: Final = "Iam"
_GLUE: Final = ":glue:"
_MANAGED_KEYS: Final = "alias/aws/"


@dataclass(frozen=True)
class Need:
    """A grant of a fact sheet, and whether a mapping needs it.

    Args:
        grant: the actions, and the neighbour that they are needed on.
        applies: whether they are needed; ``UNKNOWN`` or ``UNRESOLVED`` if the plan cannot tell. Who looks for what
            is missing stays silent then, and who grants does so.
    """

    grant: Grant
    applies: bool | Unknowable


def needs(plan: MappingPlan) -> tuple[Need, ...]:
    """Say of each grant whether the mapping needs it: those of its source, then those of its on-failure destination.

    A destination that cannot be seen has no grants here: nobody knows of which kind it is.
    """
    return tuple(_of_source(plan)) + tuple(_of_destination(plan))


def _of_source(plan: MappingPlan) -> Iterator[Need]:
    source = plan.event_source
    nothing_to_read = isinstance(source, TableStream) and source.has_stream is False  # ESM222 says it
    for grant in plan.facts.grants:
        yield Need(grant, False if nothing_to_read else applies(grant.when, plan))


def _of_destination(plan: MappingPlan) -> Iterator[Need]:
    failure = plan.failure
    if not isinstance(failure, FailurePath) or failure.destination is None or failure.kind not in DESTINATIONS:
        return
    for grant in DESTINATIONS[failure.kind].grants:
        yield Need(grant, applies(grant.when, plan))


def applies(when: When | None, plan: MappingPlan) -> bool | Unknowable:
    """Whether what makes a grant necessary holds for a mapping; nothing to be held always does."""
    if when is None:
        return True
    try:
        return ANSWERS[when](plan)
    except NotApplicable:
        return UNKNOWN


def _any_of(values: list[Value[str]], wanted: tuple[str, ...]) -> bool | Unknowable:
    """Whether one of the values is one of those that are wanted, as far as the values are known."""
    if any(value in wanted for value in values):
        return True
    return next((value for value in values if isinstance(value, Unknowable)), False)


def _with_iam(plan: MappingPlan) -> bool | Unknowable:
    """Whether Lambda signs in to the cluster with the role: it does if IAM is on and nothing else is named.

    A self-managed cluster names it. AWS does not say which actions that takes, so nobody can miss one of them.
    """
    offered = plan.source_as(Cluster).authentications
    if not isinstance(offered, Unknowable) and _IAM not in offered:
        return False
    named = access_types(plan)
    if not named:
        return _IAM in known(offered)
    return UNKNOWN if _any_of(named, WITHOUT_URI) is not False else False


def _with_types(*wanted: str) -> Callable[[MappingPlan], bool | Unknowable]:
    """Whether one of these types of access configurations is in use."""
    return lambda plan: _any_of(access_types(plan), wanted)


def _with_secrets(*wanted: str) -> Callable[[MappingPlan], bool | Unknowable]:
    """Whether the mapping names a secret: by one of these types, or because something that it names is one."""
    return lambda plan: bool(plan.secrets) or _any_of(access_types(plan), wanted)


def has_key(key: Value[str]) -> bool | Unknowable:
    """Whether something is encrypted with a key that its user has to be allowed to use; those of AWS let users in."""
    if isinstance(key, Unknowable):
        return key
    return key is not None and _MANAGED_KEYS not in key


def _secret_has_key(plan: MappingPlan) -> bool | Unknowable:
    """Whether one of the secrets has its own key; of a secret that nobody looked at, it is not known."""
    answers = [has_key(secret.encryption_key) for secret in plan.secrets]
    if True in answers:
        return True
    unseen = UNKNOWN if not plan.secrets and _any_of(access_types(plan), (*CREDENTIALS, ROOT_CERTIFICATE)) else False
    return next((answer for answer in answers if isinstance(answer, Unknowable)), unseen)


def _destination_has_key(plan: MappingPlan) -> bool | Unknowable:
    failure = known(plan.failure)
    return failure.destination is not None and has_key(failure.destination.encryption_key)


def _with_glue(plan: MappingPlan) -> bool | Unknowable:
    if plan.schema_registry is not None:
        return plan.schema_registry.of_glue
    name = registry_name(plan)
    named = None if name is None else plan.given(name)
    return named if isinstance(named, Unknowable) else isinstance(named, str) and _GLUE in named


def _unless_public(plan: MappingPlan) -> bool | Unknowable:
    """Whether the poller enters the broker's network: it does, unless somebody says that the endpoint is public.

    AWS names the actions for every broker, and AWS SAM grants them for none: that a public one does without is
    inferred. So they are left out only if the user of a construct asks for it, and nobody misses them at a broker whose
    template says that it is public.
    """
    if plan.choices.get(PUBLIC_ENDPOINT) is True:
        return False
    return UNKNOWN if plan.source_as(Broker).publicly_accessible is True else True


def _cross_account(plan: MappingPlan) -> bool | Unknowable:
    """Whether the cluster is in another account: AWS lets a mapping read it through a VPC connection only."""
    return known(plan.source_as(Cluster).connection) is not None


ANSWERS: Final[Mapping[When, Callable[[MappingPlan], bool | Unknowable]]] = {
    When.WITH_IAM: _with_iam,
    When.WITH_PASSWORD: _with_types(PASSWORD),
    When.WITH_CREDENTIALS: _with_secrets(*CREDENTIALS),
    When.WITH_CREDENTIALS_OR_ROOT: _with_secrets(*CREDENTIALS, ROOT_CERTIFICATE),
    When.SECRET_HAS_KEY: _secret_has_key,
    When.SOURCE_HAS_KEY: lambda plan: has_key(plan.event_source.encryption_key),
    When.DESTINATION_HAS_KEY: _destination_has_key,
    When.WITH_NETWORK: _with_types(SUBNET),
    When.WITH_GLUE: _with_glue,
    When.UNLESS_PUBLIC: _unless_public,
    When.CROSS_ACCOUNT: _cross_account,
}
"""What each ``When`` means of a plan; an answer ends with ``NotApplicable`` if it cannot be known."""
