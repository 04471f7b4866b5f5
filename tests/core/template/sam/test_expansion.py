"""The resources that a SAM source becomes are those of the transform, as far as something here reads them."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import pytest

from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.intrinsics import evaluator_of
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.cloudformation.values import Pointer
from cdk_esm.template.iam.policies import allowed
from cdk_esm.template.iam.roles import grants_of_role
from cdk_esm.template.sam.expand import expanded
from tests.core.template.sam.building import function, source
from tests.core.template.sam.event_cases import EVENT_CASES
from tests.core.template.sam.own_sources import OWN_SOURCES
from tests.core.template.sam.transform import transformed

SOURCES: Final = {
    **OWN_SOURCES,
    **{
        f"an event of {kind}": source(
            case.resources, {"Worker": function({"Pull": case.right}, AutoPublishAlias="live")}
        )
        for kind, case in EVENT_CASES.items()
    },
}
COMPARED: Final = (
    "AWS::Lambda::Alias",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::EventSourceMapping",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
)
RESOLVED_BY_SAM: Final = "an alias by parameter"
"""SAM puts a parameter's value in the place of the reference; here it stays an expression."""
_HASHED: Final = re.compile(r"(\w+Version)[0-9a-f]{10}\b")
_MAPPING: Final = "AWS::Lambda::EventSourceMapping"


def compared(document: Any) -> dict[str, Any]:
    """The resources that are compared, with versions under names without a hash."""
    written = json.loads(_HASHED.sub(r"\1", json.dumps(document["Resources"])))
    return {
        name: {key: body.get(key) for key in ("Type", "Properties", "Condition", "DependsOn") if body.get(key)}
        for name, body in written.items()
        if body["Type"] in COMPARED
    }


@pytest.mark.parametrize("name", [name for name in SOURCES if name != RESOLVED_BY_SAM])
def test_what_is_made_is_what_the_transform_makes(name: str) -> None:
    own, theirs = expanded(SOURCES[name]).document, transformed(SOURCES[name])

    assert compared(own) == compared(theirs)


@pytest.mark.parametrize("name", SOURCES)
def test_everything_is_there_that_the_transform_makes_and_is_read(name: str) -> None:
    kinds = (*COMPARED, "AWS::Lambda::Function", "AWS::Lambda::Version", "AWS::IAM::Role", "AWS::IAM::ManagedPolicy")
    own, theirs = (
        {(one, body["Type"]) for one, body in json.loads(_HASHED.sub(r"\1", json.dumps(document["Resources"]))).items()}
        for document in (expanded(SOURCES[name]).document, transformed(SOURCES[name]))
    )

    assert {one for one in own if one[1] in kinds} == {one for one in theirs if one[1] in kinds}


def granted(document: Any) -> set[tuple[str, str, str]]:
    """What the roles of a template or a source are allowed, and where."""
    stack = Stack(name="shop", document=document)
    evaluator = evaluator_of(Assembly([stack]))
    roles = [one for one in stack.resources.values() if one.type == "AWS::IAM::Role"]
    return {
        (role.logical_id, action, one.scope.text)
        for role in roles
        for action, one in allowed(grants_of_role(evaluator, Pointer(role, "Arn"), stack).policies)
    }


@pytest.mark.parametrize("name", SOURCES)
def test_roles_are_allowed_what_those_of_the_transform_are(name: str) -> None:
    assert granted(SOURCES[name]) == granted(transformed(SOURCES[name]))


def test_mappings_know_where_they_were_written() -> None:
    expansion = expanded(OWN_SOURCES["two events"])
    mappings = {name for name, body in expansion.document["Resources"].items() if body["Type"] == _MAPPING}

    places = {name: (expansion.origins[name].logical_id, expansion.origins[name].within) for name in mappings}
    assert places == {"WorkerJob": ("Worker", ("Events", "Job")), "WorkerClick": ("Worker", ("Events", "Click"))}


@pytest.mark.parametrize("key", [{}, {"PrimaryKey": {"Name": "sku", "Type": "Number"}}])
def test_simple_table_is_the_table_of_the_transform(key: dict[str, Any]) -> None:
    made_of_key = ("AttributeDefinitions", "KeySchema")
    given = {
        "TableName": "orders",
        "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
        "SSESpecification": {"SSEEnabled": True},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
    }
    shared = {"SSESpecification": given.pop("SSESpecification")}
    plain = {"Type": "AWS::Serverless::SimpleTable", "Properties": given | key}
    document = source({"Plain": plain}, Globals={"SimpleTable": shared})

    own, theirs = (made["Resources"]["Plain"] for made in (expanded(document).document, transformed(document)))
    assert own["Type"] == theirs["Type"]
    assert own["Properties"] == {name: theirs["Properties"][name] for name in (*given, *shared, *made_of_key)}


def test_nested_application_is_a_nested_stack() -> None:
    application = {
        "Type": "AWS::Serverless::Application",
        "Properties": {"Location": "./child.yaml", "Parameters": {"A": 1}},
    }
    [nested] = expanded(source({"Child": application})).document["Resources"].values()

    assert nested["Type"] == "AWS::CloudFormation::Stack"
    assert nested["Properties"] == {"TemplateURL": "./child.yaml", "Parameters": {"A": 1}}


@pytest.mark.parametrize(
    ("transform", "left"),
    [
        pytest.param("AWS::Serverless-2016-10-31", [], id="SAM alone"),
        pytest.param(["Own", "AWS::Serverless-2016-10-31"], ["Own"], id="beside another one"),
        pytest.param(
            [{"Name": "AWS::Include"}, "AWS::Serverless-2016-10-31"], [{"Name": "AWS::Include"}], id="an include"
        ),
    ],
)
def test_transforms_of_others_are_left(transform: Any, left: list[Any]) -> None:
    assert expanded({"Transform": transform, "Resources": {}}).document["Transform"] == left


def test_transform_is_left_where_it_makes_more_than_is_known() -> None:
    document = source({"New": {"Type": "AWS::Serverless::Poller"}})

    assert expanded(document).document["Transform"] == ["AWS::Serverless-2016-10-31"]
