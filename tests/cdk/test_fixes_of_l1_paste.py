"""An L1 in a slot for a resource: the fix that is named pastes, and then the construct takes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk.pasting import NAMES

ROLE = "arn:aws:iam::111122223333:role/fulfil"
START: Mapping[str, Any] = {"starting_position": lambda_.StartingPosition.TRIM_HORIZON}
ACCEPTED: Mapping[str, Any] = {"acknowledge": {"ESM308": "drained by hand", "ESM318": "on purpose"}}
FILTERS: Mapping[str, Any] = {"filters": [{"data": {"kind": ["a"]}}]}
Make = Callable[[cdk.Stack], Any]


def a_stream(stack: cdk.Stack) -> kinesis.Stream:
    return kinesis.Stream(stack, "Clicks")


@dataclass(frozen=True)
class Case:
    """An L1 in a slot, and what the fix calls it."""

    make: Make
    name: str
    construct: Any
    keyword: str
    more: Mapping[str, Any] = field(default_factory=dict)


CASES: Mapping[str, Case] = {
    "a queue": Case(lambda s: sqs.CfnQueue(s, "It"), "queue", esm.SqsToLambda, "queue"),
    "a stream": Case(
        lambda s: kinesis.CfnStream(s, "It", shard_count=1), "stream", esm.KinesisToLambda, "stream", START
    ),
    "a table": Case(lambda s: dynamodb.CfnTable(s, "It", key_schema=[]), "table", esm.DynamoDbToLambda, "table"),
    "a function": Case(
        lambda s: lambda_.CfnFunction(s, "It", code={}, role=ROLE), "function", esm.KinesisToLambda, "function"
    ),
    "a key": Case(
        lambda s: kms.CfnKey(s, "It", key_policy={}), "key", esm.KinesisToLambda, "filter_encryption", FILTERS
    ),
    "a bucket for failures": Case(lambda s: s3.CfnBucket(s, "It"), "bucket", esm.KinesisToLambda, "on_failure"),
    "a queue for failures": Case(lambda s: sqs.CfnQueue(s, "It"), "queue", esm.KinesisToLambda, "on_failure"),
    "a topic for failures": Case(lambda s: sns.CfnTopic(s, "It"), "topic", esm.KinesisToLambda, "on_failure"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_fix_for_an_l1_pastes(case: str, stack: cdk.Stack, function: Any) -> None:
    asked = CASES[case]
    it, keyword = asked.make(stack), asked.keyword
    keywords: dict[str, Any] = {"function": function, **asked.more, keyword: it}
    with pytest.raises(esm.EsmTypeError) as caught:
        asked.construct(stack, "Orders", **keywords)
    (finding,) = caught.value.findings
    code = re.sub(r" \((?:from|import) [^()]*\)$", "", finding.fix).removeprefix(f"write {keyword}=")
    role = iam.Role.from_role_arn(stack, "Role", ROLE)
    bound = {**NAMES, "self": stack, asked.name: it, "role": role}
    keywords[keyword] = eval(code.removesuffix(", with its role"), bound)  # noqa: S307 - our own output
    made = asked.construct(stack, "Orders", **keywords, **ACCEPTED)

    assert made.mapping is not None


def test_a_consumer_as_an_l1_is_refused_with_the_way_that_keeps_its_logical_id(stack: cdk.Stack, function: Any) -> None:
    stream = a_stream(stack)
    it = kinesis.CfnStreamConsumer(stack, "It", consumer_name="ours", stream_arn=stream.stream_arn)
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.KinesisToLambda(stack, "Clicked", function=function, enhanced_fan_out=it, **START)  # type: ignore[type-var]

    assert "override_logical_id" in caught.value.findings[0].fix
    stack.node.try_remove_child("It")
    consumer = kinesis.StreamConsumer(stack, "It", stream=stream, stream_consumer_name="ours")
    l1: Any = consumer.node.default_child
    l1.override_logical_id("It")
    made = esm.KinesisToLambda(stack, "Clicked", function=function, enhanced_fan_out=consumer, **START)
    assert made.consumer is consumer
