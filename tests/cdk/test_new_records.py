"""What a New… record is given reaches CDK as it is: the resource is the one that CDK makes of the same properties."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from cdk_esm.constructs.intake.cdk_classes import OF_CDK
from tests.cdk import new_records as samples
from tests.cdk.templates import ROOT, is_locked_cdk, made, quiet_app
from tools.generate import WITH_CDK

Make = Callable[[cdk.Stack, esm.NewFunction, dict[str, Any]], Any]
ENVIRONMENT: Final = cdk.Environment(account="111122223333", region="eu-west-1")
AGREED: Final = {"ESM305": "a sample", "ESM309": "a sample"}


def a_function(stack: cdk.Stack, function: esm.NewFunction, given: dict[str, Any]) -> Any:
    inline = lambda_.Code.from_inline("def handler(event, context): ...")
    new = replace(function, code=inline, handler="index.handler", alias="live", **given)
    return esm.SqsToLambda(stack, "Orders", function=new, acknowledge=AGREED).function


def a_queue(stack: cdk.Stack, function: esm.NewFunction, given: dict[str, Any]) -> Any:
    return esm.SqsToLambda(stack, "Orders", function=function, queue=esm.NewQueue(**given), acknowledge=AGREED).queue


def a_fifo_queue(stack: cdk.Stack, function: esm.NewFunction, given: dict[str, Any]) -> Any:
    return esm.SqsFifoToLambda(stack, "Orders", function=function, queue=esm.NewQueue(**given)).queue


def a_stream(stack: cdk.Stack, function: esm.NewFunction, given: dict[str, Any]) -> Any:
    return esm.KinesisToLambda(stack, "Clicks", function=function, stream=esm.NewStream(**given)).stream


def a_table(stack: cdk.Stack, function: esm.NewFunction, given: dict[str, Any]) -> Any:
    new = esm.NewTable(samples.ID, **given)
    return esm.DynamoDbToLambda(stack, "Products", function=function, table=new, acknowledge=AGREED).table


def a_bucket(stack: cdk.Stack, function: esm.NewFunction, given: dict[str, Any]) -> Any:
    on_failure = esm.OnFailure.bucket(esm.NewBucket(**given))
    found = esm.KinesisToLambda(stack, "Clicks", function=function, on_failure=on_failure).on_failure
    assert found is not None
    return found


def around(cls: Any, stack: cdk.Stack) -> dict[str, Any]:
    """What a resource is given of the rest of its bundle, as others of the same kind."""
    if cls is lambda_.Function:
        role = iam.Role(stack, "Around", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        return {"role": role, "log_group": logs.LogGroup(stack, "AroundLogs")}
    if cls is sqs.Queue:
        return {"dead_letter_queue": sqs.DeadLetterQueue(queue=sqs.Queue(stack, "Around"), max_receive_count=5)}
    return {}


REPLACES: Final = {
    "point_in_time_recovery": "point_in_time_recovery_specification",
    "enforce_ssl": "minimum_tls_version",
}
"""By property: the default of ours that CDK does not take beside it."""
KINDS: Final[Mapping[str, tuple[Make, Any, Mapping[str, samples.Group]]]] = {
    "function": (a_function, lambda_.Function, samples.FUNCTION),
    "queue": (a_queue, sqs.Queue, samples.QUEUE),
    "fifo-queue": (a_fifo_queue, sqs.Queue, samples.FIFO),
    "stream": (a_stream, kinesis.Stream, samples.STREAM),
    "table": (a_table, dynamodb.TableV2, samples.TABLE),
    "bucket": (a_bucket, s3.Bucket, samples.BUCKET),
}


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[str], cdk.Stack]:
    """Makes a stack in an app of its own."""
    return lambda name: cdk.Stack(quiet_app(tmp_path / name), "Shop", env=ENVIRONMENT)


def every_group() -> Iterator[Any]:
    for kind, (make, cls, groups) in KINDS.items():
        for name, group in groups.items():
            yield pytest.param(make, cls, group, id=f"{kind}-{name}")


def masked(resource: Any) -> Any:
    """A resource without the logical ids that it names, which depend on where it is."""
    text = json.dumps(resource, sort_keys=True)
    text = re.sub(r'\{"Ref": "(?!AWS::)[^"]+"\}', '{"Ref": "…"}', text)
    return json.loads(re.sub(r'("Fn::GetAtt": \[)"[^"]+"', r'\1"…"', text))


def only_in(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What a resource has otherwise than another one."""
    return {name: value for name, value in one.items() if other.get(name) != value}


@pytest.mark.parametrize(("make", "cls", "group"), [*every_group()])
def test_a_resource_is_the_one_that_cdk_makes_of_our_defaults_and_the_properties_given(  # noqa: PLR0917 - a table
    make: Make,
    cls: Any,
    group: samples.Group,
    function: esm.NewFunction,
    fresh: Callable[[str], cdk.Stack],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handed: list[dict[str, Any]] = []
    original = cls.__init__

    def noted(self: Any, scope: Any, id_: str, **properties: Any) -> None:
        handed.append(properties)
        original(self, scope, id_, **properties)

    with monkeypatch.context() as patch:
        patch.setattr(cls, "__init__", noted)
        make(fresh("default"), function, {})
    stack, plain = fresh("ours"), fresh("plain")
    ours = masked(made(make(stack, function, group(stack))))
    given = group(plain)
    expected = {**handed[-1], **around(cls, plain), **given}
    for name, replaced in REPLACES.items():
        if name in given:
            expected.pop(replaced, None)
    theirs = masked(made(cls(plain, "Plain", **expected)))

    for resource in (ours, theirs):
        resource.pop("DependsOn", None)
    assert only_in(ours["Properties"], theirs["Properties"]) == {}
    assert ours == theirs


def test_the_samples_are_of_every_property_that_a_record_takes() -> None:
    tried = {
        "NewFunction": {*keys(samples.FUNCTION), *samples.ELSEWHERE_OF_FUNCTION},
        "NewQueue": {*keys(samples.QUEUE), *keys(samples.FIFO), "fifo_throughput"},
        "NewStream": keys(samples.STREAM),
        "NewTable": {*keys(samples.TABLE), "partition_key"},
        "NewBucket": keys(samples.BUCKET),
    }
    assert {name: {one.name for one in fields(getattr(esm, name))} for name in tried} == tried


def keys(groups: Mapping[str, samples.Group]) -> set[str]:
    return {name for group in groups.values() for name in group(cdk.Stack())}


@pytest.mark.parametrize("record", [*OF_CDK])
def test_every_property_of_cdks_constructor_is_taken_or_declined_with_a_reason(record: str) -> None:
    of_cdk, taken = OF_CDK[record], inspect.signature(getattr(esm, record)).parameters

    missing = [name for name in of_cdk.properties if name not in taken and name not in of_cdk.declined]
    assert missing == [], f"aws-cdk-lib has added these to {of_cdk.written}: {record} takes them, or says why not"


@pytest.mark.parametrize("record", [*OF_CDK])
def test_a_record_has_nothing_that_is_neither_cdks_nor_ours(record: str) -> None:
    if not is_locked_cdk():
        pytest.skip("an older aws-cdk-lib lacks some of the properties")
    of_cdk = OF_CDK[record]
    taken = {*inspect.signature(getattr(esm, record)).parameters}

    assert taken == {*of_cdk.properties, *of_cdk.own, *of_cdk.former} - of_cdk.declined.keys()
    assert of_cdk.declined.keys() <= {*of_cdk.properties}
    assert {*of_cdk.former.values()} <= taken


@pytest.mark.parametrize("record", [*OF_CDK])
def test_the_former_names_of_a_record_are_fields_that_nothing_keeps(record: str) -> None:
    cls = getattr(esm, record)
    kept = {one.name for one in fields(cls)}

    assert {*inspect.signature(cls).parameters} - kept == OF_CDK[record].former.keys()


def test_the_page_of_cdks_properties_is_fresh() -> None:
    if not is_locked_cdk():
        pytest.skip("the page belongs to the locked version of aws-cdk-lib")
    for name, write in WITH_CDK.items():
        committed = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert committed == write(), f"docs/{name} is stale: run `make docs`"
