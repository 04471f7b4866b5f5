"""Who feeds a queue, in ways in which nothing is wrong: raw, reshaped, in an envelope that the filter asks for."""

from __future__ import annotations

import json
from typing import Any, Final

from tests.core.generated.case import Case

FEEDERS: Final = ("Updates", "Delivery", "Booked", "Files")


def feed_now_and_then(case: Case) -> None:
    """Somebody who sends to the queue of the template."""
    draw = case.draw
    if "Source" in case.resources and draw.chance(0.35):
        ways = [_topic] if case.kind == "sqs-fifo" else [_topic, _rule, _bucket]
        draw.one_of(ways)(case)


def _queue(case: Case) -> Any:
    return case.arn("Source")


def _ask_for(case: Case, pattern: dict[str, Any]) -> None:
    """Let the filters, if there are some, ask for what is sent."""
    criteria = case.settings.get("FilterCriteria")
    if criteria is not None:
        criteria["Filters"] = [{"Pattern": json.dumps({"body": pattern})}]


def _topic(case: Case) -> None:
    draw, fifo = case.draw, case.kind == "sqs-fifo"
    case.add("Updates", "SNS::Topic", {"FifoTopic": True} if fifo else {})
    feed: dict[str, Any] = {"TopicArn": {"Ref": "Updates"}, "Protocol": "sqs", "Endpoint": _queue(case)}
    if draw.chance(0.5):
        feed["RawMessageDelivery"] = draw.one_of((True, "true"))
    else:
        _ask_for(case, {draw.one_of(("Subject", "Message", "TopicArn")): [{"prefix": "paid"}]})
    if draw.chance(0.5):  # what the function publishes there does not come back
        feed["FilterPolicy"] = {"sender": [{"anything-but": ["fulfil"]}]}
        case.allow(("sns:Publish",), {"Ref": "Updates"})
    case.add("Delivery", "SNS::Subscription", feed)


def _rule(case: Case) -> None:
    target: dict[str, Any] = {"Id": "queue", "Arn": _queue(case)}
    if case.draw.chance(0.5):
        target["InputPath"] = "$.detail"
    else:
        _ask_for(case, {"detail": {"status": ["paid"]}})
    pattern = {"source": ["shop.till"], "detail-type": ["Booked"]}
    case.add("Booked", "Events::Rule", {"EventPattern": pattern, "Targets": [target]})
    if case.draw.chance(0.3):
        bus = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default"
        case.allow(("events:PutEvents",), {"Fn::Sub": bus})


def _bucket(case: Case) -> None:
    _ask_for(case, {"Records": {"s3": {"object": {"key": [{"suffix": ".csv"}]}}}})
    one = {"Event": "s3:ObjectCreated:*", "Queue": _queue(case)}
    case.add("Files", "S3::Bucket", {"NotificationConfiguration": {"QueueConfigurations": [one]}})
