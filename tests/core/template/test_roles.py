"""What the role behind a mapping is granted, as far as its templates tell."""

from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import MappingPlan, Permission
from cdk_esm.testing.templates import document, get, inline, mapping, permission, plan, ref, resource

RECEIVE = "sqs:ReceiveMessage"
RECEIVES = [RECEIVE, "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
BASIC = {"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"}
ARN = {"Fn::Sub": "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Queue.QueueName}"}


def found(resources: dict[str, Any], /, sections: dict[str, Any] | None = None, **orders: Any) -> MappingPlan:
    one = {**mapping(get("Queue")), **orders}
    around = {"Queue": resource("SQS::Queue"), "Role": resource("IAM::Role"), "Orders": one}
    return plan({**around, **resources}, **(sections or {}))


def receives(properties: dict[str, Any], further: dict[str, Any] | None = None, **orders: Any) -> Permission:
    around = {"Role": resource("IAM::Role", properties), "Other": resource("SQS::Queue"), **(further or {})}
    return permission(found(around, **orders), RECEIVE)


@pytest.mark.parametrize(
    "properties",
    [
        pytest.param(inline(document(RECEIVES, get("Queue"))), id="inline"),
        pytest.param(inline(document("sqs:*", "*")), id="wildcards"),
        pytest.param(inline(document("SQS:receive*", get("Queue"))), id="another case"),
        pytest.param(inline(document("sqs:Receive?essage", get("Queue"))), id="one sign"),
        pytest.param(inline(document("*", "*")), id="anything"),
        pytest.param(inline(document(RECEIVES, ARN)), id="ARN put together"),
        pytest.param(inline(document(RECEIVES, [get("Other"), get("Queue")])), id="one of several queues"),
        pytest.param(inline(document(RECEIVES, get("Queue"), Condition={"Bool": {"a:b": "true"}})), id="condition"),
        pytest.param(inline(document("s3:*", "*"), document(RECEIVES, get("Queue"))), id="second policy"),
        pytest.param({"ManagedPolicyArns": [BASIC]}, id="managed by AWS"),
        pytest.param({"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"]}, id="administrator"),
        pytest.param(
            {"PermissionsBoundary": "arn:aws:iam::111122223333:policy/b", **inline(document(RECEIVES, "*"))},
            id="with a boundary",
        ),
    ],
)
def test_role_holds_what_its_own_policies_allow(properties: dict[str, Any]) -> None:
    one = receives(properties)

    assert (one.held, one.policies, one.ordered) == (True, (), True)


@pytest.mark.parametrize(
    "properties",
    [
        pytest.param({}, id="no policy"),
        pytest.param({"Policies": [], "ManagedPolicyArns": []}, id="empty lists"),
        pytest.param({"Policies": ref("AWS::NoValue")}, id="no value"),
        pytest.param(inline(document("sqs:DeleteMessage", "*")), id="another action"),
        pytest.param(inline(document(RECEIVES, "arn:aws:s3:::orders")), id="another service"),
        pytest.param(inline({"Statement": {"Effect": "Deny", "NotAction": "sqs:*", "Resource": "*"}}), id="denied"),
        pytest.param(
            {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}, id="logs"
        ),
    ],
)
def test_action_is_missing_where_no_policy_can_allow_it(properties: dict[str, Any]) -> None:
    one = receives(properties)

    assert one.held is False


@pytest.mark.parametrize(
    "on",
    [
        pytest.param(get("Other"), id="queue"),
        pytest.param({"Fn::Sub": "${Other.Arn}"}, id="sub"),
        pytest.param([get("Other"), get("Dead")], id="queues"),
    ],
)
def test_action_on_another_queue_is_said_to_be_elsewhere(on: Any) -> None:
    one = receives(inline(document(RECEIVES, on)), {"Dead": resource("SQS::Queue")})

    assert one.held is False
    assert one.elsewhere[0] == "Shop/Other"


@pytest.mark.parametrize(
    "properties",
    [
        pytest.param(inline(document(RECEIVES, "arn:aws:sqs:*:*:orders-*")), id="ARN pattern"),
        pytest.param(inline(document(RECEIVES, "arn:aws:sqs:eu-west-1:111122223333:orders")), id="ARN"),
        pytest.param(
            inline(document(RECEIVES, {"Fn::Sub": "arn:aws:sqs:*:*:${AWS::StackName}-*"})), id="ARN with holes"
        ),
        pytest.param(inline(document(RECEIVES, ref("Given"))), id="parameter"),
        pytest.param(inline(document(RECEIVES, {"Fn::ImportValue": "queue"})), id="import"),
        pytest.param(inline(document(RECEIVES, [["*"]])), id="list in a list"),
        pytest.param(inline(document(ref("Given"), get("Queue"))), id="hidden action"),
        pytest.param(inline(document({"Fn::Split": [",", ref("Given")]}, get("Queue"))), id="split action"),
        pytest.param(inline(ref("Given")), id="hidden document"),
        pytest.param({"Policies": ref("Given")}, id="hidden policies"),
        pytest.param(
            inline({"Statement": {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}}), id="not action"
        ),
        pytest.param(
            inline({"Statement": {"Effect": "Allow", "Action": "sqs:*", "NotResource": get("Other")}}),
            id="not resource",
        ),
        pytest.param(
            inline({"Statement": {"Effect": ref("Given"), "Action": "sqs:*", "Resource": "*"}}), id="hidden effect"
        ),
        pytest.param({"ManagedPolicyArns": ["arn:aws:iam::111122223333:policy/ours"]}, id="policy elsewhere"),
        pytest.param({"ManagedPolicyArns": ["arn:aws:iam::aws:policy/SecurityAudit"]}, id="policy nobody read"),
        pytest.param({"ManagedPolicyArns": ref("Given")}, id="hidden policies managed elsewhere"),
    ],
)
def test_what_cannot_be_read_or_compared_is_unknown(properties: dict[str, Any]) -> None:
    role = {"Role": resource("IAM::Role", properties), "Other": resource("SQS::Queue")}

    one = permission(found(role, {"Parameters": {"Given": {"Type": "String"}}}), RECEIVE)

    assert one.held is UNKNOWN
    assert one.elsewhere == ()


@pytest.mark.parametrize(
    "further",
    [
        pytest.param(
            {"Handed": resource("CloudFormation::Stack", {"Parameters": {"Role": ref("Role")}})}, id="nested stack"
        ),
        pytest.param({"Handed": {"Type": "Custom::Policy", "Properties": {"Role": ref("Role")}}}, id="custom resource"),
        pytest.param(
            {"P": resource("IAM::Policy", {"Roles": [ref("Given")], "PolicyDocument": document(RECEIVES, "*")})},
            id="policy of a hidden role",
        ),
        pytest.param(
            {
                "P": resource(
                    "IAM::Policy",
                    {
                        "Roles": [{"Fn::Select": [2, {"Fn::Split": ["/", get("Role")]}]}],
                        "PolicyDocument": document(RECEIVES, "*"),
                    },
                )
            },
            id="policy of a role by a part that its ARN may have",
        ),
        pytest.param({"Fn::ForEach::Policies": ["Name", ["a"], {}]}, id="loop"),
        pytest.param(
            {
                "Own": resource(
                    "SQS::QueuePolicy",
                    {
                        "Queues": [ref("Queue")],
                        "PolicyDocument": document("sqs:*", "*", Principal={"AWS": get("Role")}),
                    },
                )
            },
            id="policy of the queue",
        ),
        pytest.param(
            {
                "Own": resource(
                    "SQS::QueuePolicy",
                    {"Queues": [ref("Queue")], "PolicyDocument": document("sqs:*", "*", Principal="*")},
                )
            },
            id="queue for everybody",
        ),
        pytest.param(
            {"Own": resource("SQS::QueuePolicy", {"Queues": ref("Given"), "PolicyDocument": document("sqs:*", "*")})},
            id="policy of a hidden queue",
        ),
        pytest.param(
            {
                "Own": resource(
                    "SQS::QueuePolicy",
                    {
                        "Queues": ["https://sqs.eu-west-1.amazonaws.com/111122223333/orders"],
                        "PolicyDocument": document("sqs:*", "*", Principal="*"),
                    },
                )
            },
            id="policy of a queue by its URL",
        ),
    ],
)
def test_what_may_be_allowed_in_another_way_is_not_missing(further: dict[str, Any]) -> None:
    sections = {"Parameters": {"Given": {"Type": "String"}}}

    assert permission(found({"Role": resource("IAM::Role"), **further}, sections), RECEIVE).held is UNKNOWN


@pytest.mark.parametrize(
    "principal",
    [
        pytest.param({"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}}, id="account"),
        pytest.param({"AWS": "111122223333"}, id="account's number"),
        pytest.param({"AWS": ref("AWS::AccountId")}, id="this account's number"),
        pytest.param({"Service": "events.amazonaws.com"}, id="service"),
        pytest.param({"AWS": get("Another")}, id="another role"),
    ],
)
def test_queue_that_lets_others_in_leaves_the_action_missing(principal: dict[str, Any]) -> None:
    own = {"Queues": [ref("Queue")], "PolicyDocument": document("sqs:*", "*", Principal=principal)}
    further = {"Own": resource("SQS::QueuePolicy", own), "Another": resource("IAM::Role")}

    assert receives({}, further).held is False


def test_variables_of_iam_may_come_to_anything() -> None:
    on = {"Fn::Sub": "${Queue.Arn}${!aws:PrincipalTag/suffix}"}

    assert receives(inline(document(RECEIVES, on))).held is UNKNOWN


def test_macro_may_grant_what_is_missing() -> None:
    sections = {"Transform": "CompanyGuardrails"}

    assert permission(found({"Role": resource("IAM::Role")}, sections), RECEIVE).held is UNKNOWN


def test_transform_of_sam_grants_nothing_that_is_not_seen() -> None:
    sections = {"Transform": "AWS::Serverless-2016-10-31"}

    assert permission(found({"Role": resource("IAM::Role")}, sections), RECEIVE).held is False


def test_queue_elsewhere_may_let_the_role_in() -> None:
    orders = mapping("arn:aws:sqs:eu-west-1:111122223333:orders")

    assert permission(plan({"Role": resource("IAM::Role"), "Orders": orders}), RECEIVE).held is UNKNOWN


@pytest.mark.parametrize("name", ["failed", {"Fn::Sub": "${AWS::StackName}-failed"}], ids=["text", "text with a hole"])
def test_policy_that_names_its_bucket_by_a_text_may_be_that_of_the_destination(name: Any) -> None:
    policy = {"Bucket": name, "PolicyDocument": document("s3:*", "*", Principal={"AWS": get("Role")})}
    failed = {
        "Failed": resource("S3::Bucket", {"BucketName": name}),
        "Stream": resource("Kinesis::Stream"),
        "Policy": resource("S3::BucketPolicy", policy),
        "Role": resource("IAM::Role"),
    }
    orders = mapping(get("Stream"), DestinationConfig={"OnFailure": {"Destination": get("Failed")}})

    assert permission(plan({**failed, "Orders": orders}), "s3:PutObject", "destination-objects").held is UNKNOWN


@pytest.mark.parametrize(
    ("source", "on", "action", "place"),
    [
        pytest.param(
            ref("Consumer"),
            {"Fn::Sub": "arn:aws:kinesis:${AWS::Region}:${AWS::AccountId}:stream/${Stream}/consumer/fast:*"},
            "kinesis:SubscribeToShard",
            "consumer",
            id="consumer by its name",
        ),
        pytest.param(
            get("Table", "StreamArn"),
            {"Fn::Sub": "${Table.Arn}/stream/20*"},
            "dynamodb:GetRecords",
            "source",
            id="stream by a part of its label",
        ),
    ],
)
def test_a_resource_below_the_source_may_be_the_source(source: Any, on: Any, action: str, place: str) -> None:
    around = {
        "Stream": resource("Kinesis::Stream"),
        "Consumer": resource("Kinesis::StreamConsumer", {"StreamARN": get("Stream"), "ConsumerName": "fast"}),
        "Table": resource("DynamoDB::Table", {"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}}),
        "Role": resource("IAM::Role", inline(document(action, on))),
    }

    assert permission(plan({**around, "Orders": mapping(source)}), action, place).held is UNKNOWN


def test_policy_names_its_role_by_the_end_of_its_arn() -> None:
    name = {"Fn::Select": [1, {"Fn::Split": ["/", get("Role")]}]}
    policy = resource("IAM::Policy", {"Roles": [name], "PolicyDocument": document(RECEIVES, "*")})

    assert permission(found({"Role": resource("IAM::Role"), "P": policy}), RECEIVE).held is True


def test_end_of_an_arn_with_a_path_in_it_may_be_any_name() -> None:
    name = {"Fn::Select": [1, {"Fn::Split": ["/", get("Role")]}]}
    policy = resource("IAM::Policy", {"Roles": [name], "PolicyDocument": document(RECEIVES, "*")})

    assert permission(found({"Role": resource("IAM::Role", {"Path": "/a/"}), "P": policy}), RECEIVE).held is UNKNOWN
