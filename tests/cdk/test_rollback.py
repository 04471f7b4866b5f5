"""A canary on the alias of a mapping rolls back on alarms that make no circle; the others make one, which is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_codedeploy as codedeploy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_

import cdk_esm as esm
from tests.cdk.brokers.variants import build

KEY = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
ON_KAFKA: dict[str, Any] = {
    "cluster": "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/11111111-2222-3333-4444-555555555555-s1",
    "authentication": esm.MskAuthentication.iam(),
    "topic": "orders",
    "starting_position": lambda_.StartingPosition.TRIM_HORIZON,
    "alarms": esm.Alarms(thresholds={"offset_lag": 10_000}),
}
BUILD: Mapping[str, Any] = {
    "sqs": lambda *at: esm.SqsToLambda(at[0], "Orders", function=at[1], filters=[{"body": {"a": [1]}}]),
    "sqs-fifo": lambda *at: esm.SqsFifoToLambda(at[0], "Orders", function=at[1]),
    "kinesis": lambda *at: esm.KinesisToLambda(at[0], "Orders", function=at[1]),
    "kinesis-efo": lambda *at: esm.KinesisToLambda(at[0], "Orders", function=at[1], enhanced_fan_out=True),
    "dynamodb": lambda *at: esm.DynamoDbToLambda(at[0], "Orders", function=at[1], table=esm.NewTable(KEY)),
    "msk-serverless": lambda *at: esm.MskToLambda(at[0], "Orders", function=at[1], **ON_KAFKA),
    "rabbitmq": lambda *at: build("rabbitmq", at[0], at[1], "Orders"),
    "documentdb": lambda *at: build("documentdb", at[0], at[1], "Orders"),
}
EXPECTED: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "sqs": (("age", "dead_letters", "errors", "throttles"), ("failures", "filtered", "stopped")),
    "sqs-fifo": (("age", "dead_letters", "errors", "throttles"), ("failures", "stopped")),
    "kinesis": (
        ("iterator_age", "read_throttles", "delivery_failures", "errors", "throttles"),
        ("dropped", "deliveries", "failures", "stopped"),
    ),
    "kinesis-efo": (
        ("iterator_age", "consumer_lag", "delivery_failures", "errors", "throttles"),
        ("dropped", "deliveries", "failures", "stopped"),
    ),
    "dynamodb": (
        ("iterator_age", "delivery_failures", "errors", "throttles"),
        ("dropped", "deliveries", "failures", "stopped"),
    ),
    "msk-serverless": (
        ("delivery_failures", "errors", "throttles"),
        ("offset_lag", "polling_errors", "commit_errors", "dropped", "deliveries", "failures", "stopped"),
    ),
    "rabbitmq": (("backlog", "errors", "throttles"), ()),
    "documentdb": (("iterator_age", "oversized", "errors", "throttles"), ()),
}


def canary(stack: cdk.Stack, alias: Any, alarms: list[cloudwatch.Alarm]) -> dict[str, Any]:
    """The template with a deployment group on the alias that rolls back on the alarms."""
    codedeploy.LambdaDeploymentGroup(
        stack,
        "Rollout",
        alias=alias,
        deployment_config=codedeploy.LambdaDeploymentConfig.CANARY_10_PERCENT_5_MINUTES,
        alarms=alarms,
    )
    found: dict[str, Any] = cdk.App.of(stack).synth().get_stack_by_name("Shop").template  # type: ignore[union-attr]
    return found


def references(value: Any) -> Iterator[str]:
    """The logical ids that a part of a template refers to."""
    if isinstance(value, list):
        for one in value:
            yield from references(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name == "Ref":
                yield one
            elif name == "Fn::GetAtt":
                yield one[0]
            else:
                yield from references(one)


def circle(template: Mapping[str, Any]) -> list[str]:
    """The types of the resources on a circle of dependencies; nothing if there is none."""
    resources = template["Resources"]
    edges = {
        name: [*references({**one, "DependsOn": None}), *_listed(one.get("DependsOn"))]
        for name, one in resources.items()
    }
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return way[way.index(name) :]
        if name in done or name not in edges:
            return []
        for other in edges[name]:
            found = walk(other, [*way, name])
            if found:
                return found
        done.add(name)
        return []

    found = next((way for name in edges if (way := walk(name, []))), [])
    return [resources[name]["Type"].rpartition("::")[2] for name in found]


def _listed(depends_on: Any) -> list[str]:
    return [depends_on] if isinstance(depends_on, str) else depends_on or []


@pytest.mark.parametrize("source", BUILD)
def test_a_canary_rolls_back_without_a_circle(source: str, stack: cdk.Stack, function: esm.NewFunction) -> None:
    bundle = BUILD[source](stack, replace(function, alias="live"))
    safe, other = EXPECTED[source]
    by_id = {alarm.node.id: key for key, alarm in bundle.alarms.items()}

    assert [by_id[alarm.node.id] for alarm in bundle.alarms.for_rollback] == list(safe)
    assert set(bundle.alarms) == {*safe, *other}
    template = canary(stack, bundle.target, bundle.alarms.for_rollback)
    assert circle(template) == []
    (group,) = (one for one in template["Resources"].values() if one["Type"] == "AWS::CodeDeploy::DeploymentGroup")
    assert len(group["Properties"]["AlarmConfiguration"]["Alarms"]) == len(safe)


@pytest.mark.parametrize("key", ["failures", "filtered", "stopped"])
def test_each_alarm_on_the_mapping_makes_a_circle(key: str, stack: cdk.Stack, function: esm.NewFunction) -> None:
    orders = BUILD["sqs"](stack, replace(function, alias="live"))
    found = circle(canary(stack, orders.target, [orders.alarms[key]]))

    assert set(found) == {"EventSourceMapping", "Alias", "DeploymentGroup", "Alarm"}


def test_the_alarms_of_a_function_do_not_name_its_alias(stack: cdk.Stack, function: esm.NewFunction) -> None:
    first = esm.SqsToLambda(stack, "First", function=function)
    alias = lambda_.Alias(stack, "Live", alias_name="live", version=first.function.latest_version)
    orders = esm.SqsToLambda(stack, "Orders", function=alias)
    template = cdk.App.of(stack).synth().get_stack_by_name("Shop").template  # type: ignore[union-attr]

    aliases = {name for name, one in template["Resources"].items() if one["Type"] == "AWS::Lambda::Alias"}
    alarms = [one for one in template["Resources"].values() if one["Type"] == "AWS::CloudWatch::Alarm"]
    assert orders.alarms.for_rollback
    assert not any(aliases & set(references(one)) for one in alarms)


def test_an_alarm_that_is_not_there_is_named_with_those_that_are(stack: cdk.Stack, function: esm.NewFunction) -> None:
    orders = esm.SqsToLambda(stack, "Orders", function=function)

    with pytest.raises(KeyError, match=r"no alarm 'dead_letter', only age, .*did you mean 'dead_letters'"):
        orders.alarms["dead_letter"]
