from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import FilterKey
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping
from cdk_esm.testing.templates import document, get, plan, ref, resource
from cdk_esm.testing.templates import mapping as orders

ID = "ESM421"
ACCOUNT = {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}}
FILTERS = {"FilterCriteria": {"Filters": [{"Pattern": '{"body": {"kind": ["paid"]}}'}]}}


def found(properties: dict[str, Any], **settings: Any) -> list[str]:
    around = {
        "Queue": resource("SQS::Queue"),
        "Key": resource("KMS::Key", properties),
        "Orders": orders(get("Queue"), KmsKeyArn=get("Key"), **(settings or FILTERS)),
    }
    return [one.rule.id for one in check([plan(around)], select=[ID])]


def policy(principal: Any, actions: Any = "kms:Decrypt") -> dict[str, Any]:
    return {"KeyPolicy": document(actions, "*", Principal=principal)}


@pytest.mark.parametrize(
    "properties",
    [
        pytest.param({}, id="no policy"),
        pytest.param(policy(ACCOUNT, "kms:*"), id="account"),
        pytest.param(policy({"Service": "sqs.amazonaws.com"}), id="another service"),
        pytest.param(policy({"Service": "lambda.amazonaws.com"}, "kms:Encrypt"), id="another action"),
    ],
)
def test_key_that_shuts_lambda_out_is_refused(properties: dict[str, Any]) -> None:
    assert found(properties) == [ID]


@pytest.mark.parametrize(
    "properties",
    [
        pytest.param(policy({"Service": "lambda.amazonaws.com"}), id="Lambda"),
        pytest.param(policy({"Service": ["sqs.amazonaws.com", "lambda.eu-west-1.amazonaws.com"]}), id="of a Region"),
        pytest.param(policy({"Service": {"Fn::Sub": "lambda.${AWS::URLSuffix}"}}, "kms:*"), id="put together"),
        pytest.param(policy("*"), id="everybody"),
        pytest.param(policy({"AWS": "*"}, ["kms:Encrypt", "kms:De*"]), id="everybody in AWS"),
        pytest.param({"KeyPolicy": ref("AWS::StackName")}, id="hidden"),
    ],
)
def test_key_that_lets_lambda_in_or_may_do_so_is_fine(properties: dict[str, Any]) -> None:
    assert found(properties) == []


def test_key_without_filters_decrypts_nothing() -> None:
    assert found({}, BatchSize=1) == []


@pytest.mark.parametrize("lets", [True, UNKNOWN, None])
def test_key_of_which_nothing_bad_is_known_is_fine(lets: Any) -> None:
    one = replace(mapping(), filters=('{"body": ["a"]}',), filter_key=FilterKey(identity="k", lets_lambda=lets))

    assert ids(one, select=[ID]) == []
