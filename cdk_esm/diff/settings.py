"""What got less from one deployment to the next: retries, ages, retention, and what was switched off.

A further comparison is one more entry of ``REDUCTIONS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from cdk_esm.diff.changes import ADVICE, Change, Place
from cdk_esm.diff.comparing import Comparison, Read, compared, setting, smaller
from cdk_esm.diff.kinds import settings as kinds
from cdk_esm.diff.kinds.mappings import MAPPING_DISABLED
from cdk_esm.durations import SECONDS_AN_HOUR, in_words
from cdk_esm.facts import Unknowable
from cdk_esm.plan import FailurePath, MappingPlan, Queue, Stream
from cdk_esm.sources.stream_settings import FOREVER


def changes(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Everything of a mapping that got less; what only the deployment knows is not compared."""
    return compared(REDUCTIONS, place, old, new)


def _listed(name: str) -> Read:
    """A list of words; an absent one is empty."""
    return lambda plan: (setting(name)(plan) or ()) if name in plan.facts.by_name else None


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
    """A number got smaller; ``-1`` means no end."""
    return bool(after != FOREVER and (before == FOREVER or after < before))


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


REDUCTIONS: Final[tuple[Comparison, ...]] = (
    Comparison(MAPPING_DISABLED, "Enabled", setting("Enabled"), _switched_off, in_words=_yes),
    Comparison(
        kinds.PARTIAL_BATCHES_OFF,
        "FunctionResponseTypes",
        _listed("FunctionResponseTypes"),
        _lost("ReportBatchItemFailures"),
        in_words=_words,
    ),
    Comparison(
        kinds.BISECT_OFF,
        "BisectBatchOnFunctionError",
        setting("BisectBatchOnFunctionError"),
        _switched_off,
        in_words=_yes,
    ),
    Comparison(
        kinds.RETRIES_FEWER,
        "MaximumRetryAttempts",
        setting("MaximumRetryAttempts"),
        _fewer,
        softened=ADVICE,
        in_words=_number,
    ),
    Comparison(
        kinds.RECORD_AGE_SHORTER,
        "MaximumRecordAgeInSeconds",
        setting("MaximumRecordAgeInSeconds"),
        _fewer,
        softened=ADVICE,
        in_words=_age,
    ),
    Comparison(
        kinds.METRICS_OFF,
        "MetricsConfig.Metrics",
        _listed("MetricsConfig.Metrics"),
        _lost("EventCount"),
        in_words=_words,
    ),
    Comparison(kinds.RECEIVES_FEWER, "RedrivePolicy.maxReceiveCount", _receives, smaller),
    Comparison(
        kinds.QUEUE_RETENTION_SHORTER,
        "MessageRetentionPeriod of the queue",
        lambda plan: _retention(plan.event_source),
        smaller,
        of=lambda plan: plan.event_source.identity,
        in_words=_age,
    ),
    Comparison(
        kinds.QUEUE_RETENTION_SHORTER,
        "MessageRetentionPeriod of the dead-letter queue",
        lambda plan: _retention(_dead_letter_queue(plan)),
        smaller,
        of=lambda plan: _name(_dead_letter_queue(plan)),
        in_words=_age,
    ),
    Comparison(
        kinds.STREAM_RETENTION_SHORTER,
        "RetentionPeriodHours of the stream",
        _stream_hours,
        smaller,
        of=lambda plan: plan.event_source.identity,
        in_words=_hours,
    ),
)
