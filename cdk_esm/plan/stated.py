"""What a user states of a function or a queue that hides it: what it may be, and where it goes in a plan.

A statement is a record by CDK's names, with durations in seconds. The constructs write it into the metadata of the
mapping, so that a check of the template judges by it too. It never replaces what a resource tells itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, Final, TypeVar

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan.failure import FailureKind, FailurePath
from cdk_esm.plan.function import Function
from cdk_esm.plan.mapping import MappingPlan
from cdk_esm.plan.source import Queue
from cdk_esm.sources.sqs_queue import FIFO_SUFFIX

FUNCTION: Final = "function"
QUEUE: Final = "queue"
DEAD_LETTERS: Final = "dead_letter_queue"
RECEIVES: Final = "max_receive_count"
NONE: Final = "none"
"""What is stated of a queue that has no dead-letter queue."""
ARN: Final = "arn"

OF_FUNCTIONS: Final[Mapping[str, str]] = {
    "timeout": "timeout_seconds",
    "memory_size": "memory_mb",
    "reserved_concurrent_executions": "reserved_concurrency",
}
OF_QUEUES: Final[Mapping[str, str]] = {
    "visibility_timeout": "visibility_timeout_seconds",
    "retention_period": "retention_seconds",
    "delivery_delay": "delay_seconds",
}
"""What may be stated of a resource, by the name that a plan has for it."""

_MOST: Final = 1_000_000_000
_PARTS_OF_AN_ARN: Final = 6
_REGION, _ACCOUNT = 3, 4
Stated = Mapping[str, Any]
R = TypeVar("R", Queue, Function)


def where_unknown(known: R, stated: R) -> R:
    """A record with what another one says in the place of what is hidden."""
    changes = {
        one.name: getattr(stated, one.name)
        for one in fields(known)
        if getattr(known, one.name) is UNKNOWN and getattr(stated, one.name) is not UNKNOWN
    }
    return replace(known, **changes)


def of_hidden(record: Function | Queue, failure: FailurePath | Unknowable, stated: Stated) -> dict[str, Any]:
    """What of a statement is about something that the resource hides; the rest counts for nothing, here and later."""
    names = OF_FUNCTIONS if isinstance(record, Function) else OF_QUEUES
    told = set() if isinstance(failure, Unknowable) else {DEAD_LETTERS, RECEIVES}
    told |= {name for name, place in names.items() if not isinstance(getattr(record, place), Unknowable)}
    return {name: value for name, value in stated.items() if name not in told}


def function_with(function: Function, stated: Stated) -> Function:
    """A function with what is stated of it in the place of what is hidden."""
    return replace(function, **_hidden(function, stated, OF_FUNCTIONS))


def queue_with(queue: Queue, stated: Stated) -> Queue:
    """A queue with what is stated of it in the place of what is hidden."""
    return replace(queue, **_hidden(queue, stated, OF_QUEUES))


def failure_with(failure: FailurePath | Unknowable, queue: Queue, stated: Stated) -> FailurePath | Unknowable:
    """Where failed messages of a queue end, with what is stated of that where it is hidden."""
    if not isinstance(failure, Unknowable) or not {DEAD_LETTERS, RECEIVES} & set(stated):
        return failure
    target = stated.get(DEAD_LETTERS, {})
    if target == NONE:
        return FailurePath(kind=FailureKind.NONE)
    arn = target.get(ARN)
    parts = [UNKNOWN] * _PARTS_OF_AN_ARN if arn is None else str(arn).split(":")
    hidden = Queue(
        identity=f"{queue.identity}/DeadLetterQueue" if arn is None else arn,
        existing=True,
        fifo=queue.fifo if arn is None else str(arn).endswith(FIFO_SUFFIX),
        visibility_timeout_seconds=UNKNOWN,
        retention_seconds=UNKNOWN,
        delay_seconds=UNKNOWN,
        encryption_key=UNKNOWN,
        region=parts[_REGION],
        account=parts[_ACCOUNT],
    )
    return FailurePath(
        kind=FailureKind.DEAD_LETTER_QUEUE,
        queue=queue_with(hidden, target),
        max_receive_count=stated.get(RECEIVES, UNKNOWN),
    )


def filled(plan: MappingPlan) -> MappingPlan:
    """The plan, with what is stated of its function and its queue where it knows nothing."""
    function, queue = plan.stated.get(FUNCTION, {}), plan.stated.get(QUEUE, {})
    plan = replace(plan, function=function_with(plan.function, function))
    source = plan.event_source
    if not isinstance(source, Queue):
        return plan
    return replace(plan, event_source=queue_with(source, queue), failure=failure_with(plan.failure, source, queue))


def only_facts(written: object) -> dict[str, dict[str, Any]]:
    """What of a statement is in our form, whoever wrote it: the rest counts for nothing."""
    found = {FUNCTION: _taken(_mapping(written).get(FUNCTION), _FUNCTION_FORMS)}
    found[QUEUE] = _taken(_mapping(written).get(QUEUE), _QUEUE_FORMS)
    return {name: facts for name, facts in found.items() if facts}


def _hidden(record: Function | Queue, stated: Stated, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        place: stated[name]
        for name, place in names.items()
        if name in stated and isinstance(getattr(record, place), Unknowable)
    }


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _taken(written: object, forms: Mapping[str, Callable[[object], Any]]) -> dict[str, Any]:
    given = _mapping(written)
    taken = {name: take(given.get(name)) for name, take in forms.items()}
    return {name: value for name, value in taken.items() if value is not None}


def _whole(value: object) -> int | None:
    """A whole number that is not below zero."""
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST
    return value if fits else None  # type: ignore[return-value]


def _count(value: object) -> int | None:
    return _whole(value) or None


def _arn(value: object) -> str | None:
    fits = isinstance(value, str) and value.startswith("arn:") and value.count(":") == _PARTS_OF_AN_ARN - 1
    return value if fits else None  # type: ignore[return-value]


def _target(value: object) -> dict[str, Any] | str | None:
    """A dead-letter queue; one of which nothing is known but that it is there is one all the same."""
    if value == NONE:
        return NONE
    return _taken(value, _TARGET_FORMS) if isinstance(value, Mapping) else None


_FUNCTION_FORMS: Final[Mapping[str, Callable[[object], Any]]] = dict.fromkeys(OF_FUNCTIONS, _whole)
_PLAIN_QUEUE: Final[Mapping[str, Callable[[object], Any]]] = dict.fromkeys(OF_QUEUES, _whole)
_TARGET_FORMS: Final[Mapping[str, Callable[[object], Any]]] = {ARN: _arn, **_PLAIN_QUEUE}
_QUEUE_FORMS: Final[Mapping[str, Callable[[object], Any]]] = {
    **_PLAIN_QUEUE,
    RECEIVES: _count,
    DEAD_LETTERS: _target,
}
