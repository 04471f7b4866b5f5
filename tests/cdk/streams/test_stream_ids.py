"""Logical ids of streams are a contract: a mapping whose id changes is replaced, and forgets how far it had read."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from constructs import Construct

from cdk_esm import DynamoDbToLambda, KinesisToLambda, NewFunction
from tests.cdk.existing import a_function
from tests.cdk.reports import violations
from tests.cdk.streams.existing import a_consumer, a_stream, a_table
from tests.cdk.streams.variants import FROM_THE_START, SOURCES, Bundle, Variant, every_source
from tests.cdk.templates import logical_id, properties, resources

MAPPING = "AWS::Lambda::EventSourceMapping"
ROOT = Path(__file__).parents[3]
OF_ALL = {
    "Mapping": "Clicks81B5095A",
    "Policy": "ClicksPolicy785CFAC8",
    "Function": "ClicksFunction8C7BABE8",
    "Role": "ClicksRoleDD55FA00",
    "RoleDefaultPolicy": "ClicksRoleDefaultPolicy8466DBF7",
    "LogGroup": "ClicksLogGroup43D1ADB2",
    "Bucket": "EsmFailures424D4986",
    "BucketPolicy": "EsmFailuresPolicy7B996762",
    "IteratorAgeAlarm": "ClicksIteratorAgeAlarmD75B3730",
    "DroppedAlarm": "ClicksDroppedAlarmD3B02937",
    "DeliveriesAlarm": "ClicksDeliveriesAlarm795B7AB1",
    "DeliveryFailuresAlarm": "ClicksDeliveryFailuresAlarm5EFD2B55",
    "ErrorsAlarm": "ClicksErrorsAlarm20AC74F6",
    "ThrottlesAlarm": "ClicksThrottlesAlarm140D8C86",
    "FailuresAlarm": "ClicksFailuresAlarm84F2FF51",
    "StoppedAlarm": "ClicksStoppedAlarmA26F7976",
}
OF_A_SOURCE = {
    "shared": {"Stream": "ClicksStream351DBF42", "ReadThrottlesAlarm": "ClicksReadThrottlesAlarm8F2C55BC"},
    "fan-out": {
        "Stream": "ClicksStream351DBF42",
        "Consumer": "ClicksConsumerCBC147B8",
        "ConsumerLagAlarm": "ClicksConsumerLagAlarm61066A3A",
    },
    "dynamodb": {"Table": "ClicksTable0661CCFB"},
}
OF_A_DESTINATION = {"ClicksOnFailureB2D2C987", "ClicksOnFailurePolicy2B2E7432"}


@dataclass(frozen=True)
class Existing:
    """A source that was made before: our construct for it, its keywords, its ARN, and CDK's own event source."""

    construct: type[Bundle]
    keywords: dict[str, Any]
    arn: str
    event_source: lambda_.IEventSource

    def replace(self, scope: Construct, id: str, function: lambda_.IFunction, **keywords: Any) -> Bundle:  # noqa: A002 - CDK's word
        return self.construct(scope, id, function=function, **self.keywords, **keywords)


def existing(stack: cdk.Stack, source: str) -> Existing:
    start: dict[str, Any] = {"starting_position": FROM_THE_START}
    if source == "dynamodb":
        table = a_table(stack)
        assert table.table_stream_arn is not None
        made_by_cdk: lambda_.IEventSource = event_sources.DynamoEventSource(table, **start)
        return Existing(DynamoDbToLambda, {"table": table, **start}, table.table_stream_arn, made_by_cdk)
    stream = a_stream(stack)
    if source == "shared":
        made_by_cdk = event_sources.KinesisEventSource(stream, **start)
        return Existing(KinesisToLambda, {"stream": stream, **start}, stream.stream_arn, made_by_cdk)
    consumer = a_consumer(stack, stream)
    made_by_cdk = event_sources.KinesisConsumerEventSource(consumer, **start)
    return Existing(KinesisToLambda, {"enhanced_fan_out": consumer, **start}, consumer.stream_consumer_arn, made_by_cdk)


@every_source
def test_a_default_stream_bundle_has_these_ids(variant: Variant, stack: cdk.Stack, function: NewFunction) -> None:
    variant.build(stack, function)

    assert set(resources(stack)) == set((OF_ALL | OF_A_SOURCE[variant.source]).values())


@pytest.mark.parametrize("destination", ["queue", "topic"])
def test_a_new_destination_of_ones_own_has_these_ids(destination: str, stack: cdk.Stack, function: NewFunction) -> None:
    Variant("shared", destination).build(stack, function)
    found = {name for name in resources(stack) if name.startswith("ClicksOnFailure")}

    assert found == OF_A_DESTINATION


def test_around_an_existing_stream_a_bundle_has_these_ids(stack: cdk.Stack) -> None:
    Variant("fan-out", existing=True).build(stack, a_function(stack))
    gone = (
        "Function",
        "Role",
        "RoleDefaultPolicy",
        "LogGroup",
        "Bucket",
        "BucketPolicy",
        "Policy",
        "Stream",
        "Consumer",
    )
    kept = {id_ for name, id_ in (OF_ALL | OF_A_SOURCE["fan-out"]).items() if name not in gone}

    assert {name for name in resources(stack) if name.startswith("Clicks")} == kept | {"ClicksPolicyB3BA75AE"}


@pytest.mark.parametrize("nested", [False, True], ids=["in-the-stack", "in-a-construct"])
@pytest.mark.parametrize("source", SOURCES)
def test_a_stream_bundle_takes_the_place_of_a_bare_mapping(source: str, app: cdk.App, *, nested: bool) -> None:
    before, after = cdk.Stack(app, "Before"), cdk.Stack(app, "After")
    for stack in (before, after):
        function, there = a_function(stack), existing(stack, source)
        scope = Construct(stack, "Shop") if nested else stack
        if stack is before:
            lambda_.EventSourceMapping(
                scope, "Clicks", target=function, event_source_arn=there.arn, starting_position=FROM_THE_START
            )
        else:
            there.replace(scope, "Clicks", function)
    ((old_id, old),) = resources(before, MAPPING).items()
    ((new_id, new),) = resources(after, MAPPING).items()

    assert new_id == old_id
    assert new["Properties"].items() >= old["Properties"].items()


@pytest.mark.parametrize("source", SOURCES)
def test_a_pinned_id_takes_the_place_of_an_added_stream(source: str, app: cdk.App) -> None:
    before, after = cdk.Stack(app, "Before"), cdk.Stack(app, "After")
    function = a_function(before)
    function.add_event_source(existing(before, source).event_source)
    (added,) = (child for child in function.node.children if isinstance(child, lambda_.EventSourceMapping))
    old_id = logical_id(added)
    bundle = existing(after, source).replace(after, "Clicks", a_function(after), logical_id=old_id)

    assert set(resources(after, MAPPING)) == {old_id}
    for name in ("EventSourceArn", "FunctionName", "StartingPosition"):
        assert properties(bundle.mapping)[name] == properties(added)[name]
    assert {"Ref": old_id} in [one["Value"] for one in properties(bundle.alarms["dropped"])["Dimensions"]]


def two_readers(stack: cdk.Stack, function: lambda_.Function) -> dict[str, dict[str, Any]]:
    """Ways in which one function may read one stream twice: what the second mapping has other than the first."""
    alias = lambda_.Alias(stack, "Live", alias_name="live", version=function.current_version)
    return {"an-alias": {"function": alias}, "fan-out": {"enhanced_fan_out": True}}


@pytest.mark.parametrize("way", ["an-alias", "fan-out"])
def test_one_function_reads_one_stream_twice_under_ids_of_its_own(way: str, app: cdk.App, stack: cdk.Stack) -> None:
    function, stream = a_function(stack), a_stream(stack)
    first: dict[str, Any] = {"function": function, "stream": stream, "starting_position": FROM_THE_START}
    quick = KinesisToLambda(stack, "Quick", **first)
    slow = KinesisToLambda(stack, "Slow", **{**first, **two_readers(stack, function)[way]})

    assert logical_id(quick.mapping) != logical_id(slow.mapping)
    assert not [rule for rule, _, _ in violations(app) if rule != "ESM314"]


@pytest.mark.parametrize("source", SOURCES)
def test_the_same_source_twice_on_one_function_is_refused_when_the_app_is_synthesized(
    source: str, app: cdk.App, stack: cdk.Stack
) -> None:
    function, there = a_function(stack), existing(stack, source)
    there.replace(stack, "Quick", function)
    there.replace(stack, "Slow", function)

    assert ("ESM208", "fatal", "Shop/Slow") in violations(app)


def test_two_processes_make_the_same_templates_whatever_the_order_of_their_sets(tmp_path: Path, code: str) -> None:
    outputs = [tmp_path / seed for seed in ("1", "2")]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.cdk.streams.small_app", code, str(output)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": output.name},
        )
        for output in outputs
    ]

    assert [process.wait() for process in processes] == [0, 0]
    one, other = (
        {file.name: file.read_bytes() for file in sorted(output.glob("*.template.json"))} for output in outputs
    )
    assert set(one) == {"Shop.template.json", "Other.template.json"}
    assert one == other
