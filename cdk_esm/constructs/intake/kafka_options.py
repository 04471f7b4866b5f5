"""What users hand to the constructs for Apache Kafka: ways to sign in, ways into networks, groups and registries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_glue as glue
from aws_cdk import aws_secretsmanager as secretsmanager

from cdk_esm.constructs.intake.calls import explains_keywords, explains_methods
from cdk_esm.constructs.intake.options import SecretArn


@explains_keywords
@dataclass(frozen=True)
class ClusterConnection:
    """A provisioned Amazon MSK cluster of another account, by the managed VPC connection to it and by its own ARN.

    Lambda reads through the connection, and IAM wants the ARN of the cluster. The owner of the cluster has to turn
    multi-VPC connectivity on and to attach a cluster policy such as this one, with your account in the principals::

        {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow",
            "Principal": {"AWS": "444455556666", "Service": "kafka.amazonaws.com"},
            "Action": ["kafka:CreateVpcConnection", "kafka:GetBootstrapBrokers", "kafka:DescribeCluster",
                       "kafka:DescribeClusterV2", "kafka-cluster:*"],
            "Resource": ["<cluster ARN>", "<cluster ARN, with topic for cluster>/*",
                         "<cluster ARN, with group for cluster>/*"]}]}

    Whoever deploys the mapping needs ``kafka:ListVpcConnections``. A serverless cluster cannot be read so (ESM430).

    Args:
        arn: the ARN of the connection, which is in your account.
        cluster_arn: the ARN of the cluster, which is in the other one.
    """

    arn: str
    cluster_arn: str


@explains_methods
@dataclass(frozen=True)
class MskAuthentication:
    """How the poller signs in to an Amazon MSK cluster; made by its methods, never directly."""

    kind: str
    secret: Any = None

    @property
    def written(self) -> str:
        """How a fix writes the keyword, with ``{}`` in the place of the secret's ARN."""
        key = ", encryption_key='<ARN of its key>'" if self.kind == "Scram" else ""
        method = "scram" if self.kind == "Scram" else "mutual_tls"
        return f"authentication=MskAuthentication.{method}(SecretArn({{}}{key}))"

    @staticmethod
    def iam() -> MskAuthentication:
        """With the execution role: the one way into a serverless cluster."""
        return MskAuthentication("Iam")

    @staticmethod
    def scram(secret: secretsmanager.ISecret | secretsmanager.Secret | SecretArn) -> MskAuthentication:
        """With a user name and a password (SASL/SCRAM-512).

        Args:
            secret: holds them, under ``username`` and ``password``. Amazon MSK takes one whose name begins with
                ``AmazonMSK_`` and that has a key of its own (ESM431); associate it with the cluster.
        """
        return MskAuthentication("Scram", secret)

    @staticmethod
    def mutual_tls(secret: secretsmanager.ISecret | secretsmanager.Secret | SecretArn) -> MskAuthentication:
        """With a certificate of the client.

        Args:
            secret: holds ``certificate`` (a chain in PEM), ``privateKey`` (PKCS #8), and its ``privateKeyPassword``.
        """
        return MskAuthentication("Tls", secret)

    @staticmethod
    def unauthenticated() -> MskAuthentication:
        """Not at all: whoever reaches the cluster is let in. If IAM is on, too, Lambda signs in with IAM (ESM243)."""
        return MskAuthentication("Unauthenticated")


@explains_methods
@dataclass(frozen=True)
class KafkaAuthentication:
    """How the poller signs in to a Kafka cluster that is not Amazon MSK; made by its methods, never directly."""

    kind: str
    secret: Any = None
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def written(self) -> str:
        """How a fix writes the same way to sign in, with ``{}`` in the place of the secret's ARN."""
        parts = "".join(f", {_keyword_of(name)}={value!r}" for name, value in self.parts.items())
        parts = parts.replace("{", "{{").replace("}", "}}")
        return f"KafkaAuthentication.{_METHODS[self.kind]}(SecretArn({{}}){parts})"

    @staticmethod
    def basic(secret: secretsmanager.ISecret | secretsmanager.Secret | SecretArn) -> KafkaAuthentication:
        """With a user name and a password in plain text (SASL/PLAIN), which TLS has to protect.

        Args:
            secret: holds them, under ``username`` and ``password``.
        """
        return KafkaAuthentication("BASIC_AUTH", secret)

    @staticmethod
    def scram_256(secret: secretsmanager.ISecret | secretsmanager.Secret | SecretArn) -> KafkaAuthentication:
        """With a user name and a password (SASL/SCRAM-256).

        Args:
            secret: holds them, under ``username`` and ``password``.
        """
        return KafkaAuthentication("SASL_SCRAM_256_AUTH", secret)

    @staticmethod
    def scram_512(secret: secretsmanager.ISecret | secretsmanager.Secret | SecretArn) -> KafkaAuthentication:
        """With a user name and a password (SASL/SCRAM-512).

        Args:
            secret: holds them, under ``username`` and ``password``.
        """
        return KafkaAuthentication("SASL_SCRAM_512_AUTH", secret)

    @staticmethod
    def mutual_tls(secret: secretsmanager.ISecret | secretsmanager.Secret | SecretArn) -> KafkaAuthentication:
        """With a certificate of the client.

        Args:
            secret: holds ``certificate`` (a chain in PEM), ``privateKey`` (PKCS #8), and its ``privateKeyPassword``.
        """
        return KafkaAuthentication("CLIENT_CERTIFICATE_TLS_AUTH", secret)

    @staticmethod
    def oauth_bearer(
        secret: secretsmanager.ISecret | secretsmanager.Secret | SecretArn,
        *,
        scope: str | None = None,
        audience: str | None = None,
        logical_cluster: str | None = None,
        identity_pool: str | None = None,
    ) -> KafkaAuthentication:
        """With a token of an OAuth provider (SASL/OAUTHBEARER).

        Args:
            secret: holds what the provider wants to know of the client.
            scope: the scope to ask for. By default none is named.
            audience: whom the token is for. By default nobody is named.
            logical_cluster: the logical cluster, where the provider of the cluster has such.
            identity_pool: the identity pool, likewise.
        """
        parts = {
            "OAUTHBEARER_SCOPE": scope,
            "OAUTHBEARER_AUDIENCE": audience,
            "OAUTHBEARER_LOGICAL_CLUSTER": logical_cluster,
            "OAUTHBEARER_IDENTITY_POOL": identity_pool,
        }
        given = {name: value for name, value in parts.items() if value is not None}
        return KafkaAuthentication("OAUTHBEARER_AUTH", secret, given)

    @staticmethod
    def iam() -> KafkaAuthentication:
        """With the execution role. AWS does not say which actions that takes: grant the role what your cluster asks."""
        return KafkaAuthentication("IAM_AUTH")

    @staticmethod
    def iam_oauth_bearer(audience: str) -> KafkaAuthentication:
        """With a token that AWS gives to the execution role. AWS does not say which actions that takes.

        Args:
            audience: whom the token is for.
        """
        return KafkaAuthentication("IAM_OAUTHBEARER_AUTH", parts={"OAUTHBEARER_AUDIENCE": audience})

    @staticmethod
    def unauthenticated() -> KafkaAuthentication:
        """Not at all: the network alone decides who reads. AWS wants a ``VpcAccess`` then, or a root certificate."""
        return KafkaAuthentication("")


@explains_keywords
@dataclass(frozen=True)
class VpcAccess:
    """The way to brokers in a VPC: where the poller's network interfaces are, whatever VPC the function is in.

    Pollers on demand also need a way from there to Lambda, AWS STS, AWS Secrets Manager and the on-failure destination
    (a NAT gateway or endpoints); provisioned pollers need none. ``allow_pollers`` writes the rules of security groups.

    Args:
        vpc: the VPC.
        subnets: which subnets of it, as a selection of CDK or as a list.
        security_group: the security group of the pollers.
    """

    vpc: ec2.IVpc | ec2.Vpc
    subnets: ec2.SubnetSelection | Sequence[ec2.ISubnet]
    security_group: ec2.ISecurityGroup | ec2.SecurityGroup


@dataclass(frozen=True)
class PublicEndpoint:
    """Brokers that everybody can reach over the internet, so that the poller enters no VPC.

    The role gets no permission on network interfaces then. That this is enough is inferred: AWS lists them for brokers
    in a VPC.
    """


@explains_keywords
@dataclass(frozen=True)
class ServiceGroup:
    """The consumer group that Lambda names after the mapping, for mappings that are taken over.

    Args:
        uuid: the UUID of the mapping that is there, so that the role is allowed this group alone. By default the role
            is allowed every group of the cluster, and an advice says so (ESM331).
    """

    uuid: str | None = None


@explains_methods
@dataclass(frozen=True)
class SchemaRegistry:
    """Where the schemas of the records are; made by its methods, never directly. It needs provisioned pollers."""

    kind: str
    registry: Any
    event_record_format: str = "JSON"
    validate: Sequence[str] = ("VALUE",)
    authentication: KafkaAuthentication | None = None
    root_certificate: Any = None

    @staticmethod
    def glue(
        registry: glue.CfnRegistry | str, *, event_record_format: str = "JSON", validate: Sequence[str] = ("VALUE",)
    ) -> SchemaRegistry:
        """A registry of AWS Glue, which the role is allowed to read.

        Args:
            registry: the registry, or its ARN.
            event_record_format: ``JSON`` hands decoded records to the function, and to filters; ``SOURCE`` as they are.
            validate: what must fit its schema: ``KEY``, ``VALUE``, or both.
        """
        return SchemaRegistry("glue", registry, event_record_format, validate)

    @staticmethod
    def confluent(
        url: str,
        *,
        event_record_format: str = "JSON",
        validate: Sequence[str] = ("VALUE",),
        authentication: KafkaAuthentication | None = None,
        root_certificate: secretsmanager.ISecret | secretsmanager.Secret | SecretArn | None = None,
    ) -> SchemaRegistry:
        """A registry that speaks the protocol of Confluent's.

        Args:
            url: its URL.
            event_record_format: ``JSON`` hands decoded records to the function, and to filters; ``SOURCE`` as they are.
            validate: what must fit its schema: ``KEY``, ``VALUE``, or both.
            authentication: ``KafkaAuthentication.basic()``, ``.mutual_tls()`` or ``.oauth_bearer()``. By default none.
            root_certificate: a secret with the certificate by which the poller knows the registry, under
                ``certificate``. By default one that everybody trusts.
        """
        return SchemaRegistry("confluent", url, event_record_format, validate, authentication, root_certificate)


_METHODS: Final[Mapping[str, str]] = {
    "BASIC_AUTH": "basic",
    "SASL_SCRAM_256_AUTH": "scram_256",
    "SASL_SCRAM_512_AUTH": "scram_512",
    "CLIENT_CERTIFICATE_TLS_AUTH": "mutual_tls",
    "OAUTHBEARER_AUTH": "oauth_bearer",
}
"""What makes a way to sign in that has a secret, by the way's name at AWS."""


def _keyword_of(part: str) -> str:
    return part.removeprefix("OAUTHBEARER_").lower()
