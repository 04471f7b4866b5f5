"""What an imported function or queue hides is asked for where it is needed, and judged where it is stated."""

from dataclasses import replace
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk.existing import a_function, a_queue
from tests.cdk.templates import properties

FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:fulfil"
QUEUE = "arn:aws:sqs:eu-west-1:111122223333:orders"
CONSTRUCTS = pytest.mark.parametrize("construct", [esm.SqsToLambda, esm.SqsFifoToLambda], ids=["standard", "fifo"])


def imported(stack: cdk.Stack, name: str = "Fulfil") -> lambda_.IFunction:
    return lambda_.Function.from_function_arn(stack, name, FUNCTION)


@CONSTRUCTS
def test_a_new_queue_before_a_function_that_hides_its_timeout_asks_for_it_in_one_error(
    construct: Any, stack: cdk.Stack
) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        construct(stack, "Orders", function=imported(stack))
    [found] = caught.value.findings

    assert (found.rule.id, found.setting) == ("ESM003", "queue.visibility_timeout")
    assert stack.node.try_find_child("Orders") is None


@CONSTRUCTS
def test_both_ways_of_the_fix_paste(construct: Any, stack: cdk.Stack) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        construct(stack, "Orders", function=imported(stack))
    fix = caught.value.findings[0].fix.removesuffix(" (import cdk_esm as esm)")
    function: Any = imported(stack, "Again")
    names = {"esm": esm, "Duration": Duration, "function": function}
    stated = eval(fix.partition("function=")[2].partition(", or the queue's own")[0], names)  # noqa: S307
    hiding = eval(fix.partition("queue=")[2], names)  # noqa: S307

    by_timeout = construct(stack, "Orders", function=stated)
    by_queue = construct(stack, "Returns", function=function, queue=hiding)
    assert properties(by_timeout.queue)["VisibilityTimeout"] == 6 * 30
    assert properties(by_queue.queue)["VisibilityTimeout"] == 180


@CONSTRUCTS
@pytest.mark.parametrize("new", [True, False], ids=["a new function", "a function of this app"])
def test_a_timeout_that_only_the_deployment_knows_is_asked_for_too(
    construct: Any, new: bool, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    timeout = Duration.seconds(cdk.CfnParameter(stack, "Timeout", type="Number").value_as_number)
    made = a_function(stack)
    assert isinstance(made.node.default_child, lambda_.CfnFunction)
    made.node.default_child.timeout = timeout.to_seconds()
    given: Any = replace(function, timeout=timeout) if new else made
    with pytest.raises(esm.EsmTypeError) as caught:
        construct(stack, "Orders", function=given)
    [found] = caught.value.findings
    fix = found.fix.removesuffix(" (import cdk_esm as esm)")
    names = {"esm": esm, "Duration": Duration, "function": made}
    stated = eval(fix.partition("function=")[2].partition(", or the queue's own")[0], names)  # noqa: S307
    hiding = eval(fix.partition("queue=")[2], names)  # noqa: S307

    assert (found.rule.id, found.setting) == ("ESM003", "queue.visibility_timeout")
    assert stack.node.try_find_child("Orders") is None
    known = replace(function, timeout=stated.timeout) if new else stated
    by_timeout = construct(stack, "Orders", function=known)
    by_queue = construct(stack, "Returns", function=given, queue=hiding)
    assert properties(by_timeout.queue)["VisibilityTimeout"] == 6 * 30
    assert properties(by_queue.queue)["VisibilityTimeout"] == 180


def test_the_window_counts_with_a_timeout_that_is_stated(stack: cdk.Stack) -> None:
    stated = esm.Imported(imported(stack), timeout=Duration.seconds(150))
    orders = esm.SqsToLambda(stack, "Orders", function=stated, batch_size=100, max_batching_window=Duration.seconds(60))

    assert orders.plan.function.timeout_seconds == 150
    assert properties(orders.queue)["VisibilityTimeout"] == 960


def test_an_alias_and_a_version_of_this_app_tell_their_timeout_themselves(stack: cdk.Stack) -> None:
    alias = a_function(stack).add_alias("live")

    assert properties(esm.SqsToLambda(stack, "Orders", function=alias).queue)["VisibilityTimeout"] == 60


@pytest.mark.parametrize(("visibility", "rules"), [(20, ["ESM301"]), (60, ["ESM305"]), (180, [])])
def test_what_is_stated_of_an_imported_queue_is_judged(
    visibility: int, rules: list[str], stack: cdk.Stack, function: esm.NewFunction
) -> None:
    queue = esm.Imported(
        sqs.Queue.from_queue_arn(stack, "Queue", QUEUE), visibility_timeout=Duration.seconds(visibility)
    )
    try:
        found = esm.SqsToLambda(stack, "Orders", function=function, queue=queue).findings
    except esm.InvalidMappingError as refused:
        found = refused.findings

    assert [one.rule.id for one in found] == rules


def test_what_is_stated_of_an_imported_function_is_judged_behind_a_stream(stack: cdk.Stack) -> None:
    stated = esm.Imported(imported(stack), timeout=Duration.minutes(20), reserved_concurrent_executions=0)
    with pytest.raises(esm.InvalidMappingError) as caught:
        esm.KinesisToLambda(stack, "Orders", function=stated)

    assert "ESM302" in [one.rule.id for one in caught.value.findings]


def test_what_a_resource_tells_itself_is_not_replaced(stack: cdk.Stack) -> None:
    queue = esm.Imported(a_queue(stack), visibility_timeout=Duration.seconds(5))
    stated = esm.Imported(a_function(stack), timeout=Duration.seconds(5))
    orders = esm.SqsToLambda(stack, "Orders", function=stated, queue=queue)

    assert orders.plan.function.timeout_seconds == 10
    assert orders.findings == ()


def test_what_is_about_another_kind_of_resource_is_refused_with_what_there_is(stack: cdk.Stack) -> None:
    wrong_function = esm.Imported(imported(stack), visibility_timeout=Duration.seconds(5), timeout=Duration.seconds(5))
    wrong_queue = esm.Imported(sqs.Queue.from_queue_arn(stack, "Queue", QUEUE), timeout=Duration.seconds(5))
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.SqsToLambda(stack, "Orders", function=wrong_function, queue=wrong_queue)

    assert [(one.rule.id, one.setting) for one in caught.value.findings] == [
        ("ESM001", "function.visibility_timeout"),
        ("ESM001", "queue.timeout"),
    ]


def test_a_misspelt_fact_and_a_wrong_resource_are_answered(stack: cdk.Stack) -> None:
    with pytest.raises(esm.EsmTypeError, match=r"did you mean timeout\?"):
        esm.Imported(imported(stack), timeot=Duration.seconds(5))  # type: ignore[call-arg]
    with pytest.raises(esm.EsmTypeError, match="function takes"):
        esm.SqsToLambda(stack, "Orders", function=esm.Imported("fulfil", timeout=Duration.seconds(5)))  # type: ignore[type-var]


@CONSTRUCTS
def test_a_visibility_timeout_and_a_factor_are_two_answers_to_one_question(
    construct: Any, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    new = esm.NewQueue(visibility_timeout=Duration.minutes(4))
    with pytest.raises(esm.EsmTypeError, match="visibility_timeout_factor takes nothing beside"):
        construct(stack, "Orders", function=function, queue=new, visibility_timeout_factor=6)

    assert properties(construct(stack, "Orders", function=function, queue=new).queue)["VisibilityTimeout"] == 240


@CONSTRUCTS
@pytest.mark.parametrize(
    ("knobs", "rule"),
    [
        ({"max_receive_count": 1}, ("ESM306", "danger")),
        ({"max_receive_count": 3}, ("ESM307", "advice")),
        ({"visibility_timeout_factor": 2}, ("ESM305", "advice")),
    ],
)
def test_a_knob_of_a_new_queue_says_what_it_says_on_an_existing_one(
    construct: Any, knobs: dict[str, int], rule: tuple[str, str], stack: cdk.Stack, function: esm.NewFunction
) -> None:
    try:
        found = construct(stack, "Orders", function=function, **knobs).findings
    except esm.InvalidMappingError as refused:
        found = refused.findings

    assert [(one.rule.id, str(one.severity)) for one in found] == [rule]
