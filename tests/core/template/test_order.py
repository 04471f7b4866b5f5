"""What is made before what."""

from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.intrinsics import evaluator_of
from cdk_esm.template.cloudformation.order import waits_for
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.testing.templates import get, ref, resource


def waits(resources: dict[str, Any]) -> bool | Unknowable:
    """Whether the resource A waits for B."""
    stack = Stack(name="Shop", document={"Resources": resources})
    return waits_for(evaluator_of(Assembly([stack])), stack.resources["A"], stack.resources["B"])


B = resource("SQS::Queue")


@pytest.mark.parametrize(
    "a",
    [
        pytest.param(resource("X::Y", DependsOn="B"), id="depends on it"),
        pytest.param(resource("X::Y", DependsOn=["C", "B"]), id="depends on several"),
        pytest.param(resource("X::Y", {"P": ref("B")}), id="refers to it"),
        pytest.param(resource("X::Y", {"P": get("B")}), id="takes an attribute"),
        pytest.param(resource("X::Y", {"P": {"Fn::GetAtt": "B.Arn.Of.It"}}), id="takes an attribute in one text"),
        pytest.param(resource("X::Y", {"P": {"Fn::Sub": "${C} ${B.Arn}"}}), id="in a text"),
        pytest.param(resource("X::Y", {"P": {"Fn::Sub": ["${Own} ${B}", {"Own": 1}]}}), id="in a text with names"),
        pytest.param(resource("X::Y", {"P": {"Fn::Sub": ["${Own}", {"Own": ref("B")}]}}), id="under a name of a text"),
        pytest.param(resource("X::Y", {"P": [{"Q": {"Fn::Join": [":", [1, ref("B")]]}}]}), id="deep inside"),
        pytest.param(resource("X::Y", {"P": {"Fn::Sub": "${C}"}, "Q": ref("B")}), id="after another one"),
    ],
)
def test_a_resource_waits_for_one_that_it_names(a: dict[str, Any]) -> None:
    assert waits({"A": a, "B": B, "C": resource("X::Y")}) is True


@pytest.mark.parametrize(
    "a",
    [
        pytest.param(resource("X::Y"), id="names nothing"),
        pytest.param(resource("X::Y", {"P": "B", "Q": ["B"], "B": 1}), id="as a text or a key"),
        pytest.param(resource("X::Y", {"P": {"Fn::Sub": "${!B} ${C}"}}), id="as a literal in a text"),
        pytest.param(resource("X::Y", {"P": {"Ref": ["B"]}, "Q": {"Fn::GetAtt": []}, "R": {"Fn::Sub": 1}}), id="oddly"),
        pytest.param(resource("X::Y", {"P": {"Fn::GetAtt": ["C", "B"]}}), id="as an attribute"),
        pytest.param({**resource("X::Y"), "Metadata": {"P": ref("B")}}, id="in its metadata"),
    ],
)
def test_a_resource_does_not_wait_for_one_that_it_does_not_name(a: dict[str, Any]) -> None:
    assert waits({"A": a, "B": B, "C": resource("X::Y")}) is False


def test_waiting_goes_from_resource_to_resource_also_in_a_circle() -> None:
    circle = {"A": resource("X::Y", DependsOn="C"), "C": resource("X::Y", DependsOn="A"), "B": B}
    through = {**circle, "C": resource("X::Y", {"P": [ref("A"), ref("B")]})}

    assert waits(circle) is False
    assert waits(through) is True
    assert waits({"A": resource("X::Y", DependsOn=["Gone", "C"]), "C": resource("X::Y", DependsOn="B"), "B": B}) is True


def test_the_order_of_other_stacks_and_of_very_long_chains_is_unknown() -> None:
    one, other = (Stack(name=name, document={"Resources": {"A": B}}) for name in ("One", "Other"))
    evaluator = evaluator_of(Assembly([one, other]))
    chain = {f"R{number}": resource("X::Y", DependsOn=f"R{number + 1}") for number in range(600)}

    assert waits_for(evaluator, one.resources["A"], other.resources["A"]) is UNKNOWN
    assert waits({"A": resource("X::Y", DependsOn="R0"), **chain, "B": B}) is UNKNOWN
