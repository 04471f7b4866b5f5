"""A way back to the source that something narrows is no finding; the report of a construct tells it after the synth."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions

import cdk_esm as esm
from cdk_esm.report.summary import summary


def looping(stack: cdk.Stack, function: esm.NewFunction, **subscription: Any) -> esm.SqsToLambda:
    """A bundle whose function may publish to a topic that sends to its queue."""
    orders = esm.SqsToLambda(stack, "Orders", function=function)
    topic = sns.Topic(stack, "Events")
    topic.grant_publish(orders.function)
    topic.add_subscription(subscriptions.SqsSubscription(orders.queue, **subscription))
    return orders


def test_a_narrowed_way_back_is_told_once_the_app_is_synthesized(
    app: cdk.App, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    only = sns.SubscriptionFilter.string_filter(allowlist=["order"])
    orders = looping(stack, function, filter_policy={"kind": only})
    before = summary([orders])

    app.synth()

    assert "loops" not in before
    assert "loops        what the function sends to the topic" in summary([orders])
    assert orders.plan.path == "Shop/Orders"


def test_without_a_way_back_there_is_no_line(app: cdk.App, stack: cdk.Stack, function: esm.NewFunction) -> None:
    orders = esm.SqsToLambda(stack, "Orders", function=function)

    app.synth()

    assert orders.plan.loops == ()
    assert "loops" not in summary([orders])
