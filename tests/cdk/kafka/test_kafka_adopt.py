"""The rows of docs/guide/adopt.md about Kafka: each move is made, and ``cdk-esm diff`` replaces no mapping."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_esm as esm
from tests.cdk.kafka.moving import Make, Move, moved, old_id
from tests.cdk.kafka.variants import IAM, KEY, LAG, PROVISIONED, SECRET, SERVERS, START, UUID, a_vpc

GUIDE: Final = (Path(__file__).parents[3] / "docs" / "guide" / "adopt.md").read_text(encoding="utf-8")
REPLACED: Final = {
    "mapping-renamed",
    "mapping-replaced",
    "mapping-replacement-refused",
    "mapping-removed",
    "mapping-added",
}


def a_group(stack: cdk.Stack) -> ec2.ISecurityGroup:
    return ec2.SecurityGroup.from_security_group_id(stack, "Pollers", "sg-12345")


def a_password(stack: cdk.Stack) -> secretsmanager.ISecret:
    return secretsmanager.Secret.from_secret_complete_arn(stack, "Password", SECRET)


def managed(*, group: str | None = None, secret: bool = False) -> Make:
    def make(stack: cdk.Stack, function: lambda_.Function) -> None:
        password = a_password(stack) if secret else None
        function.add_event_source(
            sources.ManagedKafkaEventSource(
                cluster_arn=PROVISIONED,
                topic="orders",
                starting_position=START,
                consumer_group_id=group,
                secret=password,
            )
        )

    return make


def own(*, group: str | None = None, vpc: bool = False) -> Make:
    def make(stack: cdk.Stack, function: lambda_.Function) -> None:
        network: dict[str, Any] = {"vpc": a_vpc(stack), "security_group": a_group(stack)} if vpc else {}
        if vpc:
            network["vpc_subnets"] = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS)
        function.add_event_source(
            sources.SelfManagedKafkaEventSource(
                bootstrap_servers=list(SERVERS),
                topic="orders",
                starting_position=START,
                consumer_group_id=group,
                secret=a_password(stack),
                authentication_method=sources.AuthenticationMethod.SASL_SCRAM_512_AUTH,
                **network,
            )
        )

    return make


def ours_on_msk(name: str, **changes: Any) -> Make:
    def make(stack: cdk.Stack, function: lambda_.Function) -> None:
        given = {"authentication": IAM, "starting_position": START, "alarms": LAG, **changes}
        esm.MskToLambda(
            stack, "Orders", function=function, cluster=PROVISIONED, topic="orders", logical_id=name, **given
        )

    return make


def ours_on_own(name: str, *, vpc: bool = False, **changes: Any) -> Make:
    def make(stack: cdk.Stack, function: lambda_.Function) -> None:
        subnets = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS)
        network = esm.VpcAccess(a_vpc(stack), subnets, a_group(stack)) if vpc else esm.PublicEndpoint()
        esm.SelfManagedKafkaToLambda(
            stack,
            "Orders",
            function=function,
            bootstrap_servers=list(SERVERS),
            topic="orders",
            authentication=esm.KafkaAuthentication.scram_512(esm.SecretArn(SECRET, encryption_key=KEY)),
            network=network,
            starting_position=START,
            logical_id=name,
            alarms=LAG,
            **changes,
        )

    return make


SCRAM: Final = esm.MskAuthentication.scram(esm.SecretArn(SECRET, encryption_key=KEY))
KNOWN: Final[dict[str, Any]] = {"consumer_group_id": esm.ServiceGroup(UUID)}
NAMED: Final[dict[str, Any]] = {"consumer_group_id": "shop-orders"}
MOVES: Final[dict[str, tuple[Make, Any]]] = {
    "managed, IAM, group of the service": (managed(), lambda name: ours_on_msk(name, **KNOWN)),
    "managed, IAM, group by name": (managed(group="shop-orders"), lambda name: ours_on_msk(name, **NAMED)),
    "managed, SCRAM": (managed(secret=True), lambda name: ours_on_msk(name, authentication=SCRAM, **KNOWN)),
    "self-managed, group of the service": (own(), lambda name: ours_on_own(name, **KNOWN)),
    "self-managed, group by name": (own(group="shop-orders"), lambda name: ours_on_own(name, **NAMED)),
    "self-managed, in a VPC": (own(vpc=True), lambda name: ours_on_own(name, vpc=True, **KNOWN)),
}


def made(move: str, folder: Path) -> Move:
    before, after = MOVES[move]
    return moved(before, after(old_id(before, folder)), folder)


@pytest.mark.parametrize("move", MOVES)
def test_a_mapping_of_cdks_event_source_is_taken_over_and_not_replaced(move: str, tmp_path: Path) -> None:
    found = made(move, tmp_path)

    assert found.same_id
    assert not REPLACED & {kind for kind, _ in found.changes}
    assert {kind for kind, severity in found.changes if severity != "advice"} == set(), found.text


@pytest.mark.parametrize("move", MOVES)
def test_what_cannot_be_changed_stays_as_it_is(move: str, tmp_path: Path) -> None:
    found = made(move, tmp_path)

    for name in ("EventSourceArn", "SelfManagedEventSource", "Topics", "StartingPosition", "FunctionName"):
        assert found.old.get(name) == found.new.get(name)
    for record in ("AmazonManagedKafkaEventSourceConfig", "SelfManagedKafkaEventSourceConfig"):
        assert found.old.get(record) == found.new.get(record)


@pytest.mark.parametrize("move", MOVES)
def test_the_guide_names_each_property_that_changes(move: str, tmp_path: Path) -> None:
    found = made(move, tmp_path)
    changed = {name for name in {*found.old, *found.new} if found.old.get(name) != found.new.get(name)}

    assert changed
    assert all(f"`{name}`" in GUIDE for name in changed)


def test_without_the_old_id_diff_says_that_it_is_refused(tmp_path: Path) -> None:
    found = moved(managed(), ours_on_msk("Other", **KNOWN), tmp_path)

    assert ("mapping-renamed", "error") in found.changes
    assert "keep the logical id" in found.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(managed(group="shop-orders"), ours_on_msk, id="another-group"),
        pytest.param(managed(), ours_on_msk, id="a-group-where-there-was-none"),
        pytest.param(own(group="shop-orders"), ours_on_own, id="of-a-self-managed-cluster"),
    ],
)
def test_another_group_is_a_danger_with_the_line_to_paste(before: Make, after: Any, tmp_path: Path) -> None:
    found = moved(before, after(old_id(before, tmp_path)), tmp_path)

    assert ("setting-stays", "danger") in found.changes
    assert "consumer_group_id=" in found.text


def test_the_guide_has_a_row_for_each_event_source_of_cdk() -> None:
    assert "`ManagedKafkaEventSource`" in GUIDE
    assert "`SelfManagedKafkaEventSource`" in GUIDE
