"""Kafka clusters, message brokers and document clusters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cdk_esm.facts import UNKNOWN, Shape, SourceFacts, Unknowable, Value
from cdk_esm.plan import Broker, Cluster, DocumentCluster, PollerNetwork
from cdk_esm.sources import SOURCES
from cdk_esm.sources.document_cluster import RETENTION_PARAMETER
from cdk_esm.sources.mq_settings import WITH_STANDBY
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.self_managed_kafka import BEFORE_SECURITY_GROUP, BEFORE_SUBNET, SECURITY_GROUP, SUBNET
from cdk_esm.template.cloudformation.arns import parsed, place_of, recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.places import values_at
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, Text, flag, identity, listed, number, text
from cdk_esm.template.resources.networks import endpoints_alone, reaches_lambda
from cdk_esm.template.resources.security_groups import poller_network

_FORMS: Final[Mapping[Kind, str]] = {
    Kind.DOCUMENT_CLUSTER: "instance",
    Kind.GLOBAL_DOCUMENT_CLUSTER: "global",
    Kind.ELASTIC_DOCUMENT_CLUSTER: "elastic",
}
_WAYS: Final = {
    "Iam": ("Sasl", "Iam", "Enabled"),
    "Scram": ("Sasl", "Scram", "Enabled"),
    "Tls": ("Tls", "Enabled"),
    "Unauthenticated": ("Unauthenticated", "Enabled"),
}
_PORTS_OF_ENGINES: Final = {one.kind.upper(): one.ports for one in SOURCES.values() if one.shape is Shape.BROKER}
_CLUSTER_IN_ARN: Final = "cluster/"
_CONNECTION_IN_ARN: Final = "vpc-connection/"


def read_cluster(evaluator: Evaluator, value: Evaluated, stack: Stack, sheet: SourceFacts) -> Cluster:
    """What is known of an Amazon MSK cluster that a value names."""
    if not isinstance(value, Pointer) or value.resource.kind is not Kind.CLUSTER:
        return _cluster_elsewhere(value, stack, sheet)
    cluster = value.resource
    region, account = place_of(value)
    subnets = _subnets(evaluator, cluster)
    return Cluster(
        identity=cluster.identity,
        region=region,
        account=account,
        authentications=frozenset(sheet.authentications) or _authentications(evaluator, cluster),
        reaches_lambda=reaches_lambda(evaluator, subnets, cluster.stack),
        endpoints=endpoints_alone(evaluator, subnets, cluster.stack),
        pollers=_pollers(evaluator, cluster, sheet.ports) if _is_ipv4(evaluator, cluster) else PollerNetwork(),
    )


def _is_ipv4(evaluator: Evaluator, cluster: Resource) -> bool:
    """Whether a cluster has no other addresses, for which it would have other ports (MSK guide, port-info)."""
    kind = evaluator.property(cluster, "BrokerNodeGroupInfo", "ConnectivityInfo", "NetworkType")
    return kind is None or kind == "IPV4"


def read_self_managed(evaluator: Evaluator, name: str, settings: Mapping[str, Evaluated], stack: Stack) -> Cluster:
    """What is known of a self-managed cluster, by what its mapping says."""
    access = settings.get("SourceAccessConfigurations")
    entries = listed(access)
    subnets = _named_by(entries, SUBNET, BEFORE_SUBNET)
    reaches: bool | Unknowable = UNKNOWN
    if subnets:
        reaches = reaches_lambda(evaluator, subnets, stack)
    elif all(isinstance(one, dict) and isinstance(one.get("Type"), str) for one in entries):
        reaches = True  # the pollers come over the internet
    return Cluster(
        identity=name,
        existing=True,
        region=UNKNOWN,
        account=UNKNOWN,
        reaches_lambda=reaches,
        endpoints=endpoints_alone(evaluator, subnets, stack),
        pollers=_pollers_of_ones_own(evaluator, settings, entries, stack),
    )


def read_broker(evaluator: Evaluator, value: Evaluated, stack: Stack) -> Broker:
    """What is known of a message broker that a value names."""
    region, account = place_of(value)
    if not isinstance(value, Pointer) or value.resource.kind is not Kind.BROKER:
        name = identity(value) or f"{stack.name}:no broker"
        hidden: Value[str] = UNKNOWN
        return Broker(
            identity=name,
            existing=True,
            region=region,
            account=account,
            encryption_key=hidden,
            engine=hidden,
            authentication_strategy=hidden,
        )
    broker = value.resource
    public, engine = (
        flag(evaluator.property(broker, "PubliclyAccessible")),
        _capitals(evaluator.property(broker, "EngineType")),
    )
    return Broker(
        identity=broker.identity,
        region=region,
        account=account,
        encryption_key=UNKNOWN,
        engine=engine,
        authentication_strategy=_capitals(evaluator.property(broker, "AuthenticationStrategy")),
        publicly_accessible=UNKNOWN if public is None else public,
        standby=_has_standby(evaluator.property(broker, "DeploymentMode")),
        reaches_lambda=_reaches(evaluator, broker),
        pollers=_pollers(evaluator, broker, _PORTS_OF_ENGINES.get(str(engine), ())),
    )


def read_document_cluster(evaluator: Evaluator, value: Evaluated, stack: Stack) -> DocumentCluster:
    """What is known of a document cluster that a value names."""
    region, account = place_of(value)
    written = _FORMS.get(value.resource.kind) if isinstance(value, Pointer) and value.resource.kind else None
    if written is None:
        return DocumentCluster(
            identity=identity(value) or f"{stack.name}:no cluster",
            existing=True,
            region=region,
            account=account,
            encryption_key=UNKNOWN,
            form=_form_in_arn(value),
            engine_version=UNKNOWN,
        )
    cluster = value.resource
    form: str | Unknowable = written
    if form == "instance":
        form = _form(evaluator.property(cluster, "GlobalClusterIdentifier"))
    return DocumentCluster(
        identity=cluster.identity,
        region=region,
        account=account,
        encryption_key=UNKNOWN,
        form=form,
        engine_version=text(evaluator.property(cluster, "EngineVersion")),
        encrypts_connections=_encrypts(evaluator, cluster),
        change_stream_seconds=_kept(evaluator, cluster),
        reaches_lambda=_group_reaches(evaluator, cluster),
        pollers=_pollers(evaluator, cluster, _ports_of_documents(evaluator, cluster)),
    )


def _cluster_elsewhere(value: Evaluated, stack: Stack, sheet: SourceFacts) -> Cluster:
    region, account = place_of(value)
    return Cluster(
        identity=identity(value) or f"{stack.name}:no cluster",
        existing=not isinstance(value, Pointer),
        region=region,
        account=account,
        encryption_key=UNKNOWN,
        authentications=frozenset(sheet.authentications) or UNKNOWN,
        connection=_connection(value),
    )


def _connection(value: Evaluated) -> Value[str]:
    """The VPC connection that a value names; what only the deployment knows may be one."""
    if isinstance(value, Pointer):
        return identity(value) if value.resource.kind is Kind.VPC_CONNECTION else None
    arn = parsed(value)
    if arn is None:
        return UNKNOWN if isinstance(value, Hole | Text) else None
    if arn.name.startswith(_CONNECTION_IN_ARN):
        return identity(value)
    return None if isinstance(arn.rest, str) or arn.name.startswith(_CLUSTER_IN_ARN) else UNKNOWN


def _authentications(evaluator: Evaluator, cluster: Resource) -> frozenset[str] | Unknowable:
    """What a cluster offers to its clients; without a word about it, everybody is let in."""
    answers = {way: flag(evaluator.property(cluster, "ClientAuthentication", *names)) for way, names in _WAYS.items()}
    if any(isinstance(answer, Unknowable) for answer in answers.values()):
        return UNKNOWN
    return frozenset(way for way, answer in answers.items() if answer) or frozenset({"Unauthenticated"})


def _reaches(evaluator: Evaluator, resource: Resource) -> bool | Unknowable:
    """Whether a way leads to Lambda from the subnets that a resource is in."""
    return reaches_lambda(evaluator, _subnets(evaluator, resource), resource.stack)


def _subnets(evaluator: Evaluator, resource: Resource) -> list[Evaluated]:
    named = () if resource.facts is None else values_at(evaluator, resource, resource.facts.subnets)
    return [one for subnets in named for one in listed(subnets)]


def _group_reaches(evaluator: Evaluator, cluster: Resource) -> bool | Unknowable:
    """The same of a document cluster, whose subnets are in a subnet group."""
    named = recognized(evaluator, evaluator.property(cluster, "DBSubnetGroupName"), cluster.stack)
    in_group = isinstance(named, Pointer) and named.resource.kind is Kind.DOCUMENT_SUBNETS
    return _reaches(evaluator, named.resource) if in_group and isinstance(named, Pointer) else UNKNOWN


def _has_standby(mode: Evaluated) -> bool | Unknowable:
    found = _capitals(mode)
    return found == WITH_STANDBY if isinstance(found, str) else UNKNOWN


def _capitals(value: Evaluated) -> Value[str]:
    found = text(value)
    return found.strip().upper() if isinstance(found, str) else found


def _form(global_cluster: Evaluated) -> str | Unknowable:
    if global_cluster is None:
        return "instance"
    return UNKNOWN if isinstance(global_cluster, Hole) else "global"


def _form_in_arn(value: Evaluated) -> str | Unknowable:
    arn = parsed(value)
    if arn is not None and arn.service == "docdb-elastic":
        return "elastic"
    return "global" if arn is not None and arn.name.startswith("global-cluster:") else UNKNOWN


def _parameter(evaluator: Evaluator, cluster: Resource, name: str) -> Evaluated | Unknowable:
    """A parameter of a document cluster, as its parameter group says; ``None`` if the service's default holds."""
    named = recognized(evaluator, evaluator.property(cluster, "DBClusterParameterGroupName"), cluster.stack)
    if named is None or (isinstance(named, str) and named.startswith("default.")):
        return None
    if not isinstance(named, Pointer) or named.resource.kind is not Kind.DOCUMENT_SETTINGS:
        return UNKNOWN
    parameters = evaluator.property(named.resource, "Parameters")
    return parameters.get(name) if isinstance(parameters, dict) else UNKNOWN if parameters is not None else None


def _kept(evaluator: Evaluator, cluster: Resource) -> Value[int]:
    """How long the change stream keeps an event."""
    written = _parameter(evaluator, cluster, RETENTION_PARAMETER)
    if written is None:
        return None
    found = str(written)
    return int(found) if found.isdecimal() else UNKNOWN


def _encrypts(evaluator: Evaluator, cluster: Resource) -> bool | Unknowable:
    """Whether a document cluster insists on TLS; the service's own groups do."""
    written = _parameter(evaluator, cluster, "tls")
    if written is None:
        return True
    return written.strip().lower() != "disabled" if isinstance(written, str) else UNKNOWN


def _named_by(entries: list[Evaluated], type_: str, prefix: str) -> list[Evaluated]:
    """What entries of a type name; some templates write a prefix such as ``subnet:`` before it."""
    return [_without(prefix, one.get("URI")) for one in entries if isinstance(one, dict) and one.get("Type") == type_]


def _without(prefix: str, value: Evaluated) -> Evaluated:
    if isinstance(value, str):
        return value.removeprefix(prefix)
    parts = value.parts if isinstance(value, Text) else ()
    return parts[-1] if parts[:-1] == (prefix,) else value


def _pollers(evaluator: Evaluator, source: Resource, ports: tuple[int, ...]) -> PollerNetwork:
    """What the security groups of a source let through, which its pollers carry as well."""
    if source.facts is None or not source.facts.security_groups or not ports:
        return PollerNetwork()
    groups = values_at(evaluator, source, source.facts.security_groups)
    return poller_network(evaluator, groups, source.stack, ports, alike=True)


def _ports_of_documents(evaluator: Evaluator, cluster: Resource) -> tuple[int, ...]:
    written = number(evaluator.property(cluster, "Port"))
    by_default = next(one.ports for one in SOURCES.values() if one.shape is Shape.DOCUMENT_CLUSTER)
    return by_default if written is None else () if isinstance(written, Unknowable) else (written,)


def _pollers_of_ones_own(
    evaluator: Evaluator, settings: Mapping[str, Evaluated], entries: list[Evaluated], stack: Stack
) -> PollerNetwork:
    """What the security groups let through that a mapping names; those of the brokers may be others."""
    groups = _named_by(entries, SECURITY_GROUP, BEFORE_SECURITY_GROUP)
    servers: Evaluated = settings.get("SelfManagedEventSource")
    for name in ("Endpoints", "KafkaBootstrapServers"):
        servers = servers.get(name) if isinstance(servers, Mapping) else None
    ends = [one.rpartition(":")[2] if isinstance(one, str) else "" for one in listed(servers)]
    if not ends or not all(end.isdecimal() for end in ends):
        return PollerNetwork()
    return poller_network(evaluator, groups, stack, tuple(sorted({int(end) for end in ends})), alike=False)
