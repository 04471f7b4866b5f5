"""What was built, mapping by mapping, in a few lines each that are made to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

from cdk_esm.durations import in_words
from cdk_esm.facts import Unknowable
from cdk_esm.plan import FailurePath, MappingPlan, Queue, Source, Stream, TableStream
from cdk_esm.rules.rule import Finding
from cdk_esm.sources.dynamodb_table import STREAM_RETENTION
from cdk_esm.sources.stream_settings import FOREVER

_HIDDEN: Final = "hidden until the deployment"
_LABEL_WIDTH: Final = 13


class Bundle(Protocol):
    """What the summary wants of a construct."""

    @property
    def plan(self) -> MappingPlan:
        """The plan that it was made from."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What the rules found."""

    @property
    def alarms(self) -> Mapping[str, Any]:
        """Its alarms by their keys."""


def summary(bundles: Iterable[Bundle]) -> str:
    """Say what was built: per mapping the source, the function, how it batches, where failures go, and who is told."""
    return "\n\n".join("\n".join(_lines(bundle)) for bundle in bundles)


def seconds_to_dead_letters(plan: MappingPlan) -> int | Unknowable | None:
    """How long a message that always fails is tried, from its first receive until SQS moves it away."""
    queue = plan.event_source
    if not isinstance(plan.failure, FailurePath) or plan.failure.queue is None or not isinstance(queue, Queue):
        return None
    receives = plan.failure.effective_max_receive_count
    visibility = queue.effective_visibility_seconds
    if isinstance(receives, Unknowable):
        return receives
    if isinstance(visibility, Unknowable):
        return visibility
    return receives * visibility


def _lines(bundle: Bundle) -> Iterator[str]:
    plan = bundle.plan
    yield f"{plan.path}: {plan.facts.label} to Lambda"
    rows = {
        "source": _source(plan.event_source),
        "function": _function(plan),
        "start": _start(plan),
        "batch": _batch(plan),
        "concurrency": _concurrency(plan),
        "retries": _retries(plan),
        "failures": _failures(plan),
        "filters": _filters(plan),
        "alarms": ", ".join(bundle.alarms) or "none of its own",
        "chosen": _chosen(plan),
    }
    for label, text in rows.items():
        if text:
            yield f"  {label:<{_LABEL_WIDTH}}{text}"
    yield f"  {'findings':<{_LABEL_WIDTH}}{'' if bundle.findings else 'none'}".rstrip()
    for finding in bundle.findings:
        settled = f", acknowledged: {finding.acknowledged}" if finding.acknowledged else ""
        yield f"    {finding.severity} {finding.rule.id} {finding.rule.name}: {finding.message}{settled}"


def _seconds(value: int | Unknowable) -> str:
    return _HIDDEN if isinstance(value, Unknowable) else in_words(value)


def _source(source: Source) -> str:
    made = "an existing" if source.existing else "a new"
    if isinstance(source, Queue):
        hidden, kept = _seconds(source.effective_visibility_seconds), _seconds(source.effective_retention_seconds)
        return f"{made} queue; a message stays hidden for {hidden} after a receive, and is kept for {kept}"
    if isinstance(source, Stream):
        how = "through a consumer of its own" if source.consumer else "on the shared throughput"
        return f"{made} stream, read {how}; a record is kept for {_seconds(source.effective_retention_seconds)}"
    assert isinstance(source, TableStream)
    view = source.view_type if isinstance(source.view_type, str) else _HIDDEN
    return f"{made} table; its stream carries {view} and keeps a record for {in_words(STREAM_RETENTION.value)}"


def _function(plan: MappingPlan) -> str:
    function = plan.function
    made = "an existing function" if function.existing else "a new function"
    memory = f", {function.memory_mb} MB" if isinstance(function.memory_mb, int) else ""
    return f"{made}; timeout {_seconds(function.effective_timeout_seconds)}{memory}"


def _batch(plan: MappingPlan) -> str:
    batch, window = plan.setting("BatchSize"), plan.setting("MaximumBatchingWindowInSeconds")
    unit = "messages" if isinstance(plan.event_source, Queue) else "records"
    size = _HIDDEN if isinstance(batch, Unknowable) else f"up to {batch} {unit}"
    wait = "no window" if window == 0 else f"window {_seconds(window)}"
    partial = "partial batch responses" if plan.given("FunctionResponseTypes") else "all or nothing"
    return f"{size}, {wait}, {partial}"


def _concurrency(plan: MappingPlan) -> str:
    if not isinstance(plan.event_source, Queue):
        return f"{plan.setting('ParallelizationFactor')} per shard"
    most, pollers = plan.given("ScalingConfig.MaximumConcurrency"), plan.given("ProvisionedPollerConfig")
    if most is not None:
        return f"at most {most}" if isinstance(most, int) else _HIDDEN
    if pollers is not None:
        least, most = (plan.setting(f"ProvisionedPollerConfig.{name}") for name in ("MinimumPollers", "MaximumPollers"))
        return f"{least} to {most} pollers of its own"
    return "scales by itself"


def _retries(plan: MappingPlan) -> str:
    if not isinstance(plan.event_source, Queue):
        return _stream_retries(plan)
    failure = plan.failure
    if isinstance(failure, Unknowable):
        return _HIDDEN
    if failure.queue is None:
        return f"until the message expires, {_seconds(plan.event_source.effective_retention_seconds)} after it was sent"
    receives = failure.effective_max_receive_count
    total = seconds_to_dead_letters(plan)
    after = "" if total is None or isinstance(total, Unknowable) else f", about {in_words(total)} after the first"
    return f"{_HIDDEN if isinstance(receives, Unknowable) else f'{receives} receives'}{after}"


def _stream_retries(plan: MappingPlan) -> str:
    retries, age = plan.setting("MaximumRetryAttempts"), plan.setting("MaximumRecordAgeInSeconds")
    count = (
        _HIDDEN if isinstance(retries, Unknowable) else "without end" if retries == FOREVER else f"{retries} retries"
    )
    limit = _HIDDEN if isinstance(age, Unknowable) else "expires" if age == FOREVER else f"is {in_words(age)} old"
    bisect = ", the batch halved on an error" if plan.setting("BisectBatchOnFunctionError") is True else ""
    return f"{count}, or until the record {limit}{bisect}"


def _failures(plan: MappingPlan) -> str:
    failure = plan.failure
    if isinstance(failure, Unknowable):
        return _HIDDEN
    if failure.destination is not None:
        made = "an existing" if failure.destination.existing else "a new"
        held = "the records themselves" if failure.kind == "bucket" else "where the records were, not the records"
        return f"{made} {failure.kind}, which gets {held}"
    if failure.queue is None:
        return f"nowhere: {failure.reason or 'no reason given'}"
    made = "an existing" if failure.queue.existing else "a new"
    return f"{made} dead-letter queue that keeps them for {_seconds(failure.queue.effective_retention_seconds)}"


def _filters(plan: MappingPlan) -> str:
    if not plan.filters:
        return ""
    count = _HIDDEN if isinstance(plan.filters, Unknowable) else str(len(plan.filters))
    return f"{count}; where a record matches none, Lambda {plan.facts.unmatched}"


def _start(plan: MappingPlan) -> str:
    position = plan.given("StartingPosition")
    if position is None:
        return ""
    replaced = ", ".join(plan.say(one) for one in plan.facts.settings if one.create_only)
    return f"{_HIDDEN if isinstance(position, Unknowable) else position}; another {replaced} makes a new mapping"


def _chosen(plan: MappingPlan) -> str:
    return ", ".join(f"{name}={value}" for name, value in plan.choices.items())
