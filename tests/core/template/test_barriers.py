"""What keeps a poller out although its role lets it in: policies of resources, boundaries, and policies of keys."""

from typing import Any

import pytest

from cdk_esm.plan import BarrierKind, MappingPlan, Permission
from cdk_esm.testing.plans import ids
from cdk_esm.testing.templates import document, get, inline, mapping, permission, plan, plans, ref, resource

RECEIVE = "sqs:ReceiveMessage"
SUB = "Fn::Sub"
ROLE = {SUB: "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/other-team"}


def gated(role: dict[str, Any] | None = None, **statement: Any) -> MappingPlan:
    """A mapping on a queue whose policy denies something."""
    written = {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": get("Queue"), **statement}
    written = {name: value for name, value in written.items() if value is not None}
    gate = {"Queues": [ref("Queue")], "PolicyDocument": {"Statement": [written]}}
    return plan(
        {
            "Queue": resource("SQS::Queue"),
            "Gate": resource("SQS::QueuePolicy", gate),
            "Orders": mapping(get("Queue")),
            "Role": resource("IAM::Role", {**inline(document("*", "*")), **(role or {})}),
            "Another": resource("IAM::Role", {}),
        },
        Parameters={"Given": {"Type": "String"}},
    )


def when(operator: str, key: str, value: Any) -> dict[str, Any]:
    return {"Condition": {operator: {key: value}}}


DENIED = [
    pytest.param({}, id="everybody"),
    pytest.param({"Principal": {"AWS": "*"}}, id="everybody of AWS"),
    pytest.param({"Principal": {"AWS": [get("Role")]}}, id="the role"),
    pytest.param({"Principal": {"AWS": {SUB: "arn:aws:iam::${AWS::AccountId}:root"}}}, id="the account"),
    pytest.param({"Principal": {"AWS": ref("AWS::AccountId")}}, id="the account by its ID"),
    pytest.param({"Action": ["sqs:Receive*"]}, id="one action"),
    pytest.param({"Action": None, "NotAction": ["sqs:SendMessage"]}, id="all actions but sending"),
    pytest.param({"Resource": "*"}, id="everything"),
    pytest.param({"Principal": None, "NotPrincipal": {"AWS": get("Another")}}, id="all but another role"),
    pytest.param(when("StringNotEquals", "aws:SourceVpc", "vpc-1"), id="outside a network"),
    pytest.param(when("StringNotEqualsIfExists", "aws:SourceVpce", ["vpce-1", "vpce-2"]), id="outside endpoints"),
    pytest.param(when("StringNotLike", "AWS:sourcevpce", "vpce-*"), id="outside endpoints in other capitals"),
    pytest.param(when("Null", "aws:SourceVpce", "true"), id="without an endpoint"),
    pytest.param(when("NotIpAddress", "aws:SourceIp", ["10.0.0.0/8"]), id="outside addresses"),
    pytest.param(when("ArnNotEquals", "aws:PrincipalArn", get("Another")), id="all but another role by condition"),
    pytest.param(when("ArnNotLike", "aws:PrincipalArn", ROLE), id="all but a role by its name"),
    pytest.param(when("ArnEquals", "aws:PrincipalArn", get("Role")), id="the role by condition"),
    pytest.param(when("StringEquals", "aws:PrincipalAccount", ref("AWS::AccountId")), id="the account by condition"),
    pytest.param(when("Bool", "aws:SecureTransport", "true"), id="all that use TLS"),
    pytest.param(when("BoolIfExists", "aws:PrincipalIsAWSService", "false"), id="all that are no service"),
]
LET_IN = [
    pytest.param({"Effect": "Allow"}, id="it allows"),
    pytest.param({"Principal": {"AWS": [get("Another")]}}, id="another role"),
    pytest.param({"Principal": {"Service": "lambda.amazonaws.com"}}, id="a service"),
    pytest.param({"Principal": {"AWS": "444455556666"}}, id="an account that may be another"),
    pytest.param({"Action": "sqs:SendMessage"}, id="another action"),
    pytest.param({"Action": None, "NotAction": "sqs:*"}, id="all but the actions of queues"),
    pytest.param({"Action": ref("Given")}, id="an action that the deployment gives"),
    pytest.param({"Resource": get("Dead")}, id="another queue"),
    pytest.param({"Resource": None, "NotResource": get("Dead")}, id="all but another queue"),
    pytest.param({"Principal": None, "NotPrincipal": {"AWS": get("Role")}}, id="all but the role"),
    pytest.param(when("Bool", "aws:SecureTransport", "false"), id="plain HTTP"),
    pytest.param(when("StringEquals", "aws:SourceVpc", "vpc-1"), id="inside a network"),
    pytest.param(when("Null", "aws:SourceVpce", "false"), id="with an endpoint"),
    pytest.param(when("NotIpAddress", "aws:SourceIp", ["0.0.0.0/0"]), id="outside all addresses"),
    pytest.param(when("IpAddress", "aws:SourceIp", ["10.0.0.0/8"]), id="inside addresses"),
    pytest.param(
        when("ArnNotEquals", "aws:PrincipalArn", [get("Another"), get("Role")]), id="all but the role by condition"
    ),
    pytest.param(when("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::*:role/Shop-*"), id="all but roles by a pattern"),
    pytest.param(when("StringNotEquals", "aws:PrincipalAccount", ref("AWS::AccountId")), id="other accounts"),
    pytest.param(when("StringNotEquals", "aws:PrincipalOrgID", "o-1"), id="an organization that nobody knows"),
    pytest.param(when("ForAllValues:StringNotEquals", "aws:SourceVpc", "vpc-1"), id="an operator on several values"),
    pytest.param(when("StringNotEquals", "aws:PrincipalArn", ref("Given")), id="all but what the deployment gives"),
    pytest.param({"Condition": {"StringNotEquals": "odd"}}, id="a condition that is none"),
    pytest.param(
        {
            "Condition": {
                "StringNotEquals": {"aws:SourceVpc": "vpc-1"},
                "ArnNotEquals": {"aws:PrincipalArn": get("Role")},
            }
        },
        id="outside a network and not the role",
    ),
]


@pytest.mark.parametrize("statement", DENIED)
def test_a_policy_of_the_queue_that_denies_the_poller_is_a_barrier(statement: dict[str, Any]) -> None:
    found = gated(**statement)

    assert barrier_of(permission(found, RECEIVE)) == (False, BarrierKind.POLICY, "Shop/Gate")
    assert ids(found, select=["ESM4"]) == ["ESM414"]


@pytest.mark.parametrize("statement", LET_IN)
def test_a_policy_that_surely_does_not_or_may_not_deny_it_is_none(statement: dict[str, Any]) -> None:
    found = gated(**statement)

    assert permission(found, RECEIVE).barrier is None
    assert ids(found, select=["ESM4"]) == []


def barrier_of(one: Permission) -> tuple[Any, Any, Any]:
    return one.held, one.barrier and one.barrier.kind, one.barrier and one.barrier.name


def test_a_role_with_a_name_is_left_out_by_that_name_alone() -> None:
    for name, barrier in (("other-team", None), ("ours", BarrierKind.POLICY)):
        found = gated(role={"RoleName": name}, **when("ArnNotEquals", "aws:PrincipalArn", ROLE))

        assert getattr(permission(found, RECEIVE).barrier, "kind", None) is barrier


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, ["ESM414"]),
        (when("ArnNotEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/ours"), []),
        (when("ArnNotEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/theirs"), ["ESM414"]),
    ],
)
def test_what_keeps_everybody_out_keeps_a_role_out_that_is_in_no_template(condition: Any, expected: list[str]) -> None:
    written = {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": get("Queue"), **(condition or {})}
    gate = {"Queues": [ref("Queue")], "PolicyDocument": {"Statement": [written]}}
    function = {"Role": "arn:aws:iam::111122223333:role/ours", "Handler": "app.handler"}
    found = plan(
        {
            "Queue": resource("SQS::Queue"),
            "Gate": resource("SQS::QueuePolicy", gate),
            "Function": resource("Lambda::Function", function),
            "Orders": mapping(get("Queue")),
        }
    )

    assert ids(found, select=["ESM4"]) == expected


def test_a_policy_under_an_open_condition_is_a_barrier_in_one_of_the_two_ways() -> None:
    written = {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": get("Queue")}
    gate = {"Queues": [ref("Queue")], "PolicyDocument": {"Statement": [written]}}
    found = plans(
        {
            "Queue": resource("SQS::Queue"),
            "Gate": resource("SQS::QueuePolicy", gate, Condition="Closed"),
            "Orders": mapping(get("Queue")),
        },
        Parameters={"Given": {"Type": "String"}},
        Conditions={"Closed": {"Fn::Equals": [ref("Given"), "yes"]}},
    )

    assert [permission(one, RECEIVE).held for one in found] == [False, True]


def test_a_stream_and_a_bucket_have_policies_too() -> None:
    deny = {"Effect": "Deny", "Principal": "*", "Resource": "*"}
    stream = {"ResourceArn": get("Stream"), "ResourcePolicy": {"Statement": [{**deny, "Action": "kinesis:*"}]}}
    bucket = {"Bucket": ref("Failed"), "PolicyDocument": {"Statement": [{**deny, "Action": "s3:PutObject"}]}}
    found = plan(
        {
            "Stream": resource("Kinesis::Stream"),
            "Gate": resource("Kinesis::ResourcePolicy", stream),
            "Failed": resource("S3::Bucket"),
            "Closed": resource("S3::BucketPolicy", bucket),
            "Orders": mapping(
                get("Stream"),
                StartingPosition="TRIM_HORIZON",
                DestinationConfig={"OnFailure": {"Destination": get("Failed")}},
            ),
        }
    )

    assert barrier_of(permission(found, "kinesis:GetRecords")) == (False, BarrierKind.POLICY, "Shop/Gate")
    assert set(ids(found, select=["ESM414", "ESM420"])) == {"ESM414", "ESM420"}


@pytest.mark.parametrize(
    ("boundary", "expected"),
    [
        pytest.param(document("logs:*", "*"), ["ESM414"], id="logs alone"),
        pytest.param(document("*", "*"), [], id="everything"),
        pytest.param(document("sqs:*", get("Queue")), [], id="the queue"),
        pytest.param(document("sqs:*", get("Another")), ["ESM414"], id="another queue"),
        pytest.param({"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]}, [], id="not read"),
        pytest.param(
            {"Statement": [document("*", "*")["Statement"][0], {"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}]},
            ["ESM414"],
            id="all but queues",
        ),
    ],
)
def test_a_permissions_boundary_bounds_the_policies_of_the_role(boundary: Any, expected: list[str]) -> None:
    role = {**inline(document("*", "*")), "PermissionsBoundary": ref("Fence")}
    found = plan(
        {
            "Queue": resource("SQS::Queue"),
            "Another": resource("SQS::Queue"),
            "Fence": resource("IAM::ManagedPolicy", {"PolicyDocument": boundary}),
            "Role": resource("IAM::Role", role),
            "Orders": mapping(get("Queue")),
        }
    )

    assert ids(found, select=["ESM4"]) == expected
    if expected:
        assert barrier_of(permission(found, RECEIVE)) == (False, BarrierKind.BOUNDARY, "Shop/Fence")


def test_a_boundary_that_nobody_can_read_bounds_nothing_for_certain() -> None:
    for boundary in ("arn:aws:iam::aws:policy/PowerUserAccess", "arn:aws:iam::111122223333:policy/fence"):
        role = {**inline(document("*", "*")), "PermissionsBoundary": boundary}
        resources = {"Queue": resource("SQS::Queue"), "Role": resource("IAM::Role", role)}

        assert ids(plan({**resources, "Orders": mapping(get("Queue"))}), select=["ESM4"]) == []


KEY = {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        pytest.param({"AWS": {SUB: "arn:aws:iam::${AWS::AccountId}:root"}}, [], id="the account"),
        pytest.param({"AWS": ref("AWS::AccountId")}, [], id="the account by its ID"),
        pytest.param({"AWS": get("Role")}, [], id="the role"),
        pytest.param({"AWS": "*"}, [], id="everybody of AWS"),
        pytest.param("*", [], id="everybody"),
        pytest.param({"AWS": ref("Given")}, [], id="what the deployment gives"),
        pytest.param({"AWS": get("Admin")}, ["ESM419"], id="another role"),
        pytest.param({"Service": "sns.amazonaws.com"}, ["ESM419"], id="a service"),
    ],
)
def test_a_key_whose_policy_lets_in_neither_account_nor_role_is_closed(principal: Any, expected: list[str]) -> None:
    policy = {"Statement": [{**KEY, "Principal": principal}]}
    found = plan(
        {
            "Key": resource("KMS::Key", {"KeyPolicy": policy}),
            "Queue": resource("SQS::Queue", {"KmsMasterKeyId": ref("Key")}),
            "Admin": resource("IAM::Role"),
            "Orders": mapping(get("Queue")),
        },
        Parameters={"Given": {"Type": "String"}},
    )

    assert ids(found, select=["ESM4"]) == expected
    if expected:
        assert barrier_of(permission(found, "kms:Decrypt", "source-key")) == (False, BarrierKind.KEY, "Shop/Key")


ALIAS = {SUB: "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/shop"}


@pytest.mark.parametrize(
    "named", [ref("Key"), ref("Alias"), "alias/shop", "arn:aws:kms:eu-west-1:111122223333:alias/shop"]
)
@pytest.mark.parametrize(
    "place", [ALIAS, "arn:aws:kms:*:*:alias/*", {SUB: "arn:aws:kms:eu-west-1:111122223333:${Alias}"}]
)
def test_a_grant_on_an_alias_is_no_grant_on_its_key(named: Any, place: Any) -> None:
    found = under_a_key(named, document("sqs:*", "*"), document("kms:Decrypt", place))

    assert ids(found, select=["ESM4"]) == ["ESM419"]


@pytest.mark.parametrize("place", [get("Key"), "*", "arn:aws:kms:eu-west-1:111122223333:key/*"])
def test_a_grant_on_the_key_counts_beside_one_on_an_alias(place: Any) -> None:
    found = under_a_key(
        ref("Alias"), document("sqs:*", "*"), document("kms:Decrypt", ALIAS), document("kms:Decrypt", place)
    )

    assert "ESM419" not in ids(found, select=["ESM4"])


def under_a_key(named: Any, *statements: Any) -> MappingPlan:
    """A mapping on a queue under a key that has an alias."""
    return plan(
        {
            "Key": resource("KMS::Key", {}),
            "Alias": resource("KMS::Alias", {"AliasName": "alias/shop", "TargetKeyId": ref("Key")}),
            "Queue": resource("SQS::Queue", {"KmsMasterKeyId": named}),
            "Role": resource("IAM::Role", inline(*statements)),
            "Orders": mapping(get("Queue")),
        }
    )
