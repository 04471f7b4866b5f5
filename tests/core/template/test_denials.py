"""What a role's own policies deny, nothing else can allow."""

from typing import Any

import pytest

from cdk_esm.rules.engine import check
from cdk_esm.testing.templates import get, plan, resource
from cdk_esm.testing.templates import mapping as orders

ALLOW_ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
SOURCE = get("Source")


def denied(*statements: dict[str, Any], beside: dict[str, Any] | None = None) -> dict[str, str]:
    """Rule to fix, of what is found about a role that is allowed everything, but for these statements."""
    document = {"Version": "2012-10-17", "Statement": [ALLOW_ALL, *statements]}
    resources = {
        "Source": resource("SQS::Queue", {"VisibilityTimeout": 900}),
        "Role": resource("IAM::Role", {"Policies": [{"PolicyName": "all", "PolicyDocument": document}]}),
        "Orders": orders(SOURCE, FunctionResponseTypes=["ReportBatchItemFailures"]),
    }
    found = check([plan(resources | (beside or {}))], select=["ESM41", "ESM42"])
    return {one.rule.id: one.fix for one in found}


def deny(action: Any, on: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Deny", "Action": action, "Resource": on, **more}


@pytest.mark.parametrize(
    ("statement", "actions"),
    [
        pytest.param(deny("sqs:*"), "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes", id="all-of-sqs"),
        pytest.param(deny(["sqs:DeleteMessage"], SOURCE), "sqs:DeleteMessage", id="one-action-on-the-queue"),
        pytest.param(deny("SQS:receive*", [SOURCE, "*"]), "sqs:ReceiveMessage", id="in-another-case"),
    ],
)
def test_what_is_denied_is_not_allowed_whatever_else_is(statement: dict[str, Any], actions: str) -> None:
    found = denied(statement)

    assert found.keys() == {"ESM414"}
    assert set(found["ESM414"].removeprefix("take ").partition(" out of ")[0].split(", ")) == set(actions.split(", "))


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(deny("sqs:DeleteQueue"), id="another-action"),
        pytest.param(deny("sqs:*", "arn:aws:sqs:eu-west-1:111122223333:other"), id="another-queue"),
        pytest.param(deny("sqs:*", Condition={"Bool": {"aws:SecureTransport": "false"}}), id="under-a-condition"),
        pytest.param({"Effect": "Deny", "NotAction": "sqs:*", "Resource": "*"}, id="everything-else"),
        pytest.param({"Effect": "Deny", "Action": "sqs:*", "NotResource": SOURCE}, id="everywhere-else"),
        pytest.param(deny({"Ref": "Nothing"}), id="nobody-knows-what"),
    ],
)
def test_a_denial_that_may_not_apply_to_the_mapping_is_ignored(statement: dict[str, Any]) -> None:
    assert denied(statement) == {}


def test_a_policy_that_is_there_only_under_an_open_condition_denies_nothing_for_certain() -> None:
    policy = resource(
        "IAM::Policy",
        {"PolicyName": "no", "Roles": [{"Ref": "Role"}], "PolicyDocument": {"Statement": [deny("sqs:*")]}},
    )

    assert denied(beside={"Policy": policy}).keys() == {"ESM414"}
    assert denied(beside={"Policy": {**policy, "Condition": "Nowhere"}}) == {}
