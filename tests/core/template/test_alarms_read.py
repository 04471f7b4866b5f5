"""What the alarms of a template watch."""

from typing import Any

import pytest

from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.intrinsics import evaluator_of
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.resources.alarms import read_alarms
from cdk_esm.testing.templates import get, ref, resource

ON_QUEUE = {"MetricName": "Age", "Dimensions": [{"Name": "QueueName", "Value": get("Queue", "QueueName")}]}


def watched(properties: dict[str, Any], **attributes: Any) -> list[tuple[str, list[str], bool]]:
    """Metric, subjects and whether it acts, of each watch of one alarm."""
    document = {
        "Conditions": {"Never": {"Fn::Equals": ["a", "b"]}},
        "Resources": {
            "Queue": resource("SQS::Queue"),
            "Topic": resource("SNS::Topic"),
            "Alarm": resource("CloudWatch::Alarm", properties, **attributes),
        },
    }
    evaluator = evaluator_of(Assembly([Stack(name="Shop", document=document)]))
    return [(watch.metric, sorted(watch.subjects), watch.acts) for watch in read_alarms(evaluator)]


@pytest.mark.parametrize(
    ("actions", "acts"),
    [
        pytest.param({"AlarmActions": [ref("Topic")]}, True, id="an action"),
        pytest.param({}, False, id="no action"),
        pytest.param({"AlarmActions": []}, False, id="an empty list"),
        pytest.param({"AlarmActions": [ref("Topic")], "ActionsEnabled": False}, False, id="switched off"),
        pytest.param({"AlarmActions": [ref("Topic")], "ActionsEnabled": "true"}, True, id="switched on"),
    ],
)
def test_alarm_acts_where_it_has_an_action_that_is_on(actions: dict[str, Any], acts: bool) -> None:
    assert watched({**ON_QUEUE, **actions}) == [("Age", ["Shop/Queue"], acts)]


def test_subjects_are_what_the_dimensions_name() -> None:
    dimensions = [{"Name": "Name", "Value": "orders"}, {"Name": "Odd", "Value": [1]}, "odd"]

    assert watched({"MetricName": "Depth", "Dimensions": dimensions}) == [("Depth", ["orders"], False)]


def test_metrics_of_an_expression_are_watched_each() -> None:
    metrics = [
        {"Id": "a", "MetricStat": {"Metric": ON_QUEUE, "Stat": "Sum"}},
        {"Id": "b", "MetricStat": {"Metric": {"MetricName": "Depth"}}},
        {"Id": "c", "Expression": "a + b"},
        "odd",
        {"Id": "d", "MetricStat": {"Metric": "odd"}},
    ]

    assert watched({"Metrics": metrics}) == [("Age", ["Shop/Queue"], False), ("Depth", [], False)]


def test_an_alarm_whose_condition_never_holds_watches_nothing() -> None:
    assert watched(ON_QUEUE, Condition="Never") == []
    assert watched({"MetricName": ref("AWS::NoValue")}) == []


def heard(other: dict[str, Any], name: Any = None, **attributes: Any) -> bool:
    """Whether an alarm without actions is heard by another one."""
    named = {} if name is None else {"AlarmName": name}
    document = {
        "Parameters": {"Stage": {"Type": "String"}},
        "Resources": {
            "Alarm": resource("CloudWatch::Alarm", {**ON_QUEUE, **named}),
            "Nameless": resource("CloudWatch::Alarm", {"AlarmName": ""}),
            "Other": resource("CloudWatch::CompositeAlarm", other, **attributes),
        },
    }
    [watch] = read_alarms(evaluator_of(Assembly([Stack(name="Shop", document=document)])))
    return watch.acts


ACTING = {"AlarmActions": ["arn:aws:sns:eu-west-1:111122223333:a"]}


@pytest.mark.parametrize(
    ("rule", "name", "wanted"),
    [
        pytest.param({"Fn::Sub": "ALARM(${Alarm})"}, None, True, id="by its resource"),
        pytest.param({"Fn::Sub": 'ALARM("${Alarm.Arn}")'}, None, True, id="by its ARN"),
        pytest.param("ALARM(orders-age)", "orders-age", True, id="by its name"),
        pytest.param(
            {"Fn::Sub": "ALARM(${Stage}-age)"}, {"Fn::Sub": "${Stage}-age"}, True, id="by its name with a hole"
        ),
        pytest.param("ALARM(returns-age)", "orders-age", False, id="another one's name"),
        pytest.param(["odd"], "orders-age", False, id="no text"),
        pytest.param("ALARM(x)", None, False, id="without a name"),
    ],
)
def test_alarm_without_actions_is_heard_through_a_composite_alarm(rule: Any, name: Any, *, wanted: bool) -> None:
    assert heard({**ACTING, "AlarmRule": rule}, name) is wanted
    assert heard({"AlarmRule": rule}, name) is False
    assert heard({**ACTING, "ActionsEnabled": "false", "AlarmRule": rule}, name) is False
