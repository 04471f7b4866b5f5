"""What a bundle hands out: the things themselves, and ``None`` or ``UNKNOWN`` for what is not ours to know."""

from dataclasses import replace

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs

from cdk_esm import UNKNOWN, NewFunction, NewQueue, NoDeadLetterQueue, SqsFifoToLambda, SqsToLambda
from cdk_esm.plan import Door, FailurePath
from tests.cdk.existing import a_function, a_queue
from tests.cdk.templates import properties, source_of

FUNCTION_ARN = "arn:aws:lambda:eu-west-1:111122223333:function:fulfil"
QUEUE_ARN = "arn:aws:sqs:eu-west-1:111122223333:orders"


@pytest.mark.parametrize("construct", [SqsToLambda, SqsFifoToLambda], ids=["standard", "fifo"])
def test_created_resources_are_returned_as_cdk_constructs(
    construct: type[SqsToLambda] | type[SqsFifoToLambda], stack: cdk.Stack, function: NewFunction
) -> None:
    orders = construct(stack, "Orders", function=function)

    assert isinstance(orders.queue, sqs.Queue)
    assert isinstance(orders.dead_letter_queue, sqs.Queue)
    assert isinstance(orders.function, lambda_.Function)
    assert isinstance(orders.role, iam.Role)
    assert isinstance(orders.log_group, logs.LogGroup)
    assert isinstance(orders.mapping, lambda_.CfnEventSourceMapping)
    assert orders.target is orders.function
    assert orders.plan.path == orders.node.path == "Shop/Orders"


def test_created_resources_can_be_changed_through_their_attributes(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)
    orders.mapping.add_property_override("BatchSize", 3)
    assert isinstance(orders.function, lambda_.Function)
    orders.function.add_environment("STAGE", "test")

    assert properties(orders.mapping)["BatchSize"] == 3
    assert properties(orders.function)["Environment"] == {"Variables": {"STAGE": "test"}}


def test_the_plan_says_what_was_built(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, batch_size=5, max_receive_count=8)
    plan = orders.plan

    assert (plan.source, plan.door) == ("sqs", Door.CONSTRUCT)
    assert (plan.setting("BatchSize"), plan.setting("Enabled")) == (5, True)
    assert source_of(orders).visibility_timeout_seconds == 180
    assert (plan.function.timeout_seconds, plan.function.memory_mb, plan.function.architecture) == (30, 512, "arm64")
    assert isinstance(plan.failure, FailurePath)
    assert plan.failure.max_receive_count == 8
    assert plan.role.takes_grants is True
    assert plan.chosen_by_user("batch_size")
    assert not plan.chosen_by_user("enabled")


def test_changing_the_returned_alarms_does_not_change_the_bundle(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function)
    dict(orders.alarms).clear()

    assert len(orders.alarms) == 6


def test_what_exists_is_handed_out_as_it_came(stack: cdk.Stack) -> None:
    function, queue = a_function(stack), a_queue(stack)
    orders = SqsToLambda(stack, "Orders", function=function, queue=queue)

    assert orders.function is orders.target is function
    assert orders.queue is queue
    assert orders.log_group is None, "an existing function's log group is its own affair"
    assert orders.dead_letter_queue is not None
    assert orders.dead_letter_queue.node.path == "Shop/OldDeadLetters"


def test_of_an_alias_the_function_is_handed_out_and_the_alias_is_the_target(
    stack: cdk.Stack, function: NewFunction
) -> None:
    orders = SqsToLambda(stack, "Orders", function=replace(function, alias="live"))

    assert isinstance(orders.function, lambda_.Function)
    assert isinstance(orders.target, lambda_.Alias)
    assert orders.plan.function.qualified is True


def test_an_imported_function_hides_its_role_and_its_timeout(stack: cdk.Stack) -> None:
    imported = lambda_.Function.from_function_arn(stack, "Imported", FUNCTION_ARN)
    new = NewQueue(visibility_timeout=cdk.Duration.minutes(15))
    orders = SqsToLambda(stack, "Orders", function=imported, queue=new)

    assert orders.role is None
    assert orders.log_group is None
    assert orders.function is orders.target is imported
    assert orders.plan.function.timeout_seconds is UNKNOWN
    assert properties(orders.mapping)["FunctionName"] == FUNCTION_ARN
    assert properties(orders.queue)["VisibilityTimeout"] == 900


@pytest.mark.parametrize("fifo", [False, True], ids=["standard", "fifo"])
def test_an_imported_queue_hides_its_attributes(stack: cdk.Stack, function: NewFunction, *, fifo: bool) -> None:
    construct = SqsFifoToLambda if fifo else SqsToLambda
    queue = sqs.Queue.from_queue_arn(stack, "Imported", QUEUE_ARN + (".fifo" if fifo else ""))
    orders = construct(stack, "Orders", function=function, queue=queue)

    assert orders.queue is queue
    assert orders.dead_letter_queue is None
    assert orders.plan.failure is UNKNOWN
    assert source_of(orders).visibility_timeout_seconds is UNKNOWN
    assert orders.findings == (), "what is not known is not judged"
    assert properties(orders.mapping)["EventSourceArn"] == queue.queue_arn


def test_a_dead_letter_queue_of_ones_own_is_handed_out(stack: cdk.Stack, function: NewFunction) -> None:
    own = sqs.Queue(stack, "Own", retention_period=cdk.Duration.days(14))
    orders = SqsToLambda(stack, "Orders", function=function, dead_letter_queue=own)

    assert orders.dead_letter_queue is own
    assert properties(orders.queue)["RedrivePolicy"]["maxReceiveCount"] == 5


def test_without_a_dead_letter_queue_the_attribute_is_none(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, dead_letter_queue=NoDeadLetterQueue("clicks may go"))

    assert orders.dead_letter_queue is None
    assert isinstance(orders.plan.failure, FailurePath)
    assert (orders.plan.failure.kind, orders.plan.failure.reason) == ("none", "clicks may go")


def test_a_queue_that_follows_another_stack_weakly_is_an_advice(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = cdk.App(
        outdir=str(tmp_path_factory.mktemp("weak")),
        context={"@aws-cdk/core:defaultCrossStackReferences": "weak"},
    )
    queues, mappings = cdk.Stack(app, "Queues"), cdk.Stack(app, "Mappings")
    orders = SqsToLambda(mappings, "Orders", function=a_function(mappings), queue=a_queue(queues))

    assert [finding.rule.id for finding in orders.findings] == ["ESM406"]
