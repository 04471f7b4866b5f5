"""The dashboard in a template: what it shows, and the composite alarm beside it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
import pytest
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from constructs import IConstruct

import cdk_esm as esm
from cdk_esm.sources.cloudwatch import CHILDREN
from tests.cdk.dashboards import (
    ALARM,
    COMPOSITE,
    DASHBOARD,
    a_pair,
    metrics,
    of_alarm,
    resources,
    rows,
    shown,
    templates,
    written,
)
from tests.cdk.reports import violations
from tests.cdk.templates import logical_id, quiet_app


def test_every_alarm_has_its_metrics_and_its_state_on_the_dashboard(
    app: cdk.App, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    a_pair(stack, function)
    esm.MappingDashboard(stack, "Dashboard")
    template = templates(app)["Shop"]
    body, alarms = shown(template), resources(template, ALARM)

    assert {metric for one in alarms.values() for metric in of_alarm(one)} <= metrics(body)
    states = [arn for one in body["widgets"] if one["type"] == "alarm" for arn in one["properties"]["alarms"]]
    assert sorted(states) == sorted(f"<{name}.Arn>" for name in alarms)
    assert {one["properties"]["region"] for one in body["widgets"] if one["type"] == "metric"} == {"<AWS::Region>"}
    assert set(re.findall(r"<(\w+)[.>]", json.dumps(body))) <= {*template["Resources"], "AWS"}


def test_thresholds_are_those_of_the_alarms(app: cdk.App, stack: cdk.Stack, function: esm.NewFunction) -> None:
    chosen = esm.Alarms(thresholds={"age": 60}, off={"failures": "noise"})
    esm.SqsToLambda(stack, "Orders", function=function, alarms=chosen)
    esm.MappingDashboard(stack, "Dashboard")
    lines = [
        (line["label"], line["value"])
        for one in shown(templates(app)["Shop"])["widgets"]
        for line in one["properties"].get("annotations", {}).get("horizontal", ())
    ]

    assert lines == [("alarm age", 60)]


def test_by_default_mappings_that_come_later_are_shown_too(
    app: cdk.App, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    @jsii.implements(cdk.IAspect)
    class More:
        def visit(self, node: IConstruct) -> None:
            if node is stack and stack.node.try_find_child("Late") is None:
                esm.SqsToLambda(stack, "Late", function=function)

    esm.MappingDashboard(stack, "Dashboard")
    cdk.Aspects.of(stack).add(More())
    a_pair(stack, function)

    assert rows(shown(templates(app)["Shop"])) == ["Shop/Orders", "Shop/Clicks", "Shop/Late"]


def test_chosen_mappings_are_shown_in_their_order(app: cdk.App, stack: cdk.Stack, function: esm.NewFunction) -> None:
    orders, clicks = a_pair(stack, function)
    esm.MappingDashboard(stack, "Dashboard", mappings=[clicks, orders, clicks], dashboard_name="shop")
    esm.SqsToLambda(stack, "Late", function=function)
    template = templates(app)["Shop"]

    assert rows(shown(template)) == ["Shop/Clicks", "Shop/Orders"]
    assert [one["DashboardName"] for one in resources(template, DASHBOARD).values()] == ["shop"]


def test_a_second_mapping_of_a_function_shows_the_functions_metrics_too(
    app: cdk.App, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    first = esm.SqsToLambda(stack, "First", function=function)
    second = esm.SqsToLambda(stack, "Second", function=first.function)
    esm.MappingDashboard(stack, "Dashboard", mappings=[second])
    found = metrics(shown(templates(app)["Shop"]))

    assert {"Errors", "Throttles"} <= {name for _, name, *_ in found}


def test_the_composite_alarm_names_every_alarm_of_its_stack_once(
    app: cdk.App, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    orders, clicks = a_pair(stack, function)
    dashboard = esm.MappingDashboard(stack, "Dashboard")
    assert dashboard.alarm is not None
    dashboard.alarm.add_alarm_action(actions.SnsAction(sns.Topic(stack, "Topic")))
    template = templates(app)["Shop"]
    (composite,) = resources(template, COMPOSITE).values()

    named = re.findall(r'ALARM\("<(\w+)>"\)', written(composite["AlarmRule"]))
    assert sorted(named) == sorted(logical_id(one) for made in (orders, clicks) for one in made.alarms.values())
    assert composite["AlarmActions"]
    assert violations(app) == [], "a composite alarm with an action tells of the alarms in its rule"


@pytest.mark.parametrize("stabilized", [False, True])
def test_more_alarms_than_a_rule_takes_are_split(
    stabilized: bool, tmp_path: Path, function: esm.NewFunction, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = quiet_app(tmp_path)
    app.node.set_context("@aws-cdk/core:aspectStabilization", stabilized)
    stack = cdk.Stack(app, "Shop")
    cdk.Tags.of(app).add("team", "shop")  # an aspect that CDK runs before
    monkeypatch.setattr("cdk_esm.alarms.dashboard_body.CHILDREN", replace(CHILDREN, value=10))
    a_pair(stack, function)
    esm.MappingDashboard(stack, "Dashboard")
    template = templates(app)["Shop"]
    composites = resources(template, COMPOSITE)
    names = {name: re.findall(r'ALARM\("<(\w+)>"\)', written(one["AlarmRule"])) for name, one in composites.items()}

    assert sorted(map(len, names.values())) == [2, 6, 10]
    top = next(found for found in names.values() if set(found) <= set(names))
    assert sorted(alarm for part in top for alarm in names[part]) == sorted(resources(template, ALARM))


def test_without_alarms_the_rule_is_never_true(app: cdk.App, stack: cdk.Stack, function: esm.NewFunction) -> None:
    esm.SqsToLambda(stack, "Orders", function=function, alarms=esm.Alarms(off="another team watches"))
    esm.MappingDashboard(stack, "Dashboard")
    none = esm.MappingDashboard(stack, "Plain", mappings=[], composite_alarm=False)

    assert none.alarm is None
    (composite,) = resources(templates(app)["Shop"], COMPOSITE).values()
    assert composite["AlarmRule"] == "FALSE"


def test_the_same_app_gives_the_same_dashboard_again(app: cdk.App, stack: cdk.Stack, function: esm.NewFunction) -> None:
    a_pair(stack, function)
    esm.MappingDashboard(stack, "Dashboard")

    assert app.synth().get_stack_by_name("Shop").template == app.synth(force=True).get_stack_by_name("Shop").template


@pytest.mark.parametrize(
    ("keywords", "place"),
    [
        pytest.param({"mappings": "all"}, "mappings", id="a-text"),
        pytest.param({"mappings": [None]}, "mappings[0]", id="no-construct"),
        pytest.param({"dashboard_name": ""}, "dashboard_name", id="no-name"),
        pytest.param({"dashboard_name": "my shop"}, "dashboard_name", id="a-name-with-a-space"),
        pytest.param({"dashboard_name": "a" * 256}, "dashboard_name", id="a-long-name"),
        pytest.param({"composite_alarm": None}, "composite_alarm", id="no-answer"),
        pytest.param({"mapping": []}, "mapping", id="misspelt"),
    ],
)
def test_what_cannot_be_taken_is_refused(keywords: Any, place: str, stack: cdk.Stack) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.MappingDashboard(stack, "Dashboard", **keywords)

    assert [one.setting for one in caught.value.findings] == [place]
    assert stack.node.children == []


def test_a_dashboard_is_made_in_a_stack(app: cdk.App) -> None:
    with pytest.raises(esm.EsmTypeError, match="scope takes a stack"):
        esm.MappingDashboard(app, "Dashboard")
