"""What users write around queues, for type checkers alone, and constructs and helpers of their own on top."""

from __future__ import annotations

from typing import assert_type

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_ssm as ssm

import cdk_esm as esm
from cdk_esm.filters import f


def standard_queue(stack: cdk.Stack, key: kms.Key, alarms: esm.Alarms, queue: sqs.Queue, other: sqs.IQueue) -> None:
    whole = esm.SqsToLambda(
        stack,
        "Whole",
        function=esm.NewFunction(code="handlers/orders", handler="app.handler", alias="live"),
        queue=esm.NewQueue(),
        dead_letter_queue=esm.NewQueue(),
        batch_size=100,
        max_batching_window=cdk.Duration.seconds(5),
        report_batch_item_failures=True,
        max_concurrency=20,
        provisioned_poller_config=esm.ProvisionedPollers(2, 10),
        filters=[f.body({"type": f.any_of("created")}), {"body": {"type": ["paid"]}}, '{"body": {"type": ["sent"]}}'],
        filter_encryption=key,
        metrics_config=lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT]),
        enabled=True,
        visibility_timeout_factor=7,
        max_receive_count=6,
        grants=True,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="Orders",
        alarms=alarms,
        acknowledge={"ESM308": "by a person"},
        tags={"team": "shop"},
    )
    assert_type(whole.function, lambda_.Function)
    assert_type(whole.target, lambda_.Alias)
    assert_type(whole.queue, sqs.Queue)
    assert_type(whole.dead_letter_queue, sqs.Queue)
    assert_type(whole.role, iam.IRole)
    assert_type(whole.log_group, logs.ILogGroup)
    assert_type(whole.mapping, lambda_.CfnEventSourceMapping)
    assert_type(whole.plan, esm.MappingPlan)
    whole.function.add_environment("QUEUE", whole.queue.queue_url)
    whole.target.add_auto_scaling(max_capacity=5)

    alone = esm.SqsToLambda(stack, "Alone", function=esm.NewFunction(code="handlers/orders", handler="app.handler"))
    alone.function.add_environment("QUEUE", alone.dead_letter_queue.queue_url)
    assert_type(alone.queue, sqs.Queue)
    assert_type(alone.dead_letter_queue, sqs.Queue)

    around = esm.SqsToLambda(stack, "Around", function=alone.function, queue=queue)
    assert_type(around.function, lambda_.Function)
    assert_type(around.target, lambda_.Function)
    assert_type(around.queue, sqs.Queue)
    assert_type(around.dead_letter_queue, sqs.IQueue | None)
    assert_type(around.role, iam.IRole | None)
    assert_type(around.log_group, logs.ILogGroup | None)

    imported = esm.SqsToLambda(
        stack,
        "Imported",
        function=esm.Imported(
            lambda_.Function.from_function_name(stack, "Old", "old"), timeout=cdk.Duration.seconds(3)
        ),
        queue=esm.Imported(other, visibility_timeout=cdk.Duration.minutes(3)),
    )
    assert_type(imported.function, lambda_.IFunction)
    assert_type(imported.queue, sqs.IQueue)

    given_up = esm.SqsToLambda(
        stack, "GivenUp", function=alone.function, dead_letter_queue=esm.NoDeadLetterQueue("clicks may go")
    )
    assert_type(given_up.dead_letter_queue, None)


def fifo_queue(stack: cdk.Stack, key: kms.Key, alarms: esm.Alarms, alias: lambda_.Alias, own: sqs.IQueue) -> None:
    whole = esm.SqsFifoToLambda(
        stack,
        "Whole",
        function=alias,
        queue=esm.NewQueue(content_based_deduplication=True),
        dead_letter_queue=own,
        batch_size=10,
        report_batch_item_failures=True,
        max_concurrency=20,
        provisioned_poller_config=esm.ProvisionedPollers(2, 10),
        filters=[{"body": {"type": ["paid"]}}],
        filter_encryption=key,
        metrics_config=lambda_.MetricsConfig(metrics=[]),
        enabled=True,
        visibility_timeout_factor=7,
        max_receive_count=6,
        grants=True,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="Orders",
        alarms=alarms,
        acknowledge={"ESM308": "by a person"},
        tags={"team": "shop"},
    )
    assert_type(whole.function, lambda_.IFunction)
    assert_type(whole.target, lambda_.Alias)
    assert_type(whole.queue, sqs.Queue)
    assert_type(whole.dead_letter_queue, sqs.IQueue)


class Orders(esm.SqsToLambda):
    """A construct of a team's own on top of ours."""

    def __init__(self, scope: cdk.Stack, id_: str, function: lambda_.IFunction, queue: sqs.Queue | None = None) -> None:
        super().__init__(scope, id_, function=function, queue=queue)
        assert_type(self.function, lambda_.IFunction)


def helpers(stack: cdk.Stack, queue: sqs.IQueue, kind: type[esm.SqsToLambda | esm.SqsFifoToLambda]) -> None:
    """Whatever was given to it, a construct is a construct."""
    new = esm.NewFunction(code="handlers/orders", handler="app.handler", alias="live")
    every: list[esm.SqsToLambda] = [Orders(stack, "Own", lambda_.Function.from_function_name(stack, "Old", "old"))]
    every.append(esm.SqsToLambda(stack, "New", function=new))
    every.append(esm.SqsToLambda(stack, "Around", function=every[0].target, queue=queue))
    for one in every:
        publish(stack, one)
    kind(stack, "OneOf", function=new)


def publish(stack: cdk.Stack, orders: esm.SqsToLambda) -> None:
    ssm.StringParameter(stack, "Queue", string_value=orders.queue.queue_arn)
    assert_type(orders.function, lambda_.IFunction)
    assert_type(orders.dead_letter_queue, sqs.IQueue | None)
