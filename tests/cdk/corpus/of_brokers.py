"""The variants of the two brokers of Amazon MQ and of an Amazon DocumentDB cluster."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_amazonmq as amazonmq
from aws_cdk import aws_docdb as docdb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_esm as esm
from tests.cdk.corpus.bench import WHY, Bench, arn
from tests.cdk.corpus.variant import Table

BROKER: Final = arn("mq", "broker:shop:b-11111111-2222-3333-4444-555555555555")
CLUSTER: Final = arn("rds", "cluster:shop")
SECRET: Final = arn("secretsmanager", "secret:shop/erp-AbCdEf")
KEY: Final = arn("kms", "key/11111111-2222-3333-4444-555555555555")
BACKLOG: Final = esm.Alarms(thresholds={"backlog": 1_000})
CREATED: Final = {"data": {"type": ["created"]}}

ON_BROKER: Final[dict[str, Any]] = {
    "broker": BROKER,
    "queue_name": "orders",
    "credentials": esm.SecretArn(SECRET),
    "alarms": BACKLOG,
}
ACTIVEMQ: Final = Table("activemq", esm.ActiveMqToLambda, ON_BROKER)
RABBITMQ: Final = Table("rabbitmq", esm.RabbitMqToLambda, ON_BROKER)
DOCUMENTDB: Final = Table(
    "documentdb",
    esm.DocumentDbToLambda,
    {"cluster": CLUSTER, "database": "shop", "credentials": esm.SecretArn(SECRET)},
)


def broker(bench: Bench, engine: str, **changes: Any) -> amazonmq.CfnBroker:
    """A broker that is made beside the construct."""
    made: dict[str, Any] = {
        "broker_name": "shop",
        "engine_type": engine,
        "deployment_mode": "SINGLE_INSTANCE",
        "host_instance_type": "mq.m5.large",
        "publicly_accessible": False,
        "users": [amazonmq.CfnBroker.UserProperty(username="shop", password="{{resolve:ssm-secure:erp}}")],  # noqa: S106
    }
    return amazonmq.CfnBroker(bench.stack, "Broker", **{**made, **changes})


def secret(bench: Bench, **changes: Any) -> secretsmanager.Secret:
    """A secret that is made beside the construct."""
    return secretsmanager.Secret(bench.stack, "Credentials", **changes)


def known_secret(bench: Bench) -> secretsmanager.ISecret:
    """A secret that was made elsewhere, with its key."""
    return secretsmanager.Secret.from_secret_attributes(
        bench.stack, "Known", secret_complete_arn=SECRET, encryption_key=bench.known_key()
    )


def cluster(bench: Bench, **changes: Any) -> docdb.DatabaseCluster:
    """A document cluster that is made beside the construct."""
    made: dict[str, Any] = {
        "master_user": docdb.Login(username="shop", kms_key=bench.key("LoginKey")),
        "instance_type": ec2.InstanceType("t4g.medium"),
        "vpc": bench.vpc(),
        "engine_version": "5.0.0",
    }
    return docdb.DatabaseCluster(bench.stack, "Documents", **{**made, **changes})


def first_cluster(bench: Bench) -> docdb.CfnDBCluster:
    """The same, as CloudFormation has it."""
    return docdb.CfnDBCluster(bench.stack, "Documents", engine_version="5.0.0", kms_key_id=bench.known_key().key_arn)


def known_cluster(bench: Bench) -> docdb.IDatabaseCluster:
    """A document cluster that was made elsewhere."""
    return docdb.DatabaseCluster.from_database_cluster_attributes(
        bench.stack, "Known", cluster_identifier="shop", port=27_017
    )


def text(bench: Bench, name: str) -> str:
    """A text that only the deployment knows, as a parameter of that name."""
    return cdk.CfnParameter(bench.stack, name).value_as_string


# Of all.
for table in (ACTIVEMQ, RABBITMQ, DOCUMENTDB):
    table.add("defaults")
    table.add("defaults-with-flags", flags=True)
    table.add("batch-and-window", batch_size=500, max_batching_window=Duration.seconds(20))
    table.add("a-secret-of-the-app", credentials=lambda at: secret(at, encryption_key=at.key()))
    table.add("an-imported-secret", credentials=known_secret)
    table.add("a-secret-under-a-key", credentials=esm.SecretArn(SECRET, KEY))
    table.add("an-existing-function", function=Bench.existing)
    table.add("an-imported-function", function=Bench.imported)
    table.add(
        "knobs",
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="OldMapping",
        tags={"team": "shop"},
        enabled=False,
        grants=False,
        acknowledge={"ESM333": WHY},
    )

# Of the brokers.
for table, engine in ((ACTIVEMQ, "ActiveMQ"), (RABBITMQ, "RabbitMQ")):
    table.add("a-broker-of-the-app", broker=lambda at, engine=engine: broker(at, engine))
    table.add("a-public-broker", public_endpoint=True)
    table.add("no-backlog", alarms=esm.Alarms(off={"backlog": WHY}))
    table.add("filters-under-a-key", filters=[CREATED], filter_encryption=Bench.key, acknowledge={"ESM516": WHY})
    table.add(
        "tokens",
        broker=lambda at: text(at, "Broker"),
        queue_name=lambda at: text(at, "Queue"),
        credentials=lambda at: esm.SecretArn(text(at, "Secret"), text(at, "SecretKey")),
        batch_size=lambda at: at.number("Batch"),
        max_batching_window=lambda at: at.seconds("Window"),
    )
ACTIVEMQ.add(
    "a-broker-with-a-standby", broker=lambda at: broker(at, "ActiveMQ", deployment_mode="ACTIVE_STANDBY_MULTI_AZ")
)
RABBITMQ.add("a-virtual-host", virtual_host="erp")
RABBITMQ.add("the-default-virtual-host", virtual_host="/")

# Of a document cluster.
DOCUMENTDB.add("a-collection", collection="reviews", full_document="UpdateLookup")
DOCUMENTDB.add("a-cluster-of-the-app", cluster=cluster)
DOCUMENTDB.add("a-cluster-as-cloudformation-has-it", cluster=first_cluster)
DOCUMENTDB.add("an-imported-cluster", cluster=known_cluster)
DOCUMENTDB.add("a-cluster-of-another-stack", cluster=lambda at: cluster(at.other("Data")))
DOCUMENTDB.add(
    "from-a-datetime-on",
    starting_position=lambda_.StartingPosition.AT_TIMESTAMP,
    starting_position_timestamp=datetime(2026, 1, 1, tzinfo=UTC),
)
DOCUMENTDB.add("alarms", alarms=esm.Alarms(thresholds={"iterator_age": 60_000}, off={"throttles": WHY}))
DOCUMENTDB.add(
    "tokens",
    cluster=lambda at: text(at, "Cluster"),
    database=lambda at: text(at, "Database"),
    collection=lambda at: text(at, "Collection"),
    batch_size=lambda at: at.number("Batch"),
)
