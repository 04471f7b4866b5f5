"""Each of CloudFormation's functions, as the value of a setting."""

from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.testing.templates import batch_size, get, mapping, plan, ref, resource

MAPPINGS = {"Sizes": {"prod": {"batch": 7, "list": ["1", "2"]}}}


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        pytest.param(7, 7, id="number"),
        pytest.param("7", 7, id="number in a text"),
        pytest.param(7.0, 7, id="whole float"),
        pytest.param(" 7 ", 7, id="blanks around"),
        pytest.param({"Ref": "AWS::NoValue"}, None, id="no value"),
        pytest.param({"Ref": "AWS::Region"}, UNRESOLVED, id="pseudo parameter"),
        pytest.param({"Ref": "Nowhere"}, UNKNOWN, id="ref to nothing"),
        pytest.param({"Ref": ["Queue"]}, UNRESOLVED, id="ref to a list"),
        pytest.param({"Ref": "Queue"}, UNRESOLVED, id="ref to a resource"),
        pytest.param(get("Queue"), UNRESOLVED, id="attribute"),
        pytest.param({"Fn::GetAtt": "Queue.Arn"}, UNRESOLVED, id="attribute as a text"),
        pytest.param({"Fn::GetAtt": []}, UNRESOLVED, id="attribute of nothing"),
        pytest.param({"Fn::Sub": "1${X}"}, UNRESOLVED, id="sub of a name that is not there"),
        pytest.param({"Fn::Sub": ["1${X}", {"X": 2}]}, 12, id="sub with a variable"),
        pytest.param({"Fn::Sub": ["1${X}", {"X": ref("AWS::Region")}]}, UNRESOLVED, id="sub with a hole"),
        pytest.param({"Fn::Sub": ["1", 2, 3]}, UNRESOLVED, id="sub of too much"),
        pytest.param({"Fn::Join": ["", ["1", 2]]}, 12, id="join"),
        pytest.param({"Fn::Join": ["", ["1", ref("AWS::NoValue"), "2"]]}, 12, id="join without a value"),
        pytest.param({"Fn::Join": ["", "12"]}, UNRESOLVED, id="join of a text"),
        pytest.param({"Fn::Join": ["", [[1]]]}, UNRESOLVED, id="join of lists"),
        pytest.param({"Fn::Select": [1, ["5", "6"]]}, 6, id="select"),
        pytest.param({"Fn::Select": ["1", ["5", "6"]]}, 6, id="select with a text as index"),
        pytest.param({"Fn::Select": [9, ["5"]]}, UNRESOLVED, id="select beyond the end"),
        pytest.param({"Fn::Select": [1, {"Fn::Split": ["-", "5-6"]}]}, 6, id="split"),
        pytest.param(
            {"Fn::Select": [1, {"Fn::Split": [":", {"Fn::Sub": "${AWS::Region}:6"}]}]}, 6, id="split at a hole"
        ),
        pytest.param(
            {"Fn::Select": [1, {"Fn::Split": ["/", {"Fn::Sub": "${Queue}/6"}]}]}, UNRESOLVED, id="split a URL"
        ),
        pytest.param({"Fn::FindInMap": ["Sizes", "prod", "batch"]}, 7, id="map"),
        pytest.param({"Fn::Select": [1, {"Fn::FindInMap": ["Sizes", "prod", "list"]}]}, 2, id="list in a map"),
        pytest.param({"Fn::FindInMap": ["Sizes", "test", "batch"]}, UNRESOLVED, id="key that is not in the map"),
        pytest.param({"Fn::FindInMap": ["Sizes", ref("AWS::Region"), "batch"]}, UNRESOLVED, id="key with a hole"),
        pytest.param({"Fn::FindInMap": ["Sizes", "test", "batch", {"DefaultValue": 3}]}, 3, id="default of a map"),
        pytest.param({"Fn::FindInMap": [["Sizes"], "prod", "batch"]}, UNRESOLVED, id="map named by a list"),
        pytest.param({"Fn::Length": ["1", "2"]}, 2, id="length"),
        pytest.param({"Fn::ImportValue": "batch"}, UNKNOWN, id="import from elsewhere"),
        pytest.param(
            {"Fn::GetStackOutput": {"StackName": "A", "OutputName": "B"}}, UNKNOWN, id="output from elsewhere"
        ),
        pytest.param({"Fn::Base64": "7"}, UNRESOLVED, id="function that is not evaluated"),
        pytest.param({"Fn::Unheard": "7"}, UNRESOLVED, id="function that nobody knows"),
        pytest.param("seven", UNKNOWN, id="word"),
        pytest.param(7.5, UNKNOWN, id="fraction"),
        pytest.param(True, UNKNOWN, id="truth value"),
        pytest.param(float("nan"), UNKNOWN, id="not a number"),
        pytest.param(10**18, UNKNOWN, id="number that no service takes"),
        pytest.param(10**18 - 1, 10**18 - 1, id="greatest number"),
        pytest.param(1 - 10**18, 1 - 10**18, id="least number"),
        pytest.param([7], UNKNOWN, id="list"),
        pytest.param({"a": 7, "b": 8}, UNKNOWN, id="object"),
    ],
)
def test_an_expression_has_the_expected_value(expression: Any, wanted: Any) -> None:
    assert batch_size(expression, Mappings=MAPPINGS) == wanted


@pytest.mark.parametrize(
    ("declared", "given", "wanted"),
    [
        pytest.param({"Type": "Number", "Default": 5}, None, 5, id="default"),
        pytest.param({"Type": "String", "Default": "5"}, None, 5, id="default in a text"),
        pytest.param({"Type": "Number", "Default": 5}, {"Size": 8}, 8, id="given"),
        pytest.param({"Type": "Number"}, None, UNRESOLVED, id="neither"),
        pytest.param({"Type": "Number"}, {"Size": "8"}, 8, id="given as a text"),
        pytest.param({"Type": "String", "AllowedValues": ["6"]}, None, 6, id="only one value allowed"),
        pytest.param(
            {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "5"}, None, UNRESOLVED, id="kept in SSM"
        ),
        pytest.param("Number", None, UNRESOLVED, id="declared by a text"),
    ],
)
def test_a_parameter_has_the_expected_value(declared: Any, given: dict[str, Any] | None, wanted: Any) -> None:
    assert batch_size(ref("Size"), given, Parameters={"Size": declared}) == wanted


def test_list_parameter_is_cut_at_its_commas() -> None:
    sizes = {"Sizes": {"Type": "CommaDelimitedList", "Default": "5, 6"}}

    assert batch_size({"Fn::Select": [1, ref("Sizes")]}, Parameters=sizes) == 6


@pytest.mark.parametrize("written", [pytest.param("true", id="small"), pytest.param("True", id="capital"), True])
def test_truth_value_may_be_written_as_a_text(written: object) -> None:
    orders = mapping(get("Queue"), Enabled=written)

    assert plan({"Queue": resource("SQS::Queue"), "Orders": orders}).given("Enabled") is True


def test_pattern_made_of_json_is_read_as_its_text() -> None:
    pattern = {"Fn::ToJsonString": {"body": {"type": ["created"]}}}
    orders = mapping(get("Queue"), FilterCriteria={"Filters": [{"Pattern": pattern}]})

    assert plan({"Queue": resource("SQS::Queue"), "Orders": orders}).filters == ('{"body":{"type":["created"]}}',)


def test_text_that_grows_without_end_is_unresolved_before_long() -> None:
    expression: Any = "1" * 1000
    for _ in range(60):  # 2 ** 60 evaluations would never end
        expression = {"Fn::Sub": ["${X}${X}", {"X": expression}]}

    assert batch_size(expression) is UNRESOLVED


def test_outputs_that_import_each_other_end() -> None:
    exports = {"A": {"Value": {"Fn::ImportValue": "b"}, "Export": {"Name": "b"}}}

    assert batch_size({"Fn::ImportValue": "b"}, Outputs=exports) is UNRESOLVED
