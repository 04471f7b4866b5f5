"""Which alarms of a mapping would have fired, by its recipes and the run's metrics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.alarms.recipes import Recipe, Watched
from cdk_esm.alarms.select import select
from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.simulator.clock import MINUTE, SECOND
from cdk_esm.simulator.meter import COUNT, MOST, SUM, Meter

DELAY_SECONDS: Final = 60
"""When a data point can be judged, after the end of its period; the step ``metric-delay`` says so."""
_STATISTICS: Final = {"Sum": SUM, "Maximum": MOST, "SampleCount": COUNT}


@dataclass(frozen=True)
class Watch:
    """One alarm of one mapping, and whose metric it reads."""

    path: str
    recipe: Recipe
    owner: str


def watches(plans: list[MappingPlan], owners: dict[str, dict[Watched, str]]) -> list[Watch]:
    """The alarms of the mappings; those of a function or a queue that several mappings share, once."""
    found: dict[tuple[str, str], Watch] = {}
    for plan in plans:
        for recipe in select(plan):
            if recipe.threshold is None:  # only the user knows it
                continue
            if recipe.watched is Watched.DEAD_LETTER_QUEUE and not isinstance(plan.failure, FailurePath):
                continue
            owner = owners[plan.path].get(recipe.watched)
            if owner is not None and recipe.threshold is not None:  # without one, only the user could say when it fires
                found.setdefault((recipe.key, owner), Watch(plan.path, recipe, owner))
    return list(found.values())


def longest(watched: list[Watch]) -> int:
    """The virtual time that the slowest alarm needs to fire."""
    return max(
        ((one.recipe.period_seconds * one.recipe.evaluation_periods + DELAY_SECONDS) * SECOND for one in watched),
        default=0,
    )


def fired(watch: Watch, meter: Meter, until: int) -> Iterator[tuple[int, int | None]]:
    """When the alarm went into alarm, and when it was well again; in seconds."""
    recipe = watch.recipe
    period = recipe.period_seconds // 60
    breaches: list[bool] = []
    since: int | None = None
    minute = 0
    while (minute + period) * MINUTE <= until:
        breaches.append(_breaches(watch, meter, minute, period))
        minute += period
        recent = breaches[-recipe.evaluation_periods :]
        alarmed = sum(recent) >= recipe.datapoints_to_alarm
        moment = minute * 60 + DELAY_SECONDS
        if alarmed and since is None:
            since = moment
        elif not alarmed and since is not None:
            yield since, moment
            since = None
    if since is not None:
        yield since, None


def _breaches(watch: Watch, meter: Meter, minute: int, period: int) -> bool:
    recipe = watch.recipe
    assert recipe.threshold is not None
    values: dict[str, float] = {}
    for measure in recipe.measures:
        series = meter.get(watch.owner, measure.metric)
        found = series.over(minute, period) if series is not None else None
        if found is None:
            return recipe.missing == "breaching"
        values[measure.id] = found[_STATISTICS[measure.statistic]]
    value = values[recipe.measures[0].id] if recipe.expression is None else evaluate(recipe.expression, values)
    return value < recipe.threshold if recipe.comparison.startswith("Less") else value >= recipe.threshold


def evaluate(expression: str, values: dict[str, float]) -> float:
    """Metric math: the greatest of all metrics, or a share in percent where there is something to share.

    The forms are ``MAX(METRICS())`` and ``IF(a > 0, 100 * b / a, 0)``.

    Raises:
        ValueError: the expression has another form.
    """
    if expression == "MAX(METRICS())":
        return max(values.values())
    name, _, rest = expression.removeprefix("IF(").partition(" > 0, ")
    share, _, otherwise = rest.rpartition(", ")
    factor, _, ratio = share.partition(" * ")
    part, _, whole = ratio.partition(" / ")
    if whole != name or not expression.startswith("IF(") or part not in values or whole not in values:
        raise ValueError(f"no metric math that is known here: {expression}")
    return float(factor) * values[part] / values[whole] if values[name] > 0 else float(otherwise.rstrip(")"))


def thresholds(watched: list[Watch]) -> tuple[dict[str, Any], ...]:
    """The alarms as a chart can draw them."""
    return tuple(
        {
            "path": one.path,
            "name": one.recipe.key,
            "owner": one.owner,
            "metric": one.recipe.measures[0].metric if one.recipe.expression is None else None,
            "threshold": one.recipe.threshold,
        }
        for one in watched
    )
