"""Amazon MSK clusters: what is known of one, and the ARNs of its topics and groups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_msk as msk

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.kafka_options import ClusterConnection
from cdk_esm.constructs.intake.keywords import Intake, looks_like
from cdk_esm.constructs.intake.tokens import arn_part, is_token, parts_around
from cdk_esm.constructs.resources.existing import place
from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import Cluster
from cdk_esm.sources.msk_serverless import MSK_SERVERLESS
from cdk_esm.sources.resource_types.clusters import SERVERLESS_CLUSTER

ACCEPTED: Final = "an Amazon MSK cluster or its ARN, or a ClusterConnection"
_CLUSTER: Final = ":cluster/"
_ARN: Final = re.compile(r"arn:[^:]+:kafka:[^:]+:[0-9]{12}:cluster/[^/]+/[^/]+")
_ARN_OF_CONNECTION: Final = re.compile(r"arn:[^:]+:kafka:[^:]+:[0-9]{12}:vpc-connection/.+")
_IAM_ALONE: Final = frozenset(MSK_SERVERLESS.authentications)
_WAYS: Final = {
    "Iam": ("sasl", "iam", "enabled"),
    "Scram": ("sasl", "scram", "enabled"),
    "Tls": ("tls", "enabled"),
    "Unauthenticated": ("unauthenticated", "enabled"),
}


@dataclass(frozen=True)
class ClusterFound:
    """A cluster as it was given.

    Args:
        facts: what is known of it.
        serverless: it is a serverless cluster; an ARN that only the deployment knows does not tell.
        arn: its own ARN, which is in permissions; the mapping names ``facts.identity``, which may be a connection.
    """

    facts: Cluster
    serverless: bool
    arn: str

    def topic(self, name: str) -> str:
        """The ARN of a topic."""
        return self._below("topic", name)

    def group(self, name: str) -> str:
        """The ARN of a consumer group; ``*`` is every one."""
        return self._below("group", name)

    def _below(self, word: str, name: str) -> str:
        """The cluster's ARN with another word in it, and a name behind it."""
        if not is_token(self.arn):
            return f"{self.arn.replace(_CLUSTER, f':{word}/')}/{name}"
        before, after = self._parts
        return f"{before}:{word}/{after}/{name}"

    @cached_property
    def _parts(self) -> tuple[str, str]:
        """What is before and behind the word for a cluster; cdk-nag reads no list that is not written out."""
        return parts_around(_CLUSTER, self.arn)


def take_cluster(intake: Intake, value: Any, where: Surroundings) -> ClusterFound | None:
    """A cluster from its slot; ``None`` if it cannot be taken, which ``intake`` remembers.

    Args:
        intake: remembers what cannot be taken.
        value: an L1, an L2, an imported cluster, an ARN, or the connection to a cluster of another account.
        where: where the construct is.
    """
    if isinstance(value, ClusterConnection):
        return _through_connection(intake, value)
    if isinstance(value, str):
        return _by_arn(intake, value)
    if isinstance(value, msk.CfnVpcConnection):
        return _connected(value.attr_arn, value.target_cluster_arn)
    if not intake.one_of("cluster", value, {ACCEPTED: _is_cluster}):
        return None
    l1 = value if _is_l1(value) else value.node.default_child
    arn = value.attr_arn if _is_l1(value) else value.cluster_arn
    serverless = isinstance(l1, msk.CfnServerlessCluster) or _is_serverless(arn)
    facts = Cluster(
        identity=arn,
        existing=True,
        region=place(value, "region", arn_part(arn, 3)),
        account=place(value, "account", arn_part(arn, 4)),
        encryption_key=UNKNOWN,
        authentications=_IAM_ALONE if serverless else _authentications(l1),
        weakly_referenced=is_token(arn) and where.weakly_refers_to(value),
    )
    return ClusterFound(facts, serverless, arn)


def _by_arn(intake: Intake, arn: str) -> ClusterFound | None:
    if _ARN_OF_CONNECTION.fullmatch(arn):
        intake.refuse(
            "cluster",
            arn,
            ACCEPTED,
            problem="fraction",
            fix=f"write cluster=ClusterConnection({arn!r}, cluster_arn=...) with the ARN of the cluster in the other "
            "account, which the permissions are on",
        )
        return None
    if not is_token(arn) and not _ARN.fullmatch(arn):
        intake.refuse(
            "cluster",
            arn,
            ACCEPTED,
            fix="pass the ARN that this prints: aws kafka list-clusters-v2 --query 'ClusterInfoList[].ClusterArn'",
        )
        return None
    return ClusterFound(_elsewhere(arn, arn), _is_serverless(arn), arn)


def _through_connection(intake: Intake, given: ClusterConnection) -> ClusterFound | None:
    """A cluster of another account: both ARNs must be what they are said to be."""
    for keyword, arn, form, label in (
        ("cluster.arn", given.arn, _ARN_OF_CONNECTION, "the ARN of a managed VPC connection"),
        ("cluster.cluster_arn", given.cluster_arn, _ARN, "the ARN of a cluster"),
    ):
        if not isinstance(arn, str) or not (is_token(arn) or form.fullmatch(arn)):
            intake.refuse(keyword, arn, label)
            return None
    return _connected(given.arn, given.cluster_arn)


def _connected(connection: str, arn: str) -> ClusterFound:
    return ClusterFound(_elsewhere(connection, arn, connection), _is_serverless(arn), arn)


def _elsewhere(identity: str, arn: str, connection: str | None = None) -> Cluster:
    """A cluster of which nothing but ARNs is known."""
    return Cluster(
        identity=identity,
        existing=True,
        region=arn_part(arn, 3),
        account=arn_part(arn, 4),
        encryption_key=UNKNOWN,
        authentications=_IAM_ALONE if _is_serverless(arn) else UNKNOWN,
        connection=connection,
    )


def _is_serverless(arn: str) -> bool:
    """Whether an ARN tells that its cluster is serverless; a token tells nothing."""
    form = SERVERLESS_CLUSTER.arn
    assert form is not None
    assert form.like is not None
    return not is_token(arn) and re.fullmatch(form.like, arn.rpartition(":")[2]) is not None


def _authentications(l1: object) -> frozenset[str] | Unknowable:
    """What a cluster offers; without a word about it, everybody is let in."""
    if not isinstance(l1, msk.CfnCluster):
        return UNKNOWN
    written: Any = cdk.Stack.of(l1).resolve(l1.client_authentication) or {}
    answers = {way: _at(written, names) for way, names in _WAYS.items()}
    if any(not isinstance(answer, bool) for answer in answers.values()):
        return UNKNOWN
    return frozenset(way for way, answer in answers.items() if answer) or frozenset({"Unauthenticated"})


def _at(written: Any, names: tuple[str, ...]) -> Any:
    """A flag in a record, off if it is not there; anything else if only the deployment knows it."""
    for name in names:
        if not isinstance(written, dict):
            return written
        written = written.get(name, {})
    return False if written == {} else written


def _is_l1(value: object) -> bool:
    return isinstance(value, msk.CfnCluster | msk.CfnServerlessCluster)


def _is_cluster(value: object) -> bool:
    """Whether a value is a cluster: those of CDK's alpha part are known by what they offer, and never imported."""
    return _is_l1(value) or looks_like(value, "cluster_arn", "cluster_name")
