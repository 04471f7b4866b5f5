"""Handlers and plans for runs, and the labels that tests state."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any, TypeVar

from cdk_esm.simulator.fidelity import STEPS
from cdk_esm.sources import SOURCES

F = TypeVar("F", bound=Callable[..., Any])
SHOWN: dict[str, list[str]] = {}
"""Step to the tests that show it."""


def shows(*, recorded: str = "", documented: str = "", chosen: str = "") -> Callable[[F], F]:
    """Say which steps a test shows, by their labels; a label that the step does not have is an error at once."""

    def keep(test: F) -> F:
        for label, names in (("recorded", recorded), ("documented", documented), ("chosen", chosen)):
            for name in names.split():
                assert STEPS[name].label == label, f"{name} is {STEPS[name].label}"
                SHOWN.setdefault(name, []).append(test.__name__)
        return test

    return keep


def texts(event: dict[str, Any]) -> list[str]:
    """What the records of an event carry, as text."""
    return [text_of(record) for record in records_of(event)]


def records_of(event: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of an event, whichever way it holds them."""
    holder = next(event[sheet.records.holder] for sheet in SOURCES.values() if sheet.records.holder in event)
    return [one for group in holder.values() for one in group] if isinstance(holder, dict) else list(holder)


def text_of(record: dict[str, Any]) -> str:
    """What a record carries, as text."""
    if "body" in record:
        return str(record["body"])
    if "event" in record:
        return str(record["event"]["fullDocument"].get("value"))
    if "dynamodb" in record:
        (value,) = record["dynamodb"]["Keys"].values()
        return str(next(iter(value.values())))
    inner = record.get("kinesis", record)
    return base64.b64decode(inner.get("data", inner.get("value"))).decode()


def name_of(record: dict[str, Any]) -> Any:
    """What a partial batch response calls a record."""
    if "messageId" in record:
        return record["messageId"]
    if "offset" in record:
        return {"partition": f"{record['topic']}-{record['partition']}", "offset": record["offset"]}
    return record.get("kinesis", {}).get("sequenceNumber") or record["dynamodb"]["SequenceNumber"]


def reporting(is_bad: Callable[[str], bool], *, seconds: float = 0) -> Callable[[Any, Any], Any]:
    """A handler that reports the records that are bad, and goes on behind them."""

    def handler(event: Any, context: Any) -> Any:
        context.spend(seconds)
        failed = [name_of(one) for one in records_of(event) if is_bad(text_of(one))]
        return {"batchItemFailures": [{"itemIdentifier": name} for name in failed]}

    return handler


def raising(is_bad: Callable[[str], bool], *, seconds: float = 0) -> Callable[[Any, Any], None]:
    """A handler that raises if anything in its batch is bad."""

    def handler(event: Any, context: Any) -> None:
        context.spend(seconds)
        if any(is_bad(text) for text in texts(event)):
            raise ValueError("bad")

    return handler


def bad(text: str) -> bool:
    """Whether a record is one that fails."""
    return "bad" in text


def ok(_: Any, __: Any) -> None:
    """A handler that succeeds."""


def stopping(is_bad: Callable[[str], bool]) -> Callable[[Any, Any], Any]:
    """A FIFO handler that stops at the first failure of the batch, and returns it and all that follow."""

    def handler(event: Any, _: Any) -> Any:
        names = [one["messageId"] for one in event["Records"]]
        at = next((index for index, text in enumerate(texts(event)) if is_bad(text)), len(names))
        return {"batchItemFailures": [{"itemIdentifier": name} for name in names[at:]]}

    return handler


def dumped(value: Any) -> str:
    """A trace as bytes would have it."""
    return json.dumps(value, sort_keys=True)
