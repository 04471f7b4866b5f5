"""Loops that a SAM source makes: by subscriptions, policy templates and connectors of SAM's own."""

from typing import Any

import pytest

from cdk_esm.template.read import read_template
from cdk_esm.testing.plans import ids
from cdk_esm.testing.templates import get, ref, resource
from tests.core.rules.feeding import rule

ID = "ESM350"
ALL = {"source": [{"prefix": ""}]}
SENDS_BACK: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "policy template": ({"Policies": [{"EventBridgePutEventsPolicy": {"EventBusName": ref("Bus")}}]}, {}),
    "its name": ({"Policies": [{"EventBridgePutEventsPolicy": {"EventBusName": "shop"}}]}, {}),
    "connector": (
        {},
        {
            "Type": "AWS::Serverless::Connector",
            "Properties": {"Source": {"Id": "Mail"}, "Destination": {"Id": "Bus"}, "Permissions": ["Write"]},
        },
    ),
}


@pytest.mark.parametrize("way", SENDS_BACK)
def test_each_way_of_sam_to_let_a_function_put_events_counts(way: str) -> None:
    allowed, connector = SENDS_BACK[way]
    feed = rule()
    feed["Properties"] |= {"EventBusName": ref("Bus"), "EventPattern": ALL}
    pull = {"Type": "SQS", "Properties": {"Queue": get("Queue")}}
    function: dict[str, Any] = {"Handler": "app.handler", "Events": {"Pull": pull}, **allowed}
    resources: dict[str, Any] = {
        "Queue": resource("SQS::Queue"),
        "Bus": resource("Events::EventBus", {"Name": "shop"}),
        "Feed": feed,
        "Mail": {"Type": "AWS::Serverless::Function", "Properties": function},
        **({"Way": connector} if connector else {}),
    }
    (read,) = read_template({"Transform": "AWS::Serverless-2016-10-31", "Resources": resources}, name="Shop")

    assert ids(read, select=[ID]) == [ID]


def test_queue_that_sam_subscribes_to_the_topic_of_its_own_function_is_a_loop() -> None:
    function = {
        "Handler": "app.handler",
        "Policies": [{"SNSPublishMessagePolicy": {"TopicName": get("Topic", "TopicName")}}],
        "Events": {"News": {"Type": "SNS", "Properties": {"Topic": ref("Topic"), "SqsSubscription": True}}},
    }
    source = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": {
            "Topic": {"Type": "AWS::SNS::Topic"},
            "Mail": {"Type": "AWS::Serverless::Function", "Properties": function},
        },
    }
    (read,) = read_template(source, name="Shop")
    function["Events"]["News"]["Properties"]["FilterPolicy"] = {"kind": ["paid"]}  # type: ignore[index]
    (narrow,) = read_template(source, name="Shop")

    assert ids(read, select=[ID]) == [ID]
    assert ids(narrow, select=[ID]) == []
