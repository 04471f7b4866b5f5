"""Rows of a dashboard as the body that CloudWatch takes, and alarms as the rules of composite alarms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.alarms.dashboard import WIDTHS, Graph, Line, Row
from cdk_esm.alarms.recipes import MINUTE, Measure, Watched
from cdk_esm.sources.cloudwatch import (
    ALARM_NAME,
    ALARMS_OF_A_WIDGET,
    CHILDREN,
    COLUMNS,
    METRICS,
    RULE_LENGTH,
    WIDGETS,
)

GRAPH_HEIGHT: Final = 6
_ALARMS_IN_A_LINE: Final = 6
_TEXT_WIDTH: Final = 8
_RED: Final = "#d13212"
_RANDOM_PART: Final = 16
"""The characters that CloudFormation adds to a logical id in the name of an alarm, with the hyphens: our estimate."""


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A row with what only the place knows where it is made.

    Args:
        row: the row.
        values: answers with the values of the dimensions of a metric.
        alarms: the ARNs of the mapping's alarms.
        region: the Region of the metrics.
    """

    row: Row
    values: Callable[[Watched, Measure], Sequence[str]]
    alarms: Sequence[str]
    region: str


def body(rows: Sequence[Placed]) -> dict[str, Any]:
    """The body of a dashboard, with a row for each mapping: a heading with the alarms' states, and its graphs."""
    widgets: list[dict[str, Any]] = []
    top = 0
    for one in rows:
        height = 2 if len(one.alarms) <= _ALARMS_IN_A_LINE else 3
        widgets += _heading(one, top, height)
        widgets += _graphs(one, top + height)
        top += height + GRAPH_HEIGHT
    # A dashboard that opens on three hours shows what led to an alarm.
    return {"start": "-PT3H", "periodOverride": "inherit", "widgets": widgets}


def too_much(made: Mapping[str, Any]) -> list[str]:
    """What a body has more of than CloudWatch takes, in words."""
    widgets = made["widgets"]
    metrics = sum(len(one["properties"].get("metrics", ())) for one in widgets)
    counted = ((WIDGETS, len(widgets), "widgets"), (METRICS, metrics, "metrics"))
    return [
        f"a dashboard takes {most.value:,} {what}, and this one has {count:,}: make several, each with mappings=[...]\n"
        f"  see: {most.page}"
        for most, count, what in counted
        if count > most.value
    ]


def rules(alarms: Sequence[tuple[str, int]]) -> list[str]:
    """The rules of composite alarms that are in alarm if one of some alarms is, split where one rule takes no more.

    Args:
        alarms: the name of each, and how long it can be at most.
    """
    parts: list[list[str]] = []
    room = 0
    for name, longest in alarms:
        size = len('ALARM("") OR ') + min(longest, ALARM_NAME.value)
        if not parts or len(parts[-1]) == CHILDREN.value or size > room:
            parts.append([])
            room = RULE_LENGTH.value
        parts[-1].append(f'ALARM("{name}")')
        room -= size
    return [" OR ".join(part) for part in parts]


def longest_name(stack_name: str | None, logical_id: str) -> int:
    """How long the name of an alarm that CloudFormation makes up can be; if the stack's is not known, the most."""
    if stack_name is None:
        return ALARM_NAME.value
    return min(ALARM_NAME.value, len(stack_name) + len(logical_id) + _RANDOM_PART)


def _heading(one: Placed, top: int, height: int) -> Iterator[dict[str, Any]]:
    text = {"markdown": f"## {one.row.path}\n{one.row.title}"}
    width = _TEXT_WIDTH if one.alarms else COLUMNS.value
    yield _widget("text", 0, top, width, height, text)
    if one.alarms:
        assert len(one.alarms) <= ALARMS_OF_A_WIDGET.value
        shown = {"title": "Alarms", "alarms": list(one.alarms), "sortBy": "stateUpdatedTimestamp"}
        yield _widget("alarm", _TEXT_WIDTH, top, COLUMNS.value - _TEXT_WIDTH, height, shown)


def _graphs(one: Placed, top: int) -> Iterator[dict[str, Any]]:
    left = 0
    for graph in one.row.graphs:
        width = WIDTHS[graph.column]
        yield _widget("metric", left, top, width, GRAPH_HEIGHT, _properties(graph, one))
        left += width


def _properties(graph: Graph, one: Placed) -> dict[str, Any]:
    share = any(formula.percent for formula in graph.formulas)
    drawn: list[Any] = [
        [{"id": formula.id, "expression": formula.expression, "label": formula.label, **_axis(percent=formula.percent)}]
        for formula in graph.formulas
    ]
    properties: dict[str, Any] = {
        "title": graph.column.value,
        "region": one.region,
        "view": "timeSeries",
        "stacked": False,
        "period": MINUTE,
        "metrics": [*drawn, *(_metric(line, one) for line in graph.lines)],
        "yAxis": {"left": {"min": 0, "showUnits": False}},
        "legend": {"position": "bottom"},
    }
    if share:
        properties["yAxis"]["right"] = {"min": 0, "label": "percent", "showUnits": False}
    if graph.limits:
        properties["annotations"] = {
            "horizontal": [
                {"label": limit.label, "value": limit.value, "color": _RED, **_axis(percent=limit.percent)}
                for limit in graph.limits
            ]
        }
    return properties


def _metric(line: Line, one: Placed) -> list[Any]:
    values = one.values(line.watched, line.measure)
    named = [part for pair in zip(line.dimensions, values, strict=True) for part in pair]
    shown: dict[str, Any] = {"visible": False} if line.label is None else {"label": line.label}
    about = {"id": line.measure.id, "stat": line.measure.statistic, "period": line.period_seconds, **shown}
    return [line.namespace, line.measure.metric, *named, about]


def _axis(*, percent: bool) -> dict[str, str]:
    return {"yAxis": "right"} if percent else {}


def _widget(  # noqa: PLR0917 - a place
    kind: str, left: int, top: int, width: int, height: int, properties: Mapping[str, Any]
) -> dict[str, Any]:
    return {"type": kind, "x": left, "y": top, "width": width, "height": height, "properties": dict(properties)}
