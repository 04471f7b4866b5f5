"""Networks: whether a way leads from some subnets to Lambda and to AWS STS."""

from __future__ import annotations

from typing import Final

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import World
from cdk_esm.template.cloudformation.order import named, names_in
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, identity, listed

_SUBNET: Final = "AWS::EC2::Subnet"
_VPC: Final = "AWS::EC2::VPC"
_NEEDED: Final = ("lambda", "sts")
_TARGETS_OF_ROUTES: Final = {"NatGatewayId"}
_SHARED_BY: Final = ("AWS::CloudFormation::Stack", "AWS::SSM::Parameter", "AWS::RAM::ResourceShare")


def reaches_lambda(world: World, subnets: Evaluated, stack: Stack) -> bool | Unknowable:
    """Whether pollers in some subnets get to Lambda and to AWS STS, through endpoints or a NAT gateway.

    It is surely so where the template says it. It is surely not so only where the template makes the network itself,
    hands it to nobody, and neither routes it anywhere nor gives it an endpoint.
    """
    found = [one.resource for one in listed(subnets) if isinstance(one, Pointer) and one.resource.type == _SUBNET]
    if not found or len(found) != len(listed(subnets)):
        return UNKNOWN
    answers = [_one(world, subnet) for subnet in found]
    if all(answer is True for answer in answers):
        return True
    return False if all(answer is False for answer in answers) and stack is found[0].stack else UNKNOWN


def _one(world: World, subnet: Resource) -> bool | Unknowable:
    vpc = world.property(subnet, "VpcId")
    if not isinstance(vpc, Pointer) or vpc.resource.type != _VPC or vpc.resource.stack is not subnet.stack:
        return UNKNOWN
    network = vpc.resource
    routes = _routes(world, subnet)
    if routes is not None and any(_TARGETS_OF_ROUTES & route.properties.keys() for route in routes):
        return True
    endpoints = _endpoints(world, network)
    if endpoints is None or routes is None or routes or _is_shared(world, network, subnet):
        return True if endpoints is not None and endpoints.issuperset(_NEEDED) else UNKNOWN
    return endpoints.issuperset(_NEEDED)


def _routes(world: World, subnet: Resource) -> list[Resource] | None:
    """The routes of a subnet beside the local one; ``None`` where one cannot be seen."""
    tables: set[Resource] = set()
    for association in _of_type(world, subnet.stack, "AWS::EC2::SubnetRouteTableAssociation"):
        of, table = (world.property(association, name) for name in ("SubnetId", "RouteTableId"))
        if not isinstance(of, Pointer) or not isinstance(table, Pointer) or stands(world, association) is None:
            return None
        tables |= {table.resource} if of.resource is subnet else set()
    found: list[Resource] = []
    for route in _of_type(world, subnet.stack, "AWS::EC2::Route"):
        table = world.property(route, "RouteTableId")
        if not isinstance(table, Pointer):
            return None
        found += [route] if table.resource in tables and stands(world, route) is not False else []
    return found


def _endpoints(world: World, network: Resource) -> set[str] | None:
    """The services that a network has endpoints for; ``None`` where one cannot be told."""
    found: set[str] = set()
    for endpoint in _of_type(world, network.stack, "AWS::EC2::VPCEndpoint"):
        of = world.property(endpoint, "VpcId")
        if not isinstance(of, Pointer):
            return None
        if of.resource is network:
            name = (identity(world.property(endpoint, "ServiceName")) or "").rpartition(".")[2]
            if not name or stands(world, endpoint) is None:
                return None
            found.add(name.removesuffix("-fips"))
    return found


def _is_shared(world: World, network: Resource, subnet: Resource) -> bool:
    """Whether something outside of the template gets to know the network, and may lay a way."""
    stack = network.stack
    names = {network.logical_id, subnet.logical_id}
    return bool(names & world.once(_shared, stack)) or stack.parent is not None


def _shared(world: World, stack: Stack) -> frozenset[str]:
    found = set(named({"Properties": stack.section("Outputs")}))
    for resource in stack.resources.values():
        if resource.type in _SHARED_BY or resource.type.startswith(("Custom::", "AWS::CloudFormation::Custom")):
            found |= names_in(world, resource)
    return frozenset(found)


def _of_type(world: World, stack: Stack, kind: str) -> list[Resource]:
    return world.once(_all_of_type, stack).get(kind, [])


def _all_of_type(world: World, stack: Stack) -> dict[str, list[Resource]]:
    del world
    found: dict[str, list[Resource]] = {}
    for one in stack.resources.values():
        found.setdefault(one.type, []).append(one)
    return found
