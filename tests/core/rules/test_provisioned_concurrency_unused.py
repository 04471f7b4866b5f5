from typing import Any

import pytest

from cdk_esm.template.read import read_template
from cdk_esm.testing.plans import ids, mapping, with_function

ID = "ESM335"
PROVISIONED = {"ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 5}}


def template(target: Any, *, provisioned: Any = PROVISIONED, of: str = "Function") -> dict[str, Any]:
    """A queue before a function with a version and an alias of it."""
    return {
        "Conditions": {"Never": {"Fn::Equals": ["a", "b"]}},
        "Resources": {
            "Queue": {"Type": "AWS::SQS::Queue"},
            "Function": {"Type": "AWS::Lambda::Function", "Properties": {}},
            "Other": {"Type": "AWS::Lambda::Function", "Properties": {}},
            "Version": {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": of}}},
            "Alias": {
                "Type": "AWS::Lambda::Alias",
                "Properties": {
                    "Name": "live",
                    "FunctionName": {"Ref": of},
                    "FunctionVersion": {"Fn::GetAtt": ["Version", "Version"]},
                    **provisioned,
                },
            },
            "Mapping": {
                "Type": "AWS::Lambda::EventSourceMapping",
                "Properties": {"FunctionName": target, "EventSourceArn": {"Fn::GetAtt": ["Queue", "Arn"]}},
            },
        },
    }


@pytest.mark.parametrize("target", [{"Ref": "Function"}, {"Fn::GetAtt": ["Function", "Arn"]}], ids=["name", "arn"])
def test_a_mapping_on_latest_beside_a_provisioned_alias_is_an_advice(target: Any) -> None:
    assert ids(*read_template(template(target)), select=[ID]) == [ID]


@pytest.mark.parametrize(
    "silent",
    [
        pytest.param(template({"Ref": "Alias"}), id="the-alias-itself"),
        pytest.param(template({"Ref": "Function"}, provisioned={}), id="nothing-provisioned"),
        pytest.param(template({"Ref": "Function"}, of="Other"), id="another-function's"),
        pytest.param(
            template(
                {"Ref": "Function"},
                provisioned={
                    "ProvisionedConcurrencyConfig": {
                        "Fn::If": ["Never", PROVISIONED["ProvisionedConcurrencyConfig"], {"Ref": "AWS::NoValue"}]
                    }
                },
            ),
            id="a-condition-that-never-holds",
        ),
        pytest.param(template("arn:aws:lambda:eu-west-1:111122223333:function:elsewhere"), id="a-function-elsewhere"),
    ],
)
def test_provisioned_concurrency_that_is_used_or_absent_is_fine(silent: dict[str, Any]) -> None:
    assert ids(*read_template(silent), select=[ID]) == []


def test_a_qualified_target_is_silent_whatever_else_is_known() -> None:
    assert ids(with_function(mapping(), provisioned="Shop/Alias", qualified=True), select=[ID]) == []
