"""What many expressions come to, as it was reviewed, down to the names of the holes that the deployment fills."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.template.cloudformation.arns import place_of, recognized
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.intrinsics import evaluator_of
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.cloudformation.values import Hole, Pointer, Text, identity
from tests.core.reviewed import reviewed
from tests.core.template.expression_cases import ARNS, EXPRESSIONS, NAMED, OF_OTHER, OF_PART, OF_SHOP

FOLDER = Path(__file__).parent / "texts"
_LONGEST = 160


def stacks(place: dict[str, Any]) -> tuple[Stack, Evaluator]:
    """The stack that the expressions stand in, with all its neighbours."""
    shop = Stack(name="Shop", document=OF_SHOP, stack_name="prod-Shop", **place)
    part = Stack(
        name="Shop/Part",
        document=OF_PART,
        parent=shop,
        within=shop.resources["Part"],
        given={
            "Given": {"Ref": "Size"},
            "Several": "a,b",
            "Odd": {"Fn::Split": [",", "a"]},
            "Itself": {"Fn::GetAtt": ["Part", "Outputs.Back"]},
        },
    )
    other = Stack(name="Other", document=OF_OTHER, stack_name="prod-Other", **place)
    return shop, evaluator_of(Assembly([shop, part, other]))


def shown(value: Any) -> str:
    """A value with what stands in it."""
    if isinstance(value, Hole):
        return f"hole {value.name!r} {value.why!r}"
    if isinstance(value, Pointer):
        return f"{value.resource!r} by {value.attribute}, {identity(value)}"
    if isinstance(value, Text):
        return " + ".join(shown(part) for part in value.parts)
    if isinstance(value, list):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {shown(member)}' for name, member in value.items())}}}"
    return repr(value)


def written(expression: Any) -> str:
    """An expression, or the beginning of a long one."""
    try:
        text = json.dumps(expression)
    except TypeError:
        text = repr(expression)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def lines(expression: Any, place: dict[str, Any]) -> Iterator[str]:
    """The expression, what it comes to, and what it asks and touches on the way."""
    shop, evaluator = stacks(place)
    value = evaluator.value(expression, shop)
    yield written(expression)
    yield f"  is {shown(value)}".partition("…")[0]
    if evaluator.asked:
        yield f"  asks {', '.join(f'{one.subject} = {one.literal} of {list(one.allowed)}' for one in evaluator.asked)}"
    if evaluator.touched:
        yield f"  depends on {', '.join(sorted(evaluator.touched))}"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("expressions.txt", {}),
        ("expressions_in_a_place.txt", {"region": "cn-north-1", "account": "111122223333"}),
    ],
)
def test_expressions_come_to_what_they_say(name: str, place: dict[str, Any]) -> None:
    text = "\n".join(line for expression in EXPRESSIONS for line in lines(expression, place)) + "\n"

    assert reviewed(FOLDER / name, text) == text


@pytest.mark.parametrize("parameter", ["Given", "Several", "Odd"])
def test_parameters_of_a_nested_stack_are_what_it_is_given(parameter: str) -> None:
    _, evaluator = stacks({})
    part = evaluator.neighbours.stacks[1]
    wanted = {"Given": "5", "Several": ["a", "b"], "Odd": ["a"]}

    assert evaluator.value({"Ref": parameter}, part) == wanted[parameter]


@pytest.mark.parametrize(
    ("name", "place"),
    [("arns.txt", {}), ("arns_in_a_place.txt", {"region": "eu-west-1", "account": "111122223333"})],
)
def test_arns_lead_only_to_resources_that_they_certainly_name(name: str, place: dict[str, Any]) -> None:
    shop = Stack(name="Shop", document=NAMED, **place)
    evaluator = evaluator_of(Assembly([shop]))
    found = []
    for expression in ARNS:
        value = evaluator.value(expression, shop)
        region, account = place_of(value)
        found.append(
            f"{written(expression)}\n  is {shown(recognized(evaluator, value, shop))}\n  in {region!r} {account!r}"
        )
    text = "\n".join(found) + "\n"

    assert reviewed(FOLDER / name, text) == text
