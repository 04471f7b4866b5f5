"""What one construct cannot see: mappings that do not go together fail the synthesis of their app."""

from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from constructs import Construct

from cdk_esm import NewFunction, SqsToLambda
from tests.cdk.reports import acknowledge, heard, two_on_ten


@pytest.fixture
def app(tmp_path: Path) -> cdk.App:
    """An app that fails when its validation does."""
    return cdk.App(outdir=str(tmp_path / "cdk.out"))


def test_a_source_twice_on_one_function_fails_the_synthesis(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)
    SqsToLambda(stack, "Again", function=orders.function, queue=orders.queue)

    with pytest.raises(RuntimeError, match="ESM208") as caught:
        app.synth()
    assert "Shop/Orders already maps this source to this function" in str(caught.value)
    assert "Shop/Again" in str(caught.value)
    assert "remove this mapping or Shop/Orders" in str(caught.value)


def test_what_aws_refuses_cannot_be_acknowledged(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)
    SqsToLambda(stack, "Again", function=orders.function, queue=orders.queue)
    acknowledge(stack, "ESM208")

    with pytest.raises(RuntimeError, match="ESM208"):
        app.synth()


def test_mappings_in_two_stacks_are_checked_together(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)
    SqsToLambda(cdk.Stack(app, "Other"), "Orders", function=orders.function, queue=orders.queue)

    with pytest.raises(RuntimeError, match="Shop/Orders already maps this source"):
        app.synth()


def test_maxima_that_sum_up_to_more_than_is_reserved_fail_the_synthesis(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    two_on_ten(stack, function)

    with pytest.raises(RuntimeError, match="ESM304") as caught:
        app.synth()
    assert "together with Shop/Orders the poller may run the function 12 times at once" in str(caught.value)


def test_mappings_in_a_stage_are_checked_too(app: cdk.App, function: NewFunction) -> None:
    stack = cdk.Stack(cdk.Stage(app, "Prod"), "Shop")
    two_on_ten(stack, function)

    with pytest.raises(RuntimeError, match="together with Prod/Shop/Orders"):
        app.synth()


def test_an_app_that_a_stack_makes_for_itself_is_one_app_too(function: NewFunction) -> None:
    stack = cdk.Stack()
    orders = SqsToLambda(stack, "Orders", function=function)
    SqsToLambda(Construct(stack, "Inner"), "Again", function=orders.function, queue=orders.queue)
    app: Any = stack.node.root

    with pytest.raises(RuntimeError, match="ESM208"):
        app.synth()


def test_a_function_that_is_allowed_to_feed_itself_fails_the_synthesis(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, alarms=heard(stack))
    orders.queue.grant_send_messages(orders.function)

    with pytest.raises(RuntimeError, match="ESM312"):
        app.synth()
