"""What one construct cannot see: the check over all mappings of an app, each time that it is synthesized."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from constructs import Construct, IConstruct

from cdk_esm import Alarms, NewFunction, SqsToLambda

Violation = tuple[str, str, str]


@pytest.fixture
def app(tmp_path: Path) -> cdk.App:
    """An app that reports what its validation finds."""
    return cdk.App(outdir=str(tmp_path / "cdk.out"))


def acknowledge(scope: IConstruct, rule: str, reason: str = "see runbook 12") -> None:
    cdk.Validations.of(scope).acknowledge(cdk.Acknowledgment(id=f"cdk-esm::{rule}", reason=reason))


def violations(app: cdk.App) -> list[Violation]:
    """What the synthesis reports: the rule, its severity in CDK's words, and the construct."""
    folder = Path(app.synth().directory)
    file = folder / "validation-report.json"
    reports = json.loads(file.read_text(encoding="utf-8"))["pluginReports"] if file.exists() else []
    return sorted(
        (violation["ruleName"], violation["severity"], construct["constructPath"])
        for report in reports
        if report["pluginName"] == "cdk-esm"
        for violation in report["violations"]
        for construct in violation["violatingConstructs"]
    )


def quiet(stack: cdk.Stack) -> Alarms:
    """Alarms that tell somebody, so that nothing is reported of them."""
    return Alarms(notify=[sns.Topic.from_topic_arn(stack, "Topic", "arn:aws:sns:eu-west-1:111122223333:on-call")])


def two_on_ten(stack: cdk.Stack, function: NewFunction) -> tuple[SqsToLambda, SqsToLambda]:
    """Two mappings that may together run a function twelve times at once, of which ten are reserved."""
    notify = quiet(stack)
    reserved = replace(function, reserved_concurrency=10)
    orders = SqsToLambda(stack, "Orders", function=reserved, max_concurrency=6, alarms=notify)
    return orders, SqsToLambda(stack, "Returns", function=orders.function, max_concurrency=6, alarms=notify)


def test_a_source_twice_on_one_function_fails_the_synthesis(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)
    SqsToLambda(stack, "Again", function=orders.function, queue=orders.queue)

    with pytest.raises(RuntimeError, match="ESM208") as caught:
        app.synth()
    assert "Shop/Orders already maps this source to this function" in str(caught.value)
    assert "Shop/Again" in str(caught.value)
    assert "remove this mapping or Shop/Orders" in str(caught.value)


def test_what_aws_refuses_cannot_be_acknowledged(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)
    SqsToLambda(stack, "Again", function=orders.function, queue=orders.queue)
    acknowledge(stack, "ESM208")

    with pytest.raises(RuntimeError, match="ESM208"):
        app.synth()


def test_mappings_in_two_stacks_are_checked_together(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)
    SqsToLambda(cdk.Stack(app, "Other"), "Orders", function=orders.function, queue=orders.queue)

    with pytest.raises(RuntimeError, match="Shop/Orders already maps this source"):
        app.synth()


def test_maxima_that_sum_up_to_more_than_is_reserved_fail_the_synthesis(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    two_on_ten(stack, function)

    with pytest.raises(RuntimeError, match="ESM304") as caught:
        app.synth()
    assert "together with Shop/Orders the poller may run the function 12 times at once" in str(caught.value)


@pytest.mark.parametrize("where", ["app", "stack", "construct"])
def test_a_danger_is_acknowledged_wherever_cdk_takes_it(
    where: str, app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    _, returns = two_on_ten(stack, function)
    acknowledge({"app": app, "stack": stack, "construct": returns}[where], "ESM304")

    assert violations(app) == []


def test_a_danger_is_acknowledged_by_keyword(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    notify = quiet(stack)
    reserved = replace(function, reserved_concurrency=10)
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


def test_without_any_alarm_there_is_nobody_to_tell(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    off = dict.fromkeys(("age", "dead_letters", "errors", "throttles"), "another team watches")
    SqsToLambda(stack, "Orders", function=function, alarms=Alarms(off=off))

    assert violations(app) == []


def test_mappings_in_a_stage_are_checked_too(app: cdk.App, function: NewFunction) -> None:
    stack = cdk.Stack(cdk.Stage(app, "Prod"), "Shop")
    two_on_ten(stack, function)

    with pytest.raises(RuntimeError, match="together with Prod/Shop/Orders"):
        app.synth()


def test_an_app_that_a_stack_makes_for_itself_is_one_app_too(function: NewFunction) -> None:
    stack = cdk.Stack()
    orders = SqsToLambda(stack, "Orders", function=function)
    SqsToLambda(Construct(stack, "Inner"), "Again", function=orders.function, queue=orders.queue)
    app: Any = stack.node.root

    with pytest.raises(RuntimeError, match="ESM208"):
        app.synth()


def test_a_second_synthesis_finds_the_same(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    SqsToLambda(stack, "Orders", function=function)
    first = violations(app)
    app.synth(force=True)

    assert violations(app) == first == [("ESM314", "warning", "Shop/Orders")]


def test_two_apps_of_one_process_do_not_mix(tmp_path: Path, function: NewFunction) -> None:
    apps = [cdk.App(outdir=str(tmp_path / name)) for name in "ab"]
    for app in apps:
        stack = cdk.Stack(app, "Shop")
        orders = SqsToLambda(stack, "Orders", function=function, alarms=quiet(stack))
        assert list(orders.alarms) == ["age", "dead_letters", "errors", "throttles"]

    assert [violations(app) for app in apps] == [[], []]


def test_a_function_that_is_allowed_to_feed_itself_fails_the_synthesis(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, alarms=quiet(stack))
    orders.queue.grant_send_messages(orders.function)

    with pytest.raises(RuntimeError, match="ESM312"):
        app.synth()
