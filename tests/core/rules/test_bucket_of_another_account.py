import json
from pathlib import Path
from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_destination, with_permission
from cdk_esm.testing.templates import document, get, inline, ref, resource, template
from cdk_esm.testing.templates import mapping as orders

ID = "ESM426"
HERE, OTHER = "111122223333", "444455556666"


def asked(*owners: Any) -> dict[str, Any]:
    return {"StringEquals": {"s3:ResourceAccount": list(owners) if len(owners) > 1 else owners[0]}}


def found(folder: Path, *documents: dict[str, Any], bucket_in: str | None = HERE) -> list[str]:
    """What is found in a stack whose failed records go to a bucket of a stack in some account."""
    settings = {"StartingPosition": "TRIM_HORIZON", "DestinationConfig": {"OnFailure": {"Destination": get("Failed")}}}
    around = {
        "Stream": resource("Kinesis::Stream"),
        "Failed": resource("S3::Bucket"),
        "Role": resource("IAM::Role", inline(*documents)),
        "Orders": orders(get("Stream"), **settings),
    }
    shop = {
        "type": "aws:cloudformation:stack",
        "environment": f"aws://{bucket_in or 'unknown-account'}/eu-west-1",
        "properties": {"templateFile": "Shop.json"},
    }
    (folder / "Shop.json").write_text(json.dumps(template(around)))
    (folder / "manifest.json").write_text(json.dumps({"artifacts": {"Shop": shop}}))
    return [one.rule.id for one in check(esm.read_assembly(folder), select=[ID])]


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param(asked(OTHER), id="in S3's words"),
        pytest.param({"StringEquals": {"aws:ResourceAccount": OTHER}}, id="in AWS's words"),
        pytest.param(asked(OTHER, "777788889999"), id="several"),
    ],
)
def test_a_condition_on_another_account_is_found(tmp_path: Path, condition: Any) -> None:
    assert found(tmp_path, document("s3:PutObject", "*", Condition=condition)) == [ID]


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param(asked(HERE), id="the bucket's"),
        pytest.param(asked(OTHER, HERE), id="one of them"),
        pytest.param(asked(ref("AWS::AccountId")), id="by its name"),
        pytest.param(asked(ref("Parameter")), id="hidden"),
        pytest.param({"StringLike": {"s3:ResourceAccount": OTHER}}, id="another operator"),
        pytest.param({"StringEquals": {"aws:PrincipalAccount": OTHER}}, id="another key"),
    ],
)
def test_a_condition_on_the_account_of_the_bucket_is_fine(tmp_path: Path, condition: Any) -> None:
    assert found(tmp_path, document("s3:PutObject", "*", Condition=condition)) == []


def test_one_statement_that_holds_is_enough(tmp_path: Path) -> None:
    right, wrong = (document("s3:PutObject", "*", Condition=asked(account)) for account in (HERE, OTHER))

    assert found(tmp_path, wrong, right) == []
    assert found(tmp_path, wrong, document("s3:*", "*")) == []


def test_an_account_that_is_not_known_is_not_judged(tmp_path: Path) -> None:
    assert found(tmp_path, document("s3:PutObject", "*", Condition=asked(OTHER)), bucket_in=None) == []


@pytest.mark.parametrize("account", [None, UNKNOWN, UNRESOLVED])
def test_a_bucket_of_an_unknown_owner_is_fine(account: Unknowable | None) -> None:
    plan = with_destination(mapping("kinesis"), account=account)

    assert ids(with_permission(plan, "s3:PutObject", on="destination-objects", owners=(OTHER,)), select=[ID]) == []


def test_a_role_that_may_not_write_at_all_is_told_by_another_rule() -> None:
    plan = with_destination(mapping("kinesis"), account=HERE)
    denied = with_permission(plan, "s3:PutObject", on="destination-objects", owners=(OTHER,), held=False)

    assert ids(denied, select=[ID]) == []


def test_listing_the_bucket_is_judged_alike() -> None:
    plan = with_destination(mapping("kinesis"), account=HERE)

    assert ids(with_permission(plan, "s3:ListBucket", on="destination", owners=(OTHER,)), select=[ID]) == [ID]
