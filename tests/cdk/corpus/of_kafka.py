"""The variants of topics of Amazon MSK and of self-managed clusters."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_msk as msk
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_esm as esm
from tests.cdk.corpus.bench import EVENT_COUNT, START, WHY, Bench, arn
from tests.cdk.corpus.variant import Table

UUID: Final = "11111111-2222-3333-4444-555555555555"
PROVISIONED: Final = arn("kafka", f"cluster/shop/{UUID}-2")
SERVERLESS: Final = arn("kafka", f"cluster/shop/{UUID}-s1")
ELSEWHERE: Final = f"arn:aws:kafka:eu-west-1:444455556666:cluster/shop/{UUID}-2"
CONNECTION: Final = arn("kafka", f"vpc-connection/444455556666/shop/{UUID}-7")
KEY: Final = arn("kms", f"key/{UUID}")
ROOT: Final = esm.SecretArn(arn("secretsmanager", "secret:shop/root-GhIjKl"))
CREDENTIALS: Final = esm.SecretArn(arn("secretsmanager", "secret:AmazonMSK_shop-AbCdEf"), encryption_key=KEY)
LAG: Final = esm.Alarms(thresholds={"offset_lag": 10_000})
POLLERS: Final = esm.ProvisionedPollers(1, 4, group="shop")
WARN: Final = lambda_.EventSourceMappingLogLevel.WARN
PAID: Final = {"value": {"type": ["paid"]}}

ALWAYS: Final[dict[str, Any]] = {"topic": "orders", "starting_position": START, "alarms": LAG}
MSK: Final = Table(
    "msk",
    esm.MskToLambda,
    {**ALWAYS, "cluster": SERVERLESS, "authentication": esm.MskAuthentication.iam()},
)
OWN: Final = Table(
    "self-managed-kafka",
    esm.SelfManagedKafkaToLambda,
    {
        **ALWAYS,
        "bootstrap_servers": ["kafka-1.example.com:9096", "kafka-2.example.com:9096"],
        "authentication": esm.KafkaAuthentication.scram_512(CREDENTIALS),
        "network": esm.PublicEndpoint(),
    },
)


def network(bench: Bench) -> esm.VpcAccess:
    """The way into a network that was made elsewhere."""
    group = ec2.SecurityGroup.from_security_group_id(bench.stack, "Pollers", "sg-12345")
    subnets = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS)
    return esm.VpcAccess(bench.vpc(), subnets, group)


def cluster(bench: Bench) -> msk.CfnCluster:
    """A provisioned cluster that is made beside the construct."""
    return msk.CfnCluster(
        bench.stack,
        "Cluster",
        cluster_name="shop",
        kafka_version="3.8.x",
        number_of_broker_nodes=2,
        broker_node_group_info={
            "clientSubnets": ["subnet-private-a", "subnet-private-b"],
            "instanceType": "kafka.m7g.large",
        },
        client_authentication={"sasl": {"iam": {"enabled": True}, "scram": {"enabled": True}}},
    )


def password(bench: Bench) -> esm.MskAuthentication:
    """A user whose secret is made beside the construct."""
    secret = secretsmanager.Secret(
        bench.stack,
        "Password",
        secret_name="AmazonMSK_shop",  # noqa: S106 - the secret's name
        encryption_key=bench.key("PasswordKey"),
    )
    return esm.MskAuthentication.scram(secret)


# Of both.
for table in (MSK, OWN):
    table.add("defaults")
    table.add("defaults-with-flags", flags=True)
    table.add(
        "settings",
        batch_size=500,
        max_batching_window=Duration.seconds(20),
        provisioned_poller_config=POLLERS,
        retry_attempts=3,
        max_record_age=Duration.hours(2),
        consumer_group_id="shop-orders",
        log_level=WARN,
    )
    table.add(
        "knobs",
        provisioned_poller_config=POLLERS,
        report_batch_item_failures=False,
        bisect_batch_on_error=False,
        retry_attempts=-1,
        on_failure=esm.OnFailure.discard(reason=WHY),
        consumer_group_id=esm.ServiceGroup(UUID),
        metrics_config=EVENT_COUNT,
        alarms=None,  # without the metrics of Kafka there is no lag to watch
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="OldMapping",
        tags={"team": "shop"},
        enabled=False,
        grants=False,
        acknowledge={"ESM328": WHY},
        like="settings",
    )
    table.add(
        "from-a-moment-on",
        starting_position=lambda_.StartingPosition.AT_TIMESTAMP,
        starting_position_timestamp=datetime(2026, 1, 1, tzinfo=UTC),
    )
    table.add("filters-under-a-key", filters=[PAID], filter_encryption=Bench.key)
    table.add("own-bucket", on_failure=lambda at: esm.OnFailure.bucket(at.bucket(encryption_key=at.key())))
    table.add("own-queue", on_failure=lambda at: esm.OnFailure.queue(at.plain_queue(encryption_master_key=at.key())))
    table.add("new-topic", on_failure=esm.OnFailure.topic())
    table.add(
        "topic-of-kafka",
        provisioned_poller_config=POLLERS,
        on_failure=esm.OnFailure.kafka_topic("failed"),
        like="settings",
    )
    table.add(
        "schemas-of-confluent",
        provisioned_poller_config=POLLERS,
        schema_registry=esm.SchemaRegistry.confluent(
            "https://schemas.example.com",
            validate=["KEY", "VALUE"],
            authentication=esm.KafkaAuthentication.basic(CREDENTIALS),
            root_certificate=ROOT,
        ),
        like="settings",
    )
    table.add("tokens", topic=lambda at: cdk.CfnParameter(at.stack, "Topic").value_as_string)
    table.add("an-existing-function", function=Bench.existing)
    table.add("lag-declined", alarms=esm.Alarms(off={"offset_lag": WHY}))

# Of Amazon MSK alone.
MSK.add("a-provisioned-cluster", cluster=cluster)
MSK.add("a-password", cluster=cluster, authentication=password)
MSK.add(
    "a-certificate",
    cluster=PROVISIONED,
    authentication=esm.MskAuthentication.mutual_tls(CREDENTIALS),
)
MSK.add("unauthenticated", cluster=PROVISIONED, authentication=esm.MskAuthentication.unauthenticated())
MSK.add("another-account", cluster=esm.ClusterConnection(CONNECTION, ELSEWHERE))
MSK.add("a-cluster-by-a-token", cluster=lambda _: cdk.Fn.import_value("Cluster"))
MSK.add(
    "schemas-of-glue",
    provisioned_poller_config=POLLERS,
    schema_registry=esm.SchemaRegistry.glue(arn("glue", "registry/shop"), event_record_format="SOURCE"),
    like="settings",
)

# Of a self-managed cluster alone.
OWN.add("in-a-network", network=network, root_certificate=ROOT)
OWN.add("a-certificate", authentication=esm.KafkaAuthentication.mutual_tls(CREDENTIALS))
OWN.add("oauth", authentication=esm.KafkaAuthentication.oauth_bearer(CREDENTIALS, scope="orders", audience="shop"))
OWN.add("by-role", authentication=esm.KafkaAuthentication.iam_oauth_bearer("shop"))
OWN.add("nobody-in-a-network", authentication=esm.KafkaAuthentication.unauthenticated(), network=network)
OWN.add(
    "as-a-queue",
    consumption_mode="Queue",
    starting_position=None,
    provisioned_poller_config=POLLERS,
    acknowledge={"ESM332": WHY},
    like="settings",
)
