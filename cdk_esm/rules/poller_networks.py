"""What rules about the security groups of pollers share: which network is judged, and the rule to paste."""

from __future__ import annotations

from cdk_esm.facts import NotApplicable, Unknowable, known
from cdk_esm.plan import Broker, Cluster, DocumentCluster, Door, MappingPlan, PollerNetwork
from cdk_esm.plan.kafka import known_types, signs_in_by
from cdk_esm.plan.needs import PUBLIC_ENDPOINT
from cdk_esm.rules.paste import statement
from cdk_esm.sources.broker_ports import OF_MSK, OF_WAY
from cdk_esm.sources.msk_settings import ACCESS_TYPES
from cdk_esm.sources.resource_types.networks import SECURITY_RULE_IN, SECURITY_RULE_OUT


def network_of(plan: MappingPlan) -> PollerNetwork:
    """The network that the poller of a mapping enters, with its security groups.

    Raises:
        NotApplicable: the source is read over the internet, perhaps, or it is in no network of the template.
    """
    source = plan.event_source
    if not isinstance(source, Broker | Cluster | DocumentCluster) or not source.pollers.groups:
        raise NotApplicable
    public = isinstance(source, Broker) and known(source.publicly_accessible)
    if public or plan.choices.get(PUBLIC_ENDPOINT) is True:
        raise NotApplicable
    return source.pollers


def named(network: PollerNetwork) -> str:
    """The groups, in words."""
    groups = " and ".join(network.groups)
    return f"the security group {groups}" if len(network.groups) == 1 else f"the security groups {groups}"


def ports_used(plan: MappingPlan, network: PollerNetwork) -> tuple[int, ...]:
    """The ports of the source of which the mapping uses one, by its way to sign in."""
    source = plan.event_source
    if not isinstance(source, Cluster) or not plan.facts.ports == network.ports == OF_MSK:
        return network.ports
    try:
        way = signs_in_by(plan)
        if way is None and any(one in ACCESS_TYPES.values() for one in known_types(plan)):
            return network.ports  # of two secrets another rule speaks
    except NotApplicable:
        return network.ports
    if way is not None:
        return OF_WAY.get(way, network.ports)
    offered = source.authentications
    if isinstance(offered, Unknowable):
        return tuple(port for port in network.ports if port not in OF_WAY["Scram"])
    return OF_WAY["Iam" if "Iam" in offered else "Unauthenticated"]


def said(ports: tuple[int, ...]) -> str:
    """Some ports, in words."""
    return " or ".join(map(str, ports))


def rule_to_add(plan: MappingPlan, network: PollerNetwork, *, inward: bool, port: int | str) -> str:
    """A rule of the group for itself, as it is added at the door of the plan."""
    if plan.door == Door.CONSTRUCT:
        return f"esm.allow_pollers(security_group, port={port})"
    group = {"Fn::GetAtt": [network.groups[0].rpartition("/")[2], "GroupId"]}
    other = {"SourceSecurityGroupId" if inward else "DestinationSecurityGroupId": group}
    content = {"GroupId": group, **other, "IpProtocol": "tcp", "FromPort": port, "ToPort": port}
    return statement({"Type": (SECURITY_RULE_IN if inward else SECURITY_RULE_OUT).type, "Properties": content})
