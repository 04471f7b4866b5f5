"""Which policies are attached to the role behind a mapping, and what is made first."""

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
    "kind",
    [
        pytest.param(("IAM::Policy", {"Roles": [ref("Role")]}), id="policy"),
        pytest.param(("IAM::ManagedPolicy", {"Roles": [ref("Role")]}), id="managed policy"),
        pytest.param(("IAM::RolePolicy", {"RoleName": ref("Role")}), id="role policy"),
        pytest.param(("IAM::Policy", {"Roles": ["fulfil"]}), id="role by its name"),
    ],
)
@pytest.mark.parametrize("ordered", [True, False])
def test_policy_beside_the_role_grants_and_is_waited_for_or_not(kind: tuple[str, Any], *, ordered: bool) -> None:
    policy = resource(kind[0], {**kind[1], "PolicyDocument": document(RECEIVES, get("Queue"))})
    depends: dict[str, Any] = {"DependsOn": ["Policy"]} if ordered else {}

    one = receives({"RoleName": "fulfil"}, {"Policy": policy}, **depends)

    assert (one.held, one.policies, one.ordered) == (True, ("Policy",), ordered)


def test_policy_finds_its_role_by_the_same_open_name() -> None:
    name = {"Fn::Sub": "${AWS::StackName}-fulfil"}
    policy = {"Roles": [name], "PolicyDocument": document(RECEIVES, get("Queue"))}

    assert receives({"RoleName": name}, {"Policy": resource("IAM::Policy", policy)}).held is True


def test_mapping_waits_for_a_policy_that_its_function_waits_for() -> None:
    policy = resource("IAM::Policy", {"Roles": [ref("Role")], "PolicyDocument": document(RECEIVES, get("Queue"))})
    function = resource("Lambda::Function", {"Role": get("Role")}, DependsOn="Policy")

    assert permission(found({"Policy": policy, "Function": function}), RECEIVE).ordered is True


def test_policy_that_the_role_itself_names_is_waited_for() -> None:
    policy = resource("IAM::ManagedPolicy", {"PolicyDocument": document(RECEIVES, get("Queue"))})

    one = receives({"ManagedPolicyArns": [ref("Policy")]}, {"Policy": policy})

    assert (one.held, one.policies, one.ordered) == (True, ("Policy",), True)


def test_alias_does_not_order_a_mapping_after_the_policy() -> None:
    policy = resource("IAM::Policy", {"Roles": [ref("Role")], "PolicyDocument": document(RECEIVES, get("Queue"))})
    orders = mapping(get("Queue"))
    orders["Properties"]["FunctionName"] = ref("Alias")
    around = {"Policy": policy, "Alias": resource("Lambda::Alias", {"FunctionName": ref("Function")}), "Orders": orders}

    assert permission(found(around), RECEIVE).ordered is False


def test_policy_that_another_condition_brings_leaves_it_open() -> None:
    policy = resource(
        "IAM::Policy", {"Roles": [ref("Role")], "PolicyDocument": document(RECEIVES, get("Queue"))}, Condition="Hidden"
    )

    assert receives({}, {"Policy": policy}).held is True
    assert permission(found({"Policy": policy, "Role": resource("IAM::Role")}), RECEIVE).policies == ("Policy",)


def test_role_elsewhere_hides_what_it_is_granted() -> None:
    function = resource("Lambda::Function", {"Role": "arn:aws:iam::111122223333:role/fulfil"})
    role = found({"Function": function}).role

    assert (role.identity, role.takes_grants) == ("arn:aws:iam::111122223333:role/fulfil", UNKNOWN)
    assert role.access is not None
    assert role.access.permissions == ()


def test_managed_policies_go_by_their_names() -> None:
    own = resource("IAM::ManagedPolicy", {"PolicyDocument": document("s3:*", "*")})
    role = resource("IAM::Role", {"ManagedPolicyArns": [BASIC, ref("AWSLambdaKinesisExecutionRole")]})

    access = found({"Role": role, "AWSLambdaKinesisExecutionRole": own}).role.access

    assert access is not None
    assert access.managed == ("AWSLambdaSQSQueueExecutionRole",)


def test_conditions_are_those_that_every_statement_asks_for() -> None:
    secure = {"Bool": {"aws:SecureTransport": "true"}}
    both = {**secure, "StringEquals": {"aws:ResourceAccount": "111122223333"}}

    one = receives(
        inline(document(RECEIVES, get("Queue"), Condition=secure), document(RECEIVES, get("Queue"), Condition=both))
    )

    assert one.conditions == frozenset({"aws:securetransport"})
