"""The keywords of the stream constructs, and the plan that they make before anything is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from aws_cdk import aws_lambda as lambda_

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.common_keywords import (
    EVENT_COUNT,
    CommonKeywords,
    Drafted,
    check_alarms,
    check_switches,
    common_choices,
    common_settings,
    draft_filters,
    draft_function,
)
from cdk_esm.constructs.intake.keywords import Intake
from cdk_esm.constructs.intake.tokens import known_or_unresolved
from cdk_esm.constructs.resources.destinations import draft_destination
from cdk_esm.durations import SECONDS_AN_HOUR
from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.plan import MappingPlan, Stream, TableStream
from cdk_esm.sources.destinations import LONGEST_RECORD_AGE
from cdk_esm.sources.kinesis_stream import STREAM

RETRIES: Final = 10


@dataclass(frozen=True, kw_only=True)
class StreamKeywords(CommonKeywords):
    """The keywords as the user gave them; ``KinesisToLambda`` documents each."""

    source: Any = None
    enhanced_fan_out: Any = None
    starting_position: Any = None
    starting_position_timestamp: Any = None
    parallelization_factor: Any = None
    bisect_batch_on_error: Any = None
    max_record_age: Any = None
    retry_attempts: Any = None
    tumbling_window: Any = None
    on_failure: Any = None


def draft(
    given: StreamKeywords,
    kind: str,
    path: str,
    where: Surroundings,
    draft_source: Callable[[Intake], Stream | TableStream],
) -> Drafted:
    """Turn keywords into a plan, remembering whatever cannot be taken."""
    intake = Intake()
    function, built = draft_function(intake, given.function, where, path)
    window = intake.duration("max_batching_window", given.max_batching_window)
    source = draft_source(intake)
    failure = draft_destination(intake, given.on_failure, where, path)
    filters = draft_filters(intake, given.filters)
    check_alarms(intake, given.alarms, kind)
    check_switches(intake, given)
    settings = common_settings(intake, given, window, filters) | _own_settings(intake, given, source)
    if source.existing:
        through_consumer = isinstance(source, Stream) and source.consumer is not None
        settings["EventSourceArn"] = UNKNOWN if through_consumer else known_or_unresolved(source.identity)
    if failure.destination is not None:
        destination = failure.destination.identity if failure.destination.existing else UNKNOWN
        settings["DestinationConfig"] = {"OnFailure": {"Destination": known_or_unresolved(destination)}}
    if given.metrics_config is None:
        settings["MetricsConfig"] = {"Metrics": [EVENT_COUNT]}  # what is dropped or delivered shows nowhere else
    plan = MappingPlan(
        path=path,
        source=kind,
        settings={name: value for name, value in settings.items() if value is not None},
        event_source=source,
        function=function,
        failure=failure,
        filters=filters,
        acknowledged=intake.texts("acknowledge", given.acknowledge),
        origin=given.origin,
        choices=common_choices(given),
        door="construct",
        malformed=tuple(intake.malformed),
    )
    return Drafted(plan, built)


def half_of_retention(source: Stream | TableStream) -> int:
    """The record age that a mapping gets by default: our choice, so that what fails ends well before it expires."""
    retention = source.effective_retention_seconds
    if isinstance(retention, Unknowable):  # an imported stream keeps records for 24 hours at the least
        default = STREAM.by_name["RetentionPeriodHours"].default
        assert isinstance(default, int)
        retention = default * SECONDS_AN_HOUR
    return min(retention // 2, LONGEST_RECORD_AGE.value)


def _own_settings(intake: Intake, given: StreamKeywords, source: Stream | TableStream) -> dict[str, Any]:
    """The settings that only streams have."""
    retries = intake.integer("retry_attempts", given.retry_attempts)
    age = intake.duration("max_record_age", given.max_record_age)
    bisect = intake.boolean("bisect_batch_on_error", given.bisect_batch_on_error)
    return {
        "StartingPosition": _position(intake, given, source),
        "StartingPositionTimestamp": _timestamp(intake, given),
        "ParallelizationFactor": intake.integer("parallelization_factor", given.parallelization_factor),
        "BisectBatchOnFunctionError": True if bisect is None else bisect,
        "MaximumRecordAgeInSeconds": half_of_retention(source) if age is None else age,
        "MaximumRetryAttempts": RETRIES if retries is None else retries,
        "TumblingWindowInSeconds": intake.duration("tumbling_window", given.tumbling_window),
    }


def _position(intake: Intake, given: StreamKeywords, source: Stream | TableStream) -> Value[str]:
    """From the beginning where that is certainly meant: a new stream, or a table, whose stream holds a day at most."""
    if given.starting_position is None:
        if source.existing and isinstance(source, Stream):
            intake.refuse(
                "starting_position",
                None,
                "a lambda_.StartingPosition for an existing stream",
                problem="missing-keyword",
                fix="say where to begin: TRIM_HORIZON reads all that the stream still holds, AT_TIMESTAMP from a "
                "moment on; LATEST misses what is written while the mapping is made",
            )
            return UNKNOWN
        return "TRIM_HORIZON"
    if not isinstance(given.starting_position, lambda_.StartingPosition):
        fits = {"a lambda_.StartingPosition": lambda one: isinstance(one, lambda_.StartingPosition)}
        intake.one_of("starting_position", given.starting_position, fits)
        return UNKNOWN
    return given.starting_position.name


def _timestamp(intake: Intake, given: StreamKeywords) -> Value[int]:
    moment = given.starting_position_timestamp
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            intake.refuse(
                "starting_position_timestamp", "a datetime without a time zone", "a datetime with a time zone"
            )
            return UNKNOWN
        return int(moment.timestamp())
    return intake.integer("starting_position_timestamp", moment)
