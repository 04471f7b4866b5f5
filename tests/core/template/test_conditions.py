"""Both branches of an open condition are read, and nothing is reported that no deployment can have."""

from typing import Any

import pytest

from cdk_esm.facts import UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.templates import batch_size, get, mapping, plan, plans, ref, resource

IS_PROD = {"IsProd": {"Fn::Equals": [ref("Stage"), "prod"]}}
STAGE = {"Stage": {"Type": "String", "Default": "test"}}
BY_STAGE = {"Fn::If": ["IsProd", 7, 8]}


def sizes(conditions: dict[str, Any], parameters: dict[str, Any], expression: Any = BY_STAGE) -> list[Any]:
    orders = mapping(get("Queue"), BatchSize=expression)
    queue = resource("SQS::Queue")
    found = plans({"Queue": queue, "Orders": orders}, Conditions=conditions, Parameters=parameters)
    return sorted(str(one.given("BatchSize")) for one in found)


def test_both_branches_are_read_though_the_parameter_has_a_default() -> None:
    assert sizes(IS_PROD, STAGE) == ["7", "8"]


def test_given_parameter_settles_the_condition() -> None:
    assert batch_size(BY_STAGE, {"Stage": "prod"}, Conditions=IS_PROD, Parameters=STAGE) == 7


def test_parameter_has_the_value_that_its_branch_assumes() -> None:
    sizes_by_stage = {"Sizes": {"prod": {"batch": 7}, "test": {"batch": 8}}}
    picked = {"Fn::If": ["IsProd", {"Fn::FindInMap": ["Sizes", ref("Stage"), "batch"]}, 9]}
    orders = mapping(get("Queue"), BatchSize=picked)
    resources = {"Queue": resource("SQS::Queue"), "Orders": orders}

    found = plans(resources, Conditions=IS_PROD, Parameters=STAGE, Mappings=sizes_by_stage)

    assert sorted(one.given("BatchSize") for one in found) == [7, 9]


def test_two_different_values_of_one_parameter_are_never_assumed_together() -> None:
    conditions = {**IS_PROD, "IsTest": {"Fn::Equals": ["test", ref("Stage")]}}
    expression = {"Fn::If": ["IsProd", {"Fn::If": ["IsTest", 1, 2]}, {"Fn::If": ["IsTest", 3, 4]}]}

    assert sizes(conditions, STAGE, expression) == ["2", "3", "4"]


def test_only_allowed_values_of_a_parameter_are_assumed() -> None:
    stage = {"Stage": {"Type": "String", "AllowedValues": ["prod", "test"]}}
    conditions = {**IS_PROD, "IsTest": {"Fn::Equals": [ref("Stage"), "test"]}}
    expression = {"Fn::If": ["IsProd", 1, {"Fn::If": ["IsTest", 2, 3]}]}

    assert sizes(conditions, stage, expression) == ["1", "2"]


def test_a_value_that_is_not_allowed_is_never_assumed() -> None:
    stage = {"Stage": {"Type": "String", "AllowedValues": ["dev", "test"]}}

    assert sizes(IS_PROD, stage) == ["8"]


def test_last_value_that_is_allowed_is_the_parameters() -> None:
    stage = {"Stage": {"Type": "String", "AllowedValues": ["dev", "prod", "test"]}}
    conditions = {**IS_PROD, "IsTest": {"Fn::Equals": [ref("Stage"), "test"]}}
    expression = {"Fn::If": ["IsProd", 1, {"Fn::If": ["IsTest", 2, {"Fn::Sub": "3${Stage}"}]}]}

    queue = resource("SQS::Queue", {"QueueName": expression})
    found = plans(
        {"Queue": queue, "Orders": mapping(get("Queue"), Topics=[expression])},
        None,
        Conditions=conditions,
        Parameters=stage,
    )

    assert sorted(str(one.given("Topics")[0]) for one in found) == ["1", "2", "3dev"]


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        pytest.param({"Fn::Equals": ["a", "a"]}, 7, id="equal"),
        pytest.param({"Fn::Equals": ["a", "b"]}, 8, id="not equal"),
        pytest.param({"Fn::Equals": [True, "true"]}, 7, id="equal as texts"),
        pytest.param({"Fn::Equals": [ref("AWS::Region"), ref("AWS::Region")]}, 7, id="the same hole"),
        pytest.param({"Fn::Not": [{"Fn::Equals": ["a", "a"]}]}, 8, id="not"),
        pytest.param({"Fn::And": [{"Condition": "Yes"}, {"Condition": "No"}]}, 8, id="and"),
        pytest.param({"Fn::And": [{"Condition": "Yes"}, {"Condition": "Yes"}]}, 7, id="and of all"),
        pytest.param({"Fn::Or": [{"Condition": "Yes"}, {"Condition": "No"}]}, 7, id="or"),
        pytest.param({"Fn::Or": [{"Condition": "No"}]}, 8, id="or of none"),
        pytest.param({"Condition": "Yes"}, 7, id="another condition"),
        pytest.param({"Condition": "IsIt"}, UNRESOLVED, id="itself"),
        pytest.param({"Fn::Xor": []}, UNRESOLVED, id="function that is none"),
        pytest.param("Yes", UNRESOLVED, id="text"),
    ],
)
def test_a_condition_has_the_expected_value(condition: Any, wanted: Any) -> None:
    conditions = {
        "IsIt": condition,
        "Yes": {"Fn::Equals": ["1", "1"]},
        "No": {"Fn::Equals": ["1", "2"]},
    }

    assert batch_size({"Fn::If": ["IsIt", 7, 8]}, Conditions=conditions) == wanted


def test_mapping_with_a_condition_stands_only_where_it_holds() -> None:
    orders = {**mapping(get("Queue")), "Condition": "IsProd"}

    [found] = plans({"Queue": resource("SQS::Queue"), "Orders": orders}, Conditions=IS_PROD, Parameters=STAGE)

    assert found.when == {("Shop.Stage", "prod", True)}


def test_mapping_whose_condition_never_holds_is_not_there() -> None:
    orders = {**mapping(get("Queue")), "Condition": "Never"}
    never = {"Never": {"Fn::Equals": ["a", "b"]}}

    assert plans({"Queue": resource("SQS::Queue"), "Orders": orders}, Conditions=never) == []


def test_branches_that_say_the_same_are_one_plan() -> None:
    same = {"Fn::If": ["IsProd", 7, 7]}
    orders = mapping(get("Queue"), BatchSize=same)

    found = plan({"Queue": resource("SQS::Queue"), "Orders": orders}, Conditions=IS_PROD, Parameters=STAGE)

    assert (found.given("BatchSize"), found.when) == (7, frozenset())


def test_condition_in_what_surrounds_a_mapping_is_read_both_ways() -> None:
    queue = resource("SQS::Queue", {"VisibilityTimeout": {"Fn::If": ["IsProd", 180, 10]}})
    resources = {"Queue": queue, "Orders": mapping(get("Queue")), "Returns": mapping(get("Queue"))}

    found = plans(resources, Conditions=IS_PROD, Parameters=STAGE)

    assert [one.logical_id for one in found] == ["Orders", "Orders", "Returns", "Returns"]


def test_mappings_that_are_never_deployed_together_are_not_compared() -> None:
    other = {"NotProd": {"Fn::Not": [{"Condition": "IsProd"}]}}
    resources = {
        "Queue": resource("SQS::Queue"),
        "Orders": {**mapping(get("Queue")), "Condition": "IsProd"},
        "Returns": {**mapping(get("Queue")), "Condition": "NotProd"},
    }
    found = plans(resources, Conditions={**IS_PROD, **other}, Parameters=STAGE)
    always = plans({name: {**one, "Condition": "IsProd"} for name, one in resources.items()}, Conditions=IS_PROD)

    assert check(found, select=["ESM208"]) == []
    assert [one.path for one in check(always, select=["ESM208"])] == ["Shop/Returns"]


def test_a_fault_in_several_branches_is_one_finding() -> None:
    resources = {"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"), BatchSize=100, Enabled=BY_ENABLED)}

    found = plans(resources, Conditions=IS_PROD, Parameters=STAGE)

    assert len(found) == 2
    assert len(check(found, select=["ESM201"])) == 1


BY_ENABLED = {"Fn::If": ["IsProd", True, False]}


def test_a_template_with_very_many_conditions_is_read_in_at_most_16_ways() -> None:
    parameters = {f"P{index}": {"Type": "String"} for index in range(40)}
    conditions = {f"C{index}": {"Fn::Equals": [ref(f"P{index}"), "a"]} for index in range(40)}
    expression: Any = 1
    for name in conditions:
        expression = {"Fn::If": [name, expression, 2]}

    assert len(sizes(conditions, parameters, expression)) <= 16
