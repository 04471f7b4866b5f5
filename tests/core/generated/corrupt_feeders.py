"""Corruptions of what is around a mapping: who feeds its source, and where its function sends to."""

from __future__ import annotations

import json
from typing import Final

from tests.core.generated.case import Case
from tests.core.generated.corrupt_filters import _filter
from tests.core.generated.corruption import QUEUES, corrupts, own
from tests.core.generated.feeders import FEEDERS

_QUEUE: Final = {"Fn::GetAtt": ["Source", "Arn"]}


def _nobody_else(case: Case) -> bool:
    """Whether the queue is in the template, with nobody but the corruption to send to it."""
    return own(case) and not case.resources.keys() & set(FEEDERS)


@corrupts("ESM531", on=QUEUES)
def _a_topic_wraps_what_the_filter_looks_for(case: Case) -> bool | None:
    if not _nobody_else(case):
        return False
    case.add("News", "SNS::Topic", {"FifoTopic": True} if case.kind.endswith("fifo") else {})
    case.add("Feed", "SNS::Subscription", {"TopicArn": {"Ref": "News"}, "Protocol": "sqs", "Endpoint": _QUEUE})
    _filter(case, {"body": {"status": ["paid"]}})
    return None


@corrupts("ESM531", on=("sqs",))
def _a_rule_sends_the_whole_event(case: Case) -> bool | None:
    if not _nobody_else(case):
        return False
    target = {"Id": "queue", "Arn": _QUEUE}
    case.add("Feed", "Events::Rule", {"EventPattern": {"source": ["shop.till"]}, "Targets": [target]})
    _filter(case, {"body": {"status": ["paid"]}})
    return None


@corrupts("ESM531", on=("kinesis",))
def _logs_are_compressed(case: Case) -> bool | None:
    if not own(case):
        return False
    case.add("Lines", "Logs::SubscriptionFilter", {"LogGroupName": "/shop/api", "DestinationArn": _QUEUE})
    _filter(case, {"data": {"messageType": ["DATA_MESSAGE"]}})
    return None


@corrupts("ESM532", on=QUEUES)
def _a_topic_wraps_what_another_sends_as_it_is(case: Case) -> bool | None:
    if not own(case):
        return False
    case.add("News", "SNS::Topic", {"FifoTopic": True} if case.kind.endswith("fifo") else {})
    case.add("Feed", "SNS::Subscription", {"TopicArn": {"Ref": "News"}, "Protocol": "sqs", "Endpoint": _QUEUE})
    sends = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": _QUEUE}
    policy = {"PolicyName": "send", "PolicyDocument": {"Version": "2012-10-17", "Statement": [sends]}}
    case.add("Till", "IAM::Role", {"AssumeRolePolicyDocument": {"Statement": []}, "Policies": [policy]})
    _filter(case, {"body": {"status": ["paid"]}})
    return None


@corrupts("ESM350", on=QUEUES)
def _a_topic_brings_back_what_the_function_publishes(case: Case) -> bool | None:
    if not own(case) or "FilterCriteria" in case.settings:
        return False
    case.add("News", "SNS::Topic", {"FifoTopic": True} if case.kind.endswith("fifo") else {})
    case.add("Feed", "SNS::Subscription", {"TopicArn": {"Ref": "News"}, "Protocol": "sqs", "Endpoint": _QUEUE})
    case.allow(("sns:Publish",), {"Ref": "News"})
    return None


@corrupts("ESM350", on=("sqs",))
def _a_bus_brings_back_what_the_function_puts(case: Case) -> bool | None:
    if not own(case) or "FilterCriteria" in case.settings:
        return False
    case.add("Bus", "Events::EventBus", {"Name": "shop"})
    target = {"Id": "queue", "Arn": _QUEUE}
    pattern = case.draw.one_of(({"source": [{"prefix": ""}]}, json.dumps({"version": ["0"]})))
    case.add("Feed", "Events::Rule", {"EventBusName": {"Ref": "Bus"}, "EventPattern": pattern, "Targets": [target]})
    case.allow(("events:PutEvents",), {"Fn::GetAtt": ["Bus", "Arn"]})
    return None
