"""The keywords that every construct has, and what becomes of them before anything is built."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from enum import Enum
from typing import Any, NotRequired, TypedDict

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_

from cdk_esm.alarms.recipes import Recipe
from cdk_esm.alarms.select import keys_for
from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.imported import Imported, resource_of, stated_of_function
from cdk_esm.constructs.intake.keywords import Intake, is_function, looks_like
from cdk_esm.constructs.intake.options import Alarms, NewFunction
from cdk_esm.constructs.intake.tokens import is_token, known_or_unresolved
from cdk_esm.constructs.resources import function_draft
from cdk_esm.constructs.resources.existing import existing_function
from cdk_esm.constructs.resources.functions import Built
from cdk_esm.errors import EsmError
from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.filters import Condition, Pattern, render
from cdk_esm.plan import Function
from cdk_esm.plan.stated import FUNCTION, function_with, of_hidden


class CommonKeywords(TypedDict):
    """Those keywords of every construct that are no setting taken by its form; ``SqsToLambda`` documents each.

    A construct that does not offer one leaves it out of its signature.
    """

    function: NewFunction | lambda_.IFunction | Imported
    report_batch_item_failures: NotRequired[bool | None]
    filters: NotRequired[Sequence[Pattern | Mapping[str, Any] | str] | None]
    filter_encryption: NotRequired[kms.IKey | None]
    metrics_config: NotRequired[lambda_.MetricsConfig | None]
    grants: bool | None
    removal_policy: cdk.RemovalPolicy | None
    logical_id: str | None
    alarms: Alarms | None
    acknowledge: Mapping[str, str] | None
    tags: Mapping[str, str] | None


def draft_function(
    intake: Intake, value: Any, where: Surroundings, path: str, stated: dict[str, Mapping[str, Any]]
) -> tuple[Function, Built | None]:
    """Say what the function is or will be; what is stated of an imported one is added to what is stated."""
    if isinstance(value, NewFunction):
        return function_draft.draft(intake, value, where, path), None
    accepted = {"a NewFunction": lambda _: False, "a Lambda function, version or alias": is_function}
    if intake.one_of("function", resource_of(value), accepted):
        built = existing_function(resource_of(value), where)
        stated[FUNCTION] = of_hidden(built.facts, UNKNOWN, stated_of_function(intake, "function", value))
        built = replace(built, facts=function_with(built.facts, stated[FUNCTION]))
        return built.facts, built
    return Function(identity=path + "/Function", timeout_seconds=UNKNOWN), None


def _is_pattern(value: object) -> bool:
    return isinstance(value, dict | str | Pattern)


def pattern_text(pattern: object) -> str:
    """A filter pattern as the template carries it: a text as it was given, all else in compact JSON on one line.

    A dict that AWS refuses is written as it is, so that a rule can say what is wrong with it, and where. What
    ``lambda_.FilterCriteria.filter`` gives holds the text, and nothing that could be a pattern itself.
    """
    if isinstance(pattern, dict) and pattern.keys() == {"pattern"} and isinstance(pattern["pattern"], str):
        return str(pattern["pattern"])
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
                texts[index] = pattern_text(pattern)
            except TypeError:
                intake.refuse(f"filters[{index}]", pattern, "a dict that JSON can hold")
            except (ValueError, RecursionError) as error:
                intake.refuse(f"filters[{index}]", pattern, f"a dict that JSON can hold ({error})")
    if is_token(texts):
        intake.tokens["FilterCriteria.Filters"] = [{"Pattern": text} for text in texts]
    return tuple(known_or_unresolved(text) for text in texts)


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
    intake.boolean("alarms.grant", value.grant, now=True)
    intake.members("alarms.notify", value.notify, accepted, _can_be_told)
    for keyword, chosen in (("thresholds", value.thresholds), ("off", value.off)):
        if not isinstance(chosen, Mapping):
            intake.refuse(f"alarms.{keyword}", chosen, "a dict by alarm key")
            continue
        for key, one in chosen.items():
            if key not in keys_for(source):
                close = get_close_matches(str(key), keys_for(source), n=1)
                fix = f"did you mean {close[0]}?" if close else f"leave it out of alarms.{keyword}"
                intake.refuse(f"alarms.{keyword}[{key!r}]", key, "one of " + ", ".join(keys_for(source)), fix=fix)
            elif keyword == "off":
                intake.reason(f"alarms.off[{key!r}]", one)
            elif not _is_threshold(one):
                intake.refuse(f"alarms.thresholds[{key!r}]", one, "a number above 0")


def ask_for_thresholds(intake: Intake, value: object, recipes: Iterable[Recipe]) -> None:
    """Ask for each threshold that nothing in the configuration tells, unless the alarm is declined with a reason."""
    chosen = value if isinstance(value, Alarms) else Alarms()
    given = [one for one in (chosen.thresholds, chosen.off) if isinstance(one, Mapping)]
    for recipe in recipes:
        if recipe.threshold is None and not any(recipe.key in one for one in given):
            intake.refuse(
                f"alarms.thresholds[{recipe.key!r}]",
                None,
                f"a number above 0, for {recipe.measures[0].metric}: {recipe.reason}",
                problem="missing-keyword",
                fix=f"pass alarms=Alarms(thresholds={{{recipe.key!r}: 10_000}}) with your own number, or decline with "
                f"alarms=Alarms(off={{{recipe.key!r}: 'why nobody need know'}})",
            )


def _can_be_told(value: object) -> bool:
    """Whether a value is a topic or an action; many things of CDK have a ``bind``, so that alone tells nothing."""
    interface = cloudwatch.IAlarmAction
    declared = getattr(type(value), "__jsii_ifaces__", ())
    return looks_like(value, "topic_arn", "add_subscription") or (
        looks_like(value, "bind") and any(interface in one.__mro__ for one in declared)
    )


def _is_threshold(value: object) -> bool:
    """Whether a value is a number above 0, or a token for one; jsii does not survive infinity."""
    if isinstance(value, bool | Enum) or not isinstance(value, int | float):
        return False
    return is_token(value) or 0 < value <= sys.float_info.max
