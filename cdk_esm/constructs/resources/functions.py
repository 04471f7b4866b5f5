"""The function of a bundle: what is known of one, and how a new one is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from cdk_esm.assets.look import look_at
from cdk_esm.constructs.app.app_memory import Asked
from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.constants import arm64, duration, lambda_service, newest_runtime
from cdk_esm.constructs.intake.keywords import Intake, is_key, looks_like
from cdk_esm.constructs.intake.options import NewFunction
from cdk_esm.constructs.intake.tokens import is_token, name_in_node, number
from cdk_esm.constructs.resources.staged_code import asked_of, staged_code
from cdk_esm.facts import UNKNOWN, Value
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


@dataclass(frozen=True)
class Built:
    """A function of a bundle, new or existing, with what belongs to it.

    Args:
        function: the function itself.
        target: what the mapping invokes: the function, or an alias on it.
        role: the execution role; ``None`` if an imported function hides it.
        log_group: the log group that was made for it; ``None`` for an existing function.
        facts: what is known of it now.
    """

    function: lambda_.IFunction
    target: lambda_.IFunction
    role: iam.IRole | None
    log_group: logs.ILogGroup | None
    facts: Function


def draft(intake: Intake, new: NewFunction, where: Surroundings, path: str) -> Function:
    """Say what a new function will be, before anything is made."""
    seconds = intake.duration("function.timeout", new.timeout)
    architecture = new.architecture
    intake.one_of(
        "function.runtime",
        new.runtime,
        {"a lambda_.Runtime": lambda one: isinstance(one, lambda_.Runtime), "nothing": lambda one: one is None},
    )
    intake.one_of(
        "function.architecture",
        architecture,
        {"a lambda_.Architecture": lambda o: isinstance(o, lambda_.Architecture), "nothing": lambda o: o is None},
    )
    intake.boolean("function.tracing", new.tracing, now=True)
    if new.alias is not None:
        intake.text("function.alias", new.alias)
    if new.description is not None:
        intake.text("function.description", new.description)
    memory = intake.integer("function.memory_mb", new.memory_mb)
    environment = intake.texts("function.environment", new.environment)
    handler = intake.text("function.handler", new.handler, required=True)
    _check_resources(intake, new)
    code = None
    if isinstance(new.code, str | Path) and str(new.code).strip():
        asked = _asked_of_code(new, handler, where)
        code = where.memory.looked_at.get(asked) or look_at(asked[1], asked[2], runtime=asked[3], layered=asked[4])
    else:
        intake.one_of("function.code", new.code, {"a path or a lambda_.Code": _is_code})
    return Function(
        identity=path + "/Function",
        timeout_seconds=TIMEOUT_SECONDS if seconds is None else seconds,
        memory_mb=MEMORY_MB if memory is None else memory,
        reserved_concurrency=intake.integer("function.reserved_concurrency", new.reserved_concurrency),
        architecture=_architecture_name(architecture),
        handler=handler,
        qualified=new.alias is not None,
        region=where.region,
        account=where.account,
        inline=isinstance(new.code, lambda_.InlineCode),
        environment_bytes=sum(len((name + value).encode()) for name, value in environment.items()),
        code=code,
    )


def _check_resources(intake: Intake, new: NewFunction) -> None:
    """Check what a new function is given of CDK, for its type alone."""
    if new.layers is None:
        intake.refuse("function.layers", None, "a list of a layer version")
    intake.members(
        "function.layers",
        new.layers,
        "a layer version",
        lambda one: looks_like(one, "layer_version_arn", "add_permission"),
    )
    intake.members(
        "function.security_groups",
        new.security_groups,
        "a security group",
        lambda one: looks_like(one, "security_group_id", "add_ingress_rule"),
    )
    intake.record("function.log_retention", new.log_retention, "a logs.RetentionDays", logs.RetentionDays)
    intake.record("function.vpc_subnets", new.vpc_subnets, "an ec2.SubnetSelection", ec2.SubnetSelection)
    if new.vpc is not None:
        intake.one_of("function.vpc", new.vpc, {"a VPC": lambda one: looks_like(one, "vpc_id", "select_subnets")})
    if new.environment_encryption is not None:
        intake.one_of("function.environment_encryption", new.environment_encryption, {"a KMS key": is_key})


def _asked_of_code(new: NewFunction, handler: Value[str], where: Surroundings) -> Asked:
    """What a look at the code depends on; as staged in one stack, the code itself does not change."""
    known = handler if isinstance(handler, str) and not is_token(handler) else None
    return where.stack_path, str(new.code), known, _runtime_name(new.runtime), _has_layers(new)


def _is_code(value: object) -> bool:
    return isinstance(value, lambda_.Code)


def _has_layers(new: NewFunction) -> bool:
    return isinstance(new.layers, list | tuple) and len(new.layers) > 0


def _runtime_name(runtime: lambda_.Runtime | None) -> str:
    """The name of a runtime; by default it is a Python one."""
    if runtime is None:
        return "python"
    return str(runtime.name) if isinstance(runtime, lambda_.Runtime) else ""


def _architecture_name(architecture: object) -> Value[str]:
    if architecture is None:
        return "arm64"
    return architecture.name if isinstance(architecture, lambda_.Architecture) else UNKNOWN


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
    role = iam.Role(scope, "Role", assumed_by=lambda_service())
    log_group = logs.LogGroup(
        scope,
        "LogGroup",
        retention=new.log_retention or logs.RetentionDays.ONE_MONTH,
        removal_policy=removal_policy,
    )
    log_group.grant_write(role)
    if new.vpc is not None:
        # EC2 cannot scope these to one interface, because it does not exist yet when they are used.
        role.add_to_policy(iam.PolicyStatement(actions=list(_ENI_ACTIONS), resources=["*"]))
    code = new.code if isinstance(new.code, lambda_.Code) else _asset(str(new.code), where)
    if facts.code is not None:
        where.memory.looked_at[_asked_of_code(new, facts.handler, where)] = facts.code
    function = lambda_.Function(
        scope,
        "Function",
        code=code,
        handler=new.handler,
        runtime=new.runtime or newest_runtime(),
        timeout=new.timeout or duration(TIMEOUT_SECONDS),
        memory_size=new.memory_mb or MEMORY_MB,
        architecture=new.architecture or arm64(),
        environment=dict(new.environment) if new.environment else None,
        environment_encryption=new.environment_encryption,
        reserved_concurrent_executions=new.reserved_concurrency,
        layers=list(new.layers) or None,
        description=new.description,
        tracing=lambda_.Tracing.ACTIVE if new.tracing else None,
        vpc=new.vpc,
        vpc_subnets=new.vpc_subnets,
        security_groups=list(new.security_groups) if new.security_groups else None,
        log_group=log_group,
        role=role,
    )
    target: lambda_.IFunction = function
    if new.alias is not None:
        target = lambda_.Alias(scope, "Alias", alias_name=new.alias, version=function.current_version)
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
        )
    return Built(function, target, role, log_group, seen)


def _asset(path: str, where: Surroundings) -> lambda_.Code:
    """The code of a path, staged once in a stack; compiled bytecode stays out, or a test run would change its hash."""
    key = (where.stack_path, path)
    code = where.memory.assets.get(key)
    if code is None:
        code = lambda_.Code.from_asset(path, exclude=["**/__pycache__", "**/*.pyc"])
        where.memory.assets[key] = code
    return code
