"""What a construct grants comes last, so a rule that reads it is asked again: it then names the role."""

from __future__ import annotations

from collections.abc import Callable

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk.existing import a_function

HOME, STRANGER = "111122223333", "444455556666"
ROLE_ARN = f"arn:aws:iam::{HOME}:role/fulfil"
START = lambda_.StartingPosition.TRIM_HORIZON

Bundle = esm.SqsToLambda | esm.KinesisToLambda | esm.DynamoDbToLambda


def of_a_queue(stack: cdk.Stack, function: lambda_.IFunction) -> Bundle:
    queue = sqs.Queue.from_queue_arn(stack, "Queue", f"arn:aws:sqs:eu-west-1:{STRANGER}:orders")
    return esm.SqsToLambda(stack, "Orders", function=function, queue=queue)


def of_a_stream(stack: cdk.Stack, function: lambda_.IFunction) -> Bundle:
    stream = kinesis.Stream.from_stream_arn(stack, "Stream", f"arn:aws:kinesis:eu-west-1:{STRANGER}:stream/orders")
    return esm.KinesisToLambda(stack, "Orders", function=function, stream=stream, starting_position=START)


def of_a_table(stack: cdk.Stack, function: lambda_.IFunction) -> Bundle:
    arn = f"arn:aws:dynamodb:eu-west-1:{STRANGER}:table/orders"
    table = dynamodb.Table.from_table_attributes(
        stack, "Table", table_arn=arn, table_stream_arn=f"{arn}/stream/2026-11-20T00:00:00.000"
    )
    return esm.DynamoDbToLambda(stack, "Orders", function=function, table=table)


@pytest.mark.parametrize(("make", "rule"), [(of_a_queue, "ESM404"), (of_a_stream, "ESM408"), (of_a_table, "ESM408")])
def test_a_policy_of_another_account_names_the_role_that_it_lets_in(
    make: Callable[[cdk.Stack, lambda_.IFunction], Bundle], rule: str, app: cdk.App
) -> None:
    stack = cdk.Stack(app, "Shop", env=cdk.Environment(account=HOME, region="eu-west-1"))
    role = iam.Role.from_role_arn(stack, "Role", ROLE_ARN, mutable=False)
    orders = make(stack, a_function(stack, role=role))
    (finding,) = (one for one in orders.findings if one.rule.id == rule)

    assert ROLE_ARN in finding.fix
