"""The printed report of an app, a stack or a construct."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from cdk_esm.report.summary import summary as told_of


@pytest.fixture
def bundles(app: cdk.App, stack: cdk.Stack, function: esm.NewFunction) -> list[Any]:
    """Three mappings in two stacks, one of which is in a stage."""
    stage = cdk.Stage(app, "Live")
    return [
        esm.SqsToLambda(stack, "Orders", function=function, alarms=esm.Alarms(off={"age": "a night job"})),
        esm.KinesisToLambda(stack, "Clicks", function=function),
        esm.SqsToLambda(cdk.Stack(stage, "Shop"), "Orders", function=function),
    ]


def paragraphs(text: str) -> list[str]:
    return [part.splitlines()[0] for part in text.split("\n\n")]


def test_the_report_has_every_mapping_as_its_construct_has_it(app: cdk.App, bundles: list[Any]) -> None:
    text = esm.summary(app)

    assert text == told_of(bundles)
    assert "  alarms       dead_letters, errors, throttles, failures, stopped\n" in text
    assert paragraphs(text) == [
        "Shop/Orders: Amazon SQS standard queue to Lambda",
        "Shop/Clicks: Amazon Kinesis data stream to Lambda",
        "Live/Shop/Orders: Amazon SQS standard queue to Lambda",
    ]


def test_a_part_of_the_app_tells_of_what_is_in_it(app: cdk.App, bundles: list[Any]) -> None:
    assert paragraphs(esm.summary(bundles[0])) == ["Shop/Orders: Amazon SQS standard queue to Lambda"]
    assert paragraphs(esm.summary(app.node.find_child("Live"))) == [
        "Live/Shop/Orders: Amazon SQS standard queue to Lambda"
    ]
    assert len(paragraphs(esm.summary(cdk.Stack.of(bundles[0])))) == 2
    assert esm.summary(cdk.Stack(app, "Sho")) == "no mapping of cdk_esm is in Sho"


def test_the_report_can_be_asked_for_after_the_synthesis(app: cdk.App, bundles: list[Any]) -> None:
    before = esm.summary(app)
    app.synth()

    assert esm.summary(app) == before
    assert len(bundles) == 3
    assert esm.summary(cdk.App()) == "no mapping of cdk_esm is in the app"


@pytest.mark.parametrize("value", [None, "Shop", [1]])
def test_what_is_no_construct_is_refused(value: Any) -> None:
    with pytest.raises(esm.EsmError, match="summary takes an app, a stage, a stack or a construct, got"):
        esm.summary(value)
