"""A row of a dashboard for each mapping, as records, made from the recipes that its alarms are made from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from cdk_esm.alarms.recipes import MINUTE, Measure, Recipe, Watched
from cdk_esm.durations import in_words
from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.wording import HIDDEN, made
from cdk_esm.sources.sqs_settings import MAXIMUM_CONCURRENCY

_FUNCTION: Final = (Watched.FUNCTION, "AWS/Lambda", ("FunctionName",))


class Column(Enum):
    """What the graphs of a row show, from left to right: the order in which somebody on call asks."""

    ARRIVALS = "What arrives"
    WAITING = "How long it waits"
    FAILING = "What fails"
    CONCURRENCY = "Concurrency"
    GIVEN_UP = "What was given up"


WIDTHS: Final[Mapping[Column, int]] = {
    Column.ARRIVALS: 5,
    Column.WAITING: 5,
    Column.FAILING: 5,
    Column.CONCURRENCY: 4,
    Column.GIVEN_UP: 5,
}
"""The columns of the grid that each graph takes, all of them together."""

COLUMN_OF: Final[Mapping[str, Column | None]] = {
    "age": Column.WAITING,
    "backlog": Column.WAITING,
    "iterator_age": Column.WAITING,
    "consumer_lag": Column.WAITING,
    "offset_lag": Column.WAITING,
    "errors": Column.FAILING,
    "throttles": Column.FAILING,
    "failures": Column.FAILING,
    "polling_errors": Column.FAILING,
    "commit_errors": Column.FAILING,
    "schema_errors": Column.FAILING,
    "read_throttles": Column.FAILING,
    "dead_letters": Column.GIVEN_UP,
    "deliveries": Column.GIVEN_UP,
    "dropped": Column.GIVEN_UP,
    "delivery_failures": Column.GIVEN_UP,
    "oversized": Column.GIVEN_UP,
    "filtered": None,
    "stopped": None,
}
"""Where the metrics of each alarm are; those of the last two are what arrives."""

LABELS: Final[Mapping[str, str]] = {
    "age": "oldest message, seconds",
    "backlog": "messages",
    "iterator_age": "oldest record read, seconds",
    "consumer_lag": "consumer behind, seconds",
    "offset_lag": "records behind",
    "errors": "failed invocations",
    "throttles": "throttled",
    "failures": "in failing batches, percent",
    "polling_errors": "polling errors",
    "commit_errors": "commit errors",
    "schema_errors": "schema errors",
    "read_throttles": "throttled reads",
    "dead_letters": "in the dead-letter queue",
    "deliveries": "delivered to the destination",
    "dropped": "lost",
    "delivery_failures": "not deliverable, lost",
    "oversized": "too large, lost",
}
"""What each line is called."""

_ARRIVING: Final[Mapping[str, str]] = {
    "PolledEventCount": "polled",
    "FilteredOutEventCount": "filtered out",
    "InvokedEventCount": "handed to the function",
}
INVOCATIONS: Final = Measure("Invocations", "Sum", "invocations")
CONCURRENT: Final = Measure("ConcurrentExecutions", "Maximum", "concurrent")
UNWATCHED: Final = (INVOCATIONS, CONCURRENT)
"""The metrics on a row that no alarm watches: both are of the function (Lambda developer guide, monitoring-metrics)."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One metric of a graph.

    Args:
        watched: whose metric it is.
        namespace: CloudWatch's namespace.
        dimensions: the names of its dimensions.
        measure: its name and statistic, and the id that an expression calls it by.
        label: what it is called; ``None`` if it is not drawn, because only an expression reads it.
        period_seconds: the length of a data point: that of the alarm, so that the line meets its threshold.
    """

    watched: Watched
    namespace: str
    dimensions: tuple[str, ...]
    measure: Measure
    label: str | None
    period_seconds: int = MINUTE


@dataclass(frozen=True, kw_only=True)
class Formula:
    """Metric math over the lines of a graph; in percent, it has the axis on the right.

    Args:
        id: the id that no other line of the graph has.
        expression: the expression.
        label: what it is called.
        percent: whether it is a share.
    """

    id: str
    expression: str
    label: str
    percent: bool = False


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A horizontal line: where an alarm fires, or what bounds the mapping.

    Args:
        value: in the unit of the graph.
        label: what it is.
        percent: whether it belongs to the axis on the right.
    """

    value: float
    label: str
    percent: bool = False


@dataclass(frozen=True, kw_only=True)
class Graph:
    """One graph.

    Args:
        column: what it shows.
        lines: the metrics.
        formulas: what is calculated from them.
        limits: thresholds and bounds.
    """

    column: Column
    lines: tuple[Line, ...]
    formulas: tuple[Formula, ...] = ()
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Row:
    """All about one mapping.

    Args:
        path: its construct path.
        title: what it is, in one line.
        graphs: its graphs, from left to right.
    """

    path: str
    title: str
    graphs: tuple[Graph, ...]


def row(plan: MappingPlan, recipes: Sequence[Recipe], off: Collection[str] = ()) -> Row:
    """Make the row of a mapping.

    Args:
        plan: the mapping.
        recipes: its recipes, with the user's thresholds; only those whose metrics can be named.
        off: the keys of alarms that were left out: their metrics are shown without a threshold.
    """
    graphs = [
        _arrivals(plan, recipes),
        *(_of_alarms(column, recipes, off) for column in (Column.WAITING, Column.FAILING)),
        _concurrency(plan),
        _of_alarms(Column.GIVEN_UP, recipes, off),
    ]
    title = f"{plan.facts.label} to Lambda. {_failures(plan)}"
    return Row(path=plan.path, title=title, graphs=tuple(one for one in graphs if one.lines))


def _failures(plan: MappingPlan) -> str:
    """Where failed records are, in a sentence: the first question after an alarm."""
    unit, failure = plan.facts.unit, plan.failure
    if isinstance(failure, Unknowable):
        return f"Where failed {unit}s go, is {HIDDEN}."
    if failure.destination is not None:
        return f"Failed {unit}s go to {made(existing=failure.destination.existing)} {failure.kind.words}."
    if failure.queue is not None:
        seconds = failure.queue.effective_retention_seconds
        kept = HIDDEN if isinstance(seconds, Unknowable) else in_words(seconds)
        return f"Failed {unit}s go to {made(existing=failure.queue.existing)} {failure.kind.words}, for {kept}."
    return f"Failed {unit}s go nowhere: {failure.reason or plan.facts.failure_path}."


def _arrivals(plan: MappingPlan, recipes: Sequence[Recipe]) -> Graph:
    """What the mapping polls; if it counts nothing, how often the function is invoked."""
    known = {one.metric: recipe for recipe in recipes for one in recipe.measures if recipe.watched is Watched.MAPPING}
    lines = tuple(
        _line(known[metric], Measure(metric, "Sum", f"arrivals{number}"), label, MINUTE)
        for number, (metric, label) in enumerate(_ARRIVING.items())
        if metric in known
    )
    if not lines:
        watched, namespace, dimensions = _FUNCTION
        label = f"invocations, each of up to {plan.setting('BatchSize')}"
        only = Line(watched=watched, namespace=namespace, dimensions=dimensions, measure=INVOCATIONS, label=label)
        lines = (only,)
    return Graph(column=Column.ARRIVALS, lines=lines)


def _of_alarms(column: Column, recipes: Sequence[Recipe], off: Collection[str]) -> Graph:
    """The metrics of the alarms in a column, each with its threshold."""
    mine = [one for one in recipes if COLUMN_OF[one.key] is column]
    lines: list[Line] = []
    formulas: list[Formula] = []
    limits: list[Limit] = []
    for one in mine:
        more, formula = _drawn(one)
        lines += more
        formulas += [formula] if formula is not None else []
        # That the first one is too many, anybody sees without a line.
        if one.key not in off and one.threshold is not None and one.threshold > 1:
            label = f"alarm {one.key}"
            limits.append(Limit(value=one.threshold / one.scale, label=label, percent=_is_share(one)))
    return Graph(column=column, lines=tuple(lines), formulas=tuple(formulas), limits=tuple(limits))


def _drawn(recipe: Recipe) -> tuple[list[Line], Formula | None]:
    """The lines of a recipe; of metric math, or of milliseconds, only the result is drawn."""
    label = LABELS[recipe.key]
    if recipe.expression is None and recipe.scale == 1:
        (measure,) = recipe.measures
        return [_line(recipe, Measure(measure.metric, measure.statistic, recipe.key), label)], None
    ids = {one.id: f"{recipe.key}_{one.id}" for one in recipe.measures}
    lines = [_line(recipe, Measure(one.metric, one.statistic, ids[one.id]), None) for one in recipe.measures]
    if recipe.expression is None:
        expression = f"{lines[0].measure.id} / {recipe.scale}"
    elif recipe.expression == "MAX(METRICS())":  # of all metrics of an alarm; a graph may have others
        expression = f"MAX([{', '.join(ids.values())}])"
    else:
        expression = _renamed(recipe.expression, ids)
    formula = Formula(id=recipe.key, expression=expression, label=label, percent=_is_share(recipe))
    return lines, formula


def _renamed(expression: str, ids: Mapping[str, str]) -> str:
    for old, new in ids.items():
        expression = expression.replace(old, new)
    return expression


def _is_share(recipe: Recipe) -> bool:
    return recipe.expression is not None and recipe.expression.startswith("IF(")


def _concurrency(plan: MappingPlan) -> Graph:
    """How often the function runs at once, and what bounds it."""
    watched, namespace, dimensions = _FUNCTION
    line = Line(
        watched=watched, namespace=namespace, dimensions=dimensions, measure=CONCURRENT, label="running at once"
    )
    return Graph(column=Column.CONCURRENCY, lines=(line,), limits=tuple(_bounds(plan)))


def _bounds(plan: MappingPlan) -> Iterator[Limit]:
    most = plan.given(MAXIMUM_CONCURRENCY.name) if MAXIMUM_CONCURRENCY.name in plan.facts.by_name else None
    if isinstance(most, int):
        yield Limit(value=most, label="of this mapping at most")
    if isinstance(plan.function.reserved_concurrency, int):
        yield Limit(value=plan.function.reserved_concurrency, label="reserved")


def _line(recipe: Recipe, measure: Measure, label: str | None, period_seconds: int | None = None) -> Line:
    return Line(
        watched=recipe.watched,
        namespace=recipe.namespace,
        dimensions=recipe.dimensions,
        measure=measure,
        label=label,
        period_seconds=period_seconds or recipe.period_seconds,
    )
