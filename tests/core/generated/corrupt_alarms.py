"""Corruptions of alarms: an action that reaches a topic, or a key, that does not let CloudWatch in."""

from __future__ import annotations

from typing import Any, Final

from tests.core.generated.case import Case
from tests.core.generated.corruption import EVERY, corrupts

_ACCOUNT: Final = {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}}


def _alarm(case: Case, **topic: Any) -> None:
    case.add("Pager", "SNS::Topic", topic)
    place = case.draw.one_of(("AlarmActions", "OKActions", "InsufficientDataActions"))
    dimensions = [{"Name": "FunctionName", "Value": {"Ref": "Function"}}]
    alarm = {"MetricName": "Errors", "Namespace": "AWS/Lambda", "Dimensions": dimensions, place: [{"Ref": "Pager"}]}
    case.add("Late", "CloudWatch::Alarm", alarm)


@corrupts("ESM355", on=EVERY)
def _a_topic_whose_policy_only_denies(case: Case) -> bool:
    if "Function" not in case.resources:
        return False
    _alarm(case)
    deny = {"Bool": {"aws:SecureTransport": "false"}}
    statement = {"Effect": "Deny", "Principal": "*", "Action": "sns:*", "Resource": "*", "Condition": deny}
    case.add("Door", "SNS::TopicPolicy", {"Topics": [{"Ref": "Pager"}], "PolicyDocument": {"Statement": [statement]}})
    return True


@corrupts("ESM356", on=EVERY)
def _a_topic_whose_key_is_closed(case: Case) -> bool:
    if "Function" not in case.resources:
        return False
    statement = {"Effect": "Allow", "Principal": _ACCOUNT, "Action": "kms:*", "Resource": "*"}
    case.add("Seal", "KMS::Key", {"KeyPolicy": {"Statement": [statement]}})
    _alarm(case, KmsMasterKeyId={"Ref": "Seal"})
    return True
