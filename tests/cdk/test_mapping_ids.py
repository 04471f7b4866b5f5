"""Logical ids are a contract: whoever changes one replaces what is deployed, and a mapping cannot even be replaced."""

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from constructs import Construct

from cdk_esm import NewFunction, SqsFifoToLambda, SqsToLambda
from tests.cdk.existing import a_function, a_queue
from tests.cdk.templates import logical_id, properties, resources

MAPPING = "AWS::Lambda::EventSourceMapping"
ORDERS = {
    "Mapping": "OrdersA9B65338",
    "Policy": "OrdersPolicy41E378C0",
    "Queue": "OrdersQueueC538DD4C",
    "QueuePolicy": "OrdersQueuePolicy969D31B6",
    "DeadLetterQueue": "OrdersDeadLetterQueueA73944CE",
    "DeadLetterQueuePolicy": "OrdersDeadLetterQueuePolicyBDB38C9A",
    "Function": "OrdersFunction520DBA95",
    "Role": "OrdersRoleF1878990",
    "RoleDefaultPolicy": "OrdersRoleDefaultPolicyDF5DE915",
    "LogGroup": "OrdersLogGroupE26395F1",
    "AgeAlarm": "OrdersAgeAlarm84D3802F",
    "DeadLettersAlarm": "OrdersDeadLettersAlarm26997B0C",
    "ErrorsAlarm": "OrdersErrorsAlarmA1BB1C61",
    "ThrottlesAlarm": "OrdersThrottlesAlarm7519FA31",
    "FailuresAlarm": "OrdersFailuresAlarm315E189E",
    "StoppedAlarm": "OrdersStoppedAlarm63C563DD",
}
WITH_FILTERS = {
    "FailuresAlarm": "OrdersFailuresAlarmF5137139",
    "FilteredAlarm": "OrdersFilteredAlarm7C64D0E0",
    "StoppedAlarm": "OrdersStoppedAlarm63C563DD",
}
WITH_EXISTING = {
    "Mapping": "OrdersA9B65338",
    "Policy": "OrdersPolicy95F4027F",
    "AgeAlarm": "OrdersAgeAlarm84D3802F",
    "DeadLettersAlarm": "OrdersDeadLettersAlarm26997B0C",
    "ErrorsAlarm": "OrdersErrorsAlarmA1BB1C61",
    "ThrottlesAlarm": "OrdersThrottlesAlarm7519FA31",
    "FailuresAlarm": "OrdersFailuresAlarm315E189E",
    "StoppedAlarm": "OrdersStoppedAlarm63C563DD",
}


def bare_mapping(scope: Construct, function: lambda_.IFunction, queue_arn: str) -> None:
    lambda_.EventSourceMapping(scope, "Orders", target=function, event_source_arn=queue_arn)


@pytest.mark.parametrize("construct", [SqsToLambda, SqsFifoToLambda], ids=["standard", "fifo"])
def test_a_default_bundle_has_these_ids(
    construct: type[SqsToLambda] | type[SqsFifoToLambda], stack: cdk.Stack, function: NewFunction
) -> None:
    construct(stack, "Orders", function=function)

    assert set(resources(stack)) == set(ORDERS.values())


def test_filters_bring_alarms_with_these_ids(stack: cdk.Stack, function: NewFunction) -> None:
    SqsToLambda(stack, "Orders", function=function, filters=[{"body": {"type": ["created"]}}])

    assert set(resources(stack)) == set((ORDERS | WITH_FILTERS).values())


def test_around_what_exists_a_bundle_has_these_ids(stack: cdk.Stack) -> None:
    function, queue = a_function(stack), a_queue(stack)
    SqsToLambda(stack, "Orders", function=function, queue=queue)
    ours = {name for name in resources(stack) if name.startswith("Orders")}

    assert ours == set(WITH_EXISTING.values())


@pytest.mark.parametrize("nested", [False, True], ids=["in-the-stack", "in-a-construct"])
def test_a_bundle_keeps_the_logical_id_of_a_bare_mapping(app: cdk.App, *, nested: bool) -> None:
    before, after = cdk.Stack(app, "Before"), cdk.Stack(app, "After")
    for stack in (before, after):
        function, queue = a_function(stack), a_queue(stack)
        scope = Construct(stack, "Shop") if nested else stack
        if stack is before:
            bare_mapping(scope, function, queue.queue_arn)
        else:
            SqsToLambda(scope, "Orders", function=function, queue=queue)
    ((old_id, old),) = resources(before, MAPPING).items()
    ((new_id, new),) = resources(after, MAPPING).items()

    assert new_id == old_id
    assert new["Properties"].items() >= old["Properties"].items()


def test_a_pinned_id_takes_the_place_of_an_added_event_source(app: cdk.App) -> None:
    before, after = cdk.Stack(app, "Before"), cdk.Stack(app, "After")
    function = a_function(before)
    function.add_event_source(event_sources.SqsEventSource(a_queue(before)))
    (added,) = (child for child in function.node.children if isinstance(child, lambda_.EventSourceMapping))
    orders = SqsToLambda(
        after, "Orders", function=a_function(after), queue=a_queue(after), logical_id=logical_id(added)
    )

    assert set(resources(after, MAPPING)) == {logical_id(added)}
    assert properties(orders.mapping).items() >= properties(added).items()
