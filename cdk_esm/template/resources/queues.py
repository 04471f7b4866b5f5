"""SQS queues, and where their failed messages end."""

from __future__ import annotations

import json
from typing import Any

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import FailureKind, FailurePath, Queue
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.sqs_queue import BY_QUEUE, DENY_ALL, FIFO_ATTRIBUTES, FIFO_SUFFIX, OTHER_NUMBERS
from cdk_esm.template.cloudformation.arns import own_place, parsed, place_of, recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, Text, flag, identity, listed, number, text
from cdk_esm.template.iam.callers import any_of, may_be_called
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
    name = evaluator.property(resource, "QueueName")
    return Queue(
        identity=resource.identity,
        fifo=_is_fifo(evaluator, resource),
        visibility_timeout_seconds=number(evaluator.property(resource, "VisibilityTimeout")),
        retention_seconds=number(evaluator.property(resource, "MessageRetentionPeriod")),
        delay_seconds=number(evaluator.property(resource, "DelaySeconds")),
        name=text(name),
        name_ends=name.parts[-1] if isinstance(name, Text) and isinstance(name.parts[-1], str) else None,
        fifo_attributes=_fifo_attributes(evaluator, resource),
        other_numbers=_other_numbers(evaluator, resource),
        encryption_key=name_of_key(evaluator, resource),
        region=region,
        account=account,
    )


def _other_numbers(evaluator: Evaluator, resource: Resource) -> dict[str, int | Unknowable]:
    """The numbers of a queue that are set and have nothing but a range."""
    found = {name: number(evaluator.property(resource, name)) for name in OTHER_NUMBERS}
    return {name: value for name, value in found.items() if value is not None}


def _is_fifo(evaluator: Evaluator, resource: Resource) -> bool | Unknowable:
    """Whether it is a FIFO queue: it says so, and a name that ends like one's makes no queue of another kind."""
    fifo = flag(evaluator.property(resource, "FifoQueue"))
    return False if fifo is None else fifo


def _fifo_attributes(evaluator: Evaluator, resource: Resource) -> dict[str, bool | str | Unknowable]:
    """What is set of that which only a FIFO queue takes; a flag that is off is the same as none."""
    found: dict[str, bool | str | Unknowable] = {}
    for name in FIFO_ATTRIBUTES:
        value = evaluator.property(resource, name)
        known = flag(value) if name == "ContentBasedDeduplication" else text(value)
        if known is not None and known is not False:
            found[name] = known
    return found


def _ends_in_fifo(name: Evaluated) -> bool | Unknowable:
    """Whether a name is that of a FIFO queue or topic, as far as its end is known."""
    last = name if isinstance(name, str) else getattr(name, "parts", [None])[-1]
    return last.endswith(FIFO_SUFFIX) if isinstance(last, str) else UNKNOWN


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
        admitted=_admits(evaluator, target, resource),
    )


def _admits(evaluator: Evaluator, target: Evaluated, source: Resource) -> bool | Unknowable:
    """Whether a dead-letter queue admits a source."""
    if not isinstance(target, Pointer) or target.resource.kind is not Kind.QUEUE:
        return UNKNOWN
    policy = _object(evaluator.property(target.resource, "RedriveAllowPolicy"))
    if policy is None:
        return True
    if not isinstance(policy, dict):
        return UNKNOWN
    permission = text(policy.get("redrivePermission"))
    if permission != BY_QUEUE:
        return {DENY_ALL: False}.get(str(permission), UNKNOWN if isinstance(permission, Unknowable) else True)
    return any_of(_is_queue(evaluator, one, source, target.resource) for one in listed(policy.get("sourceQueueArns")))


def _is_queue(evaluator: Evaluator, value: Evaluated, queue: Resource, owner: Resource) -> bool | Unknowable:
    """Whether a value, as the policy of another queue has it, is the ARN of a queue."""
    value = recognized(evaluator, value, owner.stack)
    if isinstance(value, Pointer):
        return value.resource is queue
    arn = parsed(value)
    if arn is None or not isinstance(arn.rest, str):
        return UNKNOWN
    return UNKNOWN if may_be_called(evaluator, queue, "QueueName", arn.rest) else False


def _object(value: Evaluated) -> Any:
    """A record that may be written as JSON text, as the API takes it."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return UNKNOWN
