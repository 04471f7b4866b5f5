"""What rules about the security groups of pollers share: which network is judged, and the rule to paste."""

from __future__ import annotations

from cdk_esm.facts import NotApplicable, known
from cdk_esm.plan import Broker, Cluster, DocumentCluster, Door, MappingPlan, PollerNetwork
from cdk_esm.plan.needs import PUBLIC_ENDPOINT
from cdk_esm.rules.paste import statement
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


def ports_of(network: PollerNetwork) -> str:
    """The ports, in words."""
    return " or ".join(map(str, network.ports))


def rule_to_add(plan: MappingPlan, network: PollerNetwork, *, inward: bool, port: int | str) -> str:
    """A rule of the group for itself, as it is added at the door of the plan."""
    if plan.door == Door.CONSTRUCT:
        return f"esm.allow_pollers(security_group, port={port})"
    group = {"Fn::GetAtt": [network.groups[0].rpartition("/")[2], "GroupId"]}
    other = {"SourceSecurityGroupId" if inward else "DestinationSecurityGroupId": group}
    content = {"GroupId": group, **other, "IpProtocol": "tcp", "FromPort": port, "ToPort": port}
    return statement({"Type": (SECURITY_RULE_IN if inward else SECURITY_RULE_OUT).type, "Properties": content})
