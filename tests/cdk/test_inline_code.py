"""Code that is a text is read by a construct as it is read in a template: before anything is made."""

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda as lambda_

import cdk_esm as esm

HIDES = """def handler(event, context):
    for record in event["Records"]:
        try:
            process(record)
        except Exception:
            print("failed")
"""
RAISES = HIDES.replace('print("failed")', "raise")


def new(stack: cdk.Stack, code: str, runtime: lambda_.Runtime, handler: str) -> Any:
    del stack
    return esm.NewFunction(lambda_.Code.from_inline(code), handler, runtime=runtime)


def existing(stack: cdk.Stack, code: str, runtime: lambda_.Runtime, handler: str) -> Any:
    return lambda_.Function(
        stack, "Handler", code=lambda_.Code.from_inline(code), handler=handler, runtime=runtime, memory_size=512
    )


every_way = pytest.mark.parametrize("hand", [new, existing])
PYTHON = lambda_.Runtime.PYTHON_3_13


@every_way
@pytest.mark.parametrize(
    ("code", "runtime", "handler", "rules"),
    [
        pytest.param(HIDES, PYTHON, "index.handler", ["ESM260"], id="hides-failures"),
        pytest.param(RAISES, PYTHON, "index.handler", [], id="raises"),
        pytest.param(HIDES, lambda_.Runtime.NODEJS_22_X, "index.handler", [], id="another-language"),
        pytest.param(RAISES, PYTHON, "app.handler", ["ESM251"], id="another-module"),
        pytest.param(RAISES, PYTHON, "index.handle", ["ESM256"], id="another-function"),
        pytest.param("pass", PYTHON, "index.handler", [], id="a-placeholder"),
    ],
)
def test_inline_code_is_read_before_anything_is_made(  # noqa: PLR0917 - a case
    hand: Callable[..., Any], code: str, runtime: lambda_.Runtime, handler: str, rules: list[str], stack: cdk.Stack
) -> None:
    function = hand(stack, code, runtime, handler)
    found: list[str] = []
    try:
        esm.SqsToLambda(stack, "Orders", function=function)
    except esm.InvalidMappingError as error:
        found = [finding.rule.id for finding in error.findings]
        assert stack.node.try_find_child("Orders") is None

    assert found == rules


@every_way
def test_code_that_only_the_deployment_knows_is_not_read(hand: Callable[..., Any], stack: cdk.Stack) -> None:
    code = HIDES + f"# {cdk.Fn.import_value('version')}"
    orders = esm.SqsToLambda(stack, "Orders", function=hand(stack, code, PYTHON, "index.handler"))

    assert orders.plan.function.inline is True
    assert orders.plan.function.answers is None
