"""Alarms whose topic, or whose topic's key, surely does not let CloudWatch in; and those that nobody can be sure of."""

from typing import Any

import pytest

from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import read
from cdk_esm.testing.templates import get, mapping, ref, resource, template

ACCOUNT, REGION = "111122223333", "eu-west-1"
ARN = f"arn:aws:sns:{REGION}:{ACCOUNT}:on-call"
ROOT = {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}
CLOUDWATCH = {"Service": "cloudwatch.amazonaws.com"}
PUBLISH = ("sns:Publish",)
KEY = ("kms:Decrypt", "kms:GenerateDataKey*")


def statement(principal: Any = "*", effect: str = "Allow", action: Any = "sns:Publish", **more: Any) -> dict[str, Any]:
    return {"Effect": effect, "Principal": principal, "Action": action, "Resource": "*", **more}


def when(operator: str, key: str, value: Any) -> dict[str, Any]:
    return {"Condition": {operator: {key: value}}}


NAMED = {"QueueName": "orders"}
TLS_ONLY = statement(effect="Deny", **when("Bool", "aws:SecureTransport", "false"))


def door(*statements: dict[str, Any], topics: Any = None) -> dict[str, Any]:
    document = {"Statement": list(statements)}
    return resource("SNS::TopicPolicy", {"Topics": topics or [ref("Pager")], "PolicyDocument": document})


def alarm(*actions: Any, place: str = "AlarmActions", **more: Any) -> dict[str, Any]:
    dimensions = [{"Name": "QueueName", "Value": get("Queue", "QueueName")}]
    metric = {"MetricName": "Age", "Namespace": "AWS/SQS", "Dimensions": dimensions}
    return resource("CloudWatch::Alarm", {**metric, place: list(actions), **more})


def key(*statements: dict[str, Any]) -> dict[str, Any]:
    return resource("KMS::Key", {"KeyPolicy": {"Statement": list(statements)}})


SHUT = key(statement({"AWS": ROOT}, action="kms:*"))


def closed(resources: dict[str, Any], *others: dict[str, Any], known: bool = True) -> list[tuple[str, ...]]:
    """What CloudWatch surely may not do, for each alarm of the one mapping."""
    document = template({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue")), **resources})
    place = {"region": REGION, "account": ACCOUNT} if known else {}
    stacks = [Stack(name=f"Stack{index}", document=one, **place) for index, one in enumerate((document, *others))]  # type: ignore[arg-type]
    [plan] = read(Assembly(stacks)).plans
    return [one.actions for one in plan.deaf]


def of_policy(*statements: dict[str, Any], known: bool = True) -> list[tuple[str, ...]]:
    topic = resource("SNS::Topic")
    return closed({"Pager": topic, "Late": alarm(ref("Pager")), "Door": door(*statements)}, known=known)


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param([TLS_ONLY], id="only-a-denial"),
        pytest.param([statement({"Service": "events.amazonaws.com"})], id="another-service"),
        pytest.param([statement({"AWS": ROOT})], id="the-account"),
        pytest.param([statement({"AWS": ref("AWS::AccountId")})], id="the-account-by-its-number"),
        pytest.param([statement({"AWS": get("Role")})], id="a-role"),
        pytest.param([statement(CLOUDWATCH, action="sns:Subscribe")], id="another-action"),
        pytest.param([statement(CLOUDWATCH, action=["SNS:Get*", "sns:Subscribe"])], id="other-actions"),
        pytest.param([{**statement(CLOUDWATCH), "Resource": ref("Other")}], id="another-topic"),
        pytest.param(
            [statement(CLOUDWATCH, **when("StringEquals", "aws:SourceAccount", "444455556666"))], id="account"
        ),
        pytest.param([statement(**when("StringEquals", "AWS:SourceOwner", ["444455556666"]))], id="owner"),
        pytest.param([statement(CLOUDWATCH, **when("ArnLike", "aws:SourceArn", get("Queue")))], id="arn-of-a-queue"),
        pytest.param([statement(CLOUDWATCH, **when("ArnLike", "aws:SourceArn", get("Early")))], id="another-alarm"),
        pytest.param([statement(CLOUDWATCH, **when("ArnLike", "aws:SourceArn", "arn:aws:s3:::files"))], id="bucket"),
        pytest.param(
            [
                statement(
                    CLOUDWATCH, **when("ArnLike", "aws:SourceArn", f"arn:aws:cloudwatch:us-east-1:{ACCOUNT}:alarm:*")
                )
            ],
            id="arn-of-another-region",
        ),
        pytest.param(
            [statement(CLOUDWATCH, **when("ArnLike", "aws:SourceArn", f"arn:aws:cloudwatch:{REGION}:*:dashboard:*"))],
            id="arn-of-no-alarm",
        ),
        pytest.param([statement(**when("StringEquals", "aws:PrincipalOrgID", "o-1"))], id="organization"),
        pytest.param([statement(), statement(effect="Deny")], id="a-denial-for-all"),
        pytest.param([statement(), statement(CLOUDWATCH, "Deny", ["sns:*"])], id="a-denial-for-the-service"),
        pytest.param(
            [statement(), statement(effect="Deny", **when("StringNotEquals", "aws:PrincipalOrgID", "o-1"))],
            id="a-denial-outside-the-organization",
        ),
        pytest.param([], id="an-empty-policy"),
    ],
)
def test_a_policy_that_shuts_cloudwatch_out_is_seen(statements: list[dict[str, Any]]) -> None:
    topic = {"Pager": resource("SNS::Topic"), "Other": resource("SNS::Topic")}
    assert closed(topic | {"Late": alarm(ref("Pager")), "Early": alarm(), "Door": door(*statements)}) == [PUBLISH]


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param([TLS_ONLY, statement(CLOUDWATCH)], id="the-service"),
        pytest.param([statement({"Service": ["s3.amazonaws.com", "cloudwatch.amazonaws.com"]})], id="among-others"),
        pytest.param([statement()], id="everybody"),
        pytest.param([statement({"AWS": "*"}, action="SNS:*")], id="everybody-and-everything"),
        pytest.param([statement({"AWS": "*"}, **when("StringEquals", "AWS:SourceOwner", ACCOUNT))], id="owner"),
        pytest.param(
            [statement(CLOUDWATCH, **when("StringEquals", "aws:SourceAccount", ref("AWS::AccountId")))],
            id="own-account",
        ),
        pytest.param(
            [statement(CLOUDWATCH, **when("StringLike", "aws:SourceAccount", "1111*"))], id="like-the-account"
        ),
        pytest.param([statement(CLOUDWATCH, **when("ArnLike", "aws:SourceArn", get("Late")))], id="the-alarm"),
        pytest.param(
            [statement(CLOUDWATCH, **when("ArnLike", "aws:SourceArn", f"arn:aws:cloudwatch:*:{ACCOUNT}:alarm:*"))],
            id="every-alarm",
        ),
        pytest.param([statement(CLOUDWATCH, **when("ArnLike", "aws:SourceArn", "arn:aws:cloudwatch:*"))], id="short"),
        pytest.param(
            [statement(CLOUDWATCH, **when("ArnLike", "aws:SourceArn", [get("Queue"), get("Late")]))], id="one-of-two"
        ),
        pytest.param([statement(**when("StringEqualsIfExists", "aws:PrincipalOrgID", "o-1"))], id="if-it-exists"),
        pytest.param([statement(CLOUDWATCH, **when("StringEquals", "aws:SourceOrgID", "o-1"))], id="unknown-key"),
        pytest.param([statement(CLOUDWATCH, **when("StringEquals", "aws:SourceAccount", ref("Whose")))], id="open"),
        pytest.param([statement({"Service": ref("Whose")})], id="a-service-that-is-open"),
        pytest.param([statement({"AWS": ref("Whose")})], id="a-principal-that-is-open"),
        pytest.param([statement(action=ref("Whose"))], id="an-action-that-is-open"),
        pytest.param([{"Effect": "Allow", "NotPrincipal": {"AWS": "4"}, "Action": "*", "Resource": "*"}], id="not-him"),
        pytest.param(
            [{"Effect": "Allow", "Principal": "*", "NotAction": "sns:Delete*", "Resource": "*"}], id="not-that"
        ),
        pytest.param([statement(), statement({"AWS": ROOT}, "Deny")], id="a-denial-for-the-account"),
        pytest.param(
            [statement(), statement(effect="Deny", **when("StringNotEquals", "aws:SourceAccount", ACCOUNT))],
            id="a-denial-for-others",
        ),
        pytest.param([statement(), {**statement(effect="Deny"), "Resource": ref("Other")}], id="a-denial-elsewhere"),
    ],
)
def test_a_policy_that_lets_cloudwatch_in_or_may_do_so_is_accepted(statements: list[dict[str, Any]]) -> None:
    topic = {"Pager": resource("SNS::Topic"), "Other": resource("SNS::Topic")}
    assert closed(topic | {"Late": alarm(ref("Pager")), "Door": door(*statements)}) == []


def test_an_account_is_compared_only_where_the_stack_is_bound_to_one() -> None:
    elsewhere = statement(CLOUDWATCH, **when("StringEquals", "aws:SourceAccount", "444455556666"))

    assert of_policy(elsewhere) == [PUBLISH]
    assert of_policy(elsewhere, known=False) == []


@pytest.mark.parametrize("place", ["AlarmActions", "InsufficientDataActions", "OKActions"])
def test_every_place_of_an_action_is_looked_at(place: str) -> None:
    pager = {"Pager": resource("SNS::Topic"), "Door": door(TLS_ONLY)}

    assert closed({**pager, "Late": alarm(ref("Pager"), place=place)}) == [PUBLISH]
    assert closed({**pager, "Late": alarm(ref("Pager"), place=place, ActionsEnabled="false")}) == []


@pytest.mark.parametrize("rule", [{"Fn::Sub": "ALARM(${Late})"}, {"Fn::Sub": 'OK("${Late.Arn}")'}, "ALARM(late)"])
def test_a_composite_alarm_is_looked_at_for_what_its_alarms_watch(rule: Any) -> None:
    composite = resource("CloudWatch::CompositeAlarm", {"AlarmRule": rule, "AlarmActions": [ref("Pager")]})
    outer = resource(
        "CloudWatch::CompositeAlarm", {"AlarmRule": {"Fn::Sub": "ALARM(${All})"}, "OKActions": [ref("Pager")]}
    )
    pager = {"Pager": resource("SNS::Topic"), "Door": door(TLS_ONLY), "Late": alarm(AlarmName="late")}

    assert closed({**pager, "All": composite}) == [PUBLISH]
    silent = resource("CloudWatch::CompositeAlarm", {"AlarmRule": rule})
    assert closed({**pager, "All": silent, "Outer": outer}) == [PUBLISH]


def test_an_alarm_of_something_else_is_not_this_mappings() -> None:
    other = alarm(ref("Pager"))
    other["Properties"]["Dimensions"] = [{"Name": "InstanceId", "Value": "i-1"}]

    assert closed({"Pager": resource("SNS::Topic"), "Door": door(TLS_ONLY), "Late": other}) == []


def test_an_alarm_may_name_what_it_watches_in_words() -> None:
    closed_topic = {"Pager": resource("SNS::Topic"), "Door": door(TLS_ONLY), "Queue": resource("SQS::Queue", NAMED)}
    by_name = alarm(ref("Pager"))
    by_name["Properties"]["Dimensions"][0]["Value"] = "orders"
    assert closed({**closed_topic, "Late": by_name}) == [PUBLISH]

    by_name["Properties"]["Dimensions"][0]["Value"] = "returns"
    assert closed({**closed_topic, "Late": by_name}) == []


def test_a_source_that_is_elsewhere_is_watched_by_its_name() -> None:
    pager = {"Pager": resource("SNS::Topic"), "Door": door(TLS_ONLY), "Late": alarm(ref("Pager"))}
    dimension = pager["Late"]["Properties"]["Dimensions"][0]
    for arn in (f"arn:aws:sqs:{REGION}:{ACCOUNT}:orders", f"arn:aws:kinesis:{REGION}:{ACCOUNT}:stream/orders"):
        dimension["Value"] = "orders"
        assert closed({**pager, "Orders": mapping(arn)}) == [PUBLISH]
        dimension["Value"] = "returns"
        assert closed({**pager, "Orders": mapping(arn)}) == []


def test_an_alarm_that_is_never_deployed_tells_nobody_and_is_no_fault() -> None:
    never = {"Conditions": {"Never": {"Fn::Equals": ["a", "b"]}}}
    late = {**alarm(ref("Pager")), "Condition": "Never"}
    resources = {"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue")), "Late": late}
    document = template({**resources, "Pager": resource("SNS::Topic"), "Door": door(TLS_ONLY)}, **never)
    [plan] = read(Assembly([Stack(name="Shop", document=document)])).plans

    assert plan.deaf == ()


def test_an_alarm_that_names_nothing_is_about_what_is_beside_it() -> None:
    pager = {"Pager": resource("SNS::Topic"), "Door": door(TLS_ONLY)}
    of_query = resource("CloudWatch::Alarm", {"Metrics": [{"Id": "q", "Expression": "…"}], "OKActions": [ref("Pager")]})
    elsewhere = {"Resources": {**pager, "Late": of_query}}

    assert closed({**pager, "Late": of_query}) == [PUBLISH]
    assert closed({}, elsewhere) == []


def test_a_topic_without_a_policy_has_the_one_that_lets_its_account_in() -> None:
    assert closed({"Pager": resource("SNS::Topic"), "Late": alarm(ref("Pager"))}) == []


def test_a_policy_for_one_topic_is_read_too() -> None:
    inline = resource("SNS::TopicInlinePolicy", {"TopicArn": ref("Pager"), "PolicyDocument": {"Statement": [TLS_ONLY]}})

    assert closed({"Pager": resource("SNS::Topic"), "Late": alarm(ref("Pager")), "Door": inline}) == [PUBLISH]


def test_a_topic_by_its_arn_is_the_one_of_that_name_or_the_one_that_the_policy_names() -> None:
    own = resource("SNS::Topic", {"TopicName": "on-call"})

    assert closed({"Pager": own, "Late": alarm(ARN), "Door": door(TLS_ONLY)}) == [PUBLISH]
    assert closed({"Late": alarm(ARN), "Door": door(TLS_ONLY, topics=[ARN])}) == [PUBLISH]
    assert closed({"Late": alarm(ARN), "Door": door(TLS_ONLY, topics=[f"{ARN}-else"])}) == []
    assert closed({"Late": alarm(ARN)}) == []


def test_a_policy_of_a_topic_that_nobody_knows_may_be_the_one_that_lets_it_in() -> None:
    hidden = door(statement(CLOUDWATCH), topics=ref("Whose"))

    assert (
        closed({"Pager": resource("SNS::Topic"), "Late": alarm(ref("Pager")), "A": door(TLS_ONLY), "B": hidden}) == []
    )


def test_one_of_two_policies_that_lets_cloudwatch_in_may_be_the_last() -> None:
    pager = {"Pager": resource("SNS::Topic"), "Late": alarm(ref("Pager"))}

    assert closed({**pager, "A": door(TLS_ONLY), "B": door(statement(CLOUDWATCH))}) == []


def test_a_policy_under_an_open_condition_is_not_surely_there() -> None:
    pager = {"Pager": resource("SNS::Topic"), "Late": alarm(ref("Pager"))}

    assert closed({**pager, "Door": {**door(TLS_ONLY), "Condition": "Hardened"}}) == []


def test_a_topic_of_another_stack_is_found_by_what_that_exports() -> None:
    other = {
        "Resources": {"Pager": resource("SNS::Topic"), "Door": door(TLS_ONLY)},
        "Outputs": {"Topic": {"Value": ref("Pager"), "Export": {"Name": "pager"}}},
    }

    assert closed({"Late": alarm({"Fn::ImportValue": "pager"})}, other) == [PUBLISH]
