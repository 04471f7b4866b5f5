"""What a user states of a resource that hides it: an imported queue has no visibility timeout that CDK could tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any, Final, TypeVar, cast

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs

from cdk_esm.constructs.intake.calls import explains_keywords
from cdk_esm.constructs.intake.keywords import Intake
from cdk_esm.facts import Unknowable
from cdk_esm.plan import Function, Queue


@explains_keywords
@dataclass(frozen=True)
class Imported:
    """A resource that was imported, with what is known of it and CDK cannot tell, so that the rules can judge it.

    What the resource itself tells, such as a queue of the same app, is never replaced.

    Args:
        resource: the imported function, version, alias or queue.
        timeout: of a function: its timeout.
        memory_size: of a function: its memory, in MB.
        reserved_concurrent_executions: of a function: its reserved concurrency.
        visibility_timeout: of a queue: its visibility timeout.
        retention_period: of a queue: how long it keeps a message.
        delivery_delay: of a queue: how long a message stays hidden after it is sent.
    """

    resource: lambda_.IFunction | lambda_.FunctionBase | sqs.IQueue | sqs.QueueBase
    _: KW_ONLY
    timeout: Duration | None = None
    memory_size: int | None = None
    reserved_concurrent_executions: int | None = None
    visibility_timeout: Duration | None = None
    retention_period: Duration | None = None
    delivery_delay: Duration | None = None


_OF_FUNCTIONS: Final[Mapping[str, str]] = {
    "timeout": "timeout_seconds",
    "memory_size": "memory_mb",
    "reserved_concurrent_executions": "reserved_concurrency",
}
_OF_QUEUES: Final[Mapping[str, str]] = {
    "visibility_timeout": "visibility_timeout_seconds",
    "retention_period": "retention_seconds",
    "delivery_delay": "delay_seconds",
}
"""What may be stated of a resource, by the name that a plan has for it."""
_DURATIONS: Final = ("timeout", *_OF_QUEUES)


def resource_of(value: Any) -> Any:
    """The resource itself; a value that states nothing as it is."""
    return value.resource if isinstance(value, Imported) else value


K = TypeVar("K", bound=Mapping[str, Any])


def without_statements(keywords: K) -> K:
    """The keywords with resources where something was stated of them, which the plan has by now."""
    stated = {name: resource_of(one) for name, one in keywords.items() if isinstance(one, Imported)}
    return cast("K", {**keywords, **stated}) if stated else keywords


def function_as_stated(intake: Intake, keyword: str, value: Any, function: Function) -> Function:
    """What is known of a function, with what the user states of it."""
    return replace(function, **_stated(intake, keyword, value, function, _OF_FUNCTIONS, "a function"))


def queue_as_stated(intake: Intake, keyword: str, value: Any, queue: Queue) -> Queue:
    """What is known of a queue, with what the user states of it."""
    return replace(queue, **_stated(intake, keyword, value, queue, _OF_QUEUES, "a queue"))


def _stated(  # noqa: PLR0917 - each is a part of one statement
    intake: Intake, keyword: str, value: Any, known: Function | Queue, names: Mapping[str, str], kind: str
) -> dict[str, Any]:
    """What takes the place of what is hidden; what is about another kind of resource is refused."""
    if not isinstance(value, Imported):
        return {}
    found: dict[str, Any] = {}
    for name, given in vars(value).items():
        if name == "resource" or given is None:
            continue
        place = f"{keyword}.{name}"
        if name not in names:
            intake.refuse(place, given, f"nothing on {kind}", fix=f"leave {name} out; {kind} has {', '.join(names)}")
            continue
        taken = intake.duration(place, given) if name in _DURATIONS else intake.integer(place, given)
        if isinstance(getattr(known, names[name]), Unknowable):
            found[names[name]] = taken
    return found
