"""What got less from one deployment to the next: retries, ages, retention, and what was switched off.

A further comparison is one more entry of ``REDUCTIONS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.diff import kinds
from cdk_esm.diff.changes import Change, Kind, Place
from cdk_esm.durations import SECONDS_AN_HOUR, in_words
from cdk_esm.facts import Unknowable
from cdk_esm.plan import FailurePath, MappingPlan, Queue, Stream
from cdk_esm.rules.rule import Severity
from cdk_esm.sources.stream_settings import FOREVER

Read = Callable[[MappingPlan], Any]


@dataclass(frozen=True)
class Reduction:
    """One thing that can get less.

    Args:
        kind: the change that it is.
        setting: CloudFormation's name, as the message says it.
        read: its value in a plan; ``None`` where there is none to compare.
        is_less: whether the second value is less than the first one.
        of: what both values have to belong to, where another one of it has values of its own.
        softened: how bad it is where failed records go on to a destination or a dead-letter queue.
        in_words: how a value is said.
    """

    kind: Kind
    setting: str
    read: Read
    is_less: Callable[[Any, Any], bool]
    of: Read = lambda _: None
    softened: Severity | None = None
    in_words: Callable[[Any], str] = str


def changes(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Everything of a mapping that got less; what only the deployment knows is not compared."""
    for less in REDUCTIONS:
        before, after = less.read(old), less.read(new)
        unknown = [value for value in (before, after) if value is None or _hidden(value)]
        if unknown or less.of(old) != less.of(new) or not less.is_less(before, after):
            continue
        yield less.kind.change(
            place,
            f"{less.setting}: {less.in_words(before)} becomes {less.in_words(after)}",
            setting=less.setting,
            before=before,
            after=after,
            severity=less.softened if less.softened is not None and has_failure_path(new) else None,
        )


def has_failure_path(plan: MappingPlan) -> bool:
    """Whether failed records certainly go on to somewhere."""
    return isinstance(plan.failure, FailurePath) and not plan.failure.kind.nowhere


def _hidden(value: Any) -> bool:
    return isinstance(value, Unknowable) or (
        isinstance(value, list | tuple) and any(isinstance(one, Unknowable) for one in value)
    )


def _setting(name: str) -> Read:
    """A setting as AWS sees it, where the source takes it."""
    return lambda plan: plan.setting(name) if name in plan.facts.by_name else None


def _listed(name: str) -> Read:
    """A list of words; an absent one is empty."""
    return lambda plan: (_setting(name)(plan) or ()) if name in plan.facts.by_name else None


def _dead_letter_queue(plan: MappingPlan) -> Queue | None:
    return plan.failure.queue if isinstance(plan.failure, FailurePath) else None


def _receives(plan: MappingPlan) -> Any:
    path = plan.failure
    return path.effective_max_receive_count if isinstance(path, FailurePath) and path.queue is not None else None


def _retention(queue: Any) -> Any:
    return queue.effective_retention_seconds if isinstance(queue, Queue) else None


def _name(queue: Any) -> str | None:
    return queue.identity if queue is not None else None


def _stream_hours(plan: MappingPlan) -> Any:
    source = plan.event_source
    if not isinstance(source, Stream):
        return None
    seconds = source.effective_retention_seconds
    return seconds if isinstance(seconds, Unknowable) else seconds // SECONDS_AN_HOUR


def _fewer(before: Any, after: Any) -> bool:
    """A number got smaller; ``-1`` stands for no end."""
    return bool(after != FOREVER and (before == FOREVER or after < before))


def _smaller(before: Any, after: Any) -> bool:
    return bool(after < before)


def _switched_off(before: Any, after: Any) -> bool:
    return before is True and after is False


def _lost(word: str) -> Callable[[Any, Any], bool]:
    return lambda before, after: word in before and word not in after


def _number(value: Any) -> str:
    return "no end" if value == FOREVER else str(value)


def _age(value: Any) -> str:
    return "no end" if value == FOREVER else in_words(value)


def _hours(value: Any) -> str:
    return in_words(value * SECONDS_AN_HOUR)


def _yes(value: Any) -> str:
    return "true" if value else "false"


def _words(value: Sequence[Any]) -> str:
    return ", ".join(map(str, value)) or "none"


_ADVICE: Final = Severity.ADVICE

REDUCTIONS: Final[tuple[Reduction, ...]] = (
    Reduction(kinds.MAPPING_DISABLED, "Enabled", _setting("Enabled"), _switched_off, in_words=_yes),
    Reduction(
        kinds.PARTIAL_BATCHES_OFF,
        "FunctionResponseTypes",
        _listed("FunctionResponseTypes"),
        _lost("ReportBatchItemFailures"),
        in_words=_words,
    ),
    Reduction(
        kinds.BISECT_OFF,
        "BisectBatchOnFunctionError",
        _setting("BisectBatchOnFunctionError"),
        _switched_off,
        in_words=_yes,
    ),
    Reduction(
        kinds.RETRIES_FEWER,
        "MaximumRetryAttempts",
        _setting("MaximumRetryAttempts"),
        _fewer,
        softened=_ADVICE,
        in_words=_number,
    ),
    Reduction(
        kinds.RECORD_AGE_SHORTER,
        "MaximumRecordAgeInSeconds",
        _setting("MaximumRecordAgeInSeconds"),
        _fewer,
        softened=_ADVICE,
        in_words=_age,
    ),
    Reduction(
        kinds.METRICS_OFF,
        "MetricsConfig.Metrics",
        _listed("MetricsConfig.Metrics"),
        _lost("EventCount"),
        in_words=_words,
    ),
    Reduction(kinds.RECEIVES_FEWER, "RedrivePolicy.maxReceiveCount", _receives, _smaller),
    Reduction(
        kinds.QUEUE_RETENTION_SHORTER,
        "MessageRetentionPeriod of the queue",
        lambda plan: _retention(plan.event_source),
        _smaller,
        of=lambda plan: plan.event_source.identity,
        in_words=_age,
    ),
    Reduction(
        kinds.QUEUE_RETENTION_SHORTER,
        "MessageRetentionPeriod of the dead-letter queue",
        lambda plan: _retention(_dead_letter_queue(plan)),
        _smaller,
        of=lambda plan: _name(_dead_letter_queue(plan)),
        in_words=_age,
    ),
    Reduction(
        kinds.STREAM_RETENTION_SHORTER,
        "RetentionPeriodHours of the stream",
        _stream_hours,
        _smaller,
        of=lambda plan: plan.event_source.identity,
        in_words=_hours,
    ),
)
