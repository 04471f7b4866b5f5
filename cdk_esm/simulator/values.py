"""What each value of a mapping can be in a run, whether its plan says it or ``assume`` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from cdk_esm.plan import FailureKind
from cdk_esm.simulator.arguments import is_count, is_number, refused
from cdk_esm.sources.dynamodb_table import IMAGES_OF_VIEW
from cdk_esm.sources.self_managed_kafka import QUEUE_MODE
from cdk_esm.sources.stream_settings import FOREVER

_ENGINES: Final = ("ACTIVEMQ", "RABBITMQ")
_POSITIONS: Final = ("TRIM_HORIZON", "LATEST", "AT_TIMESTAMP")
_FROM_ONE: Final = (
    "BatchSize",
    "DeliveryCountLimit",
    "MaximumConcurrency",
    "MaximumPollers",
    "MemorySize",
    "MinimumPollers",
    "ParallelizationFactor",
    "Partitions",
    "ShardCount",
)
_FROM_NOTHING: Final = ("CommittedOffset", "ReservedConcurrentExecutions", "maxReceiveCount")
_OR_NONE: Final = ("CommittedOffset", "MaximumConcurrency", "ReservedConcurrentExecutions")
"""Of which ``assume`` may also say that there is none."""
_TIMES: Final = (
    "ChangeStreamSeconds",
    "DeadLetterRetention",
    "DelaySeconds",
    "MaximumBatchingWindowInSeconds",
    "MessageRetentionPeriod",
    "StartingPositionTimestamp",
    "TumblingWindowInSeconds",
    "VisibilityTimeout",
)
_SECONDS: Final = "a number of seconds, 0 or more"


def _one_of(words: tuple[str, ...]) -> tuple[str, Callable[[Any], bool]]:
    return f"one of {', '.join(words)}", lambda given: given in words


def _whole(least: int) -> tuple[str, Callable[[Any], bool]]:
    return f"a whole number, {least} or more", lambda given: is_count(given, least)


_ALLOWED: Final[Mapping[str, tuple[str, Callable[[Any], bool]]]] = {
    **dict.fromkeys(_FROM_ONE, _whole(1)),
    **dict.fromkeys(_FROM_NOTHING, _whole(0)),
    **dict.fromkeys(_TIMES, (_SECONDS, lambda given: is_number(given, least=0))),
    "MaximumRetryAttempts": (f"a whole number, or {FOREVER} for no end", lambda given: is_count(given, FOREVER)),
    "MaximumRecordAgeInSeconds": (
        f"{_SECONDS}, or {FOREVER} for any age",
        lambda given: is_number(given, least=FOREVER),
    ),
    **dict.fromkeys(
        ("FunctionResponseTypes", "Metrics", "Queues", "Topics"),
        ("a list", lambda given: isinstance(given, list | tuple | str)),
    ),
    "ConsumptionMode": _one_of(("Stream", QUEUE_MODE)),
    "StartingPosition": _one_of(_POSITIONS),
    "RetentionPeriodHours": ("a number of hours above 0", lambda given: is_number(given, above=0)),
    "Timeout": ("a number of seconds above 0", lambda given: is_number(given, above=0)),
}
"""What a run counts with: a wrong one would never end, or never begin."""
_ASSUMED: Final[Mapping[str, tuple[str, Callable[[Any], bool]]]] = {
    **dict.fromkeys(
        ("BisectBatchOnFunctionError", "Enabled"), ("True or False", lambda given: isinstance(given, bool))
    ),
    **dict.fromkeys(
        ("FilterCriteria", "FunctionResponseTypes", "Metrics"),
        ("a list", lambda given: isinstance(given, list | tuple)),
    ),
    "DestinationConfig": _one_of(tuple(kind.value for kind in FailureKind)),
    "Engine": (f"one of {', '.join(_ENGINES)}", lambda given: str(given).upper() in _ENGINES),
    "StreamViewType": _one_of(tuple(IMAGES_OF_VIEW)),
}
"""What only ``assume`` can get wrong, because a template is read by the sheets."""


def check_value(name: str, value: object, where: str) -> None:
    """Refuse a value with which a run could not count.

    Args:
        name: CloudFormation's name, or what ``assume`` calls it.
        value: what a plan says.
        where: the mapping.

    Raises:
        EsmError: it is not of the kind, or out of its range.
    """
    allowed, holds = _ALLOWED.get(name, ("", None))
    if holds is not None and not holds(value):
        raise refused(f"{where}: {name}", allowed, value)


def check_assumption(name: str, value: object) -> None:
    """Refuse an assumption that cannot be one.

    Raises:
        EsmError: it is not of the kind, or out of its range.
    """
    allowed, holds = _ASSUMED.get(name, _ALLOWED.get(name, ("", None)))
    if value is None and name in _OR_NONE:
        return
    if holds is not None and not holds(value):
        raise refused(f"assume: {name}", allowed, value)
