from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_permission
from cdk_esm.testing.templates import document, get, inline, plan, ref, resource
from cdk_esm.testing.templates import mapping as orders

ID = "ESM423"
OWNER = {"StringEquals": {"s3:ResourceAccount": ref("AWS::AccountId")}}


def found(*documents: dict[str, Any], on: Any = None) -> list[str]:
    arn = get("Failed") if on is None else on
    settings = {"StartingPosition": "TRIM_HORIZON", "DestinationConfig": {"OnFailure": {"Destination": arn}}}
    around = {
        "Stream": resource("Kinesis::Stream"),
        "Failed": resource("S3::Bucket"),
        "Role": resource("IAM::Role", inline(*documents)),
        "Orders": orders(get("Stream"), **settings),
    }
    return [one.rule.id for one in check([plan(around)], select=[ID])]


def test_bucket_of_whatever_owner_is_told() -> None:
    assert found(document("s3:*", "*")) == [ID]
    assert found(document("s3:PutObject*", {"Fn::Sub": "${Failed.Arn}/*"})) == [ID]
    assert found(document("s3:PutObject", "arn:aws:s3:::failed/*"), on="arn:aws:s3:::failed") == [ID]


def test_one_statement_without_the_condition_is_enough() -> None:
    assert found(document("s3:PutObject", "*", Condition=OWNER), document("s3:*", "*")) == [ID]


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param(OWNER, id="in S3's words"),
        pytest.param({"StringEquals": {"aws:resourceAccount": "111122223333"}}, id="in AWS's words"),
        pytest.param(ref("AWS::StackName"), id="hidden"),
    ],
)
def test_bucket_of_a_named_owner_is_fine(condition: Any) -> None:
    assert found(document("s3:PutObject", "*", Condition=condition)) == []


def test_role_that_may_not_write_at_all_is_told_by_another_rule() -> None:
    assert found() == []


def test_condition_that_is_not_known_is_fine() -> None:
    one = with_permission(mapping("kinesis"), "s3:PutObject", on="destination-objects", conditions=UNKNOWN)

    assert ids(one, select=[ID]) == []
