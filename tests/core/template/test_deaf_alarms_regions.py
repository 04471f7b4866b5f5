"""Alarms whose topic is in another Region, and those of which nobody can be sure."""

from typing import Any

import pytest

from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import read
from cdk_esm.testing.templates import get, mapping, ref, resource, template
from tests.core.template.test_deaf_alarms import ACCOUNT, ARN, REGION, alarm

ABROAD = "arn:aws:sns:us-east-1:111122223333:on-call"


def regions(resources: dict[str, Any], *others: Stack, known: bool = True) -> list[tuple[str, str] | None]:
    """The two Regions of each action of the one mapping's alarms that is never carried out."""
    document = template({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue")), **resources})
    here = Stack(name="Shop", document=document, region=REGION if known else None, account=ACCOUNT)
    [plan] = read(Assembly([here, *others])).plans
    return [one.regions for one in plan.deaf]


@pytest.mark.parametrize("place", ["AlarmActions", "OKActions", "InsufficientDataActions"])
def test_a_topic_of_another_region_is_seen_by_its_arn(place: str) -> None:
    assert regions({"Late": alarm(ABROAD, place=place)}) == [(REGION, "us-east-1")]


def test_a_topic_of_a_stack_in_another_region_is_seen() -> None:
    named = template({"Pager": resource("SNS::Topic", {"TopicName": "on-call"})})
    there = Stack(name="Pagers", document=named, region="us-east-1", account=ACCOUNT)

    assert regions({"Late": alarm(ABROAD)}, there) == [(REGION, "us-east-1")]


@pytest.mark.parametrize(
    ("told", "known"),
    [
        pytest.param(ARN, True, id="of-the-same-region"),
        pytest.param(ABROAD, False, id="in-a-stack-that-may-be-anywhere"),
        pytest.param({"Fn::Sub": "arn:aws:sns:${AWS::Region}:111122223333:on-call"}, True, id="by-the-own-region"),
        pytest.param({"Fn::Sub": "arn:aws:sns:${Where}:111122223333:on-call"}, True, id="in-a-region-that-is-open"),
        pytest.param("arn:aws:lambda:us-east-1:111122223333:function:page", True, id="no-topic"),
        pytest.param(ref("Pager"), True, id="of-the-same-stack"),
    ],
)
def test_a_topic_that_may_be_in_the_region_of_the_alarm_is_not(told: Any, known: bool) -> None:
    assert regions({"Late": alarm(told), "Pager": resource("SNS::Topic")}, known=known) == []


def test_a_closed_topic_of_another_region_is_told_for_both_reasons() -> None:
    seal = template({"Pager": resource("SNS::Topic", {"TopicName": "on-call", "KmsMasterKeyId": "alias/aws/sns"})})
    there = Stack(name="Pagers", document=seal, region="us-east-1", account=ACCOUNT)

    assert regions({"Late": alarm(ABROAD)}, there) == [None, (REGION, "us-east-1")]


def test_a_composite_alarm_is_not_said_to_be_refused() -> None:
    any_late = resource("CloudWatch::CompositeAlarm", {"AlarmRule": "ALARM(late)", "AlarmActions": [ABROAD]})

    assert regions({"Late": alarm(AlarmName="late"), "Any": any_late}) == []
