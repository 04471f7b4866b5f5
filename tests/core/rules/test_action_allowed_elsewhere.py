from typing import Any

import pytest

from cdk_esm.facts import Lack
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_permission
from cdk_esm.testing.templates import document, get, inline, plan, ref, resource
from cdk_esm.testing.templates import mapping as orders

ID = "ESM415"
RECEIVES = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]


def found(on: Any) -> list[Any]:
    around = {
        "Queue": resource("SQS::Queue"),
        "Other": resource("SQS::Queue"),
        "Role": resource("IAM::Role", inline(document(RECEIVES, on))),
    }
    return check([plan({**around, "Orders": orders(get("Queue"))})], select=["ESM414", ID])


def test_actions_on_another_queue_are_told_with_that_queue() -> None:
    [one] = found(get("Other"))

    assert (one.rule.id, one.got, one.allowed) == (ID, "Shop/Other", "the source Shop/Queue")


def test_streams_of_another_table_are_told() -> None:
    around = {
        "Table": resource("DynamoDB::Table", {"StreamSpecification": {}}),
        "Other": resource("DynamoDB::Table", {"StreamSpecification": {}}),
        "Role": resource("IAM::Role", inline(document("dynamodb:*", get("Other", "StreamArn")))),
    }
    mapped = orders(get("Table", "StreamArn"), StartingPosition="LATEST")

    assert [one.rule.id for one in check([plan({**around, "Orders": mapped})], select=["ESM41"])] == [ID]


def test_table_itself_is_not_its_stream() -> None:
    around = {
        "Table": resource("DynamoDB::Table", {"StreamSpecification": {}}),
        "Role": resource("IAM::Role", inline(document("dynamodb:*", get("Table")))),
    }
    mapped = orders(get("Table", "StreamArn"), StartingPosition="LATEST")

    assert [one.rule.id for one in check([plan({**around, "Orders": mapped})], select=["ESM41"])] == [ID]


@pytest.mark.parametrize(
    "on",
    [
        pytest.param(get("Queue"), id="the queue"),
        pytest.param([get("Other"), get("Queue")], id="both"),
        pytest.param([get("Other"), "arn:aws:sqs:*:*:*"], id="a pattern beside it"),
        pytest.param([get("Other"), ref("AWS::StackName")], id="a hole beside it"),
    ],
)
def test_actions_on_the_queue_too_or_perhaps_are_fine(on: Any) -> None:
    assert found(on) == []


def test_what_is_not_refused_is_told_by_other_rules() -> None:
    plan = with_permission(mapping(), RECEIVES[0], lack=Lack.STUCK, held=False, elsewhere=("Shop/Other",))

    assert ids(plan, select=[ID]) == []
