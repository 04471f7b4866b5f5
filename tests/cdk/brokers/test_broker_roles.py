"""What the role of a mapping on a broker or a document cluster holds: exactly what is needed, for each combination."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_docdb as docdb
from aws_cdk import aws_kms as kms
from constructs import IConstruct

from cdk_esm import NewFunction
from tests.cdk.brokers.variants import (
    ACCOUNT,
    BROKER,
    CLUSTER,
    CREDENTIALS,
    KEY,
    REGION,
    SECRET,
    a_broker,
    a_cluster,
    both_brokers,
    build,
    every_kind,
)
from tests.cdk.templates import properties, resources
from tests.cdk.test_roles import OF_THE_FUNCTION

Grants = set[tuple[str, str]]

OF_THE_NETWORK: Final[Grants] = {
    ("ec2:CreateNetworkInterface", "*"),
    ("ec2:DeleteNetworkInterface", "*"),
    ("ec2:DescribeNetworkInterfaces", "*"),
    ("ec2:DescribeSecurityGroups", "*"),
    ("ec2:DescribeSubnets", "*"),
    ("ec2:DescribeVpcs", "*"),
}
OF_THE_SECRET: Final[Grants] = {("secretsmanager:GetSecretValue", "secret")}
OF_ITS_KEY: Final[Grants] = {("kms:Decrypt", "secret key")}
OF_A_BROKER: Final[Grants] = {("mq:DescribeBroker", "source")}
OF_A_CLUSTER: Final[Grants] = {
    ("rds:DescribeDBClusters", "source"),
    ("rds:DescribeDBClusterParameters", "parameter groups"),
    ("rds:DescribeDBSubnetGroups", "subnet groups"),
}
OF_THE_SOURCE: Final = {"activemq": OF_A_BROKER, "rabbitmq": OF_A_BROKER, "documentdb": OF_A_CLUSTER}


def written(stack: cdk.Stack, value: Any) -> str:
    return json.dumps(stack.resolve(value))


def granted(bundle: Any, stack: cdk.Stack, names: dict[str, str]) -> Grants:
    """What the mapping's own policy allows, with names for resources."""
    (policy,) = (one for name, one in resources(stack, "AWS::IAM::Policy").items() if name.startswith("OrdersPolicy"))
    assert policy["Properties"]["Roles"] == [stack.resolve(bundle.role.role_name)]
    found = set()
    for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
        assert set(statement) == {"Action", "Effect", "Resource"}
        for action in statement["Action"]:
            found.add((action, names.get(json.dumps(statement["Resource"]), json.dumps(statement["Resource"]))))
    return found


def names_of(bundle: Any, stack: cdk.Stack, groups: Any = f"arn:aws:rds:{REGION}:{ACCOUNT}") -> dict[str, str]:
    """What the resources of statements are called here."""
    mapping = properties(bundle.mapping)
    found = {
        json.dumps(mapping["EventSourceArn"]): "source",
        json.dumps(mapping["SourceAccessConfigurations"][0]["URI"]): "secret",
        json.dumps("*"): "*",
        written(stack, f"{groups}:cluster-pg:*"): "parameter groups",
        written(stack, f"{groups}:subgrp:*"): "subnet groups",
    }
    key = stack.node.try_find_child("SecretKey")
    return {**found, json.dumps(KEY): "secret key", **({} if key is None else {_arn(stack, key): "secret key"})}


def _arn(stack: cdk.Stack, key: IConstruct) -> str:
    return written(stack, key.key_arn)  # type: ignore[attr-defined]  # it is a key


@every_kind
@pytest.mark.parametrize("credentials", CREDENTIALS)
@pytest.mark.parametrize("endpoint", [None, False, True])
def test_a_role_holds_exactly_what_the_poller_needs(
    kind: str, credentials: str, endpoint: bool | None, stack: cdk.Stack, function: NewFunction
) -> None:
    if kind == "documentdb" and endpoint is not None:
        return  # a document cluster has no public endpoint, and its construct no such keyword
    chosen = CREDENTIALS[credentials]
    stated: dict[str, Any] = {} if endpoint is None else {"public_endpoint": endpoint}
    bundle = build(kind, stack, function, credentials=chosen.make(stack), **stated)
    wanted = OF_THE_SOURCE[kind] | OF_THE_SECRET
    wanted |= OF_ITS_KEY if chosen.key else set()
    wanted |= set() if endpoint is True else OF_THE_NETWORK

    assert granted(bundle, stack, names_of(bundle, stack)) == wanted


@both_brokers
@pytest.mark.parametrize("public", [True, False])
def test_a_broker_that_its_own_properties_call_public_is_granted_networks_all_the_same(
    kind: str, public: bool, stack: cdk.Stack, function: NewFunction
) -> None:
    """That they are not needed is inferred, so only the user can say it."""
    bundle = build(kind, stack, function, broker=a_broker(stack, kind, publicly_accessible=public))

    assert granted(bundle, stack, names_of(bundle, stack)) >= OF_THE_NETWORK


@pytest.mark.parametrize("form", ["an ARN", "an L2", "an L1", "imported"])
def test_a_document_cluster_is_described_in_each_form(form: str, stack: cdk.Stack, function: NewFunction) -> None:
    forms: dict[str, Callable[[], Any]] = {
        "an ARN": lambda: CLUSTER,
        "an L2": lambda: a_cluster(stack),
        "an L1": lambda: docdb.CfnDBCluster(stack, "Cluster", engine_version="5.0.0"),
        "imported": lambda: docdb.DatabaseCluster.from_database_cluster_attributes(
            stack, "Known", cluster_identifier="shop", port=27_017
        ),
    }
    bundle = build("documentdb", stack, function, cluster=forms[form]())
    here = f"arn:{cdk.Aws.PARTITION}:rds:{cdk.Aws.REGION}:{cdk.Aws.ACCOUNT_ID}"
    names = names_of(bundle, stack, f"arn:aws:rds:{REGION}:{ACCOUNT}" if form == "an ARN" else here)

    assert granted(bundle, stack, names) == OF_A_CLUSTER | OF_THE_SECRET | OF_THE_NETWORK


def test_the_key_of_a_document_cluster_may_be_used(stack: cdk.Stack, function: NewFunction) -> None:
    key = kms.Key(stack, "ClusterKey")
    bundle = build("documentdb", stack, function, cluster=a_cluster(stack, kms_key=key))
    names = {**names_of(bundle, stack), written(stack, key.key_arn): "cluster key"}

    assert ("kms:Decrypt", "cluster key") in granted(bundle, stack, names)


@every_kind
def test_no_managed_policy_of_aws_is_attached(kind: str, stack: cdk.Stack, function: NewFunction) -> None:
    build(kind, stack, function)

    assert "arn:aws:iam::aws:policy" not in json.dumps(resources(stack))


@every_kind
def test_the_function_itself_gets_what_any_function_of_ours_gets(
    kind: str, stack: cdk.Stack, function: NewFunction
) -> None:
    bundle = build(kind, stack, function)
    own = [
        statement
        for name, one in resources(stack, "AWS::IAM::Policy").items()
        if name.startswith("OrdersRoleDefaultPolicy")
        for statement in one["Properties"]["PolicyDocument"]["Statement"]
    ]

    assert bundle.role is not None
    assert {action for statement in own for action in statement["Action"]} == {action for action, _ in OF_THE_FUNCTION}


@every_kind
def test_grants_can_be_declined(kind: str, stack: cdk.Stack, function: NewFunction) -> None:
    build(kind, stack, function, grants=False)

    assert not any(name.startswith("OrdersPolicy") for name in resources(stack, "AWS::IAM::Policy"))


def test_the_arns_in_these_tests_are_those_of_one_place() -> None:
    assert {arn.split(":")[3] for arn in (BROKER, CLUSTER, SECRET, KEY)} == {REGION}
