"""What follows from a NewFunction for the rest of its bundle: its role, log group, alias, and what rules know."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk.granted import actions, refused, statements
from tests.cdk.templates import arn_of, logical_id, made, properties, resources


def test_a_role_of_the_users_gets_what_function_and_poller_need_in_our_own_scope(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    role = iam.Role(stack, "Mine", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    orders = esm.SqsToLambda(stack, "Orders", function=replace(function, role=role))

    assert orders.role is role
    assert len(resources(stack, "AWS::IAM::Role")) == 1
    assert actions(stack, "OrdersFunctionPolicy") == {"logs:CreateLogStream", "logs:PutLogEvents"}
    assert "sqs:ReceiveMessage" in actions(stack, "OrdersPolicy")
    assert actions(stack, "MineDefaultPolicy") == {"xray:PutTelemetryRecords", "xray:PutTraceSegments"}
    [depends] = [one for one in made(orders.function)["DependsOn"] if one.startswith("OrdersFunctionPolicy")]
    assert depends in resources(stack)


def test_a_role_that_cannot_be_changed_is_left_alone_and_the_report_says_so(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    arn = "arn:aws:iam::111122223333:role/mine"
    role = iam.Role.from_role_arn(stack, "Mine", arn, mutable=False)
    orders = esm.SqsToLambda(stack, "Orders", function=replace(function, role=role))

    assert resources(stack, "AWS::IAM::Policy") == {}
    assert "ESM401" in {one.rule.id for one in orders.findings}


def test_a_log_group_of_the_users_takes_the_place_of_ours(stack: cdk.Stack, function: esm.NewFunction) -> None:
    mine = logs.LogGroup(stack, "Logs", retention=logs.RetentionDays.ONE_YEAR)
    orders = esm.SqsToLambda(stack, "Orders", function=replace(function, log_group=mine))

    assert orders.log_group is mine
    assert [*resources(stack, "AWS::Logs::LogGroup")] == [logical_id(mine)]
    assert arn_of(mine) in [one["Resource"] for one in statements(stack, "OrdersRoleDefaultPolicy")]


def test_what_only_a_new_log_group_takes_is_refused_beside_ones_own(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    mine = logs.LogGroup(stack, "Logs")
    new = replace(
        function, log_group=mine, log_retention=logs.RetentionDays.ONE_DAY, log_removal_policy=cdk.RemovalPolicy.DESTROY
    )

    assert refused(lambda: esm.SqsToLambda(stack, "Orders", function=new)) == [
        ("ESM007", "function.log_retention"),
        ("ESM007", "function.log_removal_policy"),
    ]


def test_the_log_groups_own_removal_policy_wins_over_the_constructs(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    new = replace(function, log_removal_policy=cdk.RemovalPolicy.RETAIN)
    orders = esm.SqsToLambda(stack, "Orders", function=new, removal_policy=cdk.RemovalPolicy.DESTROY)
    assert orders.log_group is not None

    assert (made(orders.log_group)["DeletionPolicy"], made(orders.queue)["DeletionPolicy"]) == ("Retain", "Delete")


def test_tracing_is_taken_in_cdks_words_and_in_ours(stack: cdk.Stack, function: esm.NewFunction) -> None:
    given = {
        "Default": None,
        "Yes": True,
        "Active": lambda_.Tracing.ACTIVE,
        "No": False,
        "Disabled": lambda_.Tracing.DISABLED,
        "Through": lambda_.Tracing.PASS_THROUGH,
    }
    made_of = {
        name: esm.SqsToLambda(stack, name, function=replace(function, tracing=tracing)).function
        for name, tracing in given.items()
    }
    modes = {name: properties(one).get("TracingConfig") for name, one in made_of.items()}
    active = {"Mode": "Active"}

    assert modes == {
        "Default": active,
        "Yes": active,
        "Active": active,
        "No": None,
        "Disabled": None,
        "Through": {"Mode": "PassThrough"},
    }


def an_image(folder: Path) -> lambda_.DockerImageCode:
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM public.ecr.aws/lambda/python:3.13\n")
    return lambda_.DockerImageCode.from_image_asset(str(folder))


def test_an_image_needs_no_handler_and_is_built_for_the_functions_processor(stack: cdk.Stack, tmp_path: Path) -> None:
    image = an_image(tmp_path / "image")
    orders = esm.SqsToLambda(stack, "Orders", function=esm.NewFunction(code=image))

    made_of = properties(orders.function)
    assert made_of["PackageType"] == "Image"
    assert made_of["Architectures"] == ["arm64"]
    assert {"Handler", "Runtime"} & made_of.keys() == set()
    assert isinstance(orders.function, lambda_.DockerImageFunction)


def test_an_image_brings_its_own_handler_and_runtime(stack: cdk.Stack, tmp_path: Path) -> None:
    image = an_image(tmp_path / "image")
    new = esm.NewFunction(code=image, handler="app.handler", runtime=lambda_.Runtime.PYTHON_3_13)

    found = refused(lambda: esm.SqsToLambda(stack, "Orders", function=new))
    assert found == [("ESM001", "function.handler"), ("ESM001", "function.runtime")]


def test_what_rules_know_of_a_function_is_judged_before_it_is_made(stack: cdk.Stack, function: esm.NewFunction) -> None:
    tenants = replace(function, tenancy_config=lambda_.TenancyConfig.PER_TENANT)
    durable = replace(function, durable_config=lambda_.DurableConfig(execution_timeout=cdk.Duration.minutes(5)))
    snapped = replace(function, snap_start=lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS)
    lost = replace(function, dead_letter_queue=sqs.Queue(stack, "Dead"))

    assert refused(lambda: esm.SqsToLambda(stack, "Tenants", function=tenants)) == [("ESM209", "TenancyConfig")]
    assert "ESM210" in [rule for rule, _ in refused(lambda: esm.SqsToLambda(stack, "Durable", function=durable))]
    assert "ESM360" in {one.rule.id for one in esm.SqsToLambda(stack, "Snapped", function=snapped).findings}
    assert "ESM313" in {one.rule.id for one in esm.SqsToLambda(stack, "Lost", function=lost).findings}


def test_provisioned_concurrency_of_an_alias_stays_as_it_was_given(stack: cdk.Stack, function: esm.NewFunction) -> None:
    alias = esm.NewAlias("live", provisioned_concurrent_executions=5, description="for the queue")
    orders = esm.SqsToLambda(stack, "Orders", function=replace(function, alias=alias))

    assert properties(orders.target) | {"FunctionName": "", "FunctionVersion": ""} == {
        "Name": "live",
        "Description": "for the queue",
        "FunctionName": "",
        "FunctionVersion": "",
        "ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 5},
    }
    assert resources(stack, "AWS::ApplicationAutoScaling::ScalableTarget") == {}


def test_provisioned_concurrency_follows_the_load_between_its_bounds(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    ready = esm.ScaledConcurrency(2, 20, scale_in_cooldown=cdk.Duration.minutes(5))
    alias = esm.NewAlias("live", provisioned_concurrent_executions=ready)
    orders = esm.SqsToLambda(stack, "Orders", function=replace(function, alias=alias))

    assert properties(orders.target)["ProvisionedConcurrencyConfig"] == {"ProvisionedConcurrentExecutions": 2}
    [target] = resources(stack, "AWS::ApplicationAutoScaling::ScalableTarget").values()
    assert (target["Properties"]["MinCapacity"], target["Properties"]["MaxCapacity"]) == (2, 20)
    [policy] = resources(stack, "AWS::ApplicationAutoScaling::ScalingPolicy").values()
    tracking = policy["Properties"]["TargetTrackingScalingPolicyConfiguration"]
    assert (tracking["TargetValue"], tracking["ScaleInCooldown"]) == (0.7, 300)


@pytest.mark.parametrize(
    ("ready", "place"),
    [
        pytest.param("5", "", id="a-text"),
        pytest.param(0, "", id="nothing-ready"),
        pytest.param(11, "", id="more-than-is-reserved"),
        pytest.param(esm.ScaledConcurrency(0, 5), ".minimum", id="no-minimum"),
        pytest.param(esm.ScaledConcurrency(6, 5), ".maximum", id="upside-down"),
        pytest.param(esm.ScaledConcurrency(1, 11), "", id="scaled-above-what-is-reserved"),
        pytest.param(esm.ScaledConcurrency(1, 5, utilization_target=70), ".utilization_target", id="in-percent"),
    ],
)
def test_provisioned_concurrency_that_cannot_be_is_refused(
    ready: Any, place: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    alias = esm.NewAlias("live", provisioned_concurrent_executions=ready)
    new = replace(function, alias=alias, reserved_concurrent_executions=10)
    settings = [setting for _, setting in refused(lambda: esm.SqsToLambda(stack, "Orders", function=new))]

    assert settings == [f"function.alias.provisioned_concurrent_executions{place}"]


@pytest.mark.parametrize("ready", [5, esm.ScaledConcurrency(2, 20)], ids=["a-number", "scaled"])
def test_instances_that_start_from_a_snapshot_are_not_kept_ready(
    ready: Any, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    snapped = replace(function, snap_start=lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS)
    alias = replace(snapped, alias=esm.NewAlias("live", provisioned_concurrent_executions=ready))
    options = lambda_.VersionOptions(provisioned_concurrent_executions=5)
    version = replace(snapped, alias="live", current_version_options=options)

    for place, new in (("alias", alias), ("current_version_options", version)):
        found = refused(lambda new=new: esm.SqsToLambda(stack, "Orders", function=new))  # type: ignore[misc]
        assert found == [("ESM001", f"function.{place}.provisioned_concurrent_executions")]
    assert esm.SqsToLambda(stack, "Orders", function=replace(snapped, alias="live")).findings == ()


def test_lambda_takes_no_snapshots_of_images(stack: cdk.Stack, tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM public.ecr.aws/lambda/python:3.14\n")
    image = lambda_.DockerImageCode.from_image_asset(str(tmp_path))
    new = esm.NewFunction(code=image, alias="live", snap_start=lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS)

    assert refused(lambda: esm.SqsToLambda(stack, "Orders", function=new)) == [("ESM001", "function.snap_start")]
