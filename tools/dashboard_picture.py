"""The picture of a dashboard in the docs: the body that CloudWatch would get, drawn with metrics of a simulated run.

Everything that is drawn is read from the body: places, titles, metrics, expressions, limits. Only the values are made
up, by the simulator: three hours in which bad messages come for a while, and later many messages at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from textwrap import wrap
from typing import Any, Final

from cdk_esm.alarms.dashboard import row
from cdk_esm.alarms.dashboard_body import Placed, body
from cdk_esm.alarms.recipes import Measure, Watched
from cdk_esm.alarms.select import select
from cdk_esm.plan import FailurePath, MappingPlan
from cdk_esm.simulator import Arrivals, Trace, simulate
from cdk_esm.sources.cloudwatch import COLUMNS
from cdk_esm.testing.legal import mapping
from tools.dashboard_graph import Points, graph, points_of

_SECONDS: Final = 3 * 3600
_BAD: Final = (2400, 3600)
"""The seconds in which bad messages come."""
_MANY_AT: Final = 8000
_RATE: Final = 0.5
UNIT: Final = 60
"""Pixels of a column, and of a unit of height."""
_MARGIN: Final = 5
_TILE: Final = (148, 26)
_STYLE: Final = """\
text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #16191f; }
.page { fill: #f2f3f3; }
.widget { fill: #ffffff; stroke: #d5dbdb; }
.title { font-weight: bold; font-size: 14px; }
.heading { font-weight: bold; font-size: 20px; }
.small { font-size: 11px; fill: #545b64; }
.right { text-anchor: end; }
.middle { text-anchor: middle; }
.grid { stroke: #eaeded; }
.in-alarm { fill: #d13212; }
.ok { fill: #1d8102; }
.state { fill: #ffffff; font-weight: bold; }
.line { fill: none; stroke-width: 1.8; }
.limit { stroke: #d13212; stroke-width: 1.4; stroke-dasharray: 5 3; }
.limit-label { fill: #b0240b; font-size: 11px; text-anchor: end; }"""


@dataclass(frozen=True)
class Shown:
    """A mapping of the picture, with what happened to it.

    Args:
        plan: the mapping.
        trace: the run.
    """

    plan: MappingPlan
    trace: Trace


def dashboard_picture() -> str:
    """The picture as SVG."""
    widgets = body_of_picture()["widgets"]
    width, height = COLUMNS.value * UNIT, max(one["y"] + one["height"] for one in widgets) * UNIT
    label = "A dashboard with two mappings: bad messages came for a while, and later many at once"
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{label}">',
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{width}" height="{height}"/>',
    ]
    by_path = {one.plan.path: one for one in runs()}
    shown = runs()[0]
    for widget in widgets:
        if widget["type"] == "text":
            shown = by_path[widget["properties"]["markdown"].splitlines()[0].removeprefix("## ")]
        lines += _widget(widget, shown)
    return "\n".join([*lines, "</svg>"]) + "\n"


@cache
def body_of_picture() -> dict[str, Any]:
    """The body of the dashboard that is drawn."""
    return body([_placed(one) for one in runs()])


@cache
def runs() -> tuple[Shown, ...]:
    """The mappings of the picture, each with its run."""
    counted = {"MetricsConfig": {"Metrics": ["EventCount"]}}
    orders = replace(mapping("sqs", **counted, ScalingConfig={"MaximumConcurrency": 5}), path="Shop/Orders")
    clicks = replace(mapping("kinesis", **counted), path="Shop/Clicks")
    steady = Arrivals.steady(_RATE, lasting=_SECONDS, payload=_payload)
    many = Arrivals.burst(3000, at=_MANY_AT, payload="ok")
    quiet = Arrivals.steady(_RATE / 2, lasting=_SECONDS, payload="ok")
    return tuple(
        Shown(plan, simulate(plan, _handler, arrivals, duration=_duration, until=_SECONDS, keep="summary"))
        for plan, arrivals in ((orders, [steady, many]), (clicks, [quiet]))
    )


def _payload(number: int) -> str:
    return "bad" if _BAD[0] <= number / _RATE < _BAD[1] and number % 3 == 0 else "ok"


def _handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Report the bad ones."""
    del context
    return {
        "batchItemFailures": [
            {"itemIdentifier": one["messageId"]} for one in event["Records"] if one.get("body") == "bad"
        ]
    }


def _duration(event: Mapping[str, Any]) -> float:
    return 1 + 1.8 * len(event["Records"]) if "body" in event["Records"][0] else 0.2


def _placed(shown: Shown) -> Placed:
    plan, recipes = shown.plan, select(shown.plan)
    assert isinstance(plan.failure, FailurePath)
    owners = {
        Watched.MAPPING: plan.path,
        Watched.FUNCTION: plan.function.identity,
        Watched.SOURCE: plan.event_source.identity,
        Watched.DEAD_LETTER_QUEUE: plan.failure.queue.identity if plan.failure.queue else "",
    }

    def values(watched: Watched, measure: Measure) -> tuple[str, ...]:
        del measure
        return (owners[watched],)

    arns = [f"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:{one.key}" for one in recipes]
    return Placed(row=row(plan, recipes), values=values, alarms=arns, region="eu-west-1")


def _widget(widget: Mapping[str, Any], shown: Shown) -> Iterator[str]:
    left, top = widget["x"] * UNIT + _MARGIN, widget["y"] * UNIT + _MARGIN
    width, height = widget["width"] * UNIT - 2 * _MARGIN, widget["height"] * UNIT - 2 * _MARGIN
    properties = widget["properties"]
    yield f'<g transform="translate({left} {top})">'
    yield f'<rect class="widget" width="{width}" height="{height}" rx="6"/>'
    if widget["type"] == "text":
        yield from _text(properties["markdown"], width)
    elif widget["type"] == "alarm":
        yield from _states(properties, width, shown)
    else:
        yield from graph(properties, width, height, _SECONDS, _points(properties, shown))
    yield "</g>"


def _text(markdown: str, width: int) -> Iterator[str]:
    heading, *rest = markdown.split("\n")
    yield f'<text class="heading" x="14" y="34">{escape(heading.removeprefix("## "))}</text>'
    for number, line in enumerate(wrap(" ".join(rest), width // 7)):
        yield f'<text x="14" y="{62 + 18 * number}">{escape(line)}</text>'


def _states(properties: Mapping[str, Any], width: int, shown: Shown) -> Iterator[str]:
    """A tile for each alarm: red if it is in alarm at the end of the run, and those first."""
    fired = {one.name: one for one in shown.trace.alarms}
    names = [arn.rpartition(":")[2] for arn in properties["alarms"]]
    now = {name for name, one in fired.items() if one.until is None}
    yield f'<text class="title" x="14" y="26">{escape(properties["title"])}</text>'
    across = (width - 14) // (_TILE[0] + 8)
    for number, name in enumerate(sorted(names, key=lambda one: one not in now)):
        line, place = divmod(number, across)
        x, y = 14 + place * (_TILE[0] + 8), 40 + line * (_TILE[1] + 8)
        state = "in-alarm" if name in now else "ok"
        yield f'<rect class="{state}" x="{x}" y="{y}" width="{_TILE[0]}" height="{_TILE[1]}" rx="4"/>'
        words = f"{name}: {'ALARM' if name in now else 'OK'}"
        yield f'<text class="state middle" x="{x + _TILE[0] / 2:g}" y="{y + 17}">{escape(words)}</text>'


def _points(properties: Mapping[str, Any], shown: Shown) -> dict[str, Points]:
    """The data points of each line by its id, from the run."""
    lines: Sequence[list[Any]] = properties["metrics"]
    found: dict[str, Points] = {}
    for line in lines:
        if len(line) > 1:
            about = line[-1]
            series = shown.trace.metrics.get(line[3], {}).get(line[1], ())
            found[about["id"]] = points_of(series, about["stat"], about["period"], _SECONDS)
    return found
