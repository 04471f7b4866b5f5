"""What CDK makes of a bundle is read back, because property injectors and subclasses have their say in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
import pytest
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from cdk_esm import InvalidMappingError, NewFunction, SqsFifoToLambda, SqsToLambda
from tests.cdk.reports import heard, violations
from tests.cdk.templates import properties, resources, source_of

Change = Callable[[dict[str, Any], str], dict[str, Any]]


@jsii.implements(cdk.IPropertyInjector)
class Injector:
    """Changes the properties of every construct of one kind, which jsii hands over under CDK's own names."""

    def __init__(self, kind: str, change: Change) -> None:
        self._kind = kind
        self._change = change

    @property
    def construct_unique_id(self) -> str:
        return self._kind

    def inject(self, original_props: Any, *, id: str, scope: Any) -> Any:  # noqa: A002 - CDK's word
        return self._change(dict(original_props), f"{scope.node.path}/{id}")


def inject(scope: Construct, kind: str, change: Change) -> None:
    cdk.PropertyInjectors.of(scope).add(Injector(kind, change))


def always(**properties: Any) -> Change:
    return lambda given, _: {**given, **properties}


def source_only(**properties: Any) -> Change:
    """Changes the queue with a redrive policy, and leaves its dead-letter queue alone."""
    return lambda given, _: {**given, **(properties if "deadLetterQueue" in given else {})}


def seconds(number: int) -> cdk.Duration:
    return cdk.Duration.seconds(number)


QUEUE, FUNCTION = sqs.Queue.PROPERTY_INJECTION_ID, lambda_.Function.PROPERTY_INJECTION_ID


@pytest.mark.parametrize(
    ("construct", "kind", "change", "rule"),
    [
        pytest.param(SqsToLambda, QUEUE, always(visibilityTimeout=seconds(10)), "ESM301", id="visibility"),
        pytest.param(SqsFifoToLambda, QUEUE, always(visibilityTimeout=seconds(10)), "ESM301", id="visibility-of-fifo"),
        pytest.param(SqsToLambda, FUNCTION, always(timeout=seconds(200)), "ESM301", id="timeout"),
        pytest.param(SqsFifoToLambda, FUNCTION, always(timeout=seconds(200)), "ESM301", id="timeout-of-fifo"),
        pytest.param(SqsToLambda, QUEUE, always(retentionPeriod=seconds(86_400)), "ESM309", id="retention-of-both"),
        pytest.param(SqsToLambda, FUNCTION, always(reservedConcurrentExecutions=0), "ESM302", id="no-concurrency"),
    ],
)
def test_an_injector_that_breaks_the_mapping_is_found_and_nothing_is_left(  # noqa: PLR0917 - a table's columns
    construct: type[SqsToLambda] | type[SqsFifoToLambda],
    kind: str,
    change: Change,
    rule: str,
    stack: cdk.Stack,
    function: NewFunction,
) -> None:
    inject(stack, kind, change)

    with pytest.raises(InvalidMappingError) as caught:
        construct(stack, "Orders", function=function)
    assert [finding.rule.id for finding in caught.value.findings] == [rule]
    assert stack.node.children == []
    assert resources(stack) == {}


def test_what_an_injector_breaks_can_be_acknowledged(stack: cdk.Stack, function: NewFunction) -> None:
    inject(stack, FUNCTION, always(reservedConcurrentExecutions=0))
    orders = SqsToLambda(stack, "Orders", function=function, acknowledge={"ESM302": "stopped until the sale"})

    assert [finding.rule.id for finding in orders.findings] == ["ESM302"]


def test_a_receive_count_that_is_injected_is_found(stack: cdk.Stack, function: NewFunction) -> None:
    def once(given: dict[str, Any], path: str) -> dict[str, Any]:
        if path.endswith("/DeadLetterQueue"):
            return given
        return {**given, "deadLetterQueue": {**given["deadLetterQueue"], "maxReceiveCount": 1}}

    inject(stack, QUEUE, once)

    with pytest.raises(InvalidMappingError, match="ESM306"):
        SqsToLambda(stack, "Orders", function=function)


@pytest.mark.parametrize("where", ["app", "stack", "construct"])
def test_a_harmless_change_passes_and_the_plan_shows_it(
    where: str, app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    scope = Construct(stack, "Inner")
    inject({"app": app, "stack": stack, "construct": scope}[where], QUEUE, source_only(retentionPeriod=seconds(7_200)))
    orders = SqsToLambda(scope, "Orders", function=function)

    assert orders.findings == ()
    assert source_of(orders).retention_seconds == properties(orders.queue)["MessageRetentionPeriod"] == 7_200
    assert properties(orders.alarms["age"])["Threshold"] == 900


def test_what_is_derived_follows_what_was_injected(stack: cdk.Stack, function: NewFunction) -> None:
    inject(stack, QUEUE, source_only(visibilityTimeout=seconds(600)))
    inject(stack, FUNCTION, always(memorySize=2_048, timeout=seconds(60)))
    orders = SqsToLambda(stack, "Orders", function=function)

    assert (orders.plan.function.memory_mb, orders.plan.function.timeout_seconds) == (2_048, 60)
    assert source_of(orders).visibility_timeout_seconds == 600
    assert properties(orders.alarms["age"])["Threshold"] == 3_000


def test_code_that_a_failed_bundle_shared_is_still_there_for_the_next(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    def break_orders(given: dict[str, Any], path: str) -> dict[str, Any]:
        return {**given, "visibilityTimeout": seconds(10)} if path.startswith("Shop/Orders") else given

    inject(stack, QUEUE, break_orders)
    with pytest.raises(InvalidMappingError):
        SqsToLambda(stack, "Orders", function=function)
    returns = SqsToLambda(stack, "Returns", function=function)
    asset = properties(returns.function)["Code"]["S3Key"].removesuffix(".zip")

    assert Path(app.synth().directory, f"asset.{asset}", "app.py").exists()


class TeamQueue(sqs.Queue):
    """A queue as a platform team makes it."""

    def __init__(self, scope: Construct, id: str, *, visibility_seconds: int) -> None:  # noqa: A002 - CDK's word
        dead_letters = sqs.Queue(scope, "DeadLetters", retention_period=cdk.Duration.days(14))
        redrive = sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=5)
        super().__init__(
            scope, id, visibility_timeout=seconds(visibility_seconds), dead_letter_queue=redrive, enforce_ssl=True
        )


class TeamFunction(lambda_.Function):
    """A function as a platform team makes it."""

    def __init__(self, scope: Construct, id: str) -> None:  # noqa: A002 - CDK's word
        super().__init__(
            scope,
            id,
            code=lambda_.Code.from_inline("handler = print"),
            handler="index.handler",
            runtime=lambda_.Runtime.PYTHON_3_14,
            timeout=seconds(100),
        )


def test_values_that_subclasses_set_are_read(stack: cdk.Stack) -> None:
    orders = SqsToLambda(
        stack, "Orders", function=TeamFunction(stack, "Team"), queue=TeamQueue(stack, "Queue", visibility_seconds=600)
    )

    assert orders.findings == ()
    assert orders.plan.function.timeout_seconds == 100
    assert source_of(orders).visibility_timeout_seconds == 600
    assert orders.dead_letter_queue is not None
    assert orders.dead_letter_queue.node.path == "Shop/DeadLetters"


def test_subclasses_that_do_not_fit_together_are_refused(stack: cdk.Stack) -> None:
    queue, function = TeamQueue(stack, "Queue", visibility_seconds=60), TeamFunction(stack, "Team")

    with pytest.raises(InvalidMappingError, match="hides a message for 60 seconds, less than the function's timeout"):
        SqsToLambda(stack, "Orders", function=function, queue=queue)


def test_an_existing_queue_is_read_as_its_injectors_made_it(stack: cdk.Stack, function: NewFunction) -> None:
    inject(stack, QUEUE, source_only(visibilityTimeout=seconds(20)))

    with pytest.raises(InvalidMappingError, match="hides a message for 20 seconds"):
        SqsToLambda(stack, "Orders", function=function, queue=TeamQueue(stack, "Queue", visibility_seconds=600))


def test_an_injector_that_comes_after_a_bundle_is_found_when_the_app_is_synthesized(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    alarms = heard(stack)
    SqsToLambda(stack, "Orders", function=function, alarms=alarms)
    inject(stack, QUEUE, always(visibilityTimeout=seconds(10)))
    SqsToLambda(stack, "Returns", function=function, alarms=alarms)

    assert violations(app) == [("ESM301", "fatal", "Shop/Returns")]


def test_a_scope_is_asked_once_for_its_injectors(
    stack: cdk.Stack, function: NewFunction, monkeypatch: pytest.MonkeyPatch
) -> None:
    SqsToLambda(stack, "Orders", function=function)
    asked, answer = [], cdk.PropertyInjectors.has_property_injectors

    def noted(scope: Construct) -> bool:
        asked.append(scope)
        return answer(scope)

    monkeypatch.setattr(cdk.PropertyInjectors, "has_property_injectors", noted)
    inner = Construct(stack, "Inner")
    inject(inner, QUEUE, source_only(retentionPeriod=seconds(7_200)))
    returns, refunds = (SqsToLambda(inner, name, function=function) for name in ("Returns", "Refunds"))

    assert asked == [inner]
    assert source_of(returns).retention_seconds == source_of(refunds).retention_seconds == 7_200
