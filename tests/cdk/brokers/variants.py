"""Every kind of broker, with every way to hand it and its credentials in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_amazonmq as amazonmq
from aws_cdk import aws_docdb as docdb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_esm as esm

Bundle = esm.ActiveMqToLambda | esm.RabbitMqToLambda | esm.DocumentDbToLambda

REGION: Final = "eu-west-1"
ACCOUNT: Final = "111122223333"
BROKER: Final = f"arn:aws:mq:{REGION}:{ACCOUNT}:broker:shop:b-11111111-2222-3333-4444-555555555555"
CLUSTER: Final = f"arn:aws:rds:{REGION}:{ACCOUNT}:cluster:shop"
SECRET: Final = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:shop/erp-AbCdEf"
KEY: Final = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555"
BACKLOG: Final = esm.Alarms(thresholds={"backlog": 1_000})
WHY: Final = "see runbook 12"

CONSTRUCTS: Final[Mapping[str, Any]] = {
    "activemq": esm.ActiveMqToLambda,
    "rabbitmq": esm.RabbitMqToLambda,
    "documentdb": esm.DocumentDbToLambda,
}
ON_BROKER: Final[Mapping[str, Any]] = {"broker": BROKER, "queue_name": "orders", "alarms": BACKLOG}
ON_CLUSTER: Final[Mapping[str, Any]] = {"cluster": CLUSTER, "database": "shop"}
NEEDED: Final[Mapping[str, Mapping[str, Any]]] = {
    "activemq": {**ON_BROKER, "credentials": esm.SecretArn(SECRET)},
    "rabbitmq": {**ON_BROKER, "credentials": esm.SecretArn(SECRET)},
    "documentdb": {**ON_CLUSTER, "credentials": esm.SecretArn(SECRET)},
}
"""The keywords that each construct cannot do without."""
ENGINES: Final = {"activemq": "ActiveMQ", "rabbitmq": "RabbitMQ"}


def build(kind: str, stack: cdk.Stack, function: Any, name: str = "Orders", **keywords: Any) -> Any:
    """Build a bundle of a kind, with nothing but what it needs and what is given."""
    return CONSTRUCTS[kind](stack, name, **{"function": function, **NEEDED[kind], **keywords})


def a_broker(stack: cdk.Stack, kind: str, **changes: Any) -> amazonmq.CfnBroker:
    """A broker of the app."""
    made: dict[str, Any] = {
        "broker_name": "shop",
        "engine_type": ENGINES[kind],
        "deployment_mode": "SINGLE_INSTANCE",
        "host_instance_type": "mq.m5.large",
        "publicly_accessible": False,
        "users": [amazonmq.CfnBroker.UserProperty(username="shop", password="{{resolve:ssm-secure:erp}}")],  # noqa: S106
    }
    return amazonmq.CfnBroker(stack, "Broker", **{**made, **changes})


def a_cluster(stack: cdk.Stack, **changes: Any) -> docdb.DatabaseCluster:
    """A document cluster of the app, in a network that leads to AWS."""
    made: dict[str, Any] = {
        "master_user": docdb.Login(username="shop"),
        "instance_type": ec2.InstanceType("t4g.medium"),
        "vpc": ec2.Vpc(stack, "Vpc", max_azs=2, nat_gateways=1),
        "engine_version": "5.0.0",
    }
    return docdb.DatabaseCluster(stack, "Cluster", **{**made, **changes})


def an_open_cluster(stack: cdk.Stack, **changes: Any) -> docdb.DatabaseCluster:
    """The same, whose security group lets its pollers in, as the template is asked for (ESM443)."""
    cluster = a_cluster(stack, **changes)
    for group in cluster.connections.security_groups:
        esm.allow_pollers(group, port=27017)
    return cluster


@dataclass(frozen=True)
class Credentials:
    """A way to hand in credentials.

    Args:
        make: makes them in a stack.
        key: they have their own key, which is known.
    """

    make: Callable[[cdk.Stack], Any]
    key: bool


def _of_the_app(stack: cdk.Stack) -> secretsmanager.Secret:
    return secretsmanager.Secret(stack, "Credentials", encryption_key=kms.Key(stack, "SecretKey"))


def _imported(stack: cdk.Stack) -> secretsmanager.ISecret:
    key = kms.Key.from_key_arn(stack, "SecretKey", KEY)
    return secretsmanager.Secret.from_secret_attributes(
        stack, "Credentials", secret_complete_arn=SECRET, encryption_key=key
    )


CREDENTIALS: Final[Mapping[str, Credentials]] = {
    "an ARN": Credentials(lambda _: esm.SecretArn(SECRET), key=False),
    "an ARN with its key": Credentials(lambda _: esm.SecretArn(SECRET, KEY), key=True),
    "a secret of the app": Credentials(lambda stack: secretsmanager.Secret(stack, "Credentials"), key=False),
    "a secret of the app with its key": Credentials(_of_the_app, key=True),
    "an imported secret": Credentials(
        lambda stack: secretsmanager.Secret.from_secret_complete_arn(stack, "Credentials", SECRET), key=False
    ),
    "an imported secret with its key": Credentials(_imported, key=True),
}
every_kind = pytest.mark.parametrize("kind", CONSTRUCTS)
both_brokers = pytest.mark.parametrize("kind", ENGINES)
