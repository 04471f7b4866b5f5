"""One graph of a dashboard as SVG, from the properties of its widget and the data points of its metrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final, TypeAlias

from cdk_esm.simulator.alarms import evaluate

Points: TypeAlias = Mapping[int, float]
"""The value of each period by its first second."""

_COLOURS: Final = ("#0972d3", "#e07700", "#1d8102", "#7d3fc8", "#067f68")
_LEFT, _RIGHT, _TOP, _AXIS, _LINE = 44, 14, 42, 18, 16
_STEPS: Final = 4
_STATISTICS: Final = {"Sum": 1, "Maximum": 2, "SampleCount": 3}


def points_of(series: Sequence[Sequence[float]], statistic: str, period: int, until: int) -> Points:
    """The data points of a metric of a run, by period.

    Args:
        series: for each minute its second, sum, greatest value and number.
        statistic: CloudWatch's word for it.
        period: seconds.
        until: the last second.
    """
    index, found = _STATISTICS[statistic], dict[int, float]()
    for one in series:
        start = int(one[0]) // period * period
        if start < until:
            value, before = one[index], found.get(start)
            together = max if statistic == "Maximum" else sum
            found[start] = value if before is None else together((before, value))
    return found


def graph(
    properties: Mapping[str, Any], width: int, height: int, until: int, points: Mapping[str, Points]
) -> Iterator[str]:
    """The graph: title, axes, lines, limits and the legend.

    Args:
        properties: those of the widget.
        width: pixels.
        height: pixels.
        until: the last second.
        points: the data points of each metric by its id.
    """
    drawn = [(one[-1], _values(one[-1], points)) for one in properties["metrics"] if one[-1].get("visible", True)]
    limits = properties.get("annotations", {}).get("horizontal", [])
    legend = len(drawn) * _LINE
    room = height - _TOP - _AXIS - legend - 8
    right = _RIGHT + (22 if "right" in properties["yAxis"] else 0)
    across = width - _LEFT - right
    tops = {
        axis: _top([*(value for about, found in drawn if _axis(about) == axis for value in found.values()),
                    *(one["value"] for one in limits if _axis(one) == axis)])
        for axis in properties["yAxis"]
    }  # fmt: skip

    def down(value: float, axis: str) -> float:
        return round(_TOP + room * (1 - value / tops[axis]), 1)

    yield f'<text class="title" x="14" y="26">{escape(properties["title"])}</text>'
    for step in range(_STEPS + 1):
        y = down(tops["left"] * step / _STEPS, "left")
        yield f'<path class="grid" d="M{_LEFT} {y}h{across}"/>'
        yield f'<text class="small right" x="{_LEFT - 5}" y="{y + 4}">{_number(tops["left"] * step / _STEPS)}</text>'
        if "right" in tops:
            label = f"{_number(tops['right'] * step / _STEPS)}%"
            yield f'<text class="small" x="{_LEFT + across + 4}" y="{y + 4}">{label}</text>'
    for hour in range(until // 3600 + 1):
        x = _LEFT + across * hour * 3600 / until
        side = "right" if hour * 3600 == until else "middle"
        yield f'<text class="small {side}" x="{x:g}" y="{_TOP + room + 14}">{_hour(hour, until)}</text>'
    for number, (about, found) in enumerate(drawn):
        colour, axis = _COLOURS[number % len(_COLOURS)], _axis(about)
        way = [f"{_LEFT + across * second / until:.1f} {down(value, axis)}" for second, value in sorted(found.items())]
        if way:
            # One line may lie on another one, and both are to be seen.
            dashes = ' stroke-dasharray="7 5"' if number else ""
            yield f'<path class="line" stroke="{colour}"{dashes} d="M{"L".join(way)}"/>'
        y = height - legend + number * _LINE
        yield f'<path class="line" stroke="{colour}" d="M14 {y}h14"/>'
        side = " (right)" if axis == "right" else ""
        yield f'<text class="small" x="34" y="{y + 4}">{escape(about["label"] + side)}</text>'
    for one in limits:
        y = down(one["value"], _axis(one))
        said = escape(f"{one['label']}: {_number(one['value'])}{'%' if _axis(one) == 'right' else ''}")
        yield f'<path class="limit" d="M{_LEFT} {y}h{across}"/>'
        yield f'<text class="limit-label" x="{_LEFT + across - 2}" y="{y - 4}">{said}</text>'


def _values(about: Mapping[str, Any], points: Mapping[str, Points]) -> Points:
    """The data points of a line: its own, or what its expression makes of others."""
    expression = about.get("expression")
    if expression is None:
        return points[about["id"]]
    used = {name: found for name, found in points.items() if name in expression}
    moments = sorted(set.intersection(*(set(found) for found in used.values())) if used else ())
    return {moment: _math(expression, {name: found[moment] for name, found in used.items()}) for moment in moments}


def _math(expression: str, values: dict[str, float]) -> float:
    name, _, divisor = expression.partition(" / ")
    return values[name] / float(divisor) if name in values else evaluate(expression, values)


def _axis(about: Mapping[str, Any]) -> str:
    return str(about.get("yAxis", "left"))


def _top(values: Sequence[float]) -> float:
    """A round number above all of them."""
    most = max(values, default=0) * 1.1
    for size in (4, 8, 20, 40, 80, 200, 400, 800, 2000, 4000, 8000, 20_000, 40_000):
        if most <= size:
            return size
    return most


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:g}"


def _hour(hour: int, until: int) -> str:
    back = until // 3600 - hour
    return f"-{back} h" if back else "now"
