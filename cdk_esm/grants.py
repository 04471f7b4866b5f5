"""The words for what an execution role needs: the actions, on which neighbour of the mapping, and when.

They are enums, so that a table over them can be shown to be complete, and an unknown word can't be written.
``cdk_esm.facts`` offers them to the fact sheets.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final

OWNER_KEYS: Final = frozenset({"s3:resourceaccount", "aws:resourceaccount"})
"""The condition keys that name the account of a bucket, in lower case."""


class Lack(Enum):
    """What happens if the execution role lacks an action that the poller needs."""

    REFUSED = "refused"
    """AWS tries the action while it makes the mapping, and refuses the mapping."""

    STUCK = "stuck"
    """The mapping may be made; AWS names the action as needed, and what it is for does not happen."""

    UNSEEN = "unseen"
    """AWS names the action as needed, and there are mappings that seem to do without."""


class When(StrEnum):
    """What makes a grant necessary, in the words of the docs; ``cdk_esm.plan.needs`` answers each for a plan."""

    WITH_IAM = "the cluster authenticates with IAM"
    WITH_PASSWORD = "it authenticates with a user name and a password"  # noqa: S105 - words, and no password
    WITH_CREDENTIALS = "it authenticates with a secret"
    WITH_CREDENTIALS_OR_ROOT = "it authenticates with a secret, or has its own root certificate"
    SECRET_HAS_KEY = "the secret has its own key"  # noqa: S105 - likewise
    SOURCE_HAS_KEY = "the source has its own key"
    DESTINATION_HAS_KEY = "the destination has its own key"
    WITH_NETWORK = "the mapping names subnets and security groups"
    WITH_GLUE = "schemas come from AWS Glue"
    UNLESS_PUBLIC = "unless you say that the broker has a public endpoint; that it is not needed then is inferred"
    CROSS_ACCOUNT = "the cluster is in another account"


class Neighbour(StrEnum):
    """What of a mapping's surroundings an action is needed on."""

    SOURCE = "source"
    """The queue, stream, cluster or broker; for a table, its stream."""
    SOURCE_KEY = "source-key"
    CONSUMER = "consumer"
    """The enhanced fan-out consumer of a stream."""
    STREAMS_OF_TABLE = "every-stream-of-table"
    TOPIC = "kafka-topic"
    GROUP = "consumer-group"
    CONNECTION = "vpc-connection"
    """The way to a cluster of another account."""
    REGISTRY = "schema-registry"
    SCHEMAS = "every-schema-of-registry"
    PARAMETER_GROUPS = "every-cluster-parameter-group"
    SUBNET_GROUPS = "every-subnet-group"
    SECRET = "secret"  # noqa: S105 - a neighbour
    SECRET_KEY = "secret-key"  # noqa: S105 - likewise
    NETWORK = "network"
    """Network interfaces and what they belong to: AWS does not scope all of these actions."""
    DESTINATION = "destination"
    DESTINATION_OBJECTS = "destination-objects"
    """What Lambda writes into a bucket."""
    DESTINATION_TOPIC = "destination-topic"
    """Another topic of the cluster that the mapping reads."""
    DESTINATION_KEY = "destination-key"


@dataclass(frozen=True)
class Grant:
    """Actions that the poller needs of one neighbour, under the execution role.

    Args:
        actions: IAM actions, sorted.
        on: the neighbour.
        when: what of the mapping or of its surroundings makes it necessary; always, if there is none.
        tried: those of the actions that AWS tries while it makes the mapping.
        unseen: those that mappings seem to do without.
        instead: pairs of an action and another one that does as well.
        owner_checked: the statement wants ``s3:ResourceAccount``, or a bucket of the same name made by somebody else
            after ours is gone would get the records.
    """

    actions: tuple[str, ...]
    on: Neighbour
    when: When | None = None
    tried: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()
    owner_checked: bool = False

    def __post_init__(self) -> None:
        Neighbour(self.on)  # a word that nobody knows ends the import
        assert self.when is None or When(self.when)

    def lack(self, action: str) -> Lack:
        """What happens without one of the actions."""
        if action in self.tried:
            return Lack.REFUSED
        return Lack.UNSEEN if action in self.unseen else Lack.STUCK

    def choices(self, action: str) -> tuple[str, ...]:
        """The action, and those that do as well."""
        return action, *(other for one, other in self.instead if one == action)
