"""References to what SAM makes of a function name the made resource, wherever they stand."""

from __future__ import annotations

from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.template.sam.expand import expanded
from cdk_esm.template.sam.references import with_made_references
from tests.core.template.sam.building import QUEUE, function, get, mapping, source
from tests.core.template.sam.transform import transformed

NAMES = {"Worker.Alias": "WorkerAliaslive", "Worker.Version": "WorkerVersion"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param({"Ref": "Worker.Alias"}, {"Ref": "WorkerAliaslive"}, id="Ref"),
        pytest.param({"Ref": "Worker"}, {"Ref": "Worker"}, id="Ref of the function"),
        pytest.param(
            {"Fn::GetAtt": ["Worker.Alias", "AliasArn"]},
            {"Fn::GetAtt": ["WorkerAliaslive", "AliasArn"]},
            id="attribute",
        ),
        pytest.param(
            {"Fn::GetAtt": "Worker.Version.Version"},
            {"Fn::GetAtt": ["WorkerVersion", "Version"]},
            id="attribute as text",
        ),
        pytest.param(
            {"Fn::GetAtt": ["Worker", "Arn"]}, {"Fn::GetAtt": ["Worker", "Arn"]}, id="attribute of the function"
        ),
        pytest.param({"Fn::Sub": "a ${Worker.Alias} b"}, {"Fn::Sub": "a ${WorkerAliaslive} b"}, id="Sub"),
        pytest.param(
            {"Fn::Sub": ["${ Worker.Alias.Name }${!Worker.Alias}", {"A": {"Ref": "Worker.Alias"}}]},
            {"Fn::Sub": ["${WorkerAliaslive.Name}${!Worker.Alias}", {"A": {"Ref": "WorkerAliaslive"}}]},
            id="Sub with variables",
        ),
        pytest.param({"Deep": [{"Ref": "Worker.Alias"}]}, {"Deep": [{"Ref": "WorkerAliaslive"}]}, id="within"),
        pytest.param({"Fn::Sub": 5}, {"Fn::Sub": 5}, id="Sub of no text"),
        pytest.param({"Ref": ["Worker.Alias"]}, {"Ref": ["Worker.Alias"]}, id="Ref of no text"),
    ],
)
def test_reference_names_what_is_made(written: Any, expected: Any) -> None:
    assert with_made_references(written, NAMES) == expected


@pytest.mark.parametrize("name", ["Fn::Sub", "Ref"])
def test_mapping_by_hand_finds_the_alias(name: str) -> None:
    target = {"Fn::Sub": "${Worker.Alias}"} if name == "Fn::Sub" else {"Ref": "Worker.Alias"}
    parts = {"Worker": function(AutoPublishAlias="live"), "Link": mapping(FunctionName=target)}

    [plan] = esm.read_template(source(QUEUE, parts), name="shop")

    assert (plan.function.identity, plan.function.qualified) == ("shop/WorkerAliaslive", True)


def test_outputs_name_what_is_made() -> None:
    document = source({"Worker": function(AutoPublishAlias="live")}, Outputs={"A": {"Value": {"Ref": "Worker.Alias"}}})

    assert expanded(document).document["Outputs"] == {"A": {"Value": {"Ref": "WorkerAliaslive"}}}


@pytest.mark.parametrize(("kind", "made"), [("SQS", "DestinationQueue"), ("SNS", "DestinationTopic")])
def test_destinations_that_sam_makes_can_be_referred_to(kind: str, made: str) -> None:
    config = {"DestinationConfig": {"OnFailure": {"Type": kind}}}
    document = source(
        {"Worker": function(EventInvokeConfig=config)}, Outputs={"A": {"Value": {"Ref": f"Worker.{made}"}}}
    )

    own = expanded(document).document
    assert own["Outputs"] == transformed(document)["Outputs"]
    assert own["Outputs"]["A"]["Value"]["Ref"] in own["Resources"]


def test_everything_that_is_made_shares_the_fate_of_its_function() -> None:
    fate = {"Condition": "Live", "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
    worker = {
        **function({"Job": {"Type": "SQS", "Properties": {"Queue": get("Jobs")}}}, AutoPublishAlias="live"),
        **fate,
    }
    conditions = {"Live": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]}}
    document = source(QUEUE, {"Worker": {**worker, "DependsOn": ["Lost"]}}, Conditions=conditions)

    own, theirs = expanded(document).document["Resources"], transformed(document)["Resources"]

    made = {"Worker", "WorkerRole", "WorkerAliaslive", "WorkerJob"}
    for name in made:
        assert {key: own[name].get(key) for key in fate} == fate
        assert own[name].get("DependsOn") == theirs[name].get("DependsOn")
        assert own[name]["Type"] == theirs[name]["Type"]


def test_source_without_anything_of_sam_stays_as_it_is() -> None:
    document = {"Resources": {"Jobs": QUEUE["Jobs"]}}

    assert expanded(document).document is document
