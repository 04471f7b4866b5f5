"""Networks: the way to brokers in a VPC, and rules of security groups that let pollers in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from aws_cdk import aws_ec2 as ec2

from cdk_esm.constructs.intake.calls import findings_of_call, malformed_plan
from cdk_esm.constructs.intake.kafka_options import PublicEndpoint, VpcAccess
from cdk_esm.constructs.intake.keywords import Intake, looks_like
from cdk_esm.errors import EsmTypeError
from cdk_esm.sources.broker_ports import HTTPS
from cdk_esm.sources.self_managed_kafka import (
    BEFORE_SECURITY_GROUP,
    BEFORE_SUBNET,
    SECURITY_GROUP,
    SUBNET,
)

_WAYS: Final = "a VpcAccess, or PublicEndpoint()"


def network_entries(intake: Intake, value: object) -> list[tuple[str, str]]:
    """The subnets and the security group of a way into a VPC, as pairs of a type and a URI.

    Args:
        intake: remembers what cannot be taken.
        value: a ``VpcAccess``, or a ``PublicEndpoint``, which has neither.
    """
    if not intake.one_of("network", value, {_WAYS: lambda one: isinstance(one, VpcAccess | PublicEndpoint)}):
        return []
    if not isinstance(value, VpcAccess):
        return []
    known = [
        intake.one_of("network.vpc", value.vpc, {"a VPC": _is_vpc}),
        intake.one_of("network.security_group", value.security_group, {"a security group": _is_group}),
        _are_subnets(intake, value.subnets),
    ]
    if not all(known):
        return []
    subnets = [(SUBNET, BEFORE_SUBNET + subnet) for subnet in _ids(intake, value)]
    return [*subnets, (SECURITY_GROUP, BEFORE_SECURITY_GROUP + value.security_group.security_group_id)]


def allow_pollers(
    pollers: ec2.ISecurityGroup | ec2.SecurityGroup,
    *,
    port: int,
    brokers: ec2.ISecurityGroup | ec2.SecurityGroup | None = None,
    endpoints: ec2.ISecurityGroup | ec2.SecurityGroup | None = None,
) -> None:
    """Add the rules that pollers need to security groups of this app; groups that are imported may take none.

    Args:
        pollers: the security group of the pollers: that of ``VpcAccess``, or the cluster's own for Amazon MSK.
        port: the brokers' port. Amazon MSK listens on 9098 for IAM, 9096 for SASL/SCRAM, 9094 for TLS and 9092 without.
        brokers: the security group of the brokers. By default that of the pollers, which then lets itself in.
        endpoints: the security group of the endpoints for Lambda, AWS STS and the like. By default there are none, or
            it lets the pollers in already.

    Raises:
        EsmTypeError: a group is none, or the port is no number (ESM001).
    """
    intake = Intake()
    for keyword, group in (("pollers", pollers), ("brokers", brokers), ("endpoints", endpoints)):
        if group is not None or keyword == "pollers":
            intake.one_of(keyword, group, {"a security group": _is_group})
    if intake.integer("port", port) is None:
        intake.refuse("port", None, "a whole number")
    if intake.malformed:
        raise EsmTypeError(findings_of_call(malformed_plan("", "allow_pollers", intake.malformed)))
    to: Any = pollers if brokers is None else brokers
    tcp, https = ec2.Port.tcp(port), ec2.Port.tcp(HTTPS.value)
    to.add_ingress_rule(pollers, tcp, "Lambda pollers read")
    pollers.add_egress_rule(to, tcp, "Lambda pollers read")
    if endpoints is not None:
        endpoints.add_ingress_rule(pollers, https, "Lambda pollers call AWS")
    pollers.add_egress_rule(ec2.Peer.any_ipv4(), https, "Lambda pollers call AWS")


def _are_subnets(intake: Intake, value: object) -> bool:
    """Whether a value says which subnets; a selection of CDK does, even an empty one."""
    if isinstance(value, ec2.SubnetSelection):
        return True
    subnets = intake.members("network.subnets", value, "a subnet", _is_subnet)
    if isinstance(value, Sequence) and not isinstance(value, str) and not value:
        intake.refuse("network.subnets", value, "an ec2.SubnetSelection, or a list of subnets")
    return bool(subnets)


def _ids(intake: Intake, value: VpcAccess) -> list[str]:
    """The ids of the subnets; a selection that finds none is refused, which CDK itself may do or leave."""
    if not isinstance(value.subnets, ec2.SubnetSelection):
        return [subnet.subnet_id for subnet in value.subnets]
    try:
        found: list[str] = value.vpc.select_subnets(**value.subnets._values).subnet_ids  # noqa: SLF001 - jsii's own struct
        why = "a selection that finds none"
    except RuntimeError as error:
        found, why = [], "a selection that finds none: " + str(error).strip().split("\n")[0].partition(": ")[2]
    if not found:
        intake.refuse(
            "network.subnets",
            why,
            "an ec2.SubnetSelection of subnets that the VPC has",
            problem="fraction",
            fix="pass subnets=ec2.SubnetSelection(subnets=[...]) with subnets of the VPC",
        )
    return found


def _is_vpc(value: object) -> bool:
    return looks_like(value, "vpc_id", "select_subnets")


def _is_group(value: object) -> bool:
    return looks_like(value, "security_group_id", "add_ingress_rule")


def _is_subnet(value: object) -> bool:
    return looks_like(value, "subnet_id", "route_table")
