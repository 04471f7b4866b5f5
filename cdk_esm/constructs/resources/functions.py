"""The function of a bundle: how a new one is made, and what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.constants import arm64, duration, lambda_service, newest_runtime
from cdk_esm.constructs.intake.new_alias import NewAlias, ScaledConcurrency
from cdk_esm.constructs.intake.new_function import NewFunction
from cdk_esm.constructs.intake.properties import given, settled
from cdk_esm.constructs.intake.tokens import name_in_node, number, text
from cdk_esm.constructs.resources.function_code import asked_of_code, asset
from cdk_esm.constructs.resources.roles import attach
from cdk_esm.constructs.resources.staged_code import asked_of, staged_code
from cdk_esm.plan import Function

TIMEOUT_SECONDS: Final = 30
MEMORY_MB: Final = 512
_ENI_ACTIONS: Final = (
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
)
_IN_NETWORKS: Final[Mapping[str, Any]] = {"Action": list(_ENI_ACTIONS), "Effect": "Allow", "Resource": "*"}
"""EC2 cannot scope these to one interface, because it does not exist yet when they are used."""
_LOG_ACTIONS: Final = ("logs:CreateLogStream", "logs:PutLogEvents")
_OF_LOG_GROUP: Final = ("log_retention", "log_removal_policy")
"""What CDK takes at a function, and we say to the log group that we make."""


@dataclass(frozen=True)
class Built:
    """A function of a bundle, new or existing, with what belongs to it.

    Args:
        function: the function itself.
        target: what the mapping invokes: the function, or an alias on it.
        role: the execution role; ``None`` if an imported function hides it.
        log_group: the log group of a new function; ``None`` for an existing function.
        facts: what is known of it now.
        makes_role: the role was made with it.
    """

    function: lambda_.IFunction
    target: lambda_.IFunction
    role: iam.IRole | None
    log_group: logs.ILogGroup | None
    facts: Function
    makes_role: bool = False


def build(
    scope: Construct,
    new: NewFunction,
    facts: Function,
    removal_policy: cdk.RemovalPolicy,
    where: Surroundings,
    *,
    injected: bool,
) -> Built:
    """Make a function with its own role and log group; the role gets what the function needs and no more."""
    role = new.role or iam.Role(scope, "Role", assumed_by=lambda_service())
    log_group = new.log_group or logs.LogGroup(
        scope,
        "LogGroup",
        retention=new.log_retention or logs.RetentionDays.ONE_MONTH,
        removal_policy=new.log_removal_policy or removal_policy,
    )
    policy = _allow(scope, new, role, log_group, facts, where)
    function = _function(scope, new, facts, where, {"log_group": log_group, "role": role})
    network = None
    if injected and new.vpc is None and function.is_bound_to_vpc:
        network = _allow_network(scope, new, role, facts, where)
    for one in (policy, network):
        if one is not None:
            function.node.add_dependency(one)  # Lambda makes network interfaces with this role before the first call
    target: lambda_.IFunction = function
    if new.alias is not None:
        target = _alias(scope, new.alias, function)
    where.memory.functions[name_in_node(function)] = facts.identity
    seen = facts
    if new.alias is not None:
        seen = replace(seen, identity=target.function_arn, pool=facts.identity)
    asset = new.code if isinstance(new.code, lambda_.AssetCode) else None
    child: Any = function.node.default_child if injected or asset is not None else None
    if asset is not None:  # CDK knows more of it than it tells
        seen = replace(seen, code=staged_code(where.stack.resolve(asked_of(child)), where, called=asset.path))
    if injected:
        seen = replace(
            seen,
            timeout_seconds=number(child.timeout),
            memory_mb=number(child.memory_size),
            reserved_concurrency=number(child.reserved_concurrent_executions),
            architecture=text((child.architectures or [None])[0]),
        )
    return Built(function, target, role, log_group, seen, makes_role=new.role is None)


def _allow(  # noqa: PLR0917 - what a permission is on
    scope: Construct,
    new: NewFunction,
    role: iam.IRole,
    log_group: logs.ILogGroup,
    facts: Function,
    where: Surroundings,
) -> iam.Policy | None:
    """Let the role write logs, and be in a VPC; a role of the user's gets it as a policy in our own scope."""
    if new.role is None:
        log_group.grant_write(role)
        if new.vpc is not None:
            role.add_to_principal_policy(iam.PolicyStatement.from_json(_IN_NETWORKS))
        return None
    allowed: list[Mapping[str, Any]] = [
        {"Action": list(_LOG_ACTIONS), "Effect": "Allow", "Resource": log_group.log_group_arn}
    ]
    if new.vpc is not None:
        allowed.append(_IN_NETWORKS)
    return attach(scope, role, tuple(allowed), where, facts.identity, id="FunctionPolicy")


def _allow_network(
    scope: Construct, new: NewFunction, role: iam.IRole, facts: Function, where: Surroundings
) -> iam.Policy | None:
    """Let the role be in a VPC that a property injector has chosen, which is seen once the function is there."""
    if new.role is None:
        role.add_to_principal_policy(iam.PolicyStatement.from_json(_IN_NETWORKS))
        return None
    return attach(scope, role, (_IN_NETWORKS,), where, f"{facts.identity}/Network", id="NetworkPolicy")


def _function(
    scope: Construct, new: NewFunction, facts: Function, where: Surroundings, around: dict[str, Any]
) -> lambda_.Function:
    """Make the function itself: our choices, what follows, and over both what the user says."""
    said = {name: value for name, value in given(new).items() if name not in {"code", *_OF_LOG_GROUP}}
    for name in ("layers", "security_groups"):
        said[name] = list(said.get(name) or ()) or None
    said["environment"] = dict(new.environment) if new.environment else None
    if isinstance(new.tracing, bool):
        said["tracing"] = lambda_.Tracing.ACTIVE if new.tracing else lambda_.Tracing.DISABLED
    ours = {
        "timeout": new.timeout or duration(TIMEOUT_SECONDS),
        "memory_size": MEMORY_MB,
        "architecture": new.architecture or arm64(),
        "tracing": lambda_.Tracing.ACTIVE,
    }
    if isinstance(new.code, lambda_.DockerImageCode):
        return lambda_.DockerImageFunction(scope, "Function", code=new.code, **settled(ours, around, said))
    code = new.code if isinstance(new.code, lambda_.Code) else asset(str(new.code), where)
    if facts.code is not None:
        where.memory.looked_at[asked_of_code(new, facts.handler, where)] = facts.code
    ours["runtime"] = new.runtime or newest_runtime()
    return lambda_.Function(scope, "Function", code=code, **settled(ours, around, said))


def _alias(scope: Construct, wanted: str | NewAlias, function: lambda_.Function) -> lambda_.Alias:
    """Make the alias on the current version, with what is kept ready of it."""
    new = NewAlias(wanted) if isinstance(wanted, str) else wanted
    ready = new.provisioned_concurrent_executions
    scaled = ready if isinstance(ready, ScaledConcurrency) else None
    at_first = {"provisioned_concurrent_executions": scaled.minimum} if scaled is not None else {}
    alias = lambda_.Alias(scope, "Alias", version=function.current_version, **settled(given(new), at_first))
    if scaled is not None:
        target = alias.add_auto_scaling(min_capacity=scaled.minimum, max_capacity=scaled.maximum)
        target.scale_on_utilization(
            utilization_target=scaled.utilization_target,
            scale_in_cooldown=scaled.scale_in_cooldown,
            scale_out_cooldown=scaled.scale_out_cooldown,
        )
    return alias
