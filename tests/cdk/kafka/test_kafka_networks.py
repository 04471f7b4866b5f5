"""A network of the app that does not lead to what the pollers call is found when the app is synthesized."""

from __future__ import annotations

from typing import Any, cast

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2

import cdk_esm as esm
from tests.cdk.kafka.variants import POLLERS, by_name
from tests.cdk.reports import violations

Services = tuple[str, ...]


def build(stack: cdk.Stack, function: esm.NewFunction, services: Services, **changes: Any) -> None:
    """A mapping whose pollers are in isolated subnets with endpoints for some services, and with no other way out."""
    isolated = ec2.SubnetConfiguration(name="Isolated", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
    vpc = ec2.Vpc(stack, "Network", max_azs=2, nat_gateways=0, subnet_configuration=[isolated])
    for service in services:
        if service == "s3":
            vpc.add_gateway_endpoint("ToS3", service=ec2.GatewayVpcEndpointAwsService.S3)
        else:
            vpc.add_interface_endpoint(f"To{service}", service=ec2.InterfaceVpcEndpointAwsService(service))
    network = esm.VpcAccess(vpc, vpc.isolated_subnets, ec2.SecurityGroup(stack, "Pollers", vpc=vpc))
    by_name["own-scram-512-vpc"].build(stack, function, network=network, **changes)


def told(stack: cdk.Stack) -> set[str]:
    """The rules that the check of the app names, of those about ways out."""
    text = str(violations(cast("cdk.App", stack.node.root)))
    return {rule for rule in ("ESM412", "ESM432") if rule in text}


@pytest.mark.parametrize(
    ("services", "found"),
    [
        pytest.param((), {"ESM412"}, id="nowhere"),
        pytest.param(("lambda", "sts"), {"ESM432"}, id="no-secrets-and-no-bucket"),
        pytest.param(("lambda", "sts", "secretsmanager"), {"ESM432"}, id="no-bucket"),
        pytest.param(("lambda", "sts", "secretsmanager", "s3"), set(), id="all-of-them"),
    ],
)
def test_on_demand_pollers_need_a_way_to_all_that_they_call(
    services: Services, found: set[str], stack: cdk.Stack, function: esm.NewFunction
) -> None:
    build(stack, function, services)

    assert told(stack) == found


def test_provisioned_pollers_need_none(stack: cdk.Stack, function: esm.NewFunction) -> None:
    build(stack, function, (), provisioned_poller_config=POLLERS)

    assert told(stack) == set()
