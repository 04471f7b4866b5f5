"""What only a FIFO queue takes: deduplication, and how its throughput is counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aws_cdk import aws_sqs as sqs

from cdk_esm.constructs.intake.keywords import Intake
from cdk_esm.constructs.intake.new_queue import NewQueue
from cdk_esm.sources.sqs_queue import FIFO_ATTRIBUTES, LIMIT_PER_GROUP, SCOPE_OF_GROUPS

_HIGH: Final = "high"
_ONLY_FIFO: Final = ("content_based_deduplication", "fifo_throughput", "deduplication_scope", "fifo_throughput_limit")
_BOTH: Final = ("deduplication_scope", "fifo_throughput_limit")
_WORDS: Final[Mapping[object, str]] = {
    sqs.DeduplicationScope.MESSAGE_GROUP: SCOPE_OF_GROUPS,
    sqs.DeduplicationScope.QUEUE: "queue",
    sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID: LIMIT_PER_GROUP,
    sqs.FifoThroughputLimit.PER_QUEUE: "perQueue",
}


def fifo_attributes(intake: Intake, keyword: str, new: NewQueue, *, fifo: bool) -> dict[str, bool | str]:
    """What a new queue says of itself as a FIFO queue, by CloudFormation's names; a standard queue has none."""
    for name in ("fifo", "content_based_deduplication"):
        intake.boolean(f"{keyword}.{name}", getattr(new, name), now=True)
    if new.fifo is not None and new.fifo is not fifo:
        other = "SqsFifoToLambda" if new.fifo is True else "SqsToLambda"
        intake.refuse(f"{keyword}.fifo", new.fifo, f"{fifo} or nothing", fix=f"use {other}, or leave fifo out")
    if not fifo:
        for name in _ONLY_FIFO:
            value = getattr(new, name)
            if value is not None and value is not False:
                fix = "use SqsFifoToLambda, or leave it out"  # CDK would make a FIFO queue of it
                intake.refuse(f"{keyword}.{name}", value, "nothing on a standard queue", fix=fix)
        return {}
    if new.fifo_throughput is not None:
        _check_high(intake, keyword, new)
    told = high_throughput(new) or {name: getattr(new, name) for name in _BOTH}
    attributes: dict[str, bool | str] = {
        name: _WORDS[told[ours]]
        for name, ours in zip(FIFO_ATTRIBUTES[1:], _BOTH, strict=True)
        if told.get(ours) in _WORDS
    }
    if new.content_based_deduplication is not None:
        attributes[FIFO_ATTRIBUTES[0]] = new.content_based_deduplication
    return attributes


def _check_high(intake: Intake, keyword: str, new: NewQueue) -> None:
    if new.fifo_throughput != _HIGH:
        intake.refuse(f"{keyword}.fifo_throughput", new.fifo_throughput, f'"{_HIGH}" or nothing')
    for name in _BOTH:
        if getattr(new, name) is not None:
            intake.twice(
                f"{keyword}.{name}", f"{keyword}.fifo_throughput", "fifo_throughput sets it", f"leave {name} out"
            )


def high_throughput(new: NewQueue) -> dict[str, Any]:
    """What AWS calls high throughput: both attributes, because one alone is refused."""
    if new.fifo_throughput is None:
        return {}
    return {
        "deduplication_scope": sqs.DeduplicationScope.MESSAGE_GROUP,
        "fifo_throughput_limit": sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    }
