"""Acknowledgements that CDK keeps beside the templates settle findings of ``cdk-esm check`` about plain mappings."""

import json
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct, IConstruct

from cdk_esm.__main__ import main

REASON = "the producer sends every message again"


def plain_mapping(scope: Construct) -> lambda_.EventSourceMapping:
    """A mapping of CDK's own, of a queue without a dead-letter queue, which is a danger."""
    queue = sqs.Queue(scope, "Queue", visibility_timeout=cdk.Duration.seconds(180))
    function = lambda_.Function(
        scope,
        "Function",
        runtime=lambda_.Runtime.PYTHON_3_13,
        handler="index.handler",
        code=lambda_.Code.from_inline("def handler(event, context): return {}"),
        timeout=cdk.Duration.seconds(30),
    )
    source = event_sources.SqsEventSource(queue, report_batch_item_failures=True)
    function.add_event_source(source)
    mapping = function.node.find_child(f"SqsEventSource:{cdk.Names.node_unique_id(queue.node)}")
    assert isinstance(mapping, lambda_.EventSourceMapping)
    return mapping


def acknowledge(scope: IConstruct, rule: str = "ESM308", reason: str = REASON) -> None:
    cdk.Validations.of(scope).acknowledge(cdk.Acknowledgment(id=f"cdk-esm::{rule}", reason=reason))


def checked(app: cdk.App, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    """What the command line says of an app's assembly: its exit status, and rule to reason."""
    folder = app.synth().directory
    capsys.readouterr()
    status = main(["check", folder, "--format", "json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    return status, {finding["rule"]: finding["acknowledged"] for finding in findings}


def test_plain_mapping_without_an_acknowledgement_fails(
    app: cdk.App, stack: cdk.Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    plain_mapping(stack)

    assert checked(app, capsys) == (1, {"ESM308": None})


@pytest.mark.parametrize("where", ["mapping", "function", "stack", "construct of the mapping itself"])
def test_acknowledgement_on_a_plain_mapping_or_above_it_counts(
    where: str, app: cdk.App, stack: cdk.Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = plain_mapping(stack)
    scopes: list[IConstruct] = mapping.node.scopes
    itself = mapping.node.default_child
    assert itself is not None
    by_name = {"mapping": mapping, "function": scopes[-2], "stack": stack, "construct of the mapping itself": itself}
    acknowledge(by_name[where])

    assert checked(app, capsys) == (0, {"ESM308": REASON})


def test_nearest_acknowledgement_gives_the_reason(
    app: cdk.App, stack: cdk.Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    acknowledge(plain_mapping(stack), reason="the nearest")
    acknowledge(stack, reason="the farthest")

    assert checked(app, capsys) == (0, {"ESM308": "the nearest"})


@pytest.mark.parametrize("below", ["nested stack", "stage"])
def test_acknowledgement_of_a_stack_counts_in_nested_stacks_and_in_stages(
    below: str, app: cdk.App, stack: cdk.Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    if below == "stage":
        stack = cdk.Stack(cdk.Stage(app, "Live"), "Shop")
    plain_mapping(cdk.NestedStack(stack, "Part") if below == "nested stack" else stack)
    acknowledge(stack)

    assert checked(app, capsys) == (0, {"ESM308": REASON})


def test_acknowledgement_elsewhere_of_another_rule_or_of_an_error_settles_nothing(
    app: cdk.App, stack: cdk.Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = plain_mapping(stack)
    acknowledge(cdk.Stack(app, "ShopToo"))
    acknowledge(stack.node.find_child("Queue"))
    acknowledge(mapping, "ESM311")
    cdk.Validations.of(mapping).acknowledge(cdk.Acknowledgment(id="AwsSolutions::ESM308", reason=REASON))

    assert checked(app, capsys) == (1, {"ESM308": None})


def test_acknowledgement_of_what_aws_refuses_settles_nothing(
    app: cdk.App, stack: cdk.Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = plain_mapping(stack)
    function = stack.node.find_child("Function").node.default_child
    assert isinstance(function, lambda_.CfnFunction)
    function.timeout = 200
    for rule in ("ESM301", "ESM308"):
        acknowledge(mapping, rule)

    assert checked(app, capsys) == (1, {"ESM301": None, "ESM308": REASON})
