from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_feeders
from cdk_esm.testing.templates import document, get, inline, plan, plans, ref, resource
from tests.core.rules.feeding import PAYLOAD, bucket, fed, filtered, lets, rule, subscription

ID, DANGER = "ESM532", "ESM531"
SNS = "sns.amazonaws.com"


def sender(action: str) -> dict[str, Any]:
    return resource("IAM::Role", inline(document(action, get("Queue"))))


@pytest.mark.parametrize(
    "others",
    [
        {"Sends": sender("sqs:SendMessage")},
        {"Sends": sender("sqs:SendMessage*")},
        {"Two": subscription(RawMessageDelivery=True, TopicArn="arn:aws:sns:eu-west-1:111122223333:raw")},
        {"Two": rule(InputPath="$.detail")},
        {"Gate": lets(SNS, "arn:aws:sns:eu-west-1:111122223333:another")},
        {"Gate": lets("s3.amazonaws.com", ref("Topic"), Condition={})},
        {"Gate": lets(SNS, ref("Topic"), Principal={"AWS": "arn:aws:iam::444455556666:root"}, Condition={})},
        {"Gate": lets(SNS, ref("Topic"), Principal="*", Condition={})},
        {"Gate": lets(SNS, ref("Topic"), Principal={"Service": SNS, "AWS": "*"}, Condition={})},
        {"Gate": lets(SNS, ref("Topic"), Principal="*", Condition={}, Action=["sqs:GetQueueUrl", "sqs:SendMessage"])},
        {"Gate": lets(SNS, ref("Topic"), Principal={"AWS": "*"}, Condition={"Bool": {"aws:SecureTransport": "true"}})},
        {"Inbox": resource("SQS::Queue", {"RedrivePolicy": {"deadLetterTargetArn": get("Queue")}})},
        {"Two": resource("Lambda::Function", {"DeadLetterConfig": {"TargetArn": get("Queue")}})},
        {"Two": resource("Scheduler::Schedule", {"Target": {"Arn": get("Queue"), "Input": "{}"}})},
    ],
)
def test_envelope_among_others_is_an_advice(others: dict[str, Any]) -> None:
    (finding,) = check([fed(PAYLOAD, Feed=subscription(), **others)], select=["ESM53"])

    assert (finding.rule.id, finding.severity) == (ID, "advice")
    assert "Amazon SNS (Feed)" in finding.message
    assert finding.fix.startswith("if that is meant, acknowledge this")


@pytest.mark.parametrize(
    "nobody",
    [
        {"Reads": sender("sqs:ReceiveMessage")},
        {"Reads": sender("sqs:*")},
        {"Gate": lets(SNS, ref("Topic"), Condition={})},
        {"Gate": lets(SNS, "arn:aws:sns:*:*:*")},
        {"Gate": lets(SNS, ref("Topic"), Condition={"StringEquals": {"aws:SourceAccount": ref("AWS::AccountId")}})},
        {"Gate": lets(SNS, ref("Topic"), Principal={"AWS": ref("AWS::AccountId")}, Condition={})},
        {"Gate": lets(SNS, ref("Topic"), Principal="*", Action="sqs:*", Effect="Deny", Condition={})},
        {"Gate": lets(SNS, ref("Topic"), Principal="*", Action="sqs:ReceiveMessage", Condition={})},
    ],
)
def test_what_lets_nobody_else_send_leaves_the_danger(nobody: dict[str, Any]) -> None:
    assert ids(fed(PAYLOAD, Feed=subscription(), **nobody), select=["ESM53"]) == [DANGER]


def test_root_of_the_own_account_is_nobody_else() -> None:
    root = {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}
    gate = lets(SNS, ref("Topic"), Principal={"AWS": root}, Action="sqs:*", Condition={})

    assert ids(fed(PAYLOAD, Feed=subscription(), Gate=gate), select=["ESM53"]) == [DANGER]


def test_policy_that_nobody_can_read_may_let_others_in() -> None:
    gate = lets(SNS, ref("Topic"), NotAction="sqs:ReceiveMessage")

    assert ids(fed(PAYLOAD, Feed=subscription(), Gate=gate), select=["ESM53"]) == [ID]


def test_queue_outside_the_template_may_have_other_senders() -> None:
    arn = "arn:aws:sqs:eu-west-1:111122223333:inbox"
    orders = filtered(PAYLOAD)
    orders["Properties"]["EventSourceArn"] = arn
    around = {"Topic": resource("SNS::Topic"), "Feed": subscription(Endpoint=arn), "Orders": orders}

    assert ids(plan(around), select=["ESM53"]) == [ID]


def test_topic_that_others_publish_to_hides_what_it_delivers_raw() -> None:
    feed = {"Bucket": bucket("Topic"), "Feed": subscription(RawMessageDelivery=True)}
    publisher = resource("IAM::Role", inline(document("sns:Publish", ref("Topic"))))

    assert ids(fed(PAYLOAD, **feed), select=["ESM53"]) == [DANGER]
    assert ids(fed(PAYLOAD, **feed, Publisher=publisher), select=["ESM53"]) == []


def test_feeder_under_an_open_condition_is_judged_where_it_stands() -> None:
    parameters = {"Wanted": {"Type": "String"}}
    conditions = {"IsWanted": {"Fn::Equals": [ref("Wanted"), "yes"]}}
    around = {
        "Queue": resource("SQS::Queue"),
        "Topic": resource("SNS::Topic"),
        "Feed": {**subscription(), "Condition": "IsWanted"},
        "Orders": filtered(PAYLOAD),
    }
    found = check(plans(around, Parameters=parameters, Conditions=conditions), select=["ESM53"])

    assert [one.rule.id for one in found] == [DANGER]


def test_filters_that_match_something_of_each_are_fine() -> None:
    both = ('{"body": {"status": ["paid"]}}', '{"body": {"Subject": ["paid"]}}')
    plan_of_both = with_feeders(replace(mapping(), filters=both), "sns", None, others=True)

    assert ids(plan_of_both, select=["ESM53"]) == []
    assert ids(with_feeders(replace(mapping(), filters=both[:1]), None), select=["ESM53"]) == []


def test_the_way_out_of_each_envelope_is_said_once() -> None:
    (finding,) = check([fed(PAYLOAD, Feed=subscription(), Two=subscription(), Events=rule())], select=["ESM53"])

    assert finding.rule.id == DANGER
    assert [part.split()[0] for part in finding.fix.split("; ")] == ["give", "or", "ask", "or", "or"]


SWITCHED = {
    "rule": ("State", "ENABLED", "DISABLED", rule(Input="{}")),
    "schedule": ("State", "ENABLED", "DISABLED", resource("Scheduler::Schedule", {"Target": {"Arn": get("Queue")}})),
    "pipe": (
        "DesiredState",
        "RUNNING",
        "STOPPED",
        resource("Pipes::Pipe", {"Source": get("Inbox"), "Target": get("Queue"), "Enrichment": get("Function")}),
    ),
}


@pytest.mark.parametrize("kind", SWITCHED)
def test_sender_that_is_switched_off_sends_nothing(kind: str) -> None:
    name, on, off, sender = SWITCHED[kind]

    def found(state: Any, **parameters: Any) -> list[str]:
        two = {**sender, "Properties": {**sender["Properties"], name: state}}
        around = {"Topic": resource("SNS::Topic"), "Feed": subscription(), "Two": two}
        resources = {"Queue": resource("SQS::Queue"), "Orders": filtered(PAYLOAD), **around}
        return ids(plan(resources, Parameters={"State": {"Type": "String", **parameters}}), select=["ESM53"])

    assert found(on) == found(ref("State")) == [ID]
    assert found(off) == found(ref("State"), Default=off) == [DANGER]


@pytest.mark.parametrize(
    ("state", "expected"), [("ENABLED", [DANGER]), ({"Fn::ImportValue": "state"}, []), ("DISABLED", [])]
)
def test_only_sender_that_is_off_or_may_be_is_no_danger(state: Any, expected: list[str]) -> None:
    feed = rule()
    feed["Properties"]["State"] = state

    assert ids(fed(PAYLOAD, Feed=feed), select=["ESM53"]) == expected
