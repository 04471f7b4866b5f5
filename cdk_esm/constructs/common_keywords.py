"""The keywords that every construct has, and what becomes of them before anything is built."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_

from cdk_esm.alarms.select import keys_for
from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.keywords import Intake, is_function, is_key, looks_like
from cdk_esm.constructs.intake.options import Alarms, NewFunction
from cdk_esm.constructs.intake.tokens import is_token, known_or_unresolved
from cdk_esm.constructs.resources import functions
from cdk_esm.constructs.resources.existing import existing_function
from cdk_esm.constructs.resources.functions import Built
from cdk_esm.errors import EsmError
from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.filters import Condition, Pattern, render
from cdk_esm.plan import Function, MappingPlan

EVENT_COUNT: Final = "EventCount"
_LOGICAL_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{0,254}")


@dataclass(frozen=True, kw_only=True)
class CommonKeywords:
    """The keywords of every construct, as the user gave them; ``SqsToLambda`` documents each."""

    function: Any
    batch_size: Any = None
    max_batching_window: Any = None
    report_batch_item_failures: Any = None
    filters: Any = None
    filter_encryption: Any = None
    metrics_config: Any = None
    enabled: Any = None
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

    @property
    def chosen_alarms(self) -> Alarms:
        """What was said of the alarms, or the defaults."""
        return self.alarms or Alarms()


@dataclass(frozen=True)
class Drafted:
    """What the keywords come to.

    Args:
        plan: the plan, before anything is made.
        function: the existing function; ``None`` where a new one is to be made.
    """

    plan: MappingPlan
    function: Built | None


def draft_function(intake: Intake, value: Any, where: Surroundings, path: str) -> tuple[Function, Built | None]:
    """Say what the function is or will be."""
    if isinstance(value, NewFunction):
        return functions.draft(intake, value, where, path), None
    accepted = {"a NewFunction": lambda _: False, "a Lambda function, version or alias": is_function}
    if intake.one_of("function", value, accepted):
        built = existing_function(value)
        return built.facts, built
    return Function(identity=path + "/Function", timeout_seconds=UNKNOWN), None


def _is_pattern(value: object) -> bool:
    return isinstance(value, dict | str | Pattern)


def pattern_text(pattern: object) -> str:
    """A filter pattern as the template carries it: a text as it was given, all else in compact JSON on one line.

    A dict that AWS refuses is written as it is, so that a rule can say what is wrong with it, and where.
    """
    if isinstance(pattern, str):
        return pattern
    try:
        return render(pattern)
    except EsmError:
        return json.dumps(pattern, separators=(",", ":"), default=_typed)


def _typed(value: object) -> Any:
    """A part of the typed form inside a dict, as JSON has it."""
    if isinstance(value, Condition | Pattern):
        return json.loads(str(value))
    message = f"it has no {type(value).__name__}"
    raise TypeError(message)


def draft_filters(intake: Intake, value: object) -> tuple[str | Unknowable, ...]:
    """Filter patterns in any form, as the raw texts that the template will carry."""
    if not intake.members("filters", value, "a dict, a JSON text or a Pattern", _is_pattern):
        return ()
    assert isinstance(value, Sequence)
    texts: list[str | Unknowable] = [UNKNOWN] * len(value)
    for index, pattern in enumerate(value):
        if _is_pattern(pattern):
            try:
                texts[index] = known_or_unresolved(pattern_text(pattern))
            except TypeError:
                intake.refuse(f"filters[{index}]", pattern, "a dict that JSON can hold")
            except (ValueError, RecursionError) as error:
                intake.refuse(f"filters[{index}]", pattern, f"a dict that JSON can hold ({error})")
    return tuple(texts)


def check_alarms(intake: Intake, value: object, source: str) -> None:
    """Check the alarms record, whose keys and reasons no rule can see."""
    if value is None:
        return
    if not intake.one_of("alarms", value, {"an Alarms record": lambda one: isinstance(one, Alarms)}):
        return
    assert isinstance(value, Alarms)
    accepted = "an SNS topic or an alarm action"
    if value.notify is None:
        intake.refuse("alarms.notify", None, f"a list of {accepted}")
    intake.members("alarms.notify", value.notify, accepted, _can_be_told)
    for keyword, chosen in (("thresholds", value.thresholds), ("off", value.off)):
        if not isinstance(chosen, Mapping):
            intake.refuse(f"alarms.{keyword}", chosen, "a dict by alarm key")
            continue
        for key, one in chosen.items():
            if key not in keys_for(source):
                intake.refuse(f"alarms.{keyword}[{key!r}]", key, "one of " + ", ".join(keys_for(source)))
            elif keyword == "off":
                intake.reason(f"alarms.off[{key!r}]", one)
            elif not _is_threshold(one):
                intake.refuse(f"alarms.thresholds[{key!r}]", one, "a number above 0")


def _can_be_told(value: object) -> bool:
    """Whether a value is a topic or an action; many things of CDK have a ``bind``, so that alone tells nothing."""
    interface = cloudwatch.IAlarmAction
    declared = getattr(type(value), "__jsii_ifaces__", ())
    return looks_like(value, "topic_arn", "add_subscription") or (
        looks_like(value, "bind") and any(interface in one.__mro__ for one in declared)
    )


def _is_threshold(value: object) -> bool:
    """Whether a value is a number above 0, or a token that stands for one; jsii does not survive infinity."""
    if isinstance(value, bool | Enum) or not isinstance(value, int | float):
        return False
    return is_token(value) or 0 < value <= sys.float_info.max


def check_switches(intake: Intake, given: CommonKeywords) -> None:
    """Check the keywords that are no setting of the mapping, for their type alone."""
    intake.boolean("grants", given.grants, now=True)
    if given.logical_id is not None and not (
        isinstance(given.logical_id, str) and _LOGICAL_ID.fullmatch(given.logical_id)
    ):
        intake.refuse("logical_id", given.logical_id, "letters and digits, at most 255, the first one a letter")
    intake.record("removal_policy", given.removal_policy, "a RemovalPolicy", cdk.RemovalPolicy)
    if given.removal_policy is cdk.RemovalPolicy.SNAPSHOT:
        intake.refuse(
            "removal_policy", "SNAPSHOT", "a RemovalPolicy that queues and log groups have: they take no snapshot"
        )
    intake.record("metrics_config", given.metrics_config, "a lambda_.MetricsConfig", lambda_.MetricsConfig)
    if given.filter_encryption is not None:
        intake.one_of("filter_encryption", given.filter_encryption, {"a KMS key": is_key})


def common_choices(given: CommonKeywords, **knobs: object) -> dict[str, Any]:
    """The knobs that rules and the report look at, where the user turned them."""
    knobs |= {"report_batch_item_failures": given.report_batch_item_failures, "grants": given.grants}
    chosen = {name: value for name, value in knobs.items() if value is not None}
    off = given.alarms.off if isinstance(given.alarms, Alarms) and isinstance(given.alarms.off, Mapping) else {}
    return chosen | ({"alarms.off": dict(off)} if off else {})


def common_settings(
    intake: Intake, given: CommonKeywords, window: Value[int], filters: Sequence[str | Unknowable]
) -> dict[str, Any]:
    """The settings that every source has, in CloudFormation's names; absent ones are ``None``."""
    reports = intake.boolean("report_batch_item_failures", given.report_batch_item_failures, now=True)
    tags = intake.texts("tags", given.tags)
    metrics = _metrics(given.metrics_config, filtered=bool(filters))
    return {
        "EventSourceArn": UNKNOWN,
        "FunctionName": UNKNOWN,
        "BatchSize": intake.integer("batch_size", given.batch_size),
        "MaximumBatchingWindowInSeconds": window,
        "FunctionResponseTypes": [] if reports is False else ["ReportBatchItemFailures"],
        "Enabled": intake.boolean("enabled", given.enabled),
        "FilterCriteria": {"Filters": [{"Pattern": pattern} for pattern in filters]} if filters else None,
        "KmsKeyArn": None if given.filter_encryption is None else UNKNOWN,
        "MetricsConfig": {"Metrics": metrics} if metrics else None,
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()] or None,
    }


def _metrics(config: object, *, filtered: bool) -> list[str]:
    """The mapping's own metrics: as asked, or where an alarm needs them."""
    if isinstance(config, lambda_.MetricsConfig):
        # jsii names its members EVENT_COUNT, CloudFormation wants EventCount
        return ["".join(part.capitalize() for part in metric.name.split("_")) for metric in config.metrics or ()]
    return [EVENT_COUNT] if filtered and config is None else []
