"""SQS queues, and where their failed messages end."""

from __future__ import annotations

import json
from typing import Any

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import FailureKind, FailurePath, Queue
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.arns import own_place, parsed, place_of, recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, flag, identity, number
from cdk_esm.template.iam.keys import name_of_key


def read_queue(evaluator: Evaluator, value: Evaluated, stack: Stack) -> Queue:
    """What is known of a queue that a value names."""
    if isinstance(value, Pointer) and value.resource.kind is Kind.QUEUE:
        resource = value.resource
        return evaluator.once(_own, resource)
    region, account = place_of(value)
    arn = parsed(value)
    return Queue(
        identity=identity(value) or f"{stack.name}:no queue",
        existing=True,
        fifo=UNKNOWN if arn is None else _ends_in_fifo(arn.rest),
        visibility_timeout_seconds=UNKNOWN,
        retention_seconds=UNKNOWN,
        delay_seconds=UNKNOWN,
        encryption_key=UNKNOWN,
        region=region,
        account=account,
    )


def _own(evaluator: Evaluator, resource: Resource) -> Queue:
    region, account = own_place(resource)
    return Queue(
        identity=resource.identity,
        fifo=_is_fifo(evaluator, resource),
        visibility_timeout_seconds=number(evaluator.property(resource, "VisibilityTimeout")),
        retention_seconds=number(evaluator.property(resource, "MessageRetentionPeriod")),
        delay_seconds=number(evaluator.property(resource, "DelaySeconds")),
        encryption_key=name_of_key(evaluator, resource),
        region=region,
        account=account,
    )


def _is_fifo(evaluator: Evaluator, resource: Resource) -> bool | Unknowable:
    fifo = flag(evaluator.property(resource, "FifoQueue"))
    if fifo is None:
        return _ends_in_fifo(evaluator.property(resource, "QueueName")) is True
    return fifo


def _ends_in_fifo(name: Evaluated) -> bool | Unknowable:
    """Whether a name is that of a FIFO queue or topic, as far as its end is known."""
    last = name if isinstance(name, str) else getattr(name, "parts", [None])[-1]
    return last.endswith(".fifo") if isinstance(last, str) else UNKNOWN


def failure_of_queue(evaluator: Evaluator, value: Evaluated) -> FailurePath | Unknowable:
    """Where the failed messages of a queue end."""
    if not isinstance(value, Pointer) or value.resource.kind is not Kind.QUEUE:
        return UNKNOWN
    return evaluator.once(_redrive, value.resource)


def _redrive(evaluator: Evaluator, resource: Resource) -> FailurePath | Unknowable:
    policy = _object(evaluator.property(resource, "RedrivePolicy"))
    if policy is None:
        return FailurePath(kind=FailureKind.NONE)
    if not isinstance(policy, dict):
        return UNRESOLVED
    target = recognized(evaluator, policy.get("deadLetterTargetArn"), resource.stack)
    if identity(target) is None:
        return UNKNOWN
    return FailurePath(
        kind=FailureKind.DEAD_LETTER_QUEUE,
        queue=read_queue(evaluator, target, resource.stack),
        max_receive_count=number(policy.get("maxReceiveCount")),
    )


def _object(value: Evaluated) -> Any:
    """A record that may be written as JSON text, as the API takes it."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return UNKNOWN
