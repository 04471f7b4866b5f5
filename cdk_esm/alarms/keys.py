"""The keys of alarms: for each, what makes its recipe, how urgent it is, and how somebody chooses its threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cdk_esm.alarms import (
    broker_alarms,
    function_alarms,
    kafka_alarms,
    mapping_alarms,
    queue_alarms,
    stream_alarms,
)
from cdk_esm.alarms.recipes import Recipe
from cdk_esm.plan import MappingPlan


class Urgency(StrEnum):
    """Whether somebody has to get up: our choice for each key, and the user's if they say another."""

    PAGE = "page"
    """Records are being lost, or nobody processes them."""
    TICKET = "ticket"
    """Records fail, but are kept or tried again: it can wait for the morning."""


@dataclass(frozen=True)
class AlarmKey:
    """An alarm as users name it.

    Args:
        recipes: what makes the recipe for a mapping; nothing if the mapping gives it nothing to watch.
        urgency: how urgent it is, unless the user says otherwise.
        unit: the unit of the threshold.
        derived: how the threshold follows from the configuration.
        choose: how to choose another one.
        when: which mappings have it.
    """

    recipes: Callable[[MappingPlan], Iterator[Recipe]]
    urgency: Urgency
    unit: str
    derived: str
    choose: str
    when: str


_FIXED: Final = "our choice, the same for every mapping"
_COUNTED: Final = "the mapping counts events (`EventCount` in `metrics_config`)"
_IN_REACH: Final = "the source is in the account and Region of the function"
_STAYS: Final = "Leave it: one is too many."

ALARM_KEYS: Final[Mapping[str, AlarmKey]] = {
    "age": AlarmKey(
        queue_alarms.age,
        Urgency.PAGE,
        "seconds",
        "five visibility timeouts, at least five minutes, at most a quarter of the queue's retention",
        "The time that a message may wait before somebody outside notices, but more than one visibility timeout: a "
        "single redelivery adds as much.",
        _IN_REACH,
    ),
    "dead_letters": AlarmKey(
        queue_alarms.dead_letters,
        Urgency.TICKET,
        "messages",
        _FIXED,
        "Leave it, unless your dead-letter queue is never empty; then the number that you accept.",
        f"the dead-letter queue is known, and {_IN_REACH}",
    ),
    "backlog": AlarmKey(
        broker_alarms.backlog,
        Urgency.PAGE,
        "messages",
        "not derived: you give it, or decline the alarm",
        "The messages that come in the time that you can wait: the rate per second times those seconds.",
        _IN_REACH,
    ),
    "iterator_age": AlarmKey(
        stream_alarms.iterator_age,
        Urgency.PAGE,
        "milliseconds",
        "half of the time until a record is given up or expires, at most one hour",
        "The delay that your users bear, in milliseconds: 300_000 is five minutes. The derived value prevents loss and "
        "is late for operations; a function that keeps up is behind by seconds.",
        "always",
    ),
    "consumer_lag": AlarmKey(
        stream_alarms.consumer_lag,
        Urgency.PAGE,
        "milliseconds",
        "as `iterator_age`",
        "As `iterator_age`, in milliseconds.",
        f"the stream is read through an enhanced fan-out consumer, and {_IN_REACH}",
    ),
    "offset_lag": AlarmKey(
        kafka_alarms.offset_lag,
        Urgency.PAGE,
        "records",
        "not derived: you give it, or decline the alarm",
        "The records of one partition that come in the time that you can wait.",
        "the mapping has the metrics `KafkaMetrics`",
    ),
    "polling_errors": AlarmKey(
        kafka_alarms.polling_errors,
        Urgency.PAGE,
        "errors a period",
        _FIXED,
        "Raise it if your brokers restart often.",
        "the mapping has the metrics `ErrorCount`",
    ),
    "commit_errors": AlarmKey(
        kafka_alarms.commit_errors,
        Urgency.TICKET,
        "errors a period",
        _FIXED,
        "Raise it if your brokers restart often.",
        "the mapping has the metrics `ErrorCount`",
    ),
    "schema_errors": AlarmKey(
        kafka_alarms.schema_errors,
        Urgency.TICKET,
        "errors a period",
        _FIXED,
        "Raise it if others write what does not fit, and that is known.",
        "the mapping has a schema registry and the metrics `ErrorCount`",
    ),
    "read_throttles": AlarmKey(
        stream_alarms.read_throttles,
        Urgency.TICKET,
        "reads a period",
        _FIXED,
        "Raise it if several readers share the stream, and each of them keeps up.",
        f"the stream is read on shared throughput, and {_IN_REACH}",
    ),
    "dropped": AlarmKey(stream_alarms.dropped, Urgency.PAGE, "records a period", _FIXED, _STAYS, _COUNTED),
    "oversized": AlarmKey(broker_alarms.oversized, Urgency.PAGE, "events a period", _FIXED, _STAYS, "always"),
    "deliveries": AlarmKey(
        stream_alarms.deliveries,
        Urgency.TICKET,
        "records a period",
        _FIXED,
        "Raise it if bad records are normal and somebody processes what is in the destination anyway.",
        "the mapping has an on-failure destination, and counts events",
    ),
    "delivery_failures": AlarmKey(
        stream_alarms.delivery_failures,
        Urgency.PAGE,
        "failures a period",
        _FIXED,
        _STAYS,
        "the mapping has an on-failure destination",
    ),
    "errors": AlarmKey(
        function_alarms.errors,
        Urgency.TICKET,
        "invocations a period",
        _FIXED,
        "The failed invocations in five minutes that you accept, such as if a neighbour is away for a moment.",
        "always, once for each function",
    ),
    "throttles": AlarmKey(
        function_alarms.throttles,
        Urgency.TICKET,
        "invocations a period",
        _FIXED,
        "Raise it for a function whose concurrency is reserved on purpose, or let it last longer with `periods`.",
        "always, once for each function",
    ),
    "failures": AlarmKey(
        mapping_alarms.failures,
        Urgency.TICKET,
        "percent of the events",
        _FIXED,
        "The share of events in failing batches that is normal for you. Bigger batches give a bigger share for one bad "
        "message.",
        _COUNTED,
    ),
    "filtered": AlarmKey(
        mapping_alarms.filtered,
        Urgency.PAGE,
        "percent of the events",
        _FIXED,
        "Leave it, or let it last longer with `periods` if hours without a match are normal.",
        "the mapping has filters, and counts events",
    ),
    "stopped": AlarmKey(
        mapping_alarms.stopped,
        Urgency.PAGE,
        "polls a period",
        _FIXED,
        "Leave it: a mapping that works polls many times a minute, also if the source is empty.",
        f"{_COUNTED}, and is not disabled",
    ),
}
"""Every key that a recipe can have, in the order in which documentation lists them."""
