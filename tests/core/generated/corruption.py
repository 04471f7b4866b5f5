"""What a corruption is: a named change of one thing in a legal template, and the rules that must then speak."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.sources import SOURCES
from tests.core.generated.case import Case

QUEUES: Final = ("sqs", "sqs-fifo")
KINESIS: Final = ("kinesis", "kinesis-efo")
STREAMS: Final = (*KINESIS, "dynamodb")
MSK: Final = ("msk", "msk-serverless")
KAFKA: Final = (*MSK, "self-managed-kafka")
MQ: Final = ("activemq", "rabbitmq")
BROKERS: Final = (*MQ, "documentdb")
FILTERED: Final = (*QUEUES, *STREAMS, *KAFKA, *MQ)
EVERY: Final = tuple(SOURCES)

Change = Callable[[Case], bool | None]
"""Changes a case; ``False`` says that the case has not what it would change."""


@dataclass(frozen=True)
class Corruption:
    """A change, the rules that must speak after it, and the source kinds that it is for."""

    name: str
    rules: tuple[str, ...]
    kinds: tuple[str, ...]
    change: Change


CORRUPTIONS: Final[list[Corruption]] = []


def corrupts(*rules: str, on: tuple[str, ...]) -> Callable[[Change], Change]:
    """Register a change.

    Args:
        rules: all of them must speak.
        on: the source kinds that it is for.
    """

    def register(change: Change) -> Change:
        name = str(getattr(change, "__name__", "")).strip("_").replace("_", "-")
        CORRUPTIONS.append(Corruption(name, rules, on, change))
        return change

    return register


def register(name: str, rules: tuple[str, ...], kinds: tuple[str, ...], change: Change) -> None:
    """Register a change that a table made."""
    CORRUPTIONS.append(Corruption(name, rules, kinds, change))


def put(record: dict[str, Any], name: str, value: Any) -> bool:
    """Set a property; a dot leads into a nested record, which is made where there is none. Always done."""
    first, _, rest = name.partition(".")
    if not rest:
        record[first] = value
        return True
    inner = record.get(first)
    if not isinstance(inner, dict):
        inner = record[first] = {}
    return put(inner, rest, value)


def take(record: dict[str, Any], name: str) -> bool:
    """Take a property away; say whether it was there."""
    *records, last = name.split(".")
    for one in records:
        found = record.get(one)
        if not isinstance(found, dict):
            return False
        record = found
    return record.pop(last, None) is not None


def own(case: Case, logical_id: str = "Source") -> bool:
    """Whether a resource stands in the template."""
    return logical_id in case.resources


def function_elsewhere(case: Case, region: str = "eu-west-1", account: str = "111122223333") -> None:
    """Let the mapping invoke a function of which only the ARN is known."""
    case.settings["FunctionName"] = f"arn:aws:lambda:{region}:{account}:function:fulfil"


def again(case: Case, logical_id: str = "Again", **changes: Any) -> dict[str, Any]:
    """A second mapping like the first, with some properties of its own."""
    properties = {**case.settings, **changes}
    case.add(logical_id, "Lambda::EventSourceMapping", properties)
    return properties


def another_function(case: Case, logical_id: str = "Other") -> dict[str, str]:
    """A second function in the same role."""
    case.add(logical_id, "Lambda::Function", {**case.function, "FunctionName": f"other-{logical_id}"})
    return {"Ref": logical_id}
