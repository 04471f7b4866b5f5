"""The keywords that every construct has, and what becomes of them before anything is built."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NotRequired, TypedDict

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.alarm_choice import Alarms
from cdk_esm.constructs.intake.imported import Imported, resource_of, stated_of_function
from cdk_esm.constructs.intake.keywords import Intake, is_function
from cdk_esm.constructs.intake.options import NewFunction
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
