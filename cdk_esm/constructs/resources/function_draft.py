"""What a new function will be, said before anything is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs

from cdk_esm.assets.look import look_at
from cdk_esm.assets.python_answers import read_inline
from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.keywords import Intake, is_key, looks_like
from cdk_esm.constructs.intake.new_alias import NewAlias, ScaledConcurrency
from cdk_esm.constructs.intake.new_function import NewFunction
from cdk_esm.constructs.intake.properties import check_given
from cdk_esm.constructs.intake.tokens import known_or_unresolved
from cdk_esm.constructs.resources.function_code import asked_of_code, runtime_name
from cdk_esm.constructs.resources.functions import MEMORY_MB, TIMEOUT_SECONDS
from cdk_esm.facts import UNKNOWN, Value
from cdk_esm.plan import Code, Function
from cdk_esm.sources.lambda_function import LONGEST_WAIT, RETRIES

_PROVISIONED: Final = "provisioned_concurrent_executions"
_LEAST_TARGET, _MOST_TARGET = 0.1, 0.9


def draft(intake: Intake, new: NewFunction, where: Surroundings, path: str) -> Function:
    """Say what a new function will be, before anything is made."""
    seconds = intake.duration("function.timeout", new.timeout)
    memory = intake.integer("function.memory_size", new.memory_size)
    environment = intake.texts("function.environment", new.environment)
    reserved = intake.integer("function.reserved_concurrent_executions", new.reserved_concurrent_executions)
    handler = _handler(intake, new)
    _check_resources(intake, new)
    _check_alias(intake, new.alias, reserved)
    _check_snap_start(intake, new)
    _check_log_group(intake, new)
    intake.within("function.max_event_age", new.max_event_age, LONGEST_WAIT)
    intake.within("function.retry_attempts", new.retry_attempts, RETRIES)
    check_given(intake, "function", new, elsewhere=_TAKEN)
    return Function(
        identity=path + "/Function",
        name=known_or_unresolved(new.function_name) if isinstance(new.function_name, str) else None,
        timeout_seconds=TIMEOUT_SECONDS if seconds is None else seconds,
        memory_mb=MEMORY_MB if memory is None else memory,
        reserved_concurrency=reserved,
        architecture=_architecture_name(new.architecture),
        handler=handler,
        qualified=new.alias is not None,
        region=where.region,
        account=where.account,
        inline=isinstance(new.code, lambda_.InlineCode),
        environment_bytes=sum(len((name + value).encode()) for name, value in environment.items()),
        code=_code(intake, new, handler, where),
        inline_code=_inline_code(new, handler, where),
        tenant_isolated=new.tenancy_config is not None,
        durable_timeout_seconds=_durable_seconds(intake, new.durable_config),
        dead_letter_target=_dead_letters(new, path),
        asynchronous_target=None if new.on_failure is None else type(new.on_failure).__name__,
        recursive_loop=str(getattr(new.recursive_loop, "name", "")).capitalize() or None,
        snap_start=new.snap_start is not None,
    )


def _handler(intake: Intake, new: NewFunction) -> Value[str]:
    """The handler; an image names its own, and brings its own runtime."""
    kinds = {"a lambda_.Runtime": lambda one: isinstance(one, lambda_.Runtime), "nothing": lambda one: one is None}
    if not new.is_image:
        intake.one_of("function.runtime", new.runtime, kinds)
        return intake.text("function.handler", new.handler, required=True)
    for name in ("handler", "runtime"):
        value = getattr(new, name)
        if value is not None:
            accepted = f"nothing beside an image, which brings its own {name}"
            intake.refuse(f"function.{name}", value, accepted, fix=f"leave {name} out")
    return None


def _code(intake: Intake, new: NewFunction, handler: Value[str], where: Surroundings) -> Code | None:
    """What is found in the code, if it is a path."""
    if isinstance(new.code, str | Path) and str(new.code).strip():
        asked = asked_of_code(new, handler, where)
        return where.memory.looked_at.get(asked) or look_at(asked[1], asked[2], runtime=asked[3], layered=asked[4])
    intake.one_of("function.code", new.code, {"a path or a lambda_.Code": _is_code})
    return None


def _inline_code(new: NewFunction, handler: Value[str], where: Surroundings) -> Code | None:
    """What is in code that is a text, which CDK tells when the code is bound; that changes nothing."""
    if not isinstance(new.code, lambda_.InlineCode):
        return None
    return read_inline(known_or_unresolved(new.code.bind(where.stack).inline_code), runtime_name(new.runtime), handler)


def _is_code(value: object) -> bool:
    return isinstance(value, lambda_.Code | lambda_.DockerImageCode)


def _check_resources(intake: Intake, new: NewFunction) -> None:
    """Check what a new function is given of CDK, for its type alone."""
    architectures = {
        "a lambda_.Architecture": lambda one: isinstance(one, lambda_.Architecture),
        "nothing": lambda one: one is None,
    }
    intake.one_of("function.architecture", new.architecture, architectures)
    if new.tracing is not None:
        traced = {"a lambda_.Tracing": lambda one: isinstance(one, lambda_.Tracing | bool)}
        intake.one_of("function.tracing", new.tracing, traced)
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
    if new.profiling_group is not None:
        group = {"a profiling group": lambda one: looks_like(one, "profiling_group_arn", "grant_publish")}
        intake.one_of("function.profiling_group", new.profiling_group, group)
    if new.environment_encryption is not None:
        intake.one_of("function.environment_encryption", new.environment_encryption, {"a KMS key": is_key})


_TAKEN: Final = frozenset(
    {
        *("code", "handler", "runtime", "timeout", "memory_size", "reserved_concurrent_executions", "environment"),
        *("architecture", "tracing", "layers", "security_groups", "log_retention", "vpc_subnets", "vpc"),
        *("environment_encryption", "alias", "profiling_group", "max_event_age", "retry_attempts"),
    }
)
"""The fields that are checked here; all others are checked by their annotations."""


def _check_alias(intake: Intake, alias: object, reserved: Value[int]) -> None:
    """Check the alias, and what it keeps ready."""
    if alias is None:
        return
    if not isinstance(alias, NewAlias):
        kinds = {"a name or a NewAlias": lambda one: isinstance(one, str) and bool(one.strip())}
        intake.one_of("function.alias", alias, kinds)
        return
    intake.text("function.alias.alias_name", alias.alias_name, required=True)
    check_given(
        intake, "function.alias", alias, elsewhere={"alias_name", "max_event_age", "retry_attempts", _PROVISIONED}
    )
    intake.within("function.alias.max_event_age", alias.max_event_age, LONGEST_WAIT)
    intake.within("function.alias.retry_attempts", alias.retry_attempts, RETRIES)
    ready, keyword = alias.provisioned_concurrent_executions, f"function.alias.{_PROVISIONED}"
    if isinstance(ready, ScaledConcurrency):
        _check_scaled(intake, keyword, ready)
    elif ready is not None and not isinstance(ready, int | float):
        intake.one_of(keyword, ready, {"a whole number or a ScaledConcurrency": lambda _: False})
    else:
        _at_least_one(intake, keyword, ready)
    most = ready.maximum if isinstance(ready, ScaledConcurrency) else ready
    if isinstance(most, int) and isinstance(reserved, int) and reserved < most:
        intake.refuse(
            keyword,
            most,
            f"at most the {reserved} that are reserved for the function",
            fix=f"set reserved_concurrent_executions={most} or more, or keep fewer ready",
        )


def _check_snap_start(intake: Intake, new: NewFunction) -> None:
    """Refuse what Lambda does not take together with snapshots; CDK asks for the rest."""
    if new.snap_start is None:
        return
    if new.is_image:
        accepted = "nothing beside an image, of which Lambda takes no snapshots"
        intake.refuse("function.snap_start", new.snap_start, accepted, fix="leave snap_start out")
    for place, options in (("alias", new.alias), ("current_version_options", new.current_version_options)):
        ready = getattr(options, _PROVISIONED, None)
        if ready is not None:
            intake.refuse(
                f"function.{place}.{_PROVISIONED}",
                ready,
                "nothing beside snap_start: Lambda does not keep instances ready that start from a snapshot",
                fix=f"leave {_PROVISIONED} out, or snap_start",
            )


def _check_scaled(intake: Intake, keyword: str, scaled: ScaledConcurrency) -> None:
    check_given(intake, keyword, scaled, elsewhere={"minimum", "maximum"})
    least = _at_least_one(intake, f"{keyword}.minimum", scaled.minimum)
    most = _at_least_one(intake, f"{keyword}.maximum", scaled.maximum)
    if isinstance(least, int) and isinstance(most, int) and most < least:
        intake.refuse(f"{keyword}.maximum", most, f"at least the minimum of {least}")
    target: Any = scaled.utilization_target
    if isinstance(target, int | float) and not _LEAST_TARGET <= target <= _MOST_TARGET:
        intake.refuse(f"{keyword}.utilization_target", target, f"a share from {_LEAST_TARGET} to {_MOST_TARGET}")


def _at_least_one(intake: Intake, keyword: str, value: object) -> Value[int]:
    taken = intake.integer(keyword, value)
    if isinstance(taken, int) and taken < 1:
        intake.refuse(keyword, taken, "a whole number of at least 1")
    return taken


def _check_log_group(intake: Intake, new: NewFunction) -> None:
    """What only a log group that is made can be told."""
    for name in ("log_retention", "log_removal_policy"):
        if new.log_group is not None and getattr(new, name) is not None:
            intake.twice(
                f"function.{name}",
                "function.log_group",
                f"your own log group has its own {name.removeprefix('log_').replace('_', ' ')}",
                f"leave {name} out, and set it on the log group",
            )


def _architecture_name(architecture: object) -> Value[str]:
    if architecture is None:
        return "arm64"
    return architecture.name if isinstance(architecture, lambda_.Architecture) else UNKNOWN


def _durable_seconds(intake: Intake, config: Any) -> Value[int]:
    """The execution timeout of a durable function."""
    if config is None:
        return None
    return intake.duration("function.durable_config.execution_timeout", getattr(config, "execution_timeout", None))


def _dead_letters(new: NewFunction, path: str) -> str | None:
    """What the function's own dead-letter target goes by."""
    target: Any = new.dead_letter_queue if new.dead_letter_topic is None else new.dead_letter_topic
    if target is None:
        return f"{path}/Function/DeadLetterQueue" if new.dead_letter_queue_enabled is True else None
    return str(target.node.path) if hasattr(type(target), "node") else None
