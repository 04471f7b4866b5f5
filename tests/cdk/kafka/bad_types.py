"""Values that the Kafka constructs cannot take as they came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2

import cdk_esm as esm
from tests.cdk.kafka.bad_case import Bad, Pair
from tests.cdk.kafka.variants import (
    CONNECTION,
    ELSEWHERE,
    POLLERS,
    PROVISIONED,
    SERVERS,
    a_secret,
    vpc_access,
)


def _network(**changes: Any) -> Callable[[cdk.Stack], esm.VpcAccess]:
    return lambda stack: esm.VpcAccess(**{**vars(vpc_access(stack)), **changes})


def _mistyped(base: str, changes: Mapping[str, Any], *found: Pair) -> Bad:
    return Bad(base, changes, frozenset(found), esm.EsmTypeError)


MSK_BASE: Final = "msk-iam-arn"
OWN_BASE: Final = "own-scram-512-public"
MISTYPED: Final[Mapping[str, Bad]] = {
    "a cluster by its name": _mistyped(MSK_BASE, {"cluster": "shop"}, ("ESM001", "cluster")),
    "no cluster": _mistyped(MSK_BASE, {"cluster": None}, ("ESM003", "cluster")),
    "a connection without its cluster": _mistyped(MSK_BASE, {"cluster": CONNECTION}, ("ESM001", "cluster")),
    "a cluster as its own connection": _mistyped(
        MSK_BASE, {"cluster": esm.ClusterConnection(PROVISIONED, ELSEWHERE)}, ("ESM001", "cluster.arn")
    ),
    "a connection to a connection": _mistyped(
        MSK_BASE, {"cluster": esm.ClusterConnection(CONNECTION, CONNECTION)}, ("ESM001", "cluster.cluster_arn")
    ),
    "a way in as a text": _mistyped(MSK_BASE, {"authentication": "IAM"}, ("ESM001", "authentication")),
    "the way of another kind of cluster": _mistyped(
        MSK_BASE, {"authentication": esm.KafkaAuthentication.iam()}, ("ESM001", "authentication")
    ),
    "a secret by its name": _mistyped(
        MSK_BASE,
        {"authentication": esm.MskAuthentication("Scram", "AmazonMSK_shop")},
        ("ESM001", "authentication.secret"),
    ),
    "an empty topic": _mistyped(MSK_BASE, {"topic": " "}, ("ESM001", "topic")),
    "several topics": _mistyped(MSK_BASE, {"topic": ["orders"]}, ("ESM001", "topic")),
    "a position as a text": _mistyped(MSK_BASE, {"starting_position": "LATEST"}, ("ESM001", "starting_position")),
    "no position": _mistyped(OWN_BASE, {"starting_position": None}, ("ESM003", "starting_position")),
    "a number as a group": _mistyped(MSK_BASE, {"consumer_group_id": 7}, ("ESM001", "consumer_group_id")),
    "a group of something that is no mapping": _mistyped(
        MSK_BASE, {"consumer_group_id": esm.ServiceGroup("orders")}, ("ESM001", "consumer_group_id.uuid")
    ),
    "a level as a text": _mistyped(
        MSK_BASE, {"log_level": "INFO", "provisioned_poller_config": POLLERS}, ("ESM001", "log_level")
    ),
    "a registry as a URL": _mistyped(
        MSK_BASE,
        {"schema_registry": "https://s.example.com", "provisioned_poller_config": POLLERS},
        ("ESM001", "schema_registry"),
    ),
    "a registry by its name": _mistyped(
        MSK_BASE,
        {"schema_registry": esm.SchemaRegistry.glue("shop"), "provisioned_poller_config": POLLERS},
        ("ESM001", "schema_registry.glue"),
    ),
    "a registry that is signed in to as a cluster is": _mistyped(
        MSK_BASE,
        {
            "schema_registry": esm.SchemaRegistry.confluent(
                "https://s.example.com", authentication=esm.KafkaAuthentication.scram_512(a_secret())
            ),
            "provisioned_poller_config": POLLERS,
        },
        ("ESM001", "schema_registry.authentication"),
    ),
    "a registry that validates a text": _mistyped(
        MSK_BASE,
        {
            "schema_registry": esm.SchemaRegistry.confluent("https://s.example.com", validate="VALUE"),
            "provisioned_poller_config": POLLERS,
        },
        ("ESM001", "schema_registry.validate"),
    ),
    "an empty topic for failures": _mistyped(
        MSK_BASE,
        {"on_failure": esm.OnFailure.kafka_topic(""), "provisioned_poller_config": POLLERS},
        ("ESM001", "on_failure.kafka_topic"),
    ),
    "servers as a text": _mistyped(OWN_BASE, {"bootstrap_servers": SERVERS[0]}, ("ESM001", "bootstrap_servers")),
    "servers as a number": _mistyped(OWN_BASE, {"bootstrap_servers": 9092}, ("ESM001", "bootstrap_servers")),
    "a server that is a number": _mistyped(
        OWN_BASE, {"bootstrap_servers": [SERVERS[0], 9092]}, ("ESM001", "bootstrap_servers[1]")
    ),
    "servers that are nothing": _mistyped(OWN_BASE, {"bootstrap_servers": None}, ("ESM003", "bootstrap_servers")),
    "a way in of another kind": _mistyped(OWN_BASE, {"authentication": "SCRAM"}, ("ESM001", "authentication")),
    "pollers as a number, and what needs them": _mistyped(
        MSK_BASE, {"provisioned_poller_config": 5, "retry_attempts": 3}, ("ESM001", "provisioned_poller_config")
    ),
    "a topic for failures as AWS writes it": _mistyped(
        MSK_BASE,
        {"on_failure": esm.OnFailure.kafka_topic("kafka://failed"), "provisioned_poller_config": POLLERS},
        ("ESM001", "on_failure.kafka_topic"),
    ),
    "subnets that the VPC does not have": _mistyped(
        OWN_BASE,
        {"network": _network(subnets=ec2.SubnetSelection(subnet_group_name="Brokers"))},
        ("ESM001", "network.subnets"),
    ),
    "no network": _mistyped(OWN_BASE, {"network": None}, ("ESM003", "network")),
    "a network that is a VPC alone": _mistyped(OWN_BASE, {"network": "vpc-12345"}, ("ESM001", "network")),
    "a network without subnets": _mistyped(OWN_BASE, {"network": _network(subnets=[])}, ("ESM001", "network.subnets")),
    "subnets by their ids": _mistyped(
        OWN_BASE,
        {"network": _network(subnets=["subnet-a"])},
        ("ESM001", "network.subnets[0]"),
    ),
    "a group by its id": _mistyped(
        OWN_BASE,
        {"network": _network(security_group="sg-1")},
        ("ESM001", "network.security_group"),
    ),
    "a root certificate in words": _mistyped(
        OWN_BASE, {"root_certificate": "-----BEGIN CERTIFICATE-----"}, ("ESM001", "root_certificate")
    ),
    "a scope that is no text": _mistyped(
        OWN_BASE,
        {"authentication": esm.KafkaAuthentication.oauth_bearer(a_secret(), scope=7)},  # type: ignore[arg-type]
        ("ESM001", "authentication.scope"),
    ),
    "an alarm that Kafka has not": _mistyped(
        MSK_BASE,
        {"alarms": esm.Alarms(thresholds={"offset_lag": 5, "iterator_age": 5})},
        ("ESM001", "alarms.thresholds['iterator_age']"),
    ),
    "a lag of nothing": _mistyped(
        MSK_BASE, {"alarms": esm.Alarms(thresholds={"offset_lag": 0})}, ("ESM001", "alarms.thresholds['offset_lag']")
    ),
    "a lag declined without a reason": _mistyped(
        MSK_BASE, {"alarms": esm.Alarms(off={"offset_lag": ""})}, ("ESM005", "alarms.off['offset_lag']")
    ),
}
