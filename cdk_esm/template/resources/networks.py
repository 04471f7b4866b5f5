"""Networks: whether a way leads from some subnets to Lambda and to AWS STS."""

from __future__ import annotations

from typing import Final

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.order import named, names_in
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, identity, listed

_NEEDED: Final = ("lambda", "sts")
_TARGETS_OF_ROUTES: Final = {"NatGatewayId"}
_SHARED_BY: Final = (Kind.STACK, Kind.CUSTOM, Kind.PARAMETER, Kind.SHARE)


def reaches_lambda(evaluator: Evaluator, subnets: Evaluated, stack: Stack) -> bool | Unknowable:
    """Whether pollers in some subnets get to Lambda and to AWS STS, through endpoints or a NAT gateway.

    It is surely so if the template says it. It is surely not so only if the template makes the network itself,
    hands it to nobody, and neither routes it anywhere nor gives it an endpoint.
    """
    found = [one.resource for one in listed(subnets) if isinstance(one, Pointer) and one.resource.kind is Kind.SUBNET]
    if not found or len(found) != len(listed(subnets)):
        return UNKNOWN
    answers = [_one(evaluator, subnet) for subnet in found]
    if all(answer is True for answer in answers):
        return True
    return False if all(answer is False for answer in answers) and stack is found[0].stack else UNKNOWN


def endpoints_alone(evaluator: Evaluator, subnets: Evaluated, stack: Stack) -> frozenset[str] | Unknowable:
    """The services that some subnets have endpoints for, if the template shows that they lead to nothing else."""
    found = [one.resource for one in listed(subnets) if isinstance(one, Pointer) and one.resource.kind is Kind.SUBNET]
    if not found or len(found) != len(listed(subnets)) or stack is not found[0].stack:
        return UNKNOWN
    services: list[set[str]] = []
    for subnet in found:
        vpc = evaluator.property(subnet, "VpcId")
        if not isinstance(vpc, Pointer) or vpc.resource.stack is not subnet.stack:
            return UNKNOWN
        endpoints = _endpoints(evaluator, vpc.resource)
        if endpoints is None or _routes(evaluator, subnet) != [] or _is_shared(evaluator, vpc.resource, subnet):
            return UNKNOWN
        services.append(endpoints)
    return frozenset(set.intersection(*services))


def _one(evaluator: Evaluator, subnet: Resource) -> bool | Unknowable:
    vpc = evaluator.property(subnet, "VpcId")
    if not isinstance(vpc, Pointer) or vpc.resource.kind is not Kind.NETWORK or vpc.resource.stack is not subnet.stack:
        return UNKNOWN
    network = vpc.resource
    routes = _routes(evaluator, subnet)
    if routes is not None and any(_TARGETS_OF_ROUTES & route.properties.keys() for route in routes):
        return True
    endpoints = _endpoints(evaluator, network)
    if endpoints is None or routes is None or routes or _is_shared(evaluator, network, subnet):
        return True if endpoints is not None and endpoints.issuperset(_NEEDED) else UNKNOWN
    return endpoints.issuperset(_NEEDED)


def _routes(evaluator: Evaluator, subnet: Resource) -> list[Resource] | None:
    """The routes of a subnet beside the local one; ``None`` if one cannot be seen."""
    tables: set[Resource] = set()
    for association in _of_kind(evaluator, subnet.stack, Kind.ROUTE_TABLE_OF_SUBNET):
        of, table = (evaluator.property(association, name) for name in ("SubnetId", "RouteTableId"))
        if not isinstance(of, Pointer) or not isinstance(table, Pointer) or stands(evaluator, association) is None:
            return None
        tables |= {table.resource} if of.resource is subnet else set()
    found: list[Resource] = []
    for route in _of_kind(evaluator, subnet.stack, Kind.ROUTE):
        table = evaluator.property(route, "RouteTableId")
        if not isinstance(table, Pointer):
            return None
        found += [route] if table.resource in tables and stands(evaluator, route) is not False else []
    return found


def _endpoints(evaluator: Evaluator, network: Resource) -> set[str] | None:
    """The services that a network has endpoints for; ``None`` if one cannot be told."""
    found: set[str] = set()
    for endpoint in _of_kind(evaluator, network.stack, Kind.ENDPOINT):
        of = evaluator.property(endpoint, "VpcId")
        if not isinstance(of, Pointer):
            return None
        if of.resource is network:
            name = (identity(evaluator.property(endpoint, "ServiceName")) or "").rpartition(".")[2]
            if not name or stands(evaluator, endpoint) is None:
                return None
            found.add(name.removesuffix("-fips"))
    return found


def _is_shared(evaluator: Evaluator, network: Resource, subnet: Resource) -> bool:
    """Whether something outside of the template gets to know the network, and may lay a way."""
    stack = network.stack
    names = {network.logical_id, subnet.logical_id}
    return bool(names & evaluator.once(_shared, stack)) or stack.parent is not None


def _shared(evaluator: Evaluator, stack: Stack) -> frozenset[str]:
    found = set(named({"Properties": stack.section("Outputs")}))
    for resource in stack.resources.values():
        if resource.kind in _SHARED_BY:
            found |= names_in(evaluator, resource)
    return frozenset(found)


def _of_kind(evaluator: Evaluator, stack: Stack, kind: Kind) -> list[Resource]:
    return evaluator.once(_by_kind, stack).get(kind, [])


def _by_kind(evaluator: Evaluator, stack: Stack) -> dict[Kind | None, list[Resource]]:
    del evaluator
    found: dict[Kind | None, list[Resource]] = {}
    for one in stack.resources.values():
        found.setdefault(one.kind, []).append(one)
    return found
