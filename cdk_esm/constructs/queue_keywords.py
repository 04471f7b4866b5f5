"""The keywords of the two SQS constructs, and the plan that they make before anything is built."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.common_keywords import (
    CommonKeywords,
    Drafted,
    check_alarms,
    check_switches,
    common_choices,
    common_settings,
    draft_filters,
    draft_function,
)
from cdk_esm.constructs.intake.keywords import Intake, is_queue
from cdk_esm.constructs.intake.options import NewQueue, NoDeadLetterQueue, ProvisionedPollers
from cdk_esm.constructs.intake.tokens import known_or_unresolved
from cdk_esm.constructs.resources import queues
from cdk_esm.constructs.resources.existing import existing_queue, sends_to
from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.plan import FailureKind, FailurePath, MappingPlan, Queue
from cdk_esm.sources import SOURCES


@dataclass(frozen=True, kw_only=True)
class QueueKeywords(CommonKeywords):
    """The keywords as the user gave them; ``SqsToLambda`` documents each."""

    queue: Any = None
    dead_letter_queue: Any = None
    max_concurrency: Any = None
    provisioned_poller_config: Any = None
    visibility_timeout_factor: Any = None
    max_receive_count: Any = None


def draft(given: QueueKeywords, source: str, path: str, where: Surroundings) -> Drafted:
    """Turn keywords into a plan, remembering whatever cannot be taken."""
    intake = Intake()
    function, built = draft_function(intake, given.function, where, path)
    window = intake.duration("max_batching_window", given.max_batching_window)
    factor = intake.integer("visibility_timeout_factor", given.visibility_timeout_factor, now=True)
    receives = intake.integer("max_receive_count", given.max_receive_count)
    if isinstance(receives, int) and receives < 1:  # CDK refuses it, and could not say whose it is
        intake.refuse("max_receive_count", receives, "a whole number of at least 1")
    fifo = SOURCES[source].keeps_order
    queue, failure = _queue(intake, given, where, path, fifo=fifo)
    if not queue.existing:
        visibility = queues.visibility_seconds(function, factor, window)
        queue = replace(queue, visibility_timeout_seconds=visibility)
        failure = _failure(intake, given, where, path, receives, fifo=fifo)
    elif isinstance(given.dead_letter_queue, NoDeadLetterQueue):
        reason = intake.reason("dead_letter_queue.reason", given.dead_letter_queue.reason)
        if isinstance(failure, FailurePath) and failure.kind == FailureKind.NONE:
            failure = replace(failure, reason=reason) if reason else UNKNOWN
    if built is not None and queue.existing and sends_to(built.role, where.stack, queue.identity):
        function = replace(function, writes_to=frozenset({queue.identity}))
    filters = draft_filters(intake, given.filters)
    check_alarms(intake, given.alarms, source)
    check_switches(intake, given)
    settings = common_settings(intake, given, window, filters) | _own_settings(intake, given)
    if queue.existing:
        settings["EventSourceArn"] = known_or_unresolved(queue.identity)
    plan = MappingPlan(
        path=path,
        source=source,
        settings={name: value for name, value in settings.items() if value is not None},
        event_source=queue,
        function=function,
        failure=failure,
        filters=filters,
        acknowledged=intake.texts("acknowledge", given.acknowledge),
        origin=given.origin,
        choices=common_choices(given, visibility_timeout_factor=factor, max_receive_count=given.max_receive_count),
        door="construct",
        malformed=tuple(intake.malformed),
    )
    return Drafted(plan, built)


def _queue(
    intake: Intake, given: QueueKeywords, where: Surroundings, path: str, *, fifo: bool
) -> tuple[Queue, FailurePath | Unknowable]:
    value = NewQueue() if given.queue is None else given.queue
    if isinstance(value, NewQueue):
        return queues.draft_queue(intake, "queue", value, where, path + "/Queue", fifo=fifo), UNKNOWN
    if not intake.one_of("queue", value, {"a NewQueue": lambda _: False, "an SQS queue": is_queue}):
        hidden: Any = {"fifo": UNKNOWN, "visibility_timeout_seconds": UNKNOWN, "retention_seconds": UNKNOWN}
        return Queue(identity=path + "/Queue", **hidden), UNKNOWN
    for keyword in ("dead_letter_queue", "max_receive_count"):
        came = getattr(given, keyword)
        if came is not None and not isinstance(came, NoDeadLetterQueue):
            intake.refuse(
                keyword,
                came,
                "nothing beside an existing queue, which is never changed",
                fix=f"set it where the queue is made, and leave {keyword} out here",
            )
    facts, failure = existing_queue(value, where)
    return facts, failure


def _failure(
    intake: Intake, given: QueueKeywords, where: Surroundings, path: str, receives: Value[int], *, fifo: bool
) -> FailurePath | Unknowable:
    value = NewQueue() if given.dead_letter_queue is None else given.dead_letter_queue
    if isinstance(value, NoDeadLetterQueue):
        reason = intake.reason("dead_letter_queue.reason", value.reason)
        return FailurePath(kind=FailureKind.NONE, reason=reason) if reason else UNKNOWN
    if isinstance(value, NewQueue):
        drafted = queues.draft_queue(intake, "dead_letter_queue", value, where, path + "/DeadLetterQueue", fifo=fifo)
        return queues.draft_dead_letters(drafted, receives)
    accepted = {"a NewQueue": lambda _: False, "a NoDeadLetterQueue": lambda _: False, "an SQS queue": is_queue}
    if intake.one_of("dead_letter_queue", value, accepted):
        return queues.draft_dead_letters(existing_queue(value, where)[0], receives)
    hidden = Queue(identity=path + "/DeadLetterQueue", fifo=UNKNOWN, retention_seconds=UNKNOWN)
    return FailurePath(kind=FailureKind.DEAD_LETTER_QUEUE, queue=hidden, max_receive_count=receives)


def _own_settings(intake: Intake, given: QueueKeywords) -> dict[str, Any]:
    """The settings that only SQS has."""
    settings: dict[str, Any] = {}
    if given.max_concurrency is not None:
        settings["ScalingConfig"] = {"MaximumConcurrency": intake.integer("max_concurrency", given.max_concurrency)}
    pollers = given.provisioned_poller_config
    intake.record("provisioned_poller_config", pollers, "a ProvisionedPollers", ProvisionedPollers)
    if isinstance(pollers, ProvisionedPollers):
        settings["ProvisionedPollerConfig"] = {
            "MinimumPollers": intake.integer("provisioned_poller_config.minimum", pollers.minimum),
            "MaximumPollers": intake.integer("provisioned_poller_config.maximum", pollers.maximum),
        } | ({} if pollers.group is None else {"PollerGroupName": pollers.group})
    return settings
