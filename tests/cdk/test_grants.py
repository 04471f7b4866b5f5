"""Where nothing can be granted from here, the user is told what to grant, and the template holds no empty promise."""

import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs

from cdk_esm import Finding, NewFunction, NewQueue, SqsToLambda
from tests.cdk.existing import a_function, a_queue
from tests.cdk.templates import arn_of, made, properties, resources

FUNCTION_ARN = "arn:aws:lambda:eu-west-1:111122223333:function:fulfil"
ROLE_ARN = "arn:aws:iam::111122223333:role/fulfil"
POLLED = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]


def hiding() -> NewQueue:
    """A queue that does not go by the timeout of a function that hides it."""
    return NewQueue(visibility_timeout=cdk.Duration.minutes(15))


def imported_function(stack: cdk.Stack) -> lambda_.IFunction:
    return lambda_.Function.from_function_arn(stack, "Imported", FUNCTION_ARN)


def imported_immutable_role(stack: cdk.Stack) -> lambda_.IFunction:
    return a_function(stack, role=iam.Role.from_role_arn(stack, "Role", ROLE_ARN, mutable=False))


def own_role_without_updates(stack: cdk.Stack) -> lambda_.IFunction:
    role = iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    return a_function(stack, role=role.without_policy_updates())


def imported_function_with_immutable_role(stack: cdk.Stack) -> lambda_.IFunction:
    role = iam.Role.from_role_arn(stack, "Role", ROLE_ARN, mutable=False)
    return lambda_.Function.from_function_attributes(stack, "Imported", function_arn=FUNCTION_ARN, role=role)


OUT_OF_REACH = [
    imported_function,
    imported_immutable_role,
    own_role_without_updates,
    imported_function_with_immutable_role,
]


def document_in(finding: Finding) -> Any:
    """The policy document that a fix asks to paste: what follows its first line."""
    return json.loads(finding.fix.partition("\n")[2])


@pytest.mark.parametrize("make", OUT_OF_REACH)
def test_a_role_out_of_reach_is_an_advice_with_the_policy_to_paste(
    make: Callable[[cdk.Stack], lambda_.IFunction], stack: cdk.Stack
) -> None:
    orders = SqsToLambda(stack, "Orders", function=make(stack), queue=hiding())
    (finding,) = orders.findings
    (warning,) = (str(entry.data) for entry in orders.node.metadata if entry.type == "aws:cdk:warning")

    assert (finding.rule.id, finding.severity) == ("ESM401", "advice")
    assert document_in(finding) == {
        "Version": "2012-10-17",
        "Statement": [{"Action": POLLED, "Effect": "Allow", "Resource": arn_of(orders.queue)}],
    }
    assert finding.fix in warning
    assert "Token[" not in warning


@pytest.mark.parametrize("make", OUT_OF_REACH)
def test_a_role_out_of_reach_leaves_no_policy_in_the_template(
    make: Callable[[cdk.Stack], lambda_.IFunction], stack: cdk.Stack
) -> None:
    orders = SqsToLambda(stack, "Orders", function=make(stack), queue=hiding())

    assert resources(stack, "AWS::IAM::Policy") == {}
    assert orders.node.try_find_child("Policy") is None
    assert "DependsOn" not in made(orders.mapping)


def test_a_role_of_another_account_is_out_of_reach(app: cdk.App) -> None:
    stack = cdk.Stack(app, "Shop", env=cdk.Environment(account="444455556666", region="eu-west-1"))
    role = iam.Role.from_role_arn(stack, "Role", ROLE_ARN)
    orders = SqsToLambda(stack, "Orders", function=a_function(stack, role=role))

    assert [finding.rule.id for finding in orders.findings] == ["ESM401"]
    assert ROLE_ARN in orders.findings[0].message
    assert resources(stack, "AWS::IAM::Policy") == {}


def test_the_policy_to_paste_names_the_queue_and_its_key(stack: cdk.Stack) -> None:
    queue_arn = "arn:aws:sqs:eu-west-1:111122223333:orders"
    key_arn = "arn:aws:kms:eu-west-1:111122223333:key/7"
    queue = sqs.Queue.from_queue_attributes(stack, "Queue", queue_arn=queue_arn, key_arn=key_arn)
    orders = SqsToLambda(stack, "Orders", function=imported_function(stack), queue=queue)
    (finding,) = orders.findings

    assert document_in(finding)["Statement"] == [
        {"Action": POLLED, "Effect": "Allow", "Resource": queue_arn},
        {"Action": ["kms:Decrypt"], "Effect": "Allow", "Resource": key_arn},
    ]


def test_an_imported_role_that_can_be_changed_gets_the_policy(stack: cdk.Stack) -> None:
    role = iam.Role.from_role_arn(stack, "Role", ROLE_ARN)
    orders = SqsToLambda(stack, "Orders", function=a_function(stack, role=role))
    (policy,) = resources(stack, "AWS::IAM::Policy")

    assert orders.findings == ()
    assert resources(stack)[policy]["Properties"]["Roles"] == ["fulfil"]
    assert made(orders.mapping)["DependsOn"] == [policy]


@pytest.mark.parametrize("make", [a_function, *OUT_OF_REACH])
def test_declined_grants_are_not_made_and_give_no_finding(
    make: Callable[[cdk.Stack], lambda_.IFunction], stack: cdk.Stack
) -> None:
    orders = SqsToLambda(stack, "Orders", function=make(stack), queue=hiding(), grants=False)

    assert orders.findings == ()
    assert resources(stack, "AWS::IAM::Policy") == {}
    assert "DependsOn" not in made(orders.mapping)


def test_a_new_function_without_grants_keeps_its_own_permissions(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, grants=False)
    (policy,) = resources(stack, "AWS::IAM::Policy").values()

    assert "sqs:" not in str(policy)
    assert orders.plan.role.declined


def test_a_filter_key_out_of_reach_is_an_advice_with_the_statement_to_paste(
    stack: cdk.Stack, function: NewFunction
) -> None:
    key = kms.Key.from_key_arn(stack, "Key", "arn:aws:kms:eu-west-1:111122223333:key/7")
    orders = SqsToLambda(
        stack, "Orders", function=function, filters=[{"body": {"type": ["created"]}}], filter_encryption=key
    )
    (finding,) = orders.findings
    statement = document_in(finding)

    assert finding.rule.id == "ESM407"
    assert (statement["Effect"], statement["Action"]) == ("Allow", "kms:Decrypt")
    assert statement["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert "Token[" not in finding.fix


def test_mappings_that_share_a_filter_key_share_its_statement(stack: cdk.Stack, function: NewFunction) -> None:
    key = kms.Key(stack, "Key")
    for name in ("Orders", "Returns"):
        filters = [{"body": {"type": [name]}}]
        SqsToLambda(stack, name, function=function, filters=filters, filter_encryption=key)
    statements = properties(key)["KeyPolicy"]["Statement"]

    assert [one.get("Sid") for one in statements] == [None, "LambdaReadsFilterPatterns"]


def test_what_exists_stays_as_it_is(app: cdk.App) -> None:
    alone, mapped = cdk.Stack(app, "Alone"), cdk.Stack(app, "Mapped")
    (_, _), (fulfil, queue) = ((a_function(one), a_queue(one, key=kms.Key(one, "Key"))) for one in (alone, mapped))
    SqsToLambda(mapped, "Orders", function=fulfil, queue=queue)
    before, after = resources(alone), resources(mapped)

    assert {name: after[name] for name in before} == before
