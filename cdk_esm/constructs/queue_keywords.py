"""The keywords of the two SQS constructs, and the plan that they make before anything is built."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_

from cdk_esm.alarms.select import KEYS
from cdk_esm.constructs import functions, queues
from cdk_esm.constructs.existing import existing_function, existing_queue
from cdk_esm.constructs.functions import Built
from cdk_esm.constructs.keywords import Intake
from cdk_esm.constructs.records import Alarms, NewFunction, NewQueue, NoDeadLetterQueue, ProvisionedPollers
from cdk_esm.constructs.surroundings import Surroundings
from cdk_esm.constructs.tokens import known_or_unresolved
from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.plan import FailurePath, Function, MappingPlan, Queue

EVENT_COUNT: Final = "EventCount"


@dataclass(frozen=True, kw_only=True)
class QueueKeywords:
    """The keywords as the user gave them; ``SqsToLambda`` documents each."""

    function: Any
    queue: Any = None
    dead_letter_queue: Any = None
    batch_size: Any = None
    max_batching_window: Any = None
    report_batch_item_failures: Any = None
    max_concurrency: Any = None
    provisioned_poller_config: Any = None
    filters: Any = None
    filter_encryption: Any = None
    metrics_config: Any = None
    enabled: Any = None
    visibility_timeout_factor: Any = None
    max_receive_count: Any = None
    grants: Any = None
    removal_policy: Any = None
    logical_id: Any = None
    alarms: Any = None
    acknowledge: Any = None
    tags: Any = None

    @property
    def origin(self) -> dict[str, str]:
        """Where each value comes from: the user, where the keyword was given."""
        return {name: "default" if value is None else "user" for name, value in vars(self).items()}


@dataclass(frozen=True)
class Drafted:
    """What the keywords come to.

    Args:
        plan: the plan, before anything is made.
        function: the existing function; ``None`` where a new one is to be made.
    """

    plan: MappingPlan
    function: Built | None


def draft(given: QueueKeywords, source: str, path: str, where: Surroundings) -> Drafted:
    """Turn keywords into a plan, remembering whatever cannot be taken."""
    intake = Intake()
    function, built = _function(intake, given.function, where, path)
    window = intake.duration("max_batching_window", given.max_batching_window)
    factor = intake.integer("visibility_timeout_factor", given.visibility_timeout_factor)
    receives = intake.integer("max_receive_count", given.max_receive_count)
    fifo = source == "sqs-fifo"
    queue, failure = _queue(intake, given, where, path, fifo=fifo)
    if not queue.existing:
        visibility = queues.visibility_seconds(function, factor, window)
        queue = replace(queue, visibility_timeout_seconds=visibility)
        failure = _failure(intake, given, where, path, receives, fifo=fifo)
    elif isinstance(given.dead_letter_queue, NoDeadLetterQueue):
        reason = intake.reason("dead_letter_queue.reason", given.dead_letter_queue.reason)
        if isinstance(failure, FailurePath) and failure.kind == "none":
            failure = replace(failure, reason=reason)
    filters = _filters(intake, given.filters)
    alarms = given.alarms or Alarms()
    _alarms(intake, given.alarms)
    _switches(intake, given)
    plan = MappingPlan(
        path=path,
        source=source,
        settings=_settings(intake, given, queue, window, filters),
        event_source=queue,
        function=function,
        failure=failure,
        filters=filters,
        acknowledged=intake.texts("acknowledge", given.acknowledge),
        origin=given.origin,
        choices=_choices(given, factor, alarms),
        door="construct",
        malformed=tuple(intake.malformed),
    )
    return Drafted(plan, built)


def _is_function(value: object) -> bool:
    return hasattr(type(value), "function_arn") or _proxies(value, "function_arn")


def is_queue(value: object) -> bool:
    """Whether a value is a queue of any kind: seen by what it has, because jsii interfaces have no type at run time."""
    return hasattr(type(value), "queue_arn") or _proxies(value, "queue_arn")


def _proxies(value: object, attribute: str) -> bool:
    """Whether jsii's stand-in for an interface has an attribute."""
    return any(hasattr(type(one), attribute) for one in getattr(value, "_delegates", ()))


def _function(intake: Intake, value: Any, where: Surroundings, path: str) -> tuple[Function, Built | None]:
    if isinstance(value, NewFunction):
        return functions.draft(intake, value, where, path), None
    accepted = {"a NewFunction": lambda _: False, "a Lambda function, version or alias": _is_function}
    if intake.one_of("function", value, accepted):
        built = existing_function(value)
        return built.facts, built
    return Function(identity=path + "/Function", timeout_seconds=UNKNOWN), None


def _queue(
    intake: Intake, given: QueueKeywords, where: Surroundings, path: str, *, fifo: bool
) -> tuple[Queue, FailurePath | Unknowable]:
    value = NewQueue() if given.queue is None else given.queue
    if isinstance(value, NewQueue):
        if value.content_based_deduplication and not fifo:
            intake.refuse(
                "queue.content_based_deduplication",
                value.content_based_deduplication,
                "nothing on a standard queue",
                fix="use SqsFifoToLambda, or leave it out",
            )
        return queues.draft_queue(intake, "queue", value, where, path + "/Queue", fifo=fifo), UNKNOWN
    if not intake.one_of("queue", value, {"a NewQueue": lambda _: False, "an SQS queue": is_queue}):
        return Queue(identity=path + "/Queue", visibility_timeout_seconds=UNKNOWN, retention_seconds=UNKNOWN), UNKNOWN
    for keyword in ("dead_letter_queue", "max_receive_count"):
        came = getattr(given, keyword)
        if came is not None and not isinstance(came, NoDeadLetterQueue):
            intake.refuse(
                keyword,
                came,
                "nothing beside an existing queue, which is never changed",
                fix=f"set it where the queue is made, and leave {keyword} out here",
            )
    facts, failure = existing_queue(value)
    return facts, failure


def _failure(
    intake: Intake, given: QueueKeywords, where: Surroundings, path: str, receives: Value[int], *, fifo: bool
) -> FailurePath:
    value = NewQueue() if given.dead_letter_queue is None else given.dead_letter_queue
    if isinstance(value, NoDeadLetterQueue):
        return FailurePath(kind="none", reason=intake.reason("dead_letter_queue.reason", value.reason))
    if isinstance(value, NewQueue):
        drafted = queues.draft_queue(intake, "dead_letter_queue", value, where, path + "/DeadLetterQueue", fifo=fifo)
        return queues.draft_dead_letters(drafted, receives)
    accepted = {"a NewQueue": lambda _: False, "a NoDeadLetterQueue": lambda _: False, "an SQS queue": is_queue}
    if intake.one_of("dead_letter_queue", value, accepted):
        return queues.draft_dead_letters(existing_queue(value)[0], receives)
    hidden = Queue(identity=path + "/DeadLetterQueue", fifo=UNKNOWN, retention_seconds=UNKNOWN)
    return FailurePath(kind="dead-letter-queue", queue=hidden, max_receive_count=receives)


def _filters(intake: Intake, value: object) -> tuple[str | Unknowable, ...]:
    """Filter patterns in AWS's own form, as the raw texts that the template will carry."""
    texts: list[str | Unknowable] = []
    for pattern in intake.members("filters", value, "a dict or a JSON text", lambda one: isinstance(one, dict | str)):
        if isinstance(pattern, str):
            texts.append(known_or_unresolved(pattern))
            continue
        try:
            texts.append(known_or_unresolved(json.dumps(pattern, separators=(",", ":"))))
        except (TypeError, ValueError) as error:
            intake.refuse(f"filters[{len(texts)}]", pattern, f"a dict that JSON can hold ({error})")
            texts.append(UNKNOWN)
    return tuple(texts)


def _alarms(intake: Intake, value: object) -> None:
    if value is None:
        return
    if not intake.one_of("alarms", value, {"an Alarms record": lambda one: isinstance(one, Alarms)}):
        return
    assert isinstance(value, Alarms)
    intake.members(
        "alarms.notify",
        value.notify,
        "an SNS topic or an alarm action",
        lambda one: hasattr(type(one), "bind") or hasattr(type(one), "topic_arn") or _proxies(one, "topic_arn"),
    )
    for keyword, chosen in (("thresholds", value.thresholds), ("off", value.off)):
        if not isinstance(chosen, Mapping):
            intake.refuse(f"alarms.{keyword}", chosen, "a dict by alarm key")
            continue
        for key, one in chosen.items():
            if key not in KEYS:
                intake.refuse(f"alarms.{keyword}[{key!r}]", key, "one of " + ", ".join(KEYS))
            elif keyword == "off":
                intake.reason(f"alarms.off[{key!r}]", one)
            elif isinstance(one, bool) or not isinstance(one, int | float) or one <= 0:
                intake.refuse(f"alarms.thresholds[{key!r}]", one, "a number above 0")


def _switches(intake: Intake, given: QueueKeywords) -> None:
    """Keywords that are no setting of the mapping, checked for their type alone."""
    intake.boolean("grants", given.grants)
    if given.logical_id is not None:
        intake.text("logical_id", given.logical_id)
    for keyword, value, kind, name in (
        ("removal_policy", given.removal_policy, cdk.RemovalPolicy, "a RemovalPolicy"),
        ("metrics_config", given.metrics_config, lambda_.MetricsConfig, "a lambda_.MetricsConfig"),
        ("provisioned_poller_config", given.provisioned_poller_config, ProvisionedPollers, "a ProvisionedPollers"),
    ):
        if value is not None:
            intake.one_of(keyword, value, {name: lambda one, kind=kind: isinstance(one, kind)})  # type: ignore[misc]
    if given.filter_encryption is not None:
        fits = {"a KMS key": lambda one: hasattr(type(one), "key_arn") or _proxies(one, "key_arn")}
        intake.one_of("filter_encryption", given.filter_encryption, fits)


def _choices(given: QueueKeywords, factor: Value[int], alarms: object) -> dict[str, Any]:
    """The knobs that rules and the report look at, where the user turned them."""
    chosen = {
        "visibility_timeout_factor": factor,
        "max_receive_count": given.max_receive_count,
        "report_batch_item_failures": given.report_batch_item_failures,
        "grants": given.grants,
    }
    off = dict(alarms.off) if isinstance(alarms, Alarms) and isinstance(alarms.off, Mapping) else {}
    return {name: value for name, value in chosen.items() if value is not None} | ({"alarms.off": off} if off else {})


def _settings(
    intake: Intake, given: QueueKeywords, queue: Queue, window: Value[int], filters: Sequence[str | Unknowable]
) -> dict[str, Any]:
    """The mapping's own settings, in CloudFormation's names."""
    reports = intake.boolean("report_batch_item_failures", given.report_batch_item_failures)
    settings: dict[str, Any] = {
        "EventSourceArn": known_or_unresolved(queue.identity) if queue.existing else UNKNOWN,
        "FunctionName": UNKNOWN,
        "BatchSize": intake.integer("batch_size", given.batch_size),
        "MaximumBatchingWindowInSeconds": window,
        "FunctionResponseTypes": [] if reports is False else ["ReportBatchItemFailures"],
        "Enabled": intake.boolean("enabled", given.enabled),
    }
    if given.max_concurrency is not None:
        settings["ScalingConfig"] = {"MaximumConcurrency": intake.integer("max_concurrency", given.max_concurrency)}
    pollers = given.provisioned_poller_config
    if isinstance(pollers, ProvisionedPollers):
        settings["ProvisionedPollerConfig"] = {
            "MinimumPollers": intake.integer("provisioned_poller_config.minimum", pollers.minimum),
            "MaximumPollers": intake.integer("provisioned_poller_config.maximum", pollers.maximum),
        } | ({} if pollers.group is None else {"PollerGroupName": pollers.group})
    if filters:
        settings["FilterCriteria"] = {"Filters": [{"Pattern": pattern} for pattern in filters]}
    if given.filter_encryption is not None:
        settings["KmsKeyArn"] = UNKNOWN
    metrics = _metrics(given.metrics_config, filtered=bool(filters))
    if metrics:
        settings["MetricsConfig"] = {"Metrics": metrics}
    tags = intake.texts("tags", given.tags)
    if tags:
        settings["Tags"] = [{"Key": key, "Value": value} for key, value in tags.items()]
    return {name: value for name, value in settings.items() if value is not None}


def _metrics(config: object, *, filtered: bool) -> list[str]:
    """The mapping's own metrics: as asked, or where an alarm needs them."""
    if isinstance(config, lambda_.MetricsConfig):
        # jsii names its members EVENT_COUNT, CloudFormation wants EventCount
        return ["".join(part.capitalize() for part in metric.name.split("_")) for metric in config.metrics or ()]
    return [EVENT_COUNT] if filtered and config is None else []
