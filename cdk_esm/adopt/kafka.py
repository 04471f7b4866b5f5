"""What a statement on Apache Kafka says beside the others: cluster, topic, group, sign-in, network and schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.adopt.draft import Draft
from cdk_esm.adopt.neighbours import arn_or_name, secret
from cdk_esm.adopt.python import Code, call
from cdk_esm.facts import Unknowable
from cdk_esm.plan import Cluster
from cdk_esm.sources import kafka_settings
from cdk_esm.sources.broker_settings import ACCESS, CREDENTIALS, ROOT_CERTIFICATE
from cdk_esm.sources.msk_settings import ACCESS_TYPES
from cdk_esm.sources.self_managed_kafka import (
    AUDIENCE,
    BEFORE_SECURITY_GROUP,
    BEFORE_SUBNET,
    BOOTSTRAP_SERVERS,
    CONSUMPTION_MODE,
    ONLY_WITH_OAUTHBEARER,
    QUEUE_MODE,
    SECURITY_GROUP,
    SUBNET,
)

_CONNECTION: Final = ":vpc-connection/"
_OWN_METHODS: Final[Mapping[str, str]] = {
    "BASIC_AUTH": "basic",
    "SASL_SCRAM_256_AUTH": "scram_256",
    "SASL_SCRAM_512_AUTH": "scram_512",
    "CLIENT_CERTIFICATE_TLS_AUTH": "mutual_tls",
    "OAUTHBEARER_AUTH": "oauth_bearer",
    "IAM_AUTH": "iam",
    "IAM_OAUTHBEARER_AUTH": "iam_oauth_bearer",
}
_MSK_METHODS: Final[Mapping[str, str]] = {ACCESS_TYPES["Scram"]: "scram", ACCESS_TYPES["Tls"]: "mutual_tls"}
_UUID: Final = (
    "the UUID of the mapping, which this prints: aws lambda list-event-source-mappings --function-name NAME "
    "--query 'EventSourceMappings[].UUID'"
)


def in_queue_mode(draft: Draft) -> bool:
    """Whether the mapping reads its topic as a queue, which takes no position."""
    return bool(draft.plan.given(CONSUMPTION_MODE.name) == QUEUE_MODE)


def put_kafka(draft: Draft) -> None:
    """Write what only Apache Kafka has."""
    topics = draft.plan.given("Topics")
    topic = topics[0] if isinstance(topics, list) and topics else topics
    managed = kafka_settings.MSK_CONFIG.name in draft.sheet.by_name
    record = (kafka_settings.MSK_CONFIG if managed else kafka_settings.SELF_MANAGED_CONFIG).name
    if managed:
        _cluster(draft)
    else:
        servers = draft.plan.given(BOOTSTRAP_SERVERS.name)
        draft.put("bootstrap_servers", draft.known(servers, "bootstrap_servers", "the bootstrap servers"))
    draft.put("topic", draft.known(topic, "topic", "the topic"))
    entries = draft.plan.given(ACCESS.name)
    entries = [one for one in entries if isinstance(one, Mapping)] if isinstance(entries, list) else []
    if managed:
        _sign_in_to_msk(draft, entries)
    else:
        _sign_in(draft, entries)
        _network(draft, entries)
        mode = draft.plan.given(CONSUMPTION_MODE.name)
        if mode is not None:
            draft.put("consumption_mode", draft.known(mode, "consumption_mode", "the consumption mode"))
    _group(draft, draft.plan.given(f"{record}.ConsumerGroupId"))
    _registry(draft, draft.plan.given(f"{record}.{kafka_settings.REGISTRY}"))
    level = draft.plan.given(kafka_settings.LOG_LEVEL.name)
    if level is not None:
        known = isinstance(level, str)
        written: Any = (
            Code(f"lambda_.EventSourceMappingLogLevel.{level}") if known else draft.known(level, "log", "log level")
        )
        draft.put("log_level", written)


def _cluster(draft: Draft) -> None:
    cluster = draft.plan.source_as(Cluster)
    if cluster.connection is not None and _CONNECTION in cluster.identity:
        what = f"the ARN of the cluster in the other account, which {draft.plan.path} reads through {cluster.identity}"
        own = draft.names(f"{cluster.identity}:cluster", f"{draft.variable}_cluster_arn", "value", what)
        draft.put(
            "cluster",
            call("esm.ClusterConnection", arn_or_name(draft, cluster.identity, "connection"), cluster_arn=own),
        )
        return
    draft.put("cluster", arn_or_name(draft, cluster.identity, "cluster"))


def _sign_in_to_msk(draft: Draft, entries: list[Mapping[str, Any]]) -> None:
    for entry in entries:
        method = _MSK_METHODS.get(str(entry.get("Type")))
        if method is not None:
            held = secret(draft, entry.get("URI"), str(entry["Type"]), "secret")
            draft.put("authentication", call(f"esm.MskAuthentication.{method}", held))
            return
    offered = draft.plan.source_as(Cluster).authentications
    open_to_all = not isinstance(offered, Unknowable) and "Iam" not in offered and "Unauthenticated" in offered
    if isinstance(offered, Unknowable):
        draft.notes.append(
            "authentication: the mapping does not say; .unauthenticated() if the cluster asks for nothing"
        )
    draft.put("authentication", Code(f"esm.MskAuthentication.{'unauthenticated' if open_to_all else 'iam'}()"))


def _sign_in(draft: Draft, entries: list[Mapping[str, Any]]) -> None:
    parts = {str(one.get("Type")): one.get("URI") for one in entries}
    found = next((kind for kind in parts if kind in _OWN_METHODS), None)
    root = parts.get(ROOT_CERTIFICATE)
    if root is not None:
        draft.put("root_certificate", secret(draft, root, ROOT_CERTIFICATE, "root_certificate"))
    if found is None:
        draft.put("authentication", Code("esm.KafkaAuthentication.unauthenticated()"))
        return
    further = {
        kind.removeprefix("OAUTHBEARER_").lower(): draft.known(parts[kind], kind.lower(), kind)
        for kind in (AUDIENCE, *ONLY_WITH_OAUTHBEARER)
        if kind in parts
    }
    given = [secret(draft, parts[found], found, "secret")] if found in CREDENTIALS else []
    draft.put("authentication", call(f"esm.KafkaAuthentication.{_OWN_METHODS[found]}", *given, **further))


def _network(draft: Draft, entries: list[Mapping[str, Any]]) -> None:
    subnets = [one.get("URI") for one in entries if one.get("Type") == SUBNET]
    groups = [one.get("URI") for one in entries if one.get("Type") == SECURITY_GROUP]
    if not subnets and not groups:
        draft.put("network", Code("esm.PublicEndpoint()"))
        return
    if len(groups) > 1:
        draft.notes.append(f"network: {len(groups)} security groups cannot be kept, for the pollers have one")
    shown = ", ".join(_shown(one) for one in subnets)
    of = f"the pollers of {draft.plan.path}"
    base = draft.variable
    draft.put(
        "network",
        call(
            "esm.VpcAccess",
            draft.names(f"{base}_vpc", f"{base}_vpc", "vpc", f"VPC of {of}"),
            draft.names(f"{base}_subnets", f"{base}_subnets", "subnets", f"subnets of {of}, as a list: {shown}"),
            draft.names(
                f"{base}_group",
                f"{base}_security_group",
                "security group",
                f"security group of {of}: {', '.join(map(_shown, groups))}",
            ),
        ),
    )


def _shown(uri: object) -> str:
    if not isinstance(uri, str):
        return "one that only the deployment knows"
    return uri.removeprefix(BEFORE_SUBNET).removeprefix(BEFORE_SECURITY_GROUP)


def _group(draft: Draft, group: Any) -> None:
    if group is not None:
        draft.put("consumer_group_id", draft.known(group, "consumer_group_id", "the consumer group"))
        return
    uuid = draft.names(f"{draft.variable}_uuid", f"{draft.variable}_uuid", "uuid", f"{_UUID}; of {draft.plan.path}")
    draft.put("consumer_group_id", call("esm.ServiceGroup", uuid))


def _registry(draft: Draft, config: Any) -> None:
    if config is None:
        return
    if not isinstance(config, Mapping):
        draft.put("schema_registry", draft.known(config, "schema_registry", "an esm.SchemaRegistry"))
        return
    facts, uri = draft.plan.schema_registry, config.get("SchemaRegistryURI")
    validate = config.get("SchemaValidationConfigs")
    attributes = [one.get("Attribute") for one in validate or () if isinstance(one, Mapping)]
    common: dict[str, Any] = {
        "event_record_format": draft.known(config.get("EventRecordFormat"), "event_record_format", "the format"),
        "validate": attributes,
    }
    if facts is not None and facts.of_glue is True:
        draft.put(
            "schema_registry", call("esm.SchemaRegistry.glue", arn_or_name(draft, facts.identity, "registry"), **common)
        )
        return
    access = [one for one in config.get("AccessConfigs") or () if isinstance(one, Mapping)]
    for entry in access:
        kind = str(entry.get("Type"))
        held = secret(draft, entry.get("URI"), kind, f"registry_{kind}")
        if kind == ROOT_CERTIFICATE:
            common["root_certificate"] = held
        elif kind in _OWN_METHODS:
            common["authentication"] = call(f"esm.KafkaAuthentication.{_OWN_METHODS[kind]}", held)
    url = draft.known(uri, "schema_registry", "the URL of the schema registry")
    draft.put("schema_registry", call("esm.SchemaRegistry.confluent", url, **common))
