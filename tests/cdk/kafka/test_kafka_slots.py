"""The slots of the Kafka constructs: what a cluster may be given as, and what is read of it."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import Duration
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_msk as msk
from constructs import Construct

import cdk_esm as esm
from cdk_esm.plan import Cluster
from tests.cdk.kafka.variants import (
    CONNECTION,
    ELSEWHERE,
    IAM,
    LAG,
    OTHER_ACCOUNT,
    PROVISIONED,
    SERVERLESS,
    START,
    a_cluster,
    a_serverless_cluster,
    a_vpc,
    by_name,
)
from tests.cdk.templates import logical_id, properties, resources


class AlphaCluster(Construct):
    """A cluster as CDK's alpha part has it, known by what it offers and by the L1 at its heart."""

    def __init__(self, stack: cdk.Stack, *, serverless: bool) -> None:
        super().__init__(stack, "Alpha")
        self._l1: Any = (a_serverless_cluster if serverless else a_cluster)(self)  # type: ignore[arg-type]  # any scope
        self.node.default_child = self._l1

    @property
    def cluster_arn(self) -> str:
        return str(self._l1.attr_arn)

    @property
    def cluster_name(self) -> str:
        return "shop"

    @property
    def env(self) -> Any:
        return cdk.Stack.of(self).env if hasattr(cdk.Stack, "env") else self._l1.env


class ImportedCluster(Construct):
    """An imported cluster of the alpha part: nothing but an ARN and a name."""

    def __init__(self, stack: cdk.Stack, arn: str) -> None:
        super().__init__(stack, "Imported")
        self.cluster_arn, self.cluster_name = arn, "shop"

    cluster_arn: str = ""
    cluster_name: str = ""


def build(stack: cdk.Stack, function: esm.NewFunction, cluster: Any, **changes: Any) -> esm.MskToLambda:
    given = {"topic": "orders", "authentication": IAM, "starting_position": START, "alarms": LAG, **changes}
    return esm.MskToLambda(stack, "Feed", function=function, cluster=cluster, **given)


@pytest.mark.parametrize(
    ("cluster", "kind", "offered"),
    [
        pytest.param(lambda _: PROVISIONED, "msk", {"Iam"}, id="an-arn"),
        pytest.param(lambda _: SERVERLESS, "msk-serverless", {"Iam"}, id="an-arn-of-a-serverless-one"),
        pytest.param(lambda at: a_cluster(at, iam=True, scram=True), "msk", {"Iam", "Scram"}, id="an-l1"),
        pytest.param(a_serverless_cluster, "msk-serverless", {"Iam"}, id="a-serverless-l1"),
        pytest.param(lambda at: AlphaCluster(at, serverless=False), "msk", {"Iam"}, id="an-l2"),
        pytest.param(lambda at: AlphaCluster(at, serverless=True), "msk-serverless", {"Iam"}, id="a-serverless-l2"),
        pytest.param(lambda at: ImportedCluster(at, PROVISIONED), "msk", {"Iam"}, id="an-imported-one"),
        pytest.param(lambda at: ImportedCluster(at, SERVERLESS), "msk-serverless", {"Iam"}, id="imported-serverless"),
        pytest.param(lambda _: cdk.Fn.import_value("Cluster"), "msk", {"Iam"}, id="a-token"),
        pytest.param(lambda _: esm.ClusterConnection(CONNECTION, ELSEWHERE), "msk", {"Iam"}, id="a-connection"),
    ],
)
def test_a_cluster_says_itself_of_which_kind_it_is(
    cluster: Any, kind: str, offered: set[str], stack: cdk.Stack, function: esm.NewFunction
) -> None:
    bundle = build(stack, function, cluster(stack))

    assert bundle.plan.source == kind
    assert bundle.plan.source_as(Cluster).authentications == frozenset(offered)
    assert bundle.findings == ()


def test_a_connection_is_named_in_the_mapping_and_the_cluster_in_the_permissions(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    bundle = build(stack, function, esm.ClusterConnection(CONNECTION, ELSEWHERE))

    assert properties(bundle.mapping)["EventSourceArn"] == CONNECTION
    assert bundle.plan.event_source.account == OTHER_ACCOUNT
    assert bundle.plan.source_as(Cluster).connection == CONNECTION


def test_the_l1_of_a_connection_knows_both_arns(stack: cdk.Stack, function: esm.NewFunction) -> None:
    connection = msk.CfnVpcConnection(
        stack,
        "Connection",
        authentication="SASL_IAM",
        client_subnets=["subnet-a"],
        security_groups=["sg-a"],
        target_cluster_arn=ELSEWHERE,
        vpc_id="vpc-a",
    )
    bundle = build(stack, function, connection)

    assert properties(bundle.mapping)["EventSourceArn"] == {"Fn::GetAtt": ["Connection", "Arn"]}
    assert bundle.findings == ()


def test_a_cluster_of_another_stack_is_taken(app: cdk.App, function: esm.NewFunction) -> None:
    other, stack = cdk.Stack(app, "Clusters"), cdk.Stack(app, "Shop")
    bundle = build(stack, function, a_cluster(other))

    assert "Fn::ImportValue" in properties(bundle.mapping)["EventSourceArn"]
    assert bundle.findings == ()


@pytest.mark.parametrize(
    ("subnets", "found"),
    [
        pytest.param(ec2.SubnetSelection(), ["subnet-a", "subnet-b"], id="a-selection"),
        pytest.param(ec2.SubnetSelection(availability_zones=["eu-west-1b"]), ["subnet-b"], id="a-narrow-selection"),
        pytest.param(None, ["subnet-b"], id="a-list"),
    ],
)
def test_subnets_are_a_selection_or_a_list(
    subnets: Any, found: list[str], stack: cdk.Stack, function: esm.NewFunction
) -> None:
    vpc = a_vpc(stack)
    group = ec2.SecurityGroup(stack, "Pollers", vpc=vpc)
    network = esm.VpcAccess(vpc, subnets or [vpc.private_subnets[1]], group)
    bundle = by_name["own-scram-512-vpc"].build(stack, function, network=network)
    access = properties(bundle.mapping)["SourceAccessConfigurations"]

    assert [one["URI"] for one in access if one["Type"] == "VPC_SUBNET"] == [f"subnet:{name}" for name in found]
    assert [one["URI"] for one in access if one["Type"] == "VPC_SECURITY_GROUP"] == [
        {"Fn::Join": ["", ["security_group:", {"Fn::GetAtt": [logical_id(group), "GroupId"]}]]}
    ]


def test_pollers_are_let_in_by_rules_that_the_user_asks_for(stack: cdk.Stack) -> None:
    vpc = a_vpc(stack)
    pollers, brokers, endpoints = (
        ec2.SecurityGroup(stack, name, vpc=vpc, allow_all_outbound=False)
        for name in ("Pollers", "Brokers", "Endpoints")
    )
    esm.allow_pollers(pollers, port=9096, brokers=brokers, endpoints=endpoints)
    rules = {
        (one["Type"].rpartition("Group")[2], one["Properties"]["FromPort"], str(one["Properties"]["GroupId"]))
        for one in resources(stack).values()
        if one["Type"].startswith("AWS::EC2::SecurityGroup") and "FromPort" in one["Properties"]
    }

    assert {(kind, port) for kind, port, _ in rules} == {("Ingress", 9096), ("Egress", 9096), ("Ingress", 443)}
    assert "CidrIp" in str(properties(pollers)["SecurityGroupEgress"])


def test_a_group_alone_lets_itself_in(stack: cdk.Stack) -> None:
    group = ec2.SecurityGroup(stack, "Cluster", vpc=a_vpc(stack))
    esm.allow_pollers(group, port=9098)
    (rule,) = resources(stack, "AWS::EC2::SecurityGroupIngress").values()

    assert rule["Properties"]["GroupId"] == rule["Properties"]["SourceSecurityGroupId"]
    assert (rule["Properties"]["FromPort"], rule["Properties"]["ToPort"]) == (9098, 9098)


def test_an_imported_function_that_runs_for_long_is_told_of_the_bound(stack: cdk.Stack) -> None:
    arn = f"arn:aws:lambda:{PROVISIONED.split(':')[3]}:111122223333:function:fulfil"
    imported = esm.Imported(lambda_.Function.from_function_arn(stack, "Here", arn), timeout=Duration.minutes(15))
    found = by_name["msk-iam-arn"].build(stack, imported).findings

    assert "ESM120" in {one.rule.id for one in found}
