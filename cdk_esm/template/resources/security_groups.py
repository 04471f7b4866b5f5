"""Security groups of pollers: what they surely do not let through.

A poller carries the security groups of its source, and so a group lets it in by a rule for the group itself. A rule for
addresses may do so as well, so that only a group without either keeps it out for certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import PollerNetwork
from cdk_esm.sources.broker_ports import HTTPS
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.order import named, names_in
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, listed, number

_EVERY_PROTOCOL: Final = "-1"
_TCP: Final = ("tcp", "6")
_NOBODY: Final = {"CidrIp": ("127.", "255.255.255.255/32"), "CidrIpv6": ("::1/128",)}
"""How addresses begin that lead nowhere."""
_SHARED_BY: Final = (Kind.STACK, Kind.CUSTOM, Kind.PARAMETER, Kind.SHARE)
_ELSEWHERE: Final = PollerNetwork()


def poller_network(
    evaluator: Evaluator, groups: Iterable[Evaluated], stack: Stack, ports: tuple[int, ...], *, alike: bool
) -> PollerNetwork:
    """What some security groups let through, if the template makes all of them and shows all of their rules.

    Args:
        evaluator: the evaluator.
        groups: what names the groups.
        stack: the template that names them.
        ports: the ports of which the source uses one.
        alike: the source has the same groups as its pollers; otherwise nobody knows whom it lets in.
    """
    given = [one for several in groups for one in listed(several)]
    found = [one.resource for one in given if isinstance(one, Pointer) and one.resource.kind is Kind.SECURITY_GROUP]
    if not found or len(found) != len(given) or any(not _in_sight(evaluator, one, stack) for one in found):
        return _ELSEWHERE
    rules_in = _rules(evaluator, found, Kind.SECURITY_RULE_IN, "SecurityGroupIngress")
    rules_out = _rules(evaluator, found, Kind.SECURITY_RULE_OUT, "SecurityGroupEgress")
    bound = all(_bound(evaluator, one) for one in found)
    inside: dict[int, bool | Unknowable] = dict.fromkeys(ports, UNKNOWN)
    if alike and rules_in is not None:
        inside = {port: _may_pass(rules_in, (port,), found, "SourceSecurityGroupId") for port in ports}
    outside = {port: _out(rules_out, (port,), found, bound=bound) for port in ports}
    return PollerNetwork(
        groups=tuple(one.identity for one in found),
        ports=ports,
        lets_in=_any(inside.values()),
        lets_out=_any(outside.values()),
        lets_call_aws=_out(rules_out, (HTTPS.value,), None, bound=bound),
        shut_in=tuple(port for port, answer in inside.items() if answer is False),
        shut_out=tuple(port for port, answer in outside.items() if answer is False),
    )


def _bound(evaluator: Evaluator, group: Resource) -> bool:
    """Whether a group lets out only what its rules say.

    A new group lets everything out, until it has a rule for that. CloudFormation takes that away for a rule beside
    it, too: so CDK's pull request 998 reports, and CDK therefore writes no such rule for a group that is open.
    """
    if evaluator.property(group, "SecurityGroupEgress") is not None:
        return True
    owners = [
        evaluator.property(one, "GroupId")
        for one in _beside(group.stack, Kind.SECURITY_RULE_OUT)
        if stands(evaluator, one) is True
    ]
    return any(isinstance(one, Pointer) and one.resource is group for one in owners)


def _out(
    rules: list[Evaluated] | None, ports: tuple[int, ...], groups: list[Resource] | None, *, bound: bool
) -> bool | Unknowable:
    """Whether pollers get out; a group that says nothing of it lets everything out."""
    if not bound:
        return True
    return UNKNOWN if rules is None else _may_pass(rules, ports, groups, "DestinationSecurityGroupId")


def _may_pass(
    rules: list[Evaluated], ports: tuple[int, ...], groups: list[Resource] | None, other: str
) -> bool | Unknowable:
    """Whether a rule lets a poller pass on one of some ports; surely not, if none does by far."""
    return _any(_passes(rule, ports, groups, other) for rule in rules)


def _any(answers: Iterable[bool | Unknowable]) -> bool | Unknowable:
    """Whether one of some answers is yes; it may be, if one of them is not known."""
    found = list(answers)
    return True if True in found else UNKNOWN if UNKNOWN in found else False


def _passes(rule: Evaluated, ports: tuple[int, ...], groups: list[Resource] | None, other: str) -> bool | Unknowable:
    if not isinstance(rule, dict):
        return UNKNOWN
    on_port = _covers(rule, ports)
    target = rule.get(other)
    if target is None:  # addresses, or a list of them: the poller's own may be among them
        return False if on_port is False or _of_nobody(rule) else UNKNOWN
    if not isinstance(target, Pointer) or target.resource.kind is not Kind.SECURITY_GROUP:
        return False if on_port is False else UNKNOWN
    if groups is not None and target.resource not in groups:
        return False
    return on_port


def _of_nobody(rule: dict[str, Evaluated]) -> bool:
    """Whether a rule is for addresses that nothing else has: such a rule takes the place of the one for everybody."""
    return any(
        isinstance(value, str) and value.startswith(beginnings)
        for name, beginnings in _NOBODY.items()
        for value in (rule.get(name),)
    )


def _covers(rule: dict[str, Evaluated], ports: tuple[int, ...]) -> bool | Unknowable:
    protocol = rule.get("IpProtocol")
    if not isinstance(protocol, str | int):
        return UNKNOWN
    if str(protocol) == _EVERY_PROTOCOL:
        return True
    if str(protocol).lower() not in _TCP:
        return False if str(protocol).isalnum() else UNKNOWN
    first, last = (number(rule.get(name)) for name in ("FromPort", "ToPort"))
    if not isinstance(first, int) or not isinstance(last, int):
        return UNKNOWN
    return any(first <= port <= last for port in ports)


def _in_sight(evaluator: Evaluator, group: Resource, stack: Stack) -> bool:
    """Whether the template makes a group for certain, and nothing outside of it gets to know it and may add rules."""
    if group.stack is not stack or stack.parent is not None or stands(evaluator, group) is not True:
        return False
    return group.logical_id not in evaluator.once(_shared, stack)


def _shared(evaluator: Evaluator, stack: Stack) -> frozenset[str]:
    found = set(named({"Properties": stack.section("Outputs")}))
    for resource in stack.resources.values():
        if resource.kind in _SHARED_BY:
            found |= names_in(evaluator, resource)
    return frozenset(found)


def _rules(evaluator: Evaluator, groups: list[Resource], kind: Kind, within: str) -> list[Evaluated] | None:
    """The rules of some groups, within them and beside them; ``None`` if one cannot be told to belong elsewhere."""
    found = [rule for group in groups for rule in listed(evaluator.property(group, within))]
    for rule in _beside(groups[0].stack, kind):
        owner = evaluator.property(rule, "GroupId")
        if not isinstance(owner, Pointer):
            return None
        if owner.resource in groups and stands(evaluator, rule) is not False:
            found.append({name: evaluator.property(rule, name) for name in rule.properties})
    return found


def _beside(stack: Stack, kind: Kind) -> Iterator[Resource]:
    yield from (one for one in stack.resources.values() if one.kind is kind)
