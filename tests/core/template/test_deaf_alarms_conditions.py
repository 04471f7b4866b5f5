"""Every key and every operator that decides whether a policy shuts CloudWatch out, and what a deaf action tells."""

from typing import Any

import pytest

from cdk_esm.plan import DeafAction
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import read
from cdk_esm.testing.templates import get, mapping, ref, resource, template
from tests.core.template.test_deaf_alarms import (
    ACCOUNT,
    ARN,
    CLOUDWATCH,
    KEY,
    PUBLISH,
    SHUT,
    TLS_ONLY,
    alarm,
    closed,
    door,
    key,
    of_policy,
    statement,
    when,
)

OTHER = "444455556666"
POSITIVE = ("StringEquals", "StringLike", "StringEqualsIgnoreCase", "ArnEquals", "ArnLike", "ForAnyValue:StringEquals")
NEGATIVE = ("StringNotEquals", "StringNotLike", "StringNotEqualsIgnoreCase", "ArnNotEquals", "ArnNotLike")
ABSENT = ("aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceVpc", "aws:SourceVpce")


@pytest.mark.parametrize("operator", POSITIVE)
@pytest.mark.parametrize("name", [*ABSENT, "aws:SourceAccount", "aws:SourceOwner"])
def test_every_comparison_with_another_value_shuts_it_out(operator: str, name: str) -> None:
    assert of_policy(statement(CLOUDWATCH, **when(operator, name, OTHER))) == [PUBLISH]
    assert of_policy(statement(CLOUDWATCH, **when(f"ForAllValues:{operator}", name, OTHER))) == []


@pytest.mark.parametrize("operator", NEGATIVE)
@pytest.mark.parametrize("name", [*ABSENT, "aws:SourceAccount", "aws:SourceOwner"])
def test_every_denial_of_all_but_another_value_shuts_it_out(operator: str, name: str) -> None:
    assert of_policy(statement(), statement(effect="Deny", **when(operator, name, OTHER))) == [PUBLISH]
    assert of_policy(statement(**when(operator, name, OTHER))) == []


def test_a_key_that_exists_is_compared_also_if_it_need_not() -> None:
    assert of_policy(statement(**when("StringEqualsIfExists", "aws:SourceAccount", OTHER))) == [PUBLISH]
    assert of_policy(statement(**when("StringEqualsIfExists", "aws:SourceVpc", "vpc-1"))) == []


@pytest.mark.parametrize(
    ("condition", "shut"),
    [
        pytest.param(when("Bool", "aws:PrincipalIsAWSService", "true"), True, id="services"),
        pytest.param(when("Bool", "aws:PrincipalIsAWSService", False), False, id="all-but-services"),
        pytest.param(when("Bool", "aws:SecureTransport", "true"), True, id="over-tls"),
        pytest.param(when("Bool", "aws:SecureTransport", "false"), False, id="over-plain-http"),
        pytest.param(when("Null", "aws:PrincipalOrgID", "true"), True, id="of-no-organization"),
        pytest.param(when("Null", "aws:PrincipalOrgID", "false"), False, id="of-an-organization"),
        pytest.param(when("StringEquals", "aws:SourceAccount", OTHER), False, id="another-account"),
        pytest.param({"Condition": "odd"}, False, id="odd"),
        pytest.param({"Condition": {"StringNotEquals": "odd"}}, False, id="odd-keys"),
        pytest.param(
            {"Condition": {"StringNotEquals": {"aws:SourceVpc": "v", "aws:Odd": "1"}}}, False, id="one-of-two"
        ),
        pytest.param({"NotResource": "arn:aws:sns:*"}, False, id="not-there"),
    ],
)
def test_a_denial_counts_if_it_surely_holds(condition: dict[str, Any], *, shut: bool) -> None:
    assert of_policy(statement(), {**statement(effect="Deny"), **condition}) == ([PUBLISH] if shut else [])


@pytest.mark.parametrize(
    ("flag", "value", "shut"),
    [
        ("aws:PrincipalIsAWSService", "false", True),
        ("aws:PrincipalIsAWSService", "true", False),
        ("aws:SecureTransport", "false", True),
        ("aws:SecureTransport", "true", False),
    ],
)
def test_a_flag_that_a_service_does_not_have_shuts_it_out(flag: str, value: str, *, shut: bool) -> None:
    assert of_policy(statement(**when("Bool", flag, value))) == ([PUBLISH] if shut else [])


@pytest.mark.parametrize(
    ("denied", "shut"),
    [
        pytest.param(CLOUDWATCH, True, id="the-service"),
        pytest.param({"AWS": "*"}, True, id="everybody"),
        pytest.param({"AWS": ["*"]}, True, id="everybody-in-a-list"),
        pytest.param({"Service": "sns.amazonaws.com"}, False, id="another-service"),
        pytest.param({"AWS": ACCOUNT}, False, id="an-account"),
        pytest.param(ref("Whose"), False, id="open"),
    ],
)
def test_a_denial_counts_if_it_is_surely_for_the_service(denied: Any, *, shut: bool) -> None:
    assert of_policy(statement(), statement(denied, "Deny")) == ([PUBLISH] if shut else [])


@pytest.mark.parametrize(
    ("name", "arn", "shut"),
    [
        ("late", f"arn:aws:cloudwatch:eu-west-1:{ACCOUNT}:alarm:late", False),
        ("late", f"arn:aws:cloudwatch:eu-west-1:{ACCOUNT}:alarm:l*", False),
        ("late", f"arn:aws:cloudwatch:eu-west-1:{ACCOUNT}:alarm:early", True),
        (None, f"arn:aws:cloudwatch:eu-west-1:{ACCOUNT}:alarm:early", False),
        (None, f"arn:aws:cloudwatch:eu-west-1:{OTHER}:alarm:*", True),
        (None, f"arn:aws:cloudwatch:eu-west-1:{ACCOUNT}:a*", False),
        (None, f"arn:aws:cloudwatch:eu-west-1:{ACCOUNT}:insight-rule/*", True),
        (None, f"arn:aws:*:eu-west-1:{ACCOUNT}:*", False),
        (None, {"Fn::Sub": "arn:aws:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*"}, False),
        (None, {"Fn::Sub": "arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/*"}, True),
        (None, get("Late"), False),
        (None, get("Queue"), True),
        (None, ref("Whose"), False),
    ],
)
def test_the_arn_of_the_alarm_is_compared_part_by_part(name: str | None, arn: Any, *, shut: bool) -> None:
    named = {} if name is None else {"AlarmName": name}
    policy = door(statement(CLOUDWATCH, **when("ArnLike", "aws:SourceArn", arn)))
    pager = {"Pager": resource("SNS::Topic"), "Late": alarm(ref("Pager"), **named)}

    assert closed({**pager, "Door": policy}) == ([PUBLISH] if shut else [])


def test_what_is_no_policy_leaves_it_open() -> None:
    topic = {"Pager": resource("SNS::Topic"), "Late": alarm(ref("Pager"))}
    for document in ("odd", {}, {"Statement": "odd"}, {"Statement": ["odd"]}, ref("Whose")):
        policy = resource("SNS::TopicPolicy", {"Topics": [ref("Pager")], "PolicyDocument": document})
        assert closed({**topic, "Door": policy}) == []


def deaf(resources: dict[str, Any], account: str | None) -> tuple[DeafAction, ...]:
    document = template({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue")), **resources})
    [plan] = read(Assembly([Stack(name="Shop", document=document, account=account, region="eu-west-1")])).plans
    return plan.deaf


@pytest.mark.parametrize("account", [None, ACCOUNT])
def test_a_deaf_action_tells_what_to_paste(account: str | None) -> None:
    topic = resource("SNS::Topic", {"KmsMasterKeyId": ref("Seal")})
    late = alarm(ref("Pager"), ref("Pager"), place="OKActions")
    policy, own_key = deaf({"Pager": topic, "Late": late, "Door": door(TLS_ONLY), "Seal": SHUT}, account)

    assert policy == DeafAction(
        alarm="Shop/Late",
        place="OKActions",
        topic="Shop/Pager",
        actions=PUBLISH,
        policy="Shop/Door",
        statement={
            "Effect": "Allow",
            "Principal": CLOUDWATCH,
            "Action": "sns:Publish",
            "Resource": ref("Pager"),
            "Condition": {"StringEquals": {"aws:SourceAccount": account or ref("AWS::AccountId")}},
        },
    )
    assert own_key == DeafAction(
        alarm="Shop/Late",
        place="OKActions",
        topic="Shop/Pager",
        actions=KEY,
        key="Shop/Seal",
        statement={"Effect": "Allow", "Principal": CLOUDWATCH, "Action": list(KEY), "Resource": "*"},
    )


def test_a_topic_in_words_is_named_so_in_the_statement() -> None:
    [one] = deaf({"Late": alarm(ARN), "Door": door(TLS_ONLY, topics=[ARN])}, ACCOUNT)

    assert (one.topic, one.statement["Resource"]) == (ARN, ARN)


def test_an_alarm_tells_two_topics_each_in_its_way() -> None:
    two = {"One": resource("SNS::Topic"), "Two": resource("SNS::Topic", {"KmsMasterKeyId": "alias/aws/sns"})}
    found = deaf({**two, "Late": alarm(ref("One"), ref("Two")), "Door": door(TLS_ONLY, topics=[ref("One")])}, ACCOUNT)

    assert [(one.topic, one.policy, one.key, one.managed) for one in found] == [
        ("Shop/One", "Shop/Door", None, False),
        ("Shop/Two", None, "alias/aws/sns", True),
    ]


def test_what_is_no_topic_and_a_topic_that_never_stands_are_left_out() -> None:
    never = {"Condition": "Never"}
    resources = {
        "Pager": {**resource("SNS::Topic", {"KmsMasterKeyId": "alias/aws/sns"}), **never},
        "Late": alarm(ref("Pager"), "arn:aws:lambda:eu-west-1:1:function:x", get("Queue"), ref("Whose"), 7),
    }

    assert deaf(resources, ACCOUNT) == ()


def test_a_key_that_is_open_under_a_condition_is_not_judged() -> None:
    topic = resource("SNS::Topic", {"KmsMasterKeyId": ref("Seal")})
    maybe = {**key(), "Condition": "Sealed"}

    assert deaf({"Pager": topic, "Late": alarm(ref("Pager")), "Seal": maybe}, ACCOUNT) == ()
