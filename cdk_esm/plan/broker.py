"""What is known of an event source that is a cluster or a broker: Apache Kafka, Amazon MQ, Amazon DocumentDB.

What the mapping itself says of them (topics, consumer group, types of credentials) is in its settings, and nowhere
else. The secrets and the schema registry that the settings name are resources too: they have their own records.
"""

from __future__ import annotations

from dataclasses import dataclass

from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.plan.poller_network import OUT_OF_SIGHT, PollerNetwork
from cdk_esm.plan.source import Source, effective
from cdk_esm.plan.wording import hidden, shown
from cdk_esm.sources.document_cluster import CHANGE_STREAM_RETENTION


@dataclass(frozen=True, kw_only=True)
class Cluster(Source):
    """What is known of an Apache Kafka cluster.

    Args:
        authentications: what it offers to clients, in the words of CloudFormation (``Iam``, ``Scram``, ``Tls``,
            ``Unauthenticated``); ``UNKNOWN`` if nobody can see it.
        connection: the VPC connection through which a cluster of another account is read; absent for a cluster that is
            read directly.
        reaches_lambda: its network leads to Lambda and to AWS STS, through endpoints or a NAT gateway, which pollers
            that are not provisioned need.
        endpoints: the services that its network has endpoints for, if it leads to nothing else.
        pollers: what the security groups of its pollers let through.
    """

    authentications: frozenset[str] | Unknowable = UNKNOWN
    connection: Value[str] = None
    reaches_lambda: bool | Unknowable = UNKNOWN
    endpoints: frozenset[str] | Unknowable = UNKNOWN
    pollers: PollerNetwork = OUT_OF_SIGHT

    @property
    def described(self) -> str:
        """What it offers to clients."""
        offered = self.authentications
        ways = hidden(offered) if isinstance(offered, Unknowable) else ", ".join(sorted(offered)) or "nothing"
        return f"cluster; authentication offered: {ways}"


@dataclass(frozen=True, kw_only=True)
class Broker(Source):
    """What is known of an Amazon MQ broker.

    Args:
        engine: ``ACTIVEMQ`` or ``RABBITMQ``, in capitals; the template may spell it otherwise.
        authentication_strategy: ``SIMPLE``, ``LDAP`` or ``CONFIG_MANAGED``, in capitals; absent means the service's
            default, which is simple.
        publicly_accessible: its endpoint is public; ``UNKNOWN`` if nobody can see it.
        standby: it has a second instance that takes over, with its own metrics.
        reaches_lambda: its network leads to Lambda and to AWS STS, through endpoints or a NAT gateway, which pollers
            that work inside it need.
        pollers: what the security groups of its pollers let through.
    """

    engine: Value[str] = None
    authentication_strategy: Value[str] = None
    publicly_accessible: bool | Unknowable = UNKNOWN
    standby: bool | Unknowable = UNKNOWN
    reaches_lambda: bool | Unknowable = UNKNOWN
    pollers: PollerNetwork = OUT_OF_SIGHT

    @property
    def described(self) -> str:
        """How clients authenticate."""
        strategy = self.authentication_strategy or "the service's default"
        return f"broker; authentication: {shown(strategy)}"


@dataclass(frozen=True, kw_only=True)
class DocumentCluster(Source):
    """What is known of an Amazon DocumentDB cluster.

    Args:
        form: ``instance`` for the one form that has change streams for a mapping; ``elastic`` or ``global``.
        engine_version: as configured, such as ``5.0.0``; absent means the service's default.
        encrypts_connections: its parameter group leaves TLS on.
        change_stream_seconds: how long its change stream keeps an event, as configured; absent means the service's
            default.
        reaches_lambda: as of a broker.
        pollers: likewise.
    """

    form: str | Unknowable = "instance"
    engine_version: Value[str] = None
    encrypts_connections: bool | Unknowable = UNKNOWN
    change_stream_seconds: Value[int] = UNKNOWN
    reaches_lambda: bool | Unknowable = UNKNOWN
    pollers: PollerNetwork = OUT_OF_SIGHT

    @property
    def effective_retention_seconds(self) -> int | Unknowable:
        """How long an event of its change stream really stays."""
        return effective(self.change_stream_seconds, CHANGE_STREAM_RETENTION)

    @property
    def described(self) -> str:
        """Which engine it has, and whether connections are encrypted."""
        version = "the service's default" if self.engine_version is None else shown(self.engine_version)
        encrypts = self.encrypts_connections
        tls = hidden(encrypts) if isinstance(encrypts, Unknowable) else "on" if encrypts else "off"
        return f"cluster; engine version: {version}; TLS: {tls}"


@dataclass(frozen=True, kw_only=True)
class Secret:
    """What is known of a secret that a mapping names in its access configurations.

    Args:
        identity: its ARN, or a token for it.
        encryption_key: the key's ARN or alias; absent if the key of Secrets Manager encrypts it.
        name: its name; absent if CloudFormation makes one.
        type: the type of access configuration that names it; absent if something else does.
    """

    identity: str
    encryption_key: Value[str] = UNKNOWN
    name: Value[str] = UNKNOWN
    type: Value[str] = None


@dataclass(frozen=True, kw_only=True)
class SchemaRegistry:
    """What is known of the schema registry that a mapping names.

    Args:
        identity: its ARN or URL, or a token for it.
        of_glue: it is a registry of AWS Glue.
    """

    identity: str
    of_glue: bool | Unknowable = UNKNOWN
