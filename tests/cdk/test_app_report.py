"""What the check over all mappings of an app reports at each synthesis, and what settles it."""

from dataclasses import replace
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns

from cdk_esm import Alarms, NewFunction, SqsToLambda
from tests.cdk.reports import acknowledge, heard, two_on_ten, violations
from tests.cdk.templates import quiet_app


def test_an_alias_is_a_target_of_its_own(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    notify = heard(stack)
    orders = SqsToLambda(stack, "Orders", function=replace(function, alias="live"), alarms=notify)
    SqsToLambda(stack, "Again", function=orders.function, queue=orders.queue, alarms=notify)

    assert violations(app) == [("ESM315", "warning", "Shop/Again")]  # each message reaches one of the two


@pytest.mark.parametrize("where", ["app", "stack", "construct"])
def test_a_danger_is_acknowledged_wherever_cdk_takes_it(
    where: str, app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    _, returns = two_on_ten(stack, function)
    acknowledge({"app": app, "stack": stack, "construct": returns}[where], "ESM304")

    assert violations(app) == []


def test_a_danger_is_acknowledged_by_keyword(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    notify = heard(stack)
    reserved = replace(function, reserved_concurrent_executions=10)
    orders = SqsToLambda(stack, "Orders", function=reserved, max_concurrency=6, alarms=notify)
    SqsToLambda(
        stack,
        "Returns",
        function=orders.function,
        max_concurrency=6,
        alarms=notify,
        acknowledge={"ESM304": "returns come at night"},
    )

    assert violations(app) == []


def test_alarms_without_an_action_are_one_warning_per_stack(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    SqsToLambda(stack, "Orders", function=function)
    SqsToLambda(stack, "Returns", function=function)
    SqsToLambda(cdk.Stack(app, "Other"), "Orders", function=function)

    assert violations(app) == [("ESM314", "warning", "Other/Orders"), ("ESM314", "warning", "Shop/Orders")]


def test_an_action_that_is_added_later_counts(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)
    topic = actions.SnsAction(sns.Topic(stack, "Topic"))
    for alarm in orders.alarms.values():
        alarm.add_alarm_action(topic)

    assert violations(app) == []


def test_one_alarm_without_an_action_is_named(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)
    topic = actions.SnsAction(sns.Topic(stack, "Topic"))
    for key, alarm in orders.alarms.items():
        if key != "throttles":
            alarm.add_alarm_action(topic)
    report = Path(app.synth().directory, "validation-report.json").read_text(encoding="utf-8")

    assert "the alarm throttles has no action" in report


def test_without_alarms_there_is_no_advice_about_their_actions(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    keys = ("age", "dead_letters", "errors", "throttles", "failures", "stopped")
    off = dict.fromkeys(keys, "another team watches")
    SqsToLambda(stack, "Orders", function=function, alarms=Alarms(off=off))

    assert violations(app) == []


def test_a_second_synthesis_finds_the_same(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    SqsToLambda(stack, "Orders", function=function)
    first = violations(app)
    app.synth(force=True)

    assert violations(app) == first == [("ESM314", "warning", "Shop/Orders")]


def test_two_apps_of_one_process_do_not_mix(tmp_path: Path, function: NewFunction) -> None:
    apps = [quiet_app(tmp_path / name) for name in "ab"]
    for app in apps:
        stack = cdk.Stack(app, "Shop")
        orders = SqsToLambda(stack, "Orders", function=function, alarms=heard(stack))
        assert list(orders.alarms) == ["age", "dead_letters", "errors", "throttles", "failures", "stopped"]

    assert [violations(app) for app in apps] == [[], []]
