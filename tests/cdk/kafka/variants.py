"""Every way to sign in to a Kafka cluster, with every way to get there, and what the role of each needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_msk as msk

import cdk_esm as esm

Bundle = esm.MskToLambda | esm.SelfManagedKafkaToLambda
Grants = set[tuple[str, str]]

REGION: Final = "eu-west-1"
ACCOUNT: Final = "111122223333"
OTHER_ACCOUNT: Final = "444455556666"
UUID: Final = "11111111-2222-3333-4444-555555555555"
PROVISIONED: Final = f"arn:aws:kafka:{REGION}:{ACCOUNT}:cluster/shop/{UUID}-2"
SERVERLESS: Final = f"arn:aws:kafka:{REGION}:{ACCOUNT}:cluster/shop/{UUID}-s1"
ELSEWHERE: Final = f"arn:aws:kafka:{REGION}:{OTHER_ACCOUNT}:cluster/shop/{UUID}-2"
CONNECTION: Final = f"arn:aws:kafka:{REGION}:{ACCOUNT}:vpc-connection/{OTHER_ACCOUNT}/shop/{UUID}-7"
SECRET: Final = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:AmazonMSK_shop-AbCdEf"
ROOT: Final = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:shop/root-GhIjKl"
KEY: Final = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{UUID}"
START: Final = lambda_.StartingPosition.TRIM_HORIZON
POLLERS: Final = esm.ProvisionedPollers(1, 4)
LAG: Final = esm.Alarms(thresholds={"offset_lag": 10_000})
SERVERS: Final = ("kafka-1.example.com:9096", "kafka-2.example.com:9096")

NETWORK: Final[Grants] = {
    (f"ec2:{action}", "*")
    for action in (
        "CreateNetworkInterface",
        "DeleteNetworkInterface",
        "DescribeNetworkInterfaces",
        "DescribeSecurityGroups",
        "DescribeSubnets",
        "DescribeVpcs",
    )
}
DESCRIBE: Final[Grants] = {("kafka:DescribeClusterV2", "cluster"), ("kafka:GetBootstrapBrokers", "cluster")}
IN_CLUSTER: Final[Grants] = {
    ("kafka-cluster:Connect", "cluster"),
    ("kafka-cluster:DescribeTopic", "topic"),
    ("kafka-cluster:ReadData", "topic"),
    ("kafka-cluster:AlterGroup", "group"),
    ("kafka-cluster:DescribeGroup", "group"),
}
TO_BUCKET: Final[Grants] = {("s3:ListBucket", "bucket"), ("s3:PutObject", "objects")}
READ_SECRET: Final[Grants] = {("secretsmanager:GetSecretValue", "secret"), ("kms:Decrypt", "key")}
READ_ROOT: Final[Grants] = {("secretsmanager:GetSecretValue", "root")}
SCRAM: Final[Grants] = READ_SECRET | {("kafka:ListScramSecrets", "cluster")}


def a_secret() -> esm.SecretArn:
    return esm.SecretArn(SECRET, encryption_key=KEY)


def a_vpc(stack: cdk.Stack) -> ec2.IVpc:
    """A network that was made elsewhere."""
    return ec2.Vpc.from_vpc_attributes(
        stack,
        "Vpc",
        vpc_id="vpc-12345",
        availability_zones=["eu-west-1a", "eu-west-1b"],
        private_subnet_ids=["subnet-a", "subnet-b"],
    )


def vpc_access(stack: cdk.Stack) -> esm.VpcAccess:
    group = ec2.SecurityGroup.from_security_group_id(stack, "Pollers", "sg-12345")
    return esm.VpcAccess(a_vpc(stack), ec2.SubnetSelection(), group)


def a_cluster(stack: cdk.Stack, **ways: Any) -> msk.CfnCluster:
    """A provisioned cluster of the app that offers these ways, IAM by default."""
    sasl = {way: {"enabled": True} for way in ways or ("iam",) if way in ("iam", "scram")}
    offered: dict[str, Any] = {"sasl": sasl} if sasl else {}
    if "tls" in ways:
        offered["tls"] = {"enabled": True}
    if "unauthenticated" in ways:
        offered["unauthenticated"] = {"enabled": True}
    return msk.CfnCluster(
        stack,
        "Cluster",
        cluster_name="shop",
        kafka_version="3.8.x",
        number_of_broker_nodes=2,
        broker_node_group_info={
            "clientSubnets": ["subnet-0a1b2c3d", "subnet-1a2b3c4d"],
            "instanceType": "kafka.m7g.large",
        },
        client_authentication=offered,
    )


def a_serverless_cluster(stack: cdk.Stack) -> msk.CfnServerlessCluster:
    return msk.CfnServerlessCluster(
        stack,
        "Cluster",
        cluster_name="shop",
        client_authentication={"sasl": {"iam": {"enabled": True}}},
        vpc_configs=[{"subnetIds": ["subnet-0a1b2c3d", "subnet-1a2b3c4d"], "securityGroups": ["sg-0a1b2c3d"]}],
    )


@dataclass(frozen=True)
class Variant:
    """One way to sign in, with one way to get there.

    Args:
        name: its name.
        construct: the construct.
        keywords: its keywords; one that is a function is called with the stack.
        needs: what the poller needs.
    """

    name: str
    construct: type[Bundle]
    keywords: Mapping[str, Any]
    needs: Grants = field(default_factory=set)

    def __str__(self) -> str:
        return self.name

    def build(self, stack: cdk.Stack, function: Any, id: str = "Feed", **changes: Any) -> Bundle:  # noqa: A002 - CDK's word
        given = {"topic": "orders", "starting_position": START, "alarms": LAG, **self.keywords, **changes}
        made = {name: one(stack) if callable(one) and not isinstance(one, type) else one for name, one in given.items()}
        return self.construct(stack, id, **{"function": function, **made})


def _msk(name: str, cluster: Any, authentication: Any, needs: Grants, **more: Any) -> Variant:
    keywords = {"cluster": cluster, "authentication": authentication, **more}
    return Variant(f"msk-{name}", esm.MskToLambda, keywords, DESCRIBE | NETWORK | TO_BUCKET | needs)


def _own(name: str, authentication: Any, needs: Grants, *, vpc: bool, root: bool = False, **more: Any) -> Variant:
    keywords = {
        "bootstrap_servers": list(SERVERS),
        "authentication": authentication,
        "network": vpc_access if vpc else esm.PublicEndpoint(),
        "root_certificate": esm.SecretArn(ROOT) if root else None,
        **more,
    }
    where = ("vpc" if vpc else "public") + ("-root" if root else "")
    all_needs = TO_BUCKET | needs | (NETWORK if vpc else set()) | (READ_ROOT if root else set())
    return Variant(f"own-{name}-{where}", esm.SelfManagedKafkaToLambda, keywords, all_needs)


IAM: Final = esm.MskAuthentication.iam()
WAYS_OF_OWN: Final[Mapping[str, tuple[esm.KafkaAuthentication, Grants]]] = {
    "basic": (esm.KafkaAuthentication.basic(a_secret()), READ_SECRET),
    "scram-256": (esm.KafkaAuthentication.scram_256(a_secret()), READ_SECRET),
    "scram-512": (esm.KafkaAuthentication.scram_512(a_secret()), READ_SECRET),
    "mutual-tls": (esm.KafkaAuthentication.mutual_tls(a_secret()), READ_SECRET),
    "oauth": (esm.KafkaAuthentication.oauth_bearer(a_secret(), scope="orders", audience="shop"), READ_SECRET),
    "iam": (esm.KafkaAuthentication.iam(), set()),
    "iam-oauth": (esm.KafkaAuthentication.iam_oauth_bearer("shop"), set()),
    "unauthenticated": (esm.KafkaAuthentication.unauthenticated(), set()),
}
OF_MSK: Final = [
    _msk("iam-arn", PROVISIONED, IAM, IN_CLUSTER),
    _msk("iam-l1", a_cluster, IAM, IN_CLUSTER),
    _msk("iam-serverless-arn", SERVERLESS, IAM, IN_CLUSTER),
    _msk("iam-serverless-l1", a_serverless_cluster, IAM, IN_CLUSTER),
    _msk(
        "iam-connection",
        esm.ClusterConnection(CONNECTION, ELSEWHERE),
        IAM,
        IN_CLUSTER | {("kafka:DescribeVpcConnection", "connection")},
    ),
    _msk("scram-arn", PROVISIONED, esm.MskAuthentication.scram(a_secret()), SCRAM),
    _msk("scram-l1", lambda stack: a_cluster(stack, scram=True), esm.MskAuthentication.scram(a_secret()), SCRAM),
    _msk(
        "scram-connection",
        esm.ClusterConnection(CONNECTION, ELSEWHERE),
        esm.MskAuthentication.scram(a_secret()),
        SCRAM | {("kafka:DescribeVpcConnection", "connection")},
    ),
    _msk("mutual-tls-arn", PROVISIONED, esm.MskAuthentication.mutual_tls(a_secret()), READ_SECRET),
    _msk(
        "mutual-tls-l1",
        lambda stack: a_cluster(stack, tls=True),
        esm.MskAuthentication.mutual_tls(a_secret()),
        READ_SECRET,
    ),
    _msk("unauthenticated-arn", PROVISIONED, esm.MskAuthentication.unauthenticated(), set()),
    _msk(
        "unauthenticated-l1",
        lambda stack: a_cluster(stack, unauthenticated=True),
        esm.MskAuthentication.unauthenticated(),
        set(),
    ),
    _msk("service-group", PROVISIONED, IAM, IN_CLUSTER, consumer_group_id=esm.ServiceGroup()),
    _msk("service-group-known", PROVISIONED, IAM, IN_CLUSTER, consumer_group_id=esm.ServiceGroup(UUID)),
    _msk(
        "to-topic",
        PROVISIONED,
        IAM,
        (IN_CLUSTER | {("kafka-cluster:WriteData", "failed"), ("kafka-cluster:DescribeTopic", "failed")}),
        provisioned_poller_config=POLLERS,
        on_failure=esm.OnFailure.kafka_topic("failed"),
    ),
    _msk(
        "glue",
        SERVERLESS,
        IAM,
        IN_CLUSTER | {("glue:GetRegistry", "registry"), ("glue:GetSchemaVersion", "schemas")},
        provisioned_poller_config=POLLERS,
        schema_registry=esm.SchemaRegistry.glue(f"arn:aws:glue:{REGION}:{ACCOUNT}:registry/shop"),
    ),
    _msk(
        "confluent",
        SERVERLESS,
        IAM,
        IN_CLUSTER | READ_SECRET | READ_ROOT,
        provisioned_poller_config=POLLERS,
        schema_registry=esm.SchemaRegistry.confluent(
            "https://schemas.example.com",
            authentication=esm.KafkaAuthentication.basic(a_secret()),
            root_certificate=esm.SecretArn(ROOT),
        ),
    ),
]
OF_OWN: Final = [
    _own(name, way, needs, vpc=vpc, root=root)
    for name, (way, needs) in WAYS_OF_OWN.items()
    for vpc in (True, False)
    for root in (True, False)
    if vpc or root or name != "unauthenticated"  # AWS wants something to be said of the way to the brokers
]
VARIANTS: Final = [*OF_MSK, *OF_OWN]
every_variant = pytest.mark.parametrize("variant", VARIANTS, ids=str)
by_name: Final[Mapping[str, Variant]] = {one.name: one for one in VARIANTS}
Make = Callable[[cdk.Stack], Any]
