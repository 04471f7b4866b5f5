"""The rows of a dashboard are made of the recipes, and its body has what CloudWatch takes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.alarms.dashboard import COLUMN_OF, LABELS, UNWATCHED, WIDTHS, Column, Row, row
from cdk_esm.alarms.dashboard_body import Placed, body, longest_name, rules, too_much
from cdk_esm.alarms.recipes import Measure, Watched
from cdk_esm.alarms.select import KEYS, select, with_threshold
from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import MappingPlan
from cdk_esm.sources import SOURCES
from cdk_esm.sources.cloudwatch import CHILDREN, COLUMNS, METRICS, RULE_LENGTH, WIDGETS
from cdk_esm.testing.legal import mapping
from cdk_esm.testing.plans import with_failure, with_function
from tests.core.every_source.test_alarms import legal_plans

every_source = pytest.mark.parametrize("kind", SOURCES)
COUNTED = {"MetricsConfig": {"Metrics": ["EventCount"]}}


def row_of(plan: MappingPlan) -> Row:
    return row(plan, select(plan))


def placed(one: Row, alarms: int = 6) -> Placed:
    def values(watched: Watched, measure: Measure) -> tuple[str, ...]:
        (line,) = (
            line for graph in one.graphs for line in graph.lines if (line.watched, line.measure) == (watched, measure)
        )
        return tuple(f"{watched.name}-{name}" for name in line.dimensions)

    arns = [f"arn:{number}" for number in range(alarms)]
    return Placed(row=one, values=values, alarms=arns, region="eu-west-1")


def graphs(plan: MappingPlan) -> dict[str, dict[str, Any]]:
    """The properties of each graph of the body by its title."""
    widgets = body([placed(row_of(plan))])["widgets"]
    return {one["properties"]["title"]: one["properties"] for one in widgets if one["type"] == "metric"}


@every_source
def test_every_metric_of_a_row_is_in_a_recipe_or_named_as_unwatched(kind: str) -> None:
    for plan in legal_plans(kind):
        watched = {(one.namespace, measure.metric) for one in select(plan) for measure in one.measures}
        watched |= {("AWS/Lambda", one.metric) for one in UNWATCHED}
        lines = [line for graph in row_of(plan).graphs for line in graph.lines]

        assert {(one.namespace, one.measure.metric) for one in lines} <= watched


@every_source
def test_every_alarm_of_a_mapping_has_its_metrics_on_the_row(kind: str) -> None:
    for plan in legal_plans(kind):
        shown = {line.measure.metric for graph in row_of(plan).graphs for line in graph.lines}

        assert {measure.metric for one in select(plan) for measure in one.measures} <= shown


@every_source
def test_a_graph_is_one_that_cloudwatch_can_draw(kind: str) -> None:
    for plan in legal_plans(kind):
        for graph in row_of(plan).graphs:
            ids = [one.measure.id for one in graph.lines] + [one.id for one in graph.formulas]
            assert len(ids) == len(set(ids))
            assert all(re.fullmatch(r"[a-z][A-Za-z0-9_]*", one) for one in ids)
            for formula in graph.formulas:
                words = set(re.findall(r"[a-z]\w*", formula.expression))
                assert words <= set(ids)
                assert all(one.label is None for one in graph.lines if one.measure.id in words)


def test_every_key_has_its_place() -> None:
    assert set(COLUMN_OF) == set(KEYS)
    assert set(LABELS) == {key for key, column in COLUMN_OF.items() if column is not None}
    assert sum(WIDTHS.values()) == COLUMNS.value
    assert set(WIDTHS) == set(Column)


def test_the_age_of_a_queue_is_drawn_against_its_threshold() -> None:
    graph = graphs(mapping(**COUNTED))[Column.WAITING.value]

    assert graph["annotations"]["horizontal"] == [{"label": "alarm age", "value": 900, "color": "#d13212"}]
    assert graph["metrics"] == [
        [
            "AWS/SQS",
            "ApproximateAgeOfOldestMessage",
            "QueueName",
            "SOURCE-QueueName",
            {"id": "age", "stat": "Maximum", "period": 60, "label": "oldest message, seconds"},
        ]
    ]


def test_milliseconds_are_drawn_as_seconds_and_so_is_their_threshold() -> None:
    graph = graphs(mapping("kinesis", **COUNTED))[Column.WAITING.value]
    formula, metric = graph["metrics"]

    assert formula == [
        {"id": "iterator_age", "expression": "iterator_age_m1 / 1000", "label": "oldest record read, seconds"}
    ]
    assert metric[-1] == {"id": "iterator_age_m1", "stat": "Maximum", "period": 60, "visible": False}
    assert graph["annotations"]["horizontal"][0]["value"] == 3600


def test_a_share_has_the_axis_on_the_right_and_its_alarm_too() -> None:
    graph = graphs(mapping(**COUNTED))[Column.FAILING.value]

    assert graph["yAxis"]["right"]["label"] == "percent"
    assert graph["metrics"][0][0]["yAxis"] == graph["annotations"]["horizontal"][0]["yAxis"] == "right"
    assert [one["value"] for one in graph["annotations"]["horizontal"]] == [5], "any error is seen without a line"


def test_the_backlog_of_both_instances_of_a_broker_is_their_greatest() -> None:
    graph = graphs(mapping("activemq"))[Column.WAITING.value]

    assert graph["metrics"][0][0]["expression"] == "MAX([backlog_m1, backlog_standby])"
    assert "annotations" not in graph, "nobody gave a threshold"


def test_concurrency_is_drawn_against_what_bounds_it() -> None:
    plan = with_function(mapping(ScalingConfig={"MaximumConcurrency": 5}), reserved_concurrency=10)
    limits = graphs(plan)[Column.CONCURRENCY.value]["annotations"]["horizontal"]

    assert [(one["label"], one["value"]) for one in limits] == [("of this mapping at most", 5), ("reserved", 10)]
    assert "annotations" not in graphs(mapping())[Column.CONCURRENCY.value]


def test_without_counts_of_events_the_invocations_are_what_arrives() -> None:
    counted, plain = graphs(replace(mapping(**COUNTED), filters=("{}",))), graphs(mapping())

    assert [one[1] for one in counted["What arrives"]["metrics"]] == [
        "PolledEventCount",
        "FilteredOutEventCount",
        "InvokedEventCount",
    ]
    assert [one[1] for one in plain["What arrives"]["metrics"]] == ["Invocations"]


def test_a_threshold_is_the_users_and_gone_with_the_alarm() -> None:
    plan = mapping(**COUNTED)
    recipes = [with_threshold(one, 60) if one.key == "age" else one for one in select(plan)]
    (waiting,) = (one for one in row(plan, recipes).graphs if one.column is Column.WAITING)
    (bare,) = (one for one in row(plan, recipes, off={"age"}).graphs if one.column is Column.WAITING)

    assert [one.value for one in waiting.limits] == [60]
    assert (bare.limits, len(bare.lines)) == ((), 1)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (mapping(), "Failed messages go to a new dead-letter queue, for 14 days."),
        (mapping("kinesis"), "Failed records go to a new bucket."),
        (replace(mapping(), failure=UNKNOWN), "Where failed messages go, is hidden until the deployment."),
        (
            with_failure(mapping(), kind="none", queue=None, reason="a copy is kept"),
            "Failed messages go nowhere: a copy is kept.",
        ),
    ],
)
def test_the_heading_says_where_failures_go(plan: MappingPlan, words: str) -> None:
    assert words.replace("a new ", "") in row_of(plan).title.replace("an existing ", "").replace("a new ", "")


def test_rows_do_not_overlap_and_stay_on_the_grid() -> None:
    widgets = body([placed(row_of(mapping(kind))) for kind in ("sqs", "documentdb")])["widgets"]
    cells = [
        (x, y)
        for one in widgets
        for x in range(one["x"], one["x"] + one["width"])
        for y in range(one["y"], one["y"] + one["height"])
    ]

    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) == COLUMNS.value - 1


def test_a_mapping_without_alarms_has_a_heading_over_the_whole_width() -> None:
    kinds = [one["type"] for one in body([placed(row_of(mapping()), alarms=0)])["widgets"]]

    assert "alarm" not in kinds
    assert body([placed(row_of(mapping()), alarms=0)])["widgets"][0]["width"] == COLUMNS.value


def test_what_cloudwatch_does_not_take_is_told() -> None:
    one = placed(row_of(mapping(**COUNTED)))
    per_row = body([one])["widgets"]

    assert too_much(body([one] * (WIDGETS.value // len(per_row)))) == []
    (said,) = too_much(body([one] * (WIDGETS.value // len(per_row) + 1)))
    assert said.startswith(f"a dashboard takes {WIDGETS.value} widgets, and this one has")
    metrics = {"widgets": [{"properties": {"metrics": [0] * (METRICS.value + 1)}}]}
    assert "2,500 metrics, and this one has 2,501" in too_much(metrics)[0]


@pytest.mark.parametrize(("count", "parts"), [(0, []), (1, [1]), (100, [100]), (101, [100, 1]), (250, [100, 100, 50])])
def test_a_rule_names_a_hundred_alarms_at_most(count: int, parts: list[int]) -> None:
    made = rules([(f"a{number}", 40) for number in range(count)])

    assert [rule.count("ALARM(") for rule in made] == parts
    assert max(parts, default=0) <= CHILDREN.value
    assert re.findall(r'ALARM\("(.*?)"\)', " ".join(made)) == [f"a{number}" for number in range(count)]


def test_a_rule_of_long_names_is_split_before_it_is_too_long() -> None:
    name = "n" * 255
    made = rules([(name, 255)] * 100)

    assert len(made) == 3
    assert all(len(rule) <= RULE_LENGTH.value for rule in made)
    assert longest_name("Shop", "OrdersAgeAlarm84D3802F") == 4 + 22 + 16
    assert longest_name(None, "OrdersAgeAlarm84D3802F") == longest_name("s" * 128, "a" * 255) == 255
