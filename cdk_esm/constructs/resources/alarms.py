"""Recipes become CloudWatch alarms here, and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any, Final

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from constructs import Construct

from cdk_esm.alarms.recipes import Measure, Recipe, Watched
from cdk_esm.alarms.select import function_level
from cdk_esm.constructs.app.app_memory import AppMemory, Watching
from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.alarm_choice import Alarms, all_told, as_chosen, declined, told_of
from cdk_esm.constructs.intake.alarm_keywords import chosen_of
from cdk_esm.constructs.intake.constants import duration
from cdk_esm.constructs.intake.keywords import Intake
from cdk_esm.constructs.resources.dimensions import DIMENSIONS
from cdk_esm.constructs.resources.lean_alarms import LeanAlarm
from cdk_esm.plan import Malformed, MappingPlan, Queue

_COMPARISON: Final = {
    "GreaterThanOrEqualToThreshold": cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    "LessThanThreshold": cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
}
_MISSING: Final = {
    "notBreaching": cloudwatch.TreatMissingData.NOT_BREACHING,
    "breaching": cloudwatch.TreatMissingData.BREACHING,
}


def wanted(derived: Sequence[Recipe], plan: MappingPlan, chosen: Alarms, memory: AppMemory) -> list[Recipe]:
    """The recipes that this mapping gets: those not left out, a function's own only if no mapping brought them yet.

    Mappings of one function may bring different ones: a queue brings no age of a stream. And if a later mapping
    cannot bear what the first one can, the stricter threshold is watched too.

    Args:
        derived: all that suit the mapping.
        plan: the mapping.
        chosen: what the user said of alarms.
        memory: what the app has already.
    """
    seen, pool = memory.watched_functions, plan.function.concurrency_pool
    recipes = [
        one
        for one in derived
        if not declined(chosen, one.key) and (not function_level(one) or _of(one) < seen.get((pool, one.key), math.inf))
    ]
    return list(as_chosen(recipes, chosen))


def unmade(recipes: Sequence[Recipe], chosen: Alarms, watched: Collection[Watched]) -> list[Malformed]:
    """A complaint for each alarm that something was chosen for, and whose metric nobody can name here."""
    intake, here = Intake(), [one for one in recipes if one.watched in watched]
    hidden = {one.key for one in recipes} - {one.key for one in here}
    for keyword in ("thresholds", "periods", "severities"):
        for key in hidden & set(getattr(chosen, keyword)):
            made = ", ".join(one.key for one in here)
            fix = "leave it out, or hand over the construct itself: the name of what it watches is hidden"
            intake.refuse(f"alarms.{keyword}[{key!r}]", key, f"an alarm that this mapping has: {made}", fix=fix)
    return intake.malformed


def remember(derived: Sequence[Recipe], plan: MappingPlan, chosen: Alarms, where: Surroundings) -> None:
    """Remember what this mapping brought for its function, also what was left out: that was decided once for all.

    And the topics that its alarms tell: they let CloudWatch in once the app is whole, unless that is not wanted.
    """
    memory = where.memory
    if chosen.grant is not False:
        memory.topics.note(where.stack, where.account, [one for one in all_told(chosen) if _is_topic(one)])
    seen, pool = memory.watched_functions, plan.function.concurrency_pool
    for recipe in filter(function_level, derived):
        if _of(recipe) < seen.get((pool, recipe.key), math.inf):
            memory.choices_for_functions[pool, recipe.key] = (plan.path, chosen_of(chosen, recipe.key))
        seen[pool, recipe.key] = min(_of(recipe), seen.get((pool, recipe.key), math.inf))


def _of(recipe: Recipe) -> float:
    """The threshold of a recipe; one that nothing tells has been asked for before anything was made."""
    assert recipe.threshold is not None
    return recipe.threshold


def watching(
    made: Mapping[str, Any], derived: Sequence[Recipe], chosen: Alarms, watched: Mapping[Watched, Any]
) -> Watching:
    """What a dashboard shows of the alarms."""
    recipes = [one for one in as_chosen(derived, chosen) if one.watched in watched]
    return Watching(made, recipes, watched, frozenset(one.key for one in recipes if declined(chosen, one.key)))


def lean(plan: MappingPlan) -> Collection[str]:
    """The alarms on metric math that nobody had before they came by default, and that so have no logical id to keep.

    With filters or a ``metrics_config`` a queue's mapping has had its alarm on failures all along.
    """
    by_default = isinstance(plan.event_source, Queue) and not plan.chosen_by_user("metrics_config") and not plan.filters
    return ("failures",) if by_default else ()


def build_alarms(
    scope: Construct,
    recipes: Sequence[Recipe],
    chosen: Alarms,
    watched: Mapping[Watched, Any],
    lean_keys: Collection[str] = (),
) -> dict[str, cloudwatch.Alarm | LeanAlarm]:
    """Make the alarms, each with the actions that ``chosen`` has for it.

    Args:
        scope: the scope that they are made in.
        recipes: which ones.
        chosen: who is told.
        watched: the queue, the function or the consumer behind each metric, or what answers with the mapping's UUID, or
            with the dimensions of a broker's queue;
            a recipe for what is not here is left out.
        lean_keys: the keys of those that may be made in one call.
    """
    made: dict[str, cloudwatch.Alarm | LeanAlarm] = {}
    for recipe in recipes:
        if recipe.watched not in watched:
            continue
        id_ = "".join(part.capitalize() for part in recipe.key.split("_")) + "Alarm"
        told = told_of(chosen, recipe.key)
        full = partial(_full, id_, recipe, watched[recipe.watched], told, chosen)
        if recipe.key not in lean_keys:
            made[recipe.key] = full(scope)
            continue
        topics = [one.topic_arn for one in told if _is_topic(one)]
        values = DIMENSIONS[recipe.watched](watched[recipe.watched], recipe.measures[0])  # the same for all of them
        alarm = LeanAlarm(scope, id_, recipe, values, topics, _of(recipe), full, ok=chosen.notify_ok)
        # Only CDK's own alarm can bind an action that is no topic.
        made[recipe.key] = alarm if len(topics) == len(told) else alarm.as_alarm()
    return made


def _full(  # noqa: PLR0917 - bound one by one, in one place
    id_: str, recipe: Recipe, watched: Any, told: Sequence[Any], chosen: Alarms, scope: Construct
) -> cloudwatch.Alarm:
    """CDK's own alarm."""
    # The metric makes its alarm: the same L2, for two thirds of what the class itself costs from Python.
    alarm = _metric(recipe, watched).create_alarm(
        scope,
        id_,
        threshold=_of(recipe),
        comparison_operator=_COMPARISON[recipe.comparison],
        evaluation_periods=recipe.evaluation_periods,
        datapoints_to_alarm=recipe.datapoints_to_alarm,
        treat_missing_data=_MISSING[recipe.missing],
        alarm_description=recipe.said,
    )
    if told:
        notify = [_action(one) for one in told]
        alarm.add_alarm_action(*notify)
        if chosen.notify_ok:
            alarm.add_ok_action(*notify)
    return alarm


def silent(
    path: str, chosen: Alarms, where: Surroundings, made: Mapping[str, cloudwatch.Alarm | LeanAlarm]
) -> str | None:
    """The key of an alarm that tells nobody, as the app is now."""
    if path in where.memory.heard:
        return None
    for key, alarm in made.items():
        # Each alarm that is asked costs calls to Node, and nobody takes away an action that was there from the start.
        if told_of(chosen, key):
            continue
        child: Any = alarm.l1 if isinstance(alarm, LeanAlarm) else alarm.node.default_child
        if not where.stack.resolve(child.alarm_actions):  # the L2 hands its L1 a list that is filled at the end
            return key
    return None


def _metric(recipe: Recipe, watched: Any) -> cloudwatch.Metric | cloudwatch.MathExpression:
    measures: dict[str, Any] = {one.id: _measure(recipe, one, watched) for one in recipe.measures}
    if recipe.expression is None:
        (metric,) = measures.values()
        return metric  # type: ignore[no-any-return]
    period = duration(recipe.period_seconds)
    return cloudwatch.MathExpression(expression=recipe.expression, using_metrics=measures, period=period)


def _measure(recipe: Recipe, measure: Measure, watched: Any) -> Any:
    """One metric. Queues, streams and functions make it themselves; for the rest it is spelt out."""
    common: dict[str, Any] = {"statistic": measure.statistic, "period": duration(recipe.period_seconds)}
    values = DIMENSIONS.get(recipe.watched)
    if values is None:
        return watched.metric(measure.metric, **common)
    return cloudwatch.Metric(
        namespace=recipe.namespace,
        metric_name=measure.metric,
        dimensions_map=dict(zip(recipe.dimensions, values(watched, measure), strict=True)),
        **common,
    )


def _action(target: Any) -> cloudwatch.IAlarmAction:
    """A topic becomes an action; an action stays what it is."""
    return actions.SnsAction(target) if _is_topic(target) else target


def _is_topic(target: Any) -> bool:
    return not hasattr(type(target), "bind")
