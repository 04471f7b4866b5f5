"""The former names, what is not taken, and CDK's own values in the place of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk.templates import properties

ID = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)


def test_a_former_name_means_what_it_meant() -> None:
    key: Any = object()

    assert esm.NewFunction("code", "app.handler", memory_mb=256, reserved_concurrency=5) == esm.NewFunction(
        "code", "app.handler", memory_size=256, reserved_concurrent_executions=5
    )
    assert esm.NewQueue(retention=cdk.Duration.days(1)).retention_period is not None
    assert esm.NewQueue(encryption_key=key).encryption_master_key is key
    assert esm.NewStream(retention=cdk.Duration.days(1)).retention_period is not None
    assert esm.NewTable(ID, stream_view=dynamodb.StreamViewType.NEW_IMAGE).dynamo_stream is not None
    assert esm.NewTable(ID, encryption_key=key).encryption is key


@pytest.mark.parametrize(
    ("record", "given", "former", "name"),
    [
        (
            esm.NewFunction,
            {"code": "x", "handler": "a.b", "memory_mb": 1, "memory_size": 1},
            "memory_mb",
            "memory_size",
        ),
        (esm.NewQueue, {"retention": 1, "retention_period": 1}, "retention", "retention_period"),
        (esm.NewTable, {"partition_key": ID, "stream_view": 1, "dynamo_stream": 1}, "stream_view", "dynamo_stream"),
    ],
    ids=["function", "queue", "table"],
)
def test_a_former_name_beside_todays_is_refused_with_both_names(
    record: Any, given: dict[str, Any], former: str, name: str
) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        record(**given)

    [finding] = caught.value.findings
    assert (finding.rule.id, finding.setting) == ("ESM007", former)
    assert former in finding.message
    assert name in finding.message


@pytest.mark.parametrize(
    ("make", "words", "page"),
    [
        pytest.param(lambda: esm.NewQueue(dead_letter_queue=1), "dead_letter_queue=…", "aws_sqs", id="settled-by-us"),  # type: ignore[call-arg]
        pytest.param(lambda: esm.NewBucket(website_index_document="i"), "s3.Bucket(…)", "aws_s3", id="no-such-bucket"),  # type: ignore[call-arg]
    ],
)
def test_a_property_that_is_not_taken_says_why_and_leads_around(
    make: Callable[[], object], words: str, page: str
) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        make()

    [finding] = caught.value.findings
    assert finding.rule.id == "ESM008"
    assert words in finding.fix
    assert page in finding.page


@pytest.mark.parametrize(
    ("make", "words", "page"),
    [
        pytest.param(
            lambda: esm.NewFunction("x", "a.b", bundling=1),  # type: ignore[call-arg]
            "lambda_.Function(…), and pass that as function",
            "aws_lambda",
            id="function",
        ),
        pytest.param(
            lambda: esm.NewQueue(redrive=1),  # type: ignore[call-arg]
            "sqs.Queue(…), and pass that as queue",
            "aws_sqs",
            id="queue",
        ),
        pytest.param(
            lambda: esm.NewStream(shards=1),  # type: ignore[call-arg]
            "kinesis.Stream(…), and pass that as stream",
            "aws_kinesis",
            id="stream",
        ),
        pytest.param(
            lambda: esm.NewTable(ID, capacity=1),  # type: ignore[call-arg]
            "dynamodb.TableV2(…), and pass that as table",
            "aws_dynamodb",
            id="table",
        ),
    ],
)
def test_a_keyword_that_there_is_not_leads_to_cdk_and_to_its_page(
    make: Callable[[], object], words: str, page: str
) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        make()

    [finding] = caught.value.findings
    assert finding.rule.id == "ESM002"
    assert words in finding.fix
    assert f"aws_cdk.{page}/" in finding.page


def test_a_property_that_the_installed_cdk_lacks_is_told_with_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    from cdk_esm.constructs.intake.cdk_classes import OF_CDK, installed  # noqa: PLC0415 - to change it here

    older = [name for name in OF_CDK["NewBucket"].properties if name != "abac_status"]
    monkeypatch.setitem(vars(OF_CDK["NewBucket"]), "properties", tuple(older))

    esm.NewBucket()
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.NewBucket(abac_status=True)
    [finding] = caught.value.findings
    assert (finding.rule.id, finding.setting) == ("ESM009", "abac_status")
    assert installed() in finding.message


def test_a_filter_of_cdk_is_the_text_that_it_holds(stack: cdk.Stack, function: esm.NewFunction) -> None:
    rule = lambda_.FilterCriteria.filter({"body": {"lane": lambda_.FilterRule.is_equal("express")}})
    orders = esm.SqsToLambda(stack, "Orders", function=function, filters=[rule])

    assert orders.plan.filters == ('{"body":{"lane":["express"]}}',)


@pytest.mark.parametrize(
    "cls", [sources.ProvisionedPollerConfig, lambda_.ProvisionedPollerConfig], ids=["event-source", "mapping"]
)
def test_pollers_of_cdk_are_taken(cls: Any, stack: cdk.Stack, function: esm.NewFunction) -> None:
    pollers = cls(minimum_pollers=3, maximum_pollers=30)
    orders = esm.SqsToLambda(stack, "Orders", function=function, provisioned_poller_config=pollers)

    assert properties(orders.mapping)["ProvisionedPollerConfig"] == {"MinimumPollers": 3, "MaximumPollers": 30}


@pytest.mark.parametrize(
    ("wrapped", "written"),
    [
        pytest.param(lambda at: sources.SqsDlq(sqs.Queue(at, "Lost")), "OnFailure.queue(queue)", id="queue"),
        pytest.param(lambda at: sources.SnsDlq(sns.Topic(at, "Lost")), "OnFailure.topic(topic)", id="topic"),
        pytest.param(
            lambda at: sources.S3OnFailureDestination(s3.Bucket(at, "Lost")), "OnFailure.bucket(bucket)", id="bucket"
        ),
    ],
)
def test_a_destination_of_cdk_is_refused_with_what_takes_its_resource(
    wrapped: Callable[[cdk.Stack], Any], written: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.KinesisToLambda(stack, "Clicks", function=function, on_failure=wrapped(stack))

    [finding] = caught.value.findings
    assert finding.rule.id == "ESM001"
    assert finding.fix.startswith(f"write on_failure=esm.{written}")
