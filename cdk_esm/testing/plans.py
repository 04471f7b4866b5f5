"""A mapping with nothing wrong, to change one thing at a time in tests and examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cdk_esm.plan import FailurePath, Function, MappingPlan, Queue, Role
from cdk_esm.rules.engine import check
from cdk_esm.sources.sqs_queue import QUEUE, VISIBILITY_FACTOR

_TIMEOUT_SECONDS = 30


def mapping(source: str = "sqs", /, **settings: Any) -> MappingPlan:
    """Return a plan of a mapping without a finding, with the given settings beside its own.

    Args:
        source: the source kind.
        settings: CloudFormation names; ``None`` takes a setting away. ``dataclasses.replace`` changes the rest.
    """
    fifo = source == "sqs-fifo"
    longest = QUEUE.by_name["MessageRetentionPeriod"].maximum
    window = settings.get("MaximumBatchingWindowInSeconds")
    given: dict[str, Any] = {"EventSourceArn": "arn:aws:sqs:eu-west-1:111122223333:orders", "FunctionName": "fulfil"}
    given |= {"FunctionResponseTypes": ["ReportBatchItemFailures"], **settings}
    return MappingPlan(
        path="Shop/Orders",
        source=source,
        settings={name: value for name, value in given.items() if value is not None},
        event_source=Queue(
            identity="arn:aws:sqs:eu-west-1:111122223333:orders",
            fifo=fifo,
            visibility_timeout_seconds=VISIBILITY_FACTOR.value * _TIMEOUT_SECONDS
            + (window if isinstance(window, int) else 0),
            region="eu-west-1",
            account="111122223333",
        ),
        function=Function(
            identity="arn:aws:lambda:eu-west-1:111122223333:function:fulfil",
            name="fulfil",
            timeout_seconds=_TIMEOUT_SECONDS,
            region="eu-west-1",
            account="111122223333",
        ),
        role=Role(identity="arn:aws:iam::111122223333:role/fulfil"),
        failure=FailurePath(
            kind="dead-letter-queue",
            queue=Queue(
                identity="arn:aws:sqs:eu-west-1:111122223333:orders-dead",
                fifo=fifo,
                retention_seconds=longest,
                region="eu-west-1",
                account="111122223333",
            ),
            max_receive_count=5,
        ),
    )


def with_queue(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its source queue changed."""
    return replace(plan, event_source=replace(plan.event_source, **changes))


def with_function(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its function changed."""
    return replace(plan, function=replace(plan.function, **changes))


def with_failure(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its failure path changed."""
    assert isinstance(plan.failure, FailurePath)
    return replace(plan, failure=replace(plan.failure, **changes))


def with_dead_letter_queue(plan: MappingPlan, **changes: Any) -> MappingPlan:
    """The plan, with its dead-letter queue changed."""
    assert isinstance(plan.failure, FailurePath)
    assert plan.failure.queue is not None
    return with_failure(plan, queue=replace(plan.failure.queue, **changes))


def ids(*plans: MappingPlan, select: Sequence[str] = ()) -> list[str]:
    """The ids of what is found in the plans, acknowledged findings left out."""
    return [finding.rule.id for finding in check(plans, select=select) if finding.acknowledged is None]
