"""A dashboard that shows nothing, an alarm that can never be in alarm, and what was taken out of the tree."""

from __future__ import annotations

import json
import re
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import cx_api

import cdk_esm as esm
from tests.cdk.dashboards import ALARM, COMPOSITE, a_pair, resources, rows, shown, templates, written
from tests.cdk.templates import logical_id


def warnings(app: cdk.App, path: str) -> list[str]:
    """What CDK warns of at a path."""
    artifacts = [one for stack in app.synth().stacks for one in stack.messages]
    found = [one for one in artifacts if one.id == path and one.level == cx_api.SynthesisMessageLevel.WARNING]
    return [str(one.entry.data) for one in found]


def nothing(stack: cdk.Stack, _: esm.NewFunction) -> None:
    esm.MappingDashboard(stack, "Dashboard")


def of_none(stack: cdk.Stack, function: esm.NewFunction) -> None:
    esm.SqsToLambda(stack, "Orders", function=function)
    esm.MappingDashboard(stack, "Dashboard", mappings=[])


def of_another_stage(stack: cdk.Stack, function: esm.NewFunction) -> None:
    inner = cdk.Stack(cdk.Stage(stack.node.root, "Prod"), "Shop")  # type: ignore[arg-type]  # an app
    esm.SqsToLambda(inner, "Orders", function=function)
    esm.MappingDashboard(stack, "Dashboard")


def without_alarms(stack: cdk.Stack, function: esm.NewFunction) -> None:
    esm.SqsToLambda(stack, "Orders", function=function, alarms=esm.Alarms(off="another team watches"))
    esm.MappingDashboard(stack, "Dashboard")


@pytest.mark.parametrize(
    ("build", "words"),
    [
        pytest.param(nothing, "no construct of cdk_esm made one in this app", id="an app without mappings"),
        pytest.param(of_none, "mappings=[...] names none", id="an empty list"),
        pytest.param(of_another_stage, "in the stages Prod", id="mappings in another stage"),
        pytest.param(without_alarms, "its alarm is never in alarm", id="mappings without alarms"),
    ],
)
def test_a_dashboard_or_an_alarm_of_nothing_is_told(
    build: Any, words: str, app: cdk.App, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    build(stack, function)
    (told,) = warnings(app, "/Shop/Dashboard")

    assert words in told
    assert warnings(app, "/Shop/Dashboard") == [told], "and told once, however often the app is synthesized"


def test_a_dashboard_with_rows_and_an_alarm_is_not_warned_of(
    app: cdk.App, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    a_pair(stack, function)
    esm.MappingDashboard(stack, "Dashboard")

    assert warnings(app, "/Shop/Dashboard") == []


def test_what_was_taken_out_of_the_tree_is_not_shown(app: cdk.App, stack: cdk.Stack, function: esm.NewFunction) -> None:
    orders, clicks = a_pair(stack, function)
    esm.MappingDashboard(stack, "Dashboard")
    stack.node.try_remove_child(clicks.node.id)
    alarm = orders.alarms["age"]
    gone = logical_id(alarm)
    assert alarm.node.scope is not None
    alarm.node.scope.node.try_remove_child(alarm.node.id)
    template = templates(app)["Shop"]
    (composite,) = resources(template, COMPOSITE).values()

    assert rows(shown(template)) == [orders.plan.path]
    assert gone not in json.dumps(template)
    named = re.findall(r'ALARM\("<(\w+)>"\)', written(composite["AlarmRule"]))
    assert sorted(named) == sorted(resources(template, ALARM))
