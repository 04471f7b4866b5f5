"""Templates of a queue or a stream with somebody who feeds it, for the tests of the rules about that."""

from __future__ import annotations

import json
from typing import Any

from cdk_esm.plan import MappingPlan
from cdk_esm.testing.templates import get, mapping, plan, ref, resource

PAYLOAD = {"status": ["paid"]}


def subscription(**more: Any) -> dict[str, Any]:
    """A subscription of the queue to the topic."""
    return resource(
        "SNS::Subscription", {"TopicArn": ref("Topic"), "Protocol": "sqs", "Endpoint": get("Queue"), **more}
    )


def rule(**target: Any) -> dict[str, Any]:
    """A rule of the default bus with the queue as its target."""
    targets = [{"Id": "queue", "Arn": get("Queue"), **target}]
    return resource("Events::Rule", {"EventPattern": {"source": ["shop.till"]}, "Targets": targets})


def bucket(to: str = "Queue", **more: Any) -> dict[str, Any]:
    """A bucket that notifies the queue, or the topic."""
    named = get("Queue") if to == "Queue" else ref("Topic")
    one = {"Event": "s3:ObjectCreated:*", to: named, **more}
    return resource("S3::Bucket", {"NotificationConfiguration": {f"{to}Configurations": [one]}})


def lets(service: str, origin: Any, **more: Any) -> dict[str, Any]:
    """A policy of the queue that lets one sender in."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sqs:SendMessage",
        "Resource": get("Queue"),
        "Condition": {"ArnEquals": {"aws:SourceArn": origin}},
        **more,
    }
    return resource("SQS::QueuePolicy", {"Queues": [ref("Queue")], "PolicyDocument": {"Statement": [statement]}})


def filtered(pattern: Any, source: str = "Queue", key: str = "body", **more: Any) -> dict[str, Any]:
    """A mapping with one filter on the payload."""
    text = pattern if isinstance(pattern, str) else json.dumps({key: pattern})
    return mapping(get(source), FilterCriteria={"Filters": [{"Pattern": text}]}, **more)


def fed(pattern: Any, /, **around: dict[str, Any]) -> MappingPlan:
    """The plan of a mapping with a filter on a queue, with what is around the queue."""
    topic = {"Topic": resource("SNS::Topic")}
    return plan({"Queue": resource("SQS::Queue"), **topic, "Orders": filtered(pattern), **around})


def fed_stream(pattern: Any, /, **around: dict[str, Any]) -> MappingPlan:
    """The same on a stream."""
    orders = filtered(pattern, "Stream", "data", StartingPosition="TRIM_HORIZON")
    return plan({"Stream": resource("Kinesis::Stream"), "Orders": orders, **around})
