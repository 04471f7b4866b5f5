"""The network of the shop, whose parts have their ids in parameters: another team keeps it."""

from __future__ import annotations

from typing import Final

from aws_cdk import Annotations, Fn
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ssm as ssm
from constructs import Construct

PARAMETERS: Final = "/shop/network"
"""What the names of the parameters begin with."""

_SUBNETS: Final = ("private-a", "private-b")


def shop_network(scope: Construct) -> ec2.IVpc:
    """The VPC of the shop, with its private subnets; CloudFormation reads their ids on deployment."""
    network = ec2.Vpc.from_vpc_attributes(
        scope,
        "Network",
        vpc_id=_parameter(scope, "vpc"),
        availability_zones=[Fn.select(index, Fn.get_azs()) for index in range(len(_SUBNETS))],
        private_subnet_ids=[_parameter(scope, name) for name in _SUBNETS],
    )
    for subnet in network.private_subnets:
        why = "routes are the affair of those who keep the network"
        Annotations.of(subnet).acknowledge_warning("@aws-cdk/aws-ec2:noSubnetRouteTableId", why)
    return network


def _parameter(scope: Construct, name: str) -> str:
    return ssm.StringParameter.value_for_string_parameter(scope, f"{PARAMETERS}/{name}")
