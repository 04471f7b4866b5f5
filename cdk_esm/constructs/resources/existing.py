"""What is known of a function or a queue that was made elsewhere; what hides is ``UNKNOWN``, never a guess."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs

from cdk_esm.assets.python_answers import read_inline
from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.tokens import arn_part, is_token, name_in_node, number, text
from cdk_esm.constructs.resources.functions import Built
from cdk_esm.constructs.resources.staged_code import asked_of, staged_code
from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.plan import FailureKind, FailurePath, Function, Queue
from cdk_esm.sources.sqs_queue import BY_QUEUE, DENY_ALL


def existing_function(target: lambda_.IFunction, where: Surroundings) -> Built:
    """Say what is known of a function that was made elsewhere: an L2, an alias, a version or an imported one."""
    function = _underlying(target)
    qualified = isinstance(target, lambda_.Alias | lambda_.Version)
    arn = target.function_arn
    name = _name_of(function, where)
    facts = Function(
        identity=arn if qualified else name,
        pool=name if qualified else None,
        existing=True,
        name=text(arn),
        qualified=qualified or _names_a_qualifier(arn),
        region=place(target, "region", arn_part(arn, 3)),
        account=place(target, "account", arn_part(arn, 4)),
        timeout_seconds=UNKNOWN,
        memory_mb=UNKNOWN,
        reserved_concurrency=UNKNOWN,
        architecture=UNKNOWN,
        handler=UNKNOWN,
        managed_instances=UNKNOWN,
        tenant_isolated=UNKNOWN,
        durable_timeout_seconds=UNKNOWN,
        dead_letter_target=UNKNOWN,
        environment_bytes=UNKNOWN,
    )
    if isinstance(function, lambda_.Function):
        facts = _read(function, facts, where)
    return Built(function, target, function.role, None, facts)


def _name_of(function: lambda_.IFunction, where: Surroundings) -> str:
    """What a function goes by: one of ours by its path, another L2 of this app by its name, all else by its ARN."""
    if not isinstance(function, lambda_.Function):
        return function.function_arn
    ours = where.memory.functions.get(name_in_node(function))
    return function.function_name if ours is None else ours


def _underlying(target: lambda_.IFunction) -> lambda_.IFunction:
    """The function that a version or an alias belongs to."""
    if isinstance(target, lambda_.Alias):
        return target.version.lambda_
    if isinstance(target, lambda_.Version):
        return target.lambda_
    return target


def _names_a_qualifier(arn: str) -> bool:
    """Whether a literal ARN ends in a version or an alias, as its eighth part."""
    parts = arn.split(":")
    return parts[0] == "arn" and len(parts) == 8 and parts[-1] != "$LATEST"  # noqa: PLR2004 - an ARN's parts


def place(target: Any, part: str, in_arn: Value[str]) -> Value[str]:
    """The Region or the account of a resource: its ARN's, or else its stack's."""
    if isinstance(in_arn, str):
        return in_arn
    return text(getattr(target.env, part))


def _read(function: lambda_.Function, facts: Function, where: Surroundings) -> Function:
    """Read what CDK made of a function from its L1, where property injectors and subclasses have had their say."""
    child: Any = function.node.default_child
    if not isinstance(child, lambda_.CfnFunction):
        return facts
    resolved: Any = cdk.Stack.of(function).resolve(
        {
            "dead_letter": child.dead_letter_config,
            "tenancy": child.tenancy_config,
            "durable": getattr(child, "durable_config", None),
            "capacity": getattr(child, "capacity_provider_config", None),
            "architectures": child.architectures,
            **asked_of(child),
        }
    )
    durable = resolved.get("durable") or {}
    source = (resolved.get("code") or {}).get("zipFile")
    return replace(
        facts,
        timeout_seconds=number(child.timeout),
        memory_mb=number(child.memory_size),
        reserved_concurrency=number(child.reserved_concurrent_executions),
        handler=text(resolved.get("handler")),
        architecture=text((resolved.get("architectures") or [None])[0]),
        managed_instances=bool(resolved.get("capacity")),
        tenant_isolated=bool(resolved.get("tenancy")),
        durable_timeout_seconds=number(durable.get("executionTimeout")) if durable else None,
        dead_letter_target=text((resolved.get("dead_letter") or {}).get("targetArn")),
        environment_bytes=UNKNOWN,
        inline=source is not None,
        inline_code=read_inline(text(source), resolved.get("runtime"), resolved.get("handler")),
        code=staged_code(resolved, where),
    )


def existing_queue(queue: sqs.IQueue, where: Surroundings) -> tuple[Queue, FailurePath | Unknowable]:
    """Say what is known of a queue, and of where its failed messages end."""
    arn = queue.queue_arn
    facts = Queue(
        identity=arn,
        existing=True,
        fifo=arn.endswith(".fifo") if not is_token(arn) else bool(queue.fifo),
        visibility_timeout_seconds=UNKNOWN,
        retention_seconds=UNKNOWN,
        delay_seconds=UNKNOWN,
        encryption_key=UNKNOWN,
        region=place(queue, "region", arn_part(arn, 3)),
        account=place(queue, "account", arn_part(arn, 4)),
        weakly_referenced=is_token(arn) and where.weakly_refers_to(queue),
    )
    child: Any = queue.node.default_child if isinstance(queue, sqs.Queue) else None
    if not isinstance(child, sqs.CfnQueue):
        return facts, UNKNOWN
    return read_queue(child, facts), _redrive(queue, child, where)


def shuts_out_new_queues(queue: sqs.IQueue) -> bool:
    """Whether a dead-letter queue surely admits no queue that is still to be made."""
    child: Any = queue.node.default_child if isinstance(queue, sqs.Queue) else None
    policy: Any = child.redrive_allow_policy if isinstance(child, sqs.CfnQueue) else None
    permission = policy.get("redrivePermission") if isinstance(policy, dict) else None
    return permission == DENY_ALL or (permission == BY_QUEUE and isinstance(policy.get("sourceQueueArns"), list))


def read_queue(child: sqs.CfnQueue, facts: Queue) -> Queue:
    """Read what CDK made of a queue from its L1, where property injectors and subclasses have had their say."""
    return replace(
        facts,
        visibility_timeout_seconds=number(child.visibility_timeout),
        retention_seconds=number(child.message_retention_period),
        delay_seconds=number(child.delay_seconds),
        encryption_key=text(child.kms_master_key_id),
    )


def sends_to(role: iam.IRole | None, stack: cdk.Stack, queue_arn: str) -> bool:
    """Whether a role's own policy lets it send to a queue: then its function can feed itself."""
    policy = None if role is None else role.node.try_find_child("DefaultPolicy")
    if not isinstance(policy, iam.Policy):
        return False
    document: Any = stack.resolve(policy.document)
    wanted = stack.resolve(queue_arn)
    return any(
        statement.get("Effect") == "Allow"
        and "sqs:SendMessage" in _listed(statement.get("Action"))
        and wanted in _listed(statement.get("Resource"))
        for statement in _listed((document or {}).get("Statement"))
    )


def _listed(value: Any) -> list[Any]:
    """A value of IAM's as a list, whether it is single or in a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _redrive(queue: sqs.IQueue, child: sqs.CfnQueue, where: Surroundings) -> FailurePath | Unknowable:
    """The queue's redrive policy, with what is known of its target."""
    policy: Any = child.redrive_policy
    if policy is None:
        return FailurePath(kind=FailureKind.NONE)
    if not isinstance(policy, dict):
        return UNKNOWN
    l2 = getattr(queue, "dead_letter_queue", None)
    target = policy.get("deadLetterTargetArn")
    if l2 is not None:
        known_target, _ = existing_queue(l2.queue, where)
    elif isinstance(target, str):
        known_target = Queue(identity=target, existing=True, fifo=UNKNOWN, retention_seconds=UNKNOWN)
    else:
        return UNKNOWN
    return FailurePath(
        kind=FailureKind.DEAD_LETTER_QUEUE, queue=known_target, max_receive_count=number(policy.get("maxReceiveCount"))
    )
