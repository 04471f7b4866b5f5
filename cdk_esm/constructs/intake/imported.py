"""What a user states of a resource that hides it: an imported queue has no visibility timeout that CDK could tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, Final, Generic, cast

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from typing_extensions import TypeVar

from cdk_esm.constructs.intake.calls import explains_keywords
from cdk_esm.constructs.intake.keywords import Intake
from cdk_esm.constructs.intake.options import NoDeadLetterQueue
from cdk_esm.plan.stated import DEAD_LETTERS, OF_FUNCTIONS, OF_QUEUES, RECEIVES

Resource_co = TypeVar(
    "Resource_co",
    covariant=True,
    bound="lambda_.IFunction | lambda_.FunctionBase | sqs.IQueue | sqs.QueueBase",
    default="lambda_.IFunction | lambda_.FunctionBase | sqs.IQueue | sqs.QueueBase",
)


@explains_keywords
@dataclass(frozen=True)
class Imported(Generic[Resource_co]):
    """A resource that was imported, with what is known of it and CDK cannot tell, so that the rules can judge it.

    What the resource itself tells, such as a queue of the same app, is never replaced. What is stated goes into the
    metadata of the mapping, so that ``cdk-esm check`` of the template judges by it too.

    Args:
        resource: the imported function, version, alias or queue.
        timeout: of a function: its timeout.
        memory_size: of a function: its memory, in MB.
        reserved_concurrent_executions: of a function: its reserved concurrency.
        visibility_timeout: of a queue: its visibility timeout.
        retention_period: of a queue: how long it keeps a message.
        delivery_delay: of a queue: how long a message stays hidden after it is sent.
        max_receive_count: of a queue: the receives after which a message is moved to its dead-letter queue.
        dead_letter_queue: of a queue: its dead-letter queue, again as ``Imported(queue, retention_period=...)`` if that
            was imported too; ``NoDeadLetterQueue(reason)`` if it has none.
    """

    resource: Resource_co
    _: KW_ONLY
    timeout: Duration | None = None
    memory_size: int | None = None
    reserved_concurrent_executions: int | None = None
    visibility_timeout: Duration | None = None
    retention_period: Duration | None = None
    delivery_delay: Duration | None = None
    max_receive_count: int | None = None
    dead_letter_queue: sqs.IQueue | sqs.QueueBase | Imported | NoDeadLetterQueue | None = None


_DURATIONS: Final = ("timeout", *OF_QUEUES)
_RECORDS: Final = (DEAD_LETTERS,)
_WHAT_QUEUES_HAVE: Final = (*OF_QUEUES, RECEIVES, DEAD_LETTERS)


def resource_of(value: Any) -> Any:
    """The resource itself; a value that states nothing as it is."""
    return value.resource if isinstance(value, Imported) else value


K = TypeVar("K", bound=Mapping[str, Any])


def without_statements(keywords: K) -> K:
    """The keywords with resources where something was stated of them, which the plan has by now."""
    stated = {name: resource_of(one) for name, one in keywords.items() if isinstance(one, Imported)}
    return cast("K", {**keywords, **stated}) if stated else keywords


def stated_of_function(intake: Intake, keyword: str, value: Any) -> dict[str, Any]:
    """What the user states of a function, as plans and the metadata of a mapping have it."""
    return _stated(intake, keyword, value, tuple(OF_FUNCTIONS), "a function")


def stated_of_queue(intake: Intake, keyword: str, value: Any) -> dict[str, Any]:
    """What the user states of a queue, without its dead-letter queue."""
    return _stated(intake, keyword, value, _WHAT_QUEUES_HAVE, "a queue")


def _stated(intake: Intake, keyword: str, value: Any, names: Sequence[str], kind: str) -> dict[str, Any]:
    """What is stated and can be taken; what is about another kind of resource is refused."""
    if not isinstance(value, Imported):
        return {}
    found: dict[str, Any] = {}
    for name, given in vars(value).items():
        if name == "resource" or given is None:
            continue
        place = f"{keyword}.{name}"
        if name not in names:
            intake.refuse(place, given, f"nothing on {kind}", fix=f"leave {name} out; {kind} has {', '.join(names)}")
        elif name in _DURATIONS:
            found[name] = intake.duration(place, given)
        elif name not in _RECORDS:
            found[name] = intake.integer(place, given)
    receives = found.get(RECEIVES)
    if isinstance(receives, int) and receives < 1:
        intake.refuse(f"{keyword}.{RECEIVES}", receives, "a whole number of at least 1")
        del found[RECEIVES]
    return found
