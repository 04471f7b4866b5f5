"""What is stated of an imported function or queue goes with the template, and a check of it judges by it."""

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from aws_cdk.assertions import Template

import cdk_esm as esm
from cdk_esm.plan import FailureKind, FailurePath
from tests.cdk.existing import a_queue

FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:fulfil"
QUEUE = "arn:aws:sqs:eu-west-1:111122223333:orders"
LOST = "arn:aws:sqs:eu-west-1:111122223333:lost"
WHY = "told apart below"


def template_of(stack: cdk.Stack) -> dict[str, Any]:
    return dict(Template.from_stack(stack).to_json())


def imported(stack: cdk.Stack, arn: str) -> sqs.IQueue:
    return sqs.Queue.from_queue_arn(stack, arn.rpartition(":")[2].capitalize(), arn)


def a_function(stack: cdk.Stack) -> lambda_.IFunction:
    return lambda_.Function.from_function_arn(stack, "Fulfil", FUNCTION)


def rules_at_both_doors(
    stack: cdk.Stack, queue: Any, function: Any, **knobs: Any
) -> tuple[dict[str, str | None], esm.SqsToLambda, Any]:
    """The rules of the construct, which must be those of the check of its template; the bundle and the plan read."""
    bundle = esm.SqsToLambda(stack, "Bundle", queue=queue, function=function, grants=False, **knobs)
    [read] = esm.read_template(template_of(stack))
    at_construct = {one.rule.id: one.acknowledged for one in bundle.findings}
    at_check = {one.rule.id: one.acknowledged for one in esm.check([read])}
    assert at_check == at_construct
    return at_check, bundle, read


@pytest.mark.parametrize(
    ("facts", "knobs", "rules"),
    [
        ({"visibility_timeout": 60}, {}, {"ESM305"}),
        ({"visibility_timeout": 180, "max_receive_count": 3}, {}, {"ESM307"}),
        ({"visibility_timeout": 180, "max_receive_count": 5}, {}, set()),
    ],
)
def test_a_check_of_the_template_finds_what_the_construct_found(
    facts: dict[str, int], knobs: dict[str, Any], rules: set[str], stack: cdk.Stack
) -> None:
    timed = {name: Duration.seconds(one) if name == "visibility_timeout" else one for name, one in facts.items()}
    queue = esm.Imported(imported(stack, QUEUE), **timed)  # type: ignore[arg-type]
    function = esm.Imported(a_function(stack), timeout=Duration.seconds(30))
    found, bundle, read = rules_at_both_doors(stack, queue, function, **knobs)

    assert set(found) - {"ESM414"} == rules
    assert read.function.timeout_seconds == bundle.plan.function.timeout_seconds == 30
    assert read.stated == {"function": {"timeout": 30}, "queue": facts}


def test_a_dead_letter_queue_is_stated_with_what_it_keeps(stack: cdk.Stack) -> None:
    lost = esm.Imported(imported(stack, LOST), retention_period=Duration.days(1))
    queue = esm.Imported(
        imported(stack, QUEUE),
        visibility_timeout=Duration.seconds(180),
        retention_period=Duration.days(4),
        max_receive_count=5,
        dead_letter_queue=lost,
    )
    function = esm.Imported(a_function(stack), timeout=Duration.seconds(30))
    with pytest.raises(esm.InvalidMappingError) as caught:
        esm.SqsToLambda(stack, "Refused", queue=queue, function=function, grants=False)
    found, bundle, read = rules_at_both_doors(stack, queue, function, acknowledge={"ESM309": WHY})

    assert "ESM309" in [one.rule.id for one in caught.value.findings]
    assert found["ESM309"] == WHY
    assert isinstance(read.failure, FailurePath)
    assert read.failure.queue is not None
    assert (read.failure.queue.identity, read.failure.queue.account) == (LOST, "111122223333")
    assert read.failure == bundle.plan.failure


def test_a_dead_letter_queue_of_this_app_tells_what_it_keeps(stack: cdk.Stack) -> None:
    lost = sqs.Queue(stack, "Lost", retention_period=Duration.days(2))
    queue = esm.Imported(imported(stack, QUEUE), dead_letter_queue=lost)
    bundle = esm.SqsToLambda(stack, "Bundle", queue=queue, function=a_function(stack), grants=False)
    [read] = esm.read_template(template_of(stack))

    for failure in (bundle.plan.failure, read.failure):
        assert isinstance(failure, FailurePath)
        assert failure.queue is not None
        assert failure.queue.retention_seconds == 2 * 86_400


def test_that_there_is_no_dead_letter_queue_is_stated_with_its_reason(stack: cdk.Stack) -> None:
    nothing = esm.NoDeadLetterQueue("each order is written again at night")
    queue = esm.Imported(imported(stack, QUEUE), dead_letter_queue=nothing)
    _, bundle, read = rules_at_both_doors(stack, queue, a_function(stack))

    assert bundle.plan.failure == read.failure == FailurePath(kind=FailureKind.NONE, reason=nothing.reason)


def test_what_the_resource_tells_itself_is_not_stated(stack: cdk.Stack) -> None:
    queue = esm.Imported(a_queue(stack), visibility_timeout=Duration.seconds(5), max_receive_count=1)
    bundle = esm.SqsToLambda(stack, "Bundle", queue=queue, function=a_function(stack), grants=False)

    assert not any(bundle.plan.stated.values())
    assert "'stated'" not in str(template_of(stack))


@pytest.mark.parametrize(
    ("facts", "setting"),
    [
        ({"max_receive_count": 0}, "queue.max_receive_count"),
        ({"max_receive_count": "5"}, "queue.max_receive_count"),
        ({"dead_letter_queue": LOST}, "queue.dead_letter_queue"),
        ({"dead_letter_queue": esm.NoDeadLetterQueue(" ")}, "queue.dead_letter_queue.reason"),
    ],
)
def test_what_cannot_be_stated_is_refused(facts: dict[str, Any], setting: str, stack: cdk.Stack) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.SqsToLambda(
            stack, "Bundle", queue=esm.Imported(imported(stack, QUEUE), **facts), function=a_function(stack)
        )

    assert [(one.rule.id[:5], one.setting) for one in caught.value.findings] == [("ESM00", setting)]
    assert stack.node.try_find_child("Bundle") is None
