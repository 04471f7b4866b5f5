"""What changes the load on the function, or the time until a record gets there: caps, pollers, batches, visibility.

A further comparison is one more entry of ``LOAD``.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any, Final

from cdk_esm.diff.changes import ADVICE, DANGER, Change, Place
from cdk_esm.diff.comparing import Comparison, Read, compared, differs, larger, setting, smaller
from cdk_esm.diff.kinds import settings as kinds
from cdk_esm.diff.updates import hidden
from cdk_esm.durations import in_words
from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan, Queue, Stream
from cdk_esm.sources.broker_settings import DEFAULT_WINDOW
from cdk_esm.sources.kafka_settings import REGISTRY
from cdk_esm.sources.sqs_queue import VISIBILITY_FACTOR

_CAP: Final = "ScalingConfig.MaximumConcurrency"
_FACTOR: Final = "ParallelizationFactor"
_SHARDS: Final = "ShardCount of the stream"
_RESERVED: Final = "ReservedConcurrentExecutions of the function"
_POLLERS: Final = "ProvisionedPollerConfig"
_BATCH: Final = "BatchSize"
_WINDOW: Final = "MaximumBatchingWindowInSeconds"
_TUMBLING: Final = "TumblingWindowInSeconds"
_FULL: Final = "DocumentDBEventSourceConfig.FullDocument"
_FORMS: Final = tuple(
    f"{kind}KafkaEventSourceConfig.{REGISTRY}.EventRecordFormat" for kind in ("AmazonManaged", "SelfManaged")
)
_TIMEOUT: Final = "Timeout of the function"
_VISIBILITY: Final = "VisibilityTimeout of the queue"


def changes(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Everything that changes how much comes to the function at once, and when; what is unknown is not compared."""
    yield from compared(LOAD, place, old, new)
    yield from _visibility(place, old, new)


def _visibility(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Whether a message shows up again too soon; a timeout that is still long enough harms nothing."""
    before, after = old.event_source, new.event_source
    if not isinstance(before, Queue) or not isinstance(after, Queue) or before.identity != after.identity:
        return
    was, becomes = before.effective_visibility_seconds, after.effective_visibility_seconds
    if isinstance(was, Unknowable) or isinstance(becomes, Unknowable):
        return
    if becomes >= was:
        yield from _outgrown(place, old, new, was, becomes)
        return
    timeout, window = new.function.effective_timeout_seconds, _window(new) or 0
    message = f"{_VISIBILITY}: {in_words(was)} becomes {in_words(becomes)}"
    values: dict[str, Any] = {"setting": _VISIBILITY, "before": was, "after": becomes}
    if isinstance(timeout, Unknowable) or hidden(window):
        yield kinds.VISIBILITY_SHORTER.change(place, f"{message}, and the function's timeout is not known", **values)
        return
    wanted = VISIBILITY_FACTOR.value * timeout + window
    if becomes < wanted:
        message += f", with a function's timeout of {in_words(timeout)}"
        fix = f"keep VisibilityTimeout at {wanted} or more: {VISIBILITY_FACTOR.value} times the timeout"
        fix += f" plus the batching window of {in_words(window)}" if window else ""
        severity = DANGER if becomes < timeout else ADVICE
        yield kinds.VISIBILITY_SHORTER.change(place, message, severity=severity, fix=fix, **values)


def _outgrown(place: Place, old: MappingPlan, new: MappingPlan, was: int, becomes: int) -> Iterator[Change]:
    """Whether the function or the window grew out of a visibility timeout that was long enough for them."""
    timeouts: list[Any] = [_timeout(plan) for plan in (old, new)]
    windows: list[Any] = [_window(plan) or 0 for plan in (old, new)]
    if hidden(timeouts) or hidden(windows):
        return
    wanted = [VISIBILITY_FACTOR.value * timeout + window for timeout, window in zip(timeouts, windows, strict=True)]
    below = [(was < timeouts[0], was < wanted[0]), (becomes < timeouts[1], becomes < wanted[1])]
    if below[1] <= below[0] or (timeouts[1], windows[1]) == (timeouts[0], windows[0]):
        return
    message = f"{_VISIBILITY} is {in_words(becomes)}, and the function's timeout {in_words(timeouts[1])}"
    message += f" with a batching window of {in_words(windows[1])}" if windows[1] else ""
    fix = f"raise VisibilityTimeout to {wanted[1]} or more: {VISIBILITY_FACTOR.value} times the timeout"
    fix += f" plus the batching window of {in_words(windows[1])}" if windows[1] else ""
    yield kinds.VISIBILITY_OUTGROWN.change(
        place,
        message,
        setting=_VISIBILITY,
        before=was,
        after=becomes,
        severity=DANGER if becomes < timeouts[1] else ADVICE,
        fix=fix,
    )


def _timeout(plan: MappingPlan) -> Any:
    return plan.function.effective_timeout_seconds


def _cap(plan: MappingPlan) -> Any:
    """The cap on concurrency; no cap is more than any."""
    return _or_endless(setting(_CAP)(plan)) if _CAP in plan.facts.by_name else None


def _reserved(plan: MappingPlan) -> Any:
    """The reserved concurrency of the function; without one the account's is there."""
    return _or_endless(plan.function.reserved_concurrency)


def _or_endless(value: Any) -> Any:
    return inf if value is None else value


def _pool(plan: MappingPlan) -> str:
    return plan.function.concurrency_pool


def _source(plan: MappingPlan) -> str:
    return plan.event_source.identity


def _shards(plan: MappingPlan) -> Any:
    return plan.event_source.shard_count if isinstance(plan.event_source, Stream) else None


def _pollers(plan: MappingPlan) -> Any:
    """The least and the greatest number of provisioned pollers; an empty pair without any."""
    if _POLLERS not in plan.facts.by_name:
        return None
    given = plan.given(_POLLERS)
    if given is None or isinstance(given, Unknowable):
        return () if given is None else given
    return tuple(plan.setting(f"{_POLLERS}.{name}") for name in ("MinimumPollers", "MaximumPollers"))


def _fewer_pollers(before: Any, after: Any) -> bool:
    return any(_by_place(before, after, smaller)) if after else bool(before)


def _more_pollers(before: Any, after: Any) -> bool:
    return any(_by_place(before, after, larger)) if before else bool(after)


def _by_place(before: Any, after: Any, tells: Any) -> Iterator[bool]:
    return (tells(one, other) for one, other in zip(before, after, strict=False))


def _window(plan: MappingPlan) -> Any:
    """The batching window in seconds; where none is given and the sheet has no default, that of the brokers."""
    if _WINDOW not in plan.facts.by_name:
        return None
    value = plan.setting(_WINDOW)
    return DEFAULT_WINDOW.value / 1000 if value is None else value


def _stopped(before: Any, after: Any) -> bool:
    return bool(after == 0 != before)


def _form_of(name: str) -> Read:
    """The form in which a schema registry lets records come; without a registry they come as they are."""

    def read(plan: MappingPlan) -> Any:
        record = name.rpartition(".")[0]
        if name not in plan.facts.by_name:
            return None
        given = plan.given(record)
        return "no registry" if given is None else given if isinstance(given, Unknowable) else plan.setting(name)

    return read


def _full_document(plan: MappingPlan) -> Any:
    """What a change of a document comes with; without the setting only what changed."""
    return (setting(_FULL)(plan) or "Default") if _FULL in plan.facts.by_name else None


def _less(before: Any, after: Any) -> bool:
    return bool(0 < after < before)


def _number(value: Any) -> str:
    return "none" if value == inf else str(value)


def _range(value: Any) -> str:
    return " to ".join(map(str, value)) or "none"


def _seconds(value: Any) -> str:
    return in_words(value) if isinstance(value, int) else f"{int(value * 1000)} milliseconds (the service's default)"


def _both_ways(name: str, read: Read, of: Read) -> tuple[Comparison, Comparison]:
    """A number that bounds the concurrency, raised and lowered."""
    return (
        Comparison(kinds.CONCURRENCY_HIGHER, name, read, larger, of=of, in_words=_number),
        Comparison(kinds.CONCURRENCY_LOWER, name, read, _less, of=of, in_words=_number),
    )


LOAD: Final[tuple[Comparison, ...]] = (
    *_both_ways(_CAP, _cap, _source),
    *_both_ways(_FACTOR, setting(_FACTOR), _source),
    *_both_ways(_SHARDS, _shards, _source),
    *_both_ways(_RESERVED, _reserved, _pool),
    Comparison(kinds.TIMEOUT_SHORTER, _TIMEOUT, _timeout, smaller, of=_pool, in_words=in_words),
    Comparison(kinds.FUNCTION_STOPPED, _RESERVED, _reserved, _stopped, of=_pool, in_words=_number),
    Comparison(kinds.POLLERS_FEWER, _POLLERS, _pollers, _fewer_pollers, in_words=_range),
    Comparison(kinds.POLLERS_MORE, _POLLERS, _pollers, _more_pollers, in_words=_range),
    Comparison(kinds.BATCHES_LARGER, _BATCH, setting(_BATCH), larger),
    Comparison(kinds.BATCHES_SMALLER, _BATCH, setting(_BATCH), smaller),
    Comparison(kinds.BATCHES_LARGER, _WINDOW, _window, larger, in_words=_seconds),
    Comparison(kinds.BATCHES_SMALLER, _WINDOW, _window, smaller, in_words=_seconds),
    *(Comparison(kinds.PAYLOAD_CHANGED, name, _form_of(name), differs) for name in _FORMS),
    Comparison(kinds.PAYLOAD_CHANGED, _FULL, _full_document, differs),
    Comparison(kinds.AGGREGATION_CHANGED, _TUMBLING, setting(_TUMBLING), differs, in_words=_seconds),
)
