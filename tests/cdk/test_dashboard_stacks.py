"""A dashboard and the mappings of other stacks: shown by names that were chosen, or refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk.dashboards import (
    COMPOSITE,
    DASHBOARD,
    a_pair,
    metrics,
    resources,
    rows,
    shown,
    templates,
    written,
)
from tests.cdk.templates import quiet_app

NAMED = "arn:aws:lambda:eu-west-1:111122223333:function:fulfil"
QUIET: dict[str, Any] = {
    "metrics_config": lambda_.MetricsConfig(metrics=[]),
    "alarms": esm.Alarms(off="another team watches"),
}


def test_a_mapping_of_another_stack_is_refused_before_anything_is_made(
    app: cdk.App, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    orders, _ = a_pair(stack, function)
    other = cdk.Stack(app, "Other")

    with pytest.raises(esm.EsmError, match=r"Shop/Orders is in another stack \(Shop\), .*one dashboard per stack"):
        esm.MappingDashboard(other, "Dashboard", mappings=[orders])
    assert other.node.children == []
    assert "Outputs" not in templates(app)["Shop"]


def test_by_default_a_mapping_that_is_on_no_dashboard_is_an_error_at_synthesis(
    app: cdk.App, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    a_pair(stack, function)
    other = cdk.Stack(app, "Other")
    esm.SqsToLambda(other, "Returns", function=function)
    esm.MappingDashboard(other, "Dashboard")

    with pytest.raises(RuntimeError, match="one dashboard per stack") as caught:
        app.synth()
    assert "Shop/Orders is in another stack (Shop)" in str(caught.value)
    assert "Shop/Clicks is in another stack (Shop)" in str(caught.value)


def test_one_dashboard_per_stack_needs_no_export(app: cdk.App, stack: cdk.Stack, function: esm.NewFunction) -> None:
    a_pair(stack, function)
    other = cdk.Stack(app, "Other")
    esm.SqsToLambda(other, "Returns", function=function)
    for one in (stack, other):
        esm.MappingDashboard(one, "Dashboard")
    found = templates(app)

    assert [rows(shown(found[name])) for name in ("Shop", "Other")] == [
        ["Shop/Orders", "Shop/Clicks"],
        ["Other/Returns"],
    ]
    assert not any("Outputs" in template for template in found.values())


def test_names_that_were_chosen_are_shown_from_another_stack_without_an_export(app: cdk.App, stack: cdk.Stack) -> None:
    function = lambda_.Function.from_function_arn(stack, "Fulfil", NAMED)
    lost = sqs.Queue(stack, "Lost", queue_name="lost")
    queue = sqs.Queue(
        stack,
        "Queue",
        queue_name="orders",
        visibility_timeout=cdk.Duration.minutes(15),
        dead_letter_queue=sqs.DeadLetterQueue(queue=lost, max_receive_count=5),
    )
    stated = esm.Imported(function, timeout=cdk.Duration.seconds(30))
    orders = esm.SqsToLambda(stack, "Orders", queue=queue, function=stated, grants=False, **QUIET)
    esm.MappingDashboard(cdk.Stack(app, "Other"), "Dashboard", mappings=[orders], composite_alarm=False)
    found = templates(app)

    assert ("AWS/SQS", "ApproximateAgeOfOldestMessage", frozenset({("QueueName", "orders")})) in metrics(
        shown(found["Other"])
    )
    assert ("AWS/Lambda", "Errors", frozenset({("FunctionName", "fulfil")})) in metrics(shown(found["Other"]))
    assert "Outputs" not in found["Shop"]
    assert "ImportValue" not in json.dumps(found["Other"])


def test_a_named_alarm_is_shown_from_another_stack_by_its_name(app: cdk.App, stack: cdk.Stack) -> None:
    function = lambda_.Function.from_function_arn(stack, "Fulfil", NAMED)
    queue = sqs.Queue.from_queue_arn(stack, "Queue", "arn:aws:sqs:eu-west-1:111122223333:orders")
    keys = ("errors", "throttles")
    orders = esm.SqsToLambda(
        stack,
        "Orders",
        queue=esm.Imported(queue, visibility_timeout=cdk.Duration.minutes(15)),
        function=esm.Imported(function, timeout=cdk.Duration.seconds(30)),
        metrics_config=lambda_.MetricsConfig(metrics=[]),
        alarms=esm.Alarms(off=dict.fromkeys(keys, "another team watches")),
        grants=False,
    )
    other = cdk.Stack(app, "Other")
    with pytest.raises(esm.EsmError, match="one dashboard per stack"):
        esm.MappingDashboard(other, "Dashboard", mappings=[orders])
    named: Any = orders.alarms["age"].node.default_child
    named.alarm_name = "orders-age"
    esm.MappingDashboard(other, "Dashboard", mappings=[orders])
    body = shown(templates(app)["Other"])

    (states,) = (one["properties"]["alarms"] for one in body["widgets"] if one["type"] == "alarm")
    assert [arn.rpartition(":alarm:")[2] for arn in states] == ["orders-age"]


def test_another_account_or_stage_is_another_stack(tmp_path: Path, function: esm.NewFunction) -> None:
    app = quiet_app(tmp_path)
    here = cdk.Stack(app, "Here", env=cdk.Environment(account="111122223333", region="eu-west-1"))
    there = cdk.Stack(app, "There", env=cdk.Environment(account="444455556666", region="eu-west-1"))
    staged = cdk.Stack(cdk.Stage(app, "Live"), "Shop")
    for stack in (there, staged):
        orders = esm.SqsToLambda(stack, "Orders", function=function, **QUIET)
        with pytest.raises(esm.EsmError, match="one dashboard per stack"):
            esm.MappingDashboard(here, "Dashboard", mappings=[orders])


def test_by_default_each_stage_has_its_own_mappings(tmp_path: Path, function: esm.NewFunction) -> None:
    app = quiet_app(tmp_path)
    for scope in (app, cdk.Stage(app, "Test"), cdk.Stage(app, "Production")):
        stack = cdk.Stack(scope, "Shop")
        esm.MappingDashboard(stack, "Dashboard")
        esm.SqsToLambda(stack, "Orders", function=function)
    esm.SqsToLambda(cdk.Stack(cdk.Stage(app, "Unwatched"), "Shop"), "Orders", function=function)
    found = [one.template for one in app.synth().stacks_recursively]

    assert sorted(rows(shown(one)) for one in found if resources(one, DASHBOARD)) == [
        ["Production/Shop/Orders"],
        ["Shop/Orders"],
        ["Test/Shop/Orders"],
    ]


def test_weak_references_need_no_export(tmp_path: Path, function: esm.NewFunction) -> None:
    app = quiet_app(tmp_path)
    app.node.set_context("@aws-cdk/core:defaultCrossStackReferences", "weak")
    orders = esm.SqsToLambda(cdk.Stack(app, "Shop"), "Orders", function=function)
    esm.MappingDashboard(cdk.Stack(app, "Other"), "Dashboard", mappings=[orders])
    found = templates(app)

    assert "Fn::GetStackOutput" in json.dumps(found["Other"])
    assert not any("Export" in one for one in found["Shop"].get("Outputs", {}).values())


def test_a_nested_stack_is_deployed_with_its_parent_and_is_shown(
    app: cdk.App, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    nested = cdk.NestedStack(stack, "Nested")
    inner = esm.SqsToLambda(nested, "Inner", function=function)
    esm.SqsToLambda(stack, "Outer", function=function)
    esm.MappingDashboard(stack, "Dashboard")
    esm.MappingDashboard(nested, "Dashboard", mappings=[inner])
    template = templates(app)["Shop"]

    assert rows(shown(template)) == ["Shop/Nested/Inner", "Shop/Outer"]
    assert "Outputs" not in template
    (composite,) = resources(template, COMPOSITE).values()
    assert written(composite["AlarmRule"]).count("ALARM(") == 12


def test_a_mapping_of_another_app_is_refused(tmp_path: Path, stack: cdk.Stack, function: esm.NewFunction) -> None:
    other = esm.SqsToLambda(cdk.Stack(quiet_app(tmp_path / "other"), "Shop"), "Orders", function=function)

    with pytest.raises(esm.EsmError, match="one dashboard per stack"):
        esm.MappingDashboard(stack, "Dashboard", mappings=[other])
