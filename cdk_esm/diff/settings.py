"""What got less from one deployment to the next: retries, ages, retention, and what was switched off.

A further comparison is one more entry of ``REDUCTIONS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from cdk_esm.diff.changes import ADVICE, DANGER, Change, Place
from cdk_esm.diff.comparing import Comparison, Read, compared, has_failure_path, setting, smaller
from cdk_esm.diff.kinds import settings as kinds
from cdk_esm.diff.kinds.mappings import MAPPING_DISABLED, MAPPING_ENABLED
from cdk_esm.diff.updates import hidden
from cdk_esm.durations import SECONDS_AN_HOUR, in_words
from cdk_esm.facts import Unknowable
from cdk_esm.plan import FailurePath, MappingPlan, Queue, Stream
from cdk_esm.sources.stream_settings import FOREVER


def changes(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Everything of a mapping that got less; what only the deployment knows is not compared."""
    yield from compared(REDUCTIONS, place, old, new)
    yield from _endless(place, old, new)
    yield from _enabled(place, old, new)


_RETRIES: Final = "MaximumRetryAttempts"
_RECORD_AGE: Final = "MaximumRecordAgeInSeconds"


def _enabled(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Whether a mapping is turned on again, and what has become of the records that waited."""
    if old.setting("Enabled") is not False or new.setting("Enabled") is not True:
        return
    message, severity = "Enabled: false becomes true", None
    kept = new.event_source.effective_retention_seconds
    age = setting(_RECORD_AGE)(new)
    if isinstance(kept, int):
        message += f"; up to {in_words(kept)} of {new.facts.unit}s may wait"
    expires_first = isinstance(age, int) and isinstance(kept, int) and age >= kept
    if isinstance(age, int) and age != FOREVER and not expires_first:
        message += f", and those that are older than {in_words(age)} are given up"
        severity = None if has_failure_path(new) else DANGER
    if new.given("StartingPosition") == "LATEST":
        message += "; a mapping that has never read begins at the end, after what is there"
    yield MAPPING_ENABLED.change(place, message, setting="Enabled", before=False, after=True, severity=severity)


def _endless(place: Place, old: MappingPlan, new: MappingPlan) -> Iterator[Change]:
    """Whether a record that cannot be processed holds up a shard for as long as the stream keeps it, as of now."""
    before, after = ([plan.setting(name) for name in (_RETRIES, _RECORD_AGE)] for plan in (old, new))
    if not isinstance(new.event_source, Stream) or any(map(hidden, (*before, *after))):
        return
    if after == [FOREVER, FOREVER] != before:
        name = _RETRIES if before[0] != FOREVER else _RECORD_AGE
        said = (_number if name == _RETRIES else _age)(before[0] if name == _RETRIES else before[1])
        message = f"{name}: {said} becomes no end, and nothing else ends the retries"
        yield kinds.RETRIES_ENDLESS.change(place, message, setting=name, before=said, after=FOREVER)


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
