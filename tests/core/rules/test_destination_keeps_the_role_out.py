from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import read
from cdk_esm.testing.plans import ids, mapping, with_destination
from cdk_esm.testing.templates import get, ref, resource, template
from cdk_esm.testing.templates import mapping as orders

ID, ADVICE = "ESM442", "ESM441"
HERE, THERE = "111122223333", "444455556666"
SERVICES: dict[str, tuple[str, dict[str, Any], Any]] = {
    "SQS::Queue": ("SQS::QueuePolicy", {"Queues": [ref("Failed")]}, "sqs:SendMessage"),
    "SNS::Topic": ("SNS::TopicPolicy", {"Topics": [ref("Failed")]}, "sns:Publish"),
    "S3::Bucket": ("S3::BucketPolicy", {"Bucket": ref("Failed")}, ["s3:ListBucket", "s3:PutObject"]),
}
PLACES = {
    "SQS::Queue": ({"QueueName": "failed"}, f"arn:aws:sqs:eu-west-1:{THERE}:failed"),
    "SNS::Topic": ({"TopicName": "failed"}, f"arn:aws:sns:eu-west-1:{THERE}:failed"),
    "S3::Bucket": ({"BucketName": "failed"}, "arn:aws:s3:::failed"),
}
ROLE = f"arn:aws:iam::{HERE}:role/fulfil"


def shop(
    kind: str, *statements: dict[str, Any], account: str = THERE, beside: Stack | None = None, **more: Any
) -> list[esm.plan.MappingPlan]:
    """A mapping whose failed records go to something of another stack, with a policy there; it is named by its ARN."""
    policy, owner, _ = SERVICES[kind]
    named, place = PLACES[kind]
    failed = {"Failed": resource(kind, named), **more}
    if statements:
        failed["Policy"] = resource(policy, {**owner, "PolicyDocument": {"Statement": [*statements]}})
    settings: dict[str, Any] = {"StartingPosition": "TRIM_HORIZON"}
    settings["DestinationConfig"] = {"OnFailure": {"Destination": place.replace(THERE, account)}}
    role = resource("IAM::Role", {"RoleName": "fulfil"})
    document = template(
        {"Stream": resource("Kinesis::Stream"), "Orders": orders(get("Stream"), **settings), "Own": role}
    )
    document["Resources"]["Function"]["Properties"]["Role"] = get("Own")
    here = Stack(name="Shop", document=document, region="eu-west-1", account=HERE)
    there = Stack(name="Audit", document={"Resources": failed}, region="eu-west-1", account=account)
    return read(Assembly([here, there, *([] if beside is None else [beside])])).plans


def let_in(kind: str, principal: Any, action: str | None = None, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": action or SERVICES[kind][2], "Resource": "*", **more}


@pytest.mark.parametrize("kind", SERVICES)
def test_a_destination_that_lets_nobody_in_is_found(kind: str) -> None:
    for statements in (
        (),
        (let_in(kind, {"Service": "events.amazonaws.com"}),),
        (let_in(kind, {"AWS": "222233334444"}),),
        (let_in(kind, {"AWS": f"arn:aws:iam::{THERE}:root"}),),
        (let_in(kind, {"AWS": HERE}, "sqs:ReceiveMessage"),),
        (let_in(kind, {"AWS": HERE}, "s3:PutObject"),),
        (let_in(kind, {"AWS": HERE}, "s3:ListBucket"),),
        (let_in(kind, {"AWS": ROLE}, Effect="Deny"),),
        (let_in(kind, {"AWS": f"arn:aws:iam::{HERE}:role/another"}),),
    ):
        [finding] = check(shop(kind, *statements), select=[ID, ADVICE])

        assert (finding.rule.id, str(finding.severity), finding.got) == (ID, "danger", THERE)


@pytest.mark.parametrize("kind", SERVICES)
@pytest.mark.parametrize(
    ("principal", "more"),
    [
        ("*", {}),
        ({"AWS": HERE}, {}),
        ({"AWS": [f"arn:aws:iam::{HERE}:root"]}, {}),
        ({"AWS": ROLE}, {}),
        ({"AWS": {"Fn::Sub": ROLE.replace("aws", "${AWS::Partition}", 1)}}, {}),
        ("*", {"Condition": {"StringEquals": {"aws:PrincipalAccount": HERE}}}),
    ],
)
def test_one_that_lets_the_role_or_its_account_in_is_fine(kind: str, principal: Any, more: Any) -> None:
    assert ids(shop(kind, let_in(kind, principal, **more))[0], select=[ID, ADVICE]) == []


@pytest.mark.parametrize(
    ("principal", "more"),
    [
        ({"AWS": {"Ref": "AWS::StackId"}}, {}),
        ({"AWS": {"Fn::ImportValue": "role"}}, {}),
        ("*", {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}),
    ],
)
@pytest.mark.parametrize("kind", SERVICES)
def test_where_it_may_be_let_in_nothing_but_the_advice_is_said(kind: str, principal: Any, more: Any) -> None:
    assert ID not in ids(shop(kind, let_in(kind, principal, **more))[0], select=[ID, ADVICE])


@pytest.mark.parametrize("kind", ["SQS::Queue", "S3::Bucket"])
def test_a_policy_of_a_third_stack_that_hides_what_it_is_of_leaves_the_advice(kind: str) -> None:
    url = f"https://sqs.eu-west-1.amazonaws.com/{THERE}/failed"
    hidden: list[dict[str, Any]] = (
        [{"Queues": [url]}, {"Queues": [ref("Where")]}] if kind == "SQS::Queue" else [{"Bucket": ref("Where")}]
    )
    for owner in hidden:
        for account, said in ((THERE, [ADVICE]), ("777788889999", [ID])):
            policy = resource(SERVICES[kind][0], {**owner, "PolicyDocument": {"Statement": [let_in(kind, "*")]}})
            third = {"Resources": {"Policy": policy}, "Parameters": {"Where": {"Type": "String"}}}
            stack = Stack(name="Rights", document=third, region="eu-west-1", account=account)

            assert ids(shop(kind, beside=stack)[0], select=[ID, ADVICE]) == said


@pytest.mark.parametrize("kind", SERVICES)
def test_within_one_account_the_role_alone_decides(kind: str) -> None:
    assert ids(shop(kind, account=HERE)[0], select=[ID, ADVICE]) == []


@pytest.mark.parametrize(
    ("acl", "expected"),
    [
        ({}, [ID]),
        ({"AccessControl": "Private"}, [ID]),
        ({"AccessControl": "PublicRead"}, [ID]),
        ({"AccessControl": "PublicReadWrite"}, [ADVICE]),
        ({"AccessControl": {"Fn::ImportValue": "acl"}}, [ADVICE]),
    ],
)
def test_an_access_control_list_may_let_everybody_write(acl: dict[str, Any], expected: list[str]) -> None:
    bucket = resource("S3::Bucket", {"BucketName": "failed", **acl})

    assert ids(shop("S3::Bucket", Failed=bucket)[0], select=[ID, ADVICE]) == expected


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_nobody_sees_is_not_judged(hidden: Any) -> None:
    assert ids(with_destination(mapping("kinesis"), account=THERE, lets_in=hidden), select=[ID]) == []
    assert ids(with_destination(mapping("kinesis"), account=hidden, lets_in=False), select=[ID]) == []


def test_the_fix_is_the_statement_to_paste() -> None:
    [finding] = check(shop("SNS::Topic"), select=[ID])

    assert '"sns:Publish"' in finding.fix
    assert "topic's policy" in finding.fix


def test_another_account_is_not_let_in_by_a_key_that_lets_its_own_account_in() -> None:
    only_its_own = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{THERE}:root"},
        "Action": "kms:*",
        "Resource": "*",
    }
    both = (only_its_own, {**only_its_own, "Principal": {"AWS": HERE}})
    for statements, found in ((only_its_own,), True), (both, False):
        key = resource("KMS::Key", {"KeyPolicy": {"Statement": [*statements]}})
        failed = resource("SQS::Queue", {"QueueName": "failed", "KmsMasterKeyId": ref("Key")})
        plans = shop("SQS::Queue", Key=key, Failed=failed)
        access = plans[0].role.access
        assert access is not None
        assert ({one.barrier.kind for one in access.permissions if one.barrier} == {"key"}) is found
