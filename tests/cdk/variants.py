"""The bundle in its variants, for tests that hold each of them against somebody else's rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms

from cdk_esm import Alarms, NewFunction, NewQueue, SqsFifoToLambda, SqsToLambda
from tests.cdk.existing import a_function, a_queue

Make = Callable[[cdk.Stack, NewFunction], object]
FILTERS: Final = [{"body": {"type": ["created"]}}]


def standard(stack: cdk.Stack, function: NewFunction) -> SqsToLambda:
    return SqsToLambda(stack, "Orders", function=function)


def fifo(stack: cdk.Stack, function: NewFunction) -> SqsFifoToLambda:
    return SqsFifoToLambda(stack, "Orders", function=function)


def with_a_key(stack: cdk.Stack, function: NewFunction) -> SqsToLambda:
    return SqsToLambda(stack, "Orders", function=function, queue=NewQueue(encryption_master_key=kms.Key(stack, "Key")))


def with_filters(stack: cdk.Stack, function: NewFunction) -> SqsFifoToLambda:
    key = kms.Key(stack, "Key")
    return SqsFifoToLambda(stack, "Orders", function=function, filters=FILTERS, filter_encryption=key)


def in_a_vpc(stack: cdk.Stack, function: NewFunction) -> SqsToLambda:
    return SqsToLambda(stack, "Orders", function=replace(function, vpc=ec2.Vpc(stack, "Vpc")))


def behind_an_alias(stack: cdk.Stack, function: NewFunction) -> SqsToLambda:
    return SqsToLambda(stack, "Orders", function=replace(function, alias="live"))


def with_knobs(stack: cdk.Stack, function: NewFunction) -> SqsToLambda:
    return SqsToLambda(
        stack,
        "Orders",
        function=replace(function, environment={"STAGE": "test"}, reserved_concurrent_executions=20),
        max_receive_count=8,
        batch_size=100,
        max_batching_window=cdk.Duration.seconds(20),
        max_concurrency=10,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="OldOrders",
        alarms=Alarms(thresholds={"age": 60}, off={"throttles": "on purpose"}),
        tags={"team": "shop"},
    )


def around_what_exists(stack: cdk.Stack, function: NewFunction) -> SqsToLambda:
    del function
    return SqsToLambda(stack, "Orders", function=a_function(stack), queue=a_queue(stack))


VARIANTS: Final[Mapping[str, Make]] = {
    make.__name__: make
    for make in (standard, fifo, with_a_key, with_filters, in_a_vpc, behind_an_alias, with_knobs, around_what_exists)
}
