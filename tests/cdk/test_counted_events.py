"""The metrics of a queue's mapping, which are on by default, and the alarms on them."""

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns

from cdk_esm import Alarms, NewFunction, SqsFifoToLambda, SqsToLambda
from tests.cdk.templates import properties, resources

Bundle = SqsToLambda | SqsFifoToLambda
ALARM = "AWS::CloudWatch::Alarm"
FILTERS = [{"body": {"type": ["created"]}}]
OF_THE_MAPPING = ("failures", "stopped")


@pytest.mark.parametrize("construct", [SqsToLambda, SqsFifoToLambda], ids=["standard", "fifo"])
@pytest.mark.parametrize(
    ("keywords", "counted"),
    [
        pytest.param({}, True, id="by-default"),
        pytest.param({"report_batch_item_failures": True}, True, id="with-partial-batch-responses"),
        pytest.param({"report_batch_item_failures": False}, False, id="without-them"),
        pytest.param({"report_batch_item_failures": False, "filters": FILTERS}, True, id="without-them-but-filters"),
        pytest.param({"metrics_config": lambda_.MetricsConfig(metrics=[])}, False, id="turned-off"),
    ],
)
def test_events_are_counted_wherever_only_that_shows_a_message_that_fails(
    keywords: dict[str, Any], construct: type[Bundle], stack: cdk.Stack, function: NewFunction, *, counted: bool
) -> None:
    orders = construct(stack, "Orders", function=function, **keywords)

    assert ("MetricsConfig" in properties(orders.mapping)) is counted
    assert set(OF_THE_MAPPING) <= set(orders.alarms) if counted else set(OF_THE_MAPPING).isdisjoint(orders.alarms)


def test_an_alarm_that_nobody_asked_for_is_the_same_once_somebody_does(app: cdk.App, function: NewFunction) -> None:
    def built(name: str) -> tuple[cdk.Stack, SqsToLambda]:
        stack = cdk.Stack(app, name)
        notified = Alarms(notify=[sns.Topic(stack, "Topic")])
        return stack, SqsToLambda(stack, "Orders", function=function, alarms=notified)

    (left, _), (asked, orders) = built("Left"), built("Asked")
    assert isinstance(orders.alarms["failures"], cloudwatch.Alarm)
    assert orders.alarms["failures"] is orders.alarms["failures"]

    found, expected = resources(asked, ALARM), resources(left, ALARM)
    for one in (*found.values(), *expected.values()):
        one["Properties"]["AlarmDescription"] = one["Properties"]["AlarmDescription"].partition("/")[2]
    assert found == expected


def test_an_alarm_can_be_read_after_the_synth_and_the_app_synthesized_again(
    stack: cdk.Stack, function: NewFunction
) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)
    before = resources(stack, ALARM)
    failures = orders.alarms["failures"]

    assert stack.resolve(failures.alarm_arn)["Fn::GetAtt"][0] in before
    assert resources(stack, ALARM) == before


def test_an_action_that_is_no_topic_reaches_every_alarm_and_changes_no_logical_id(
    app: cdk.App, function: NewFunction
) -> None:
    class Page(actions.SnsAction):
        """An action of somebody's own."""

    one, other = cdk.Stack(app, "One"), cdk.Stack(app, "Other")
    SqsToLambda(one, "Orders", function=function)
    page = Page(sns.Topic(other, "Topic"))
    SqsToLambda(other, "Orders", function=function, alarms=Alarms(notify=[page]))

    assert list(resources(one, ALARM)) == list(resources(other, ALARM))
    assert all(len(alarm["Properties"]["AlarmActions"]) == 1 for alarm in resources(other, ALARM).values())
