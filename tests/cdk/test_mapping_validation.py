"""The validation plugin on templates: mappings of any origin, changes after construction, and who says what."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
import pytest
from aws_cdk import aws_lambda as lambda_
from constructs import Construct, IConstruct

from cdk_esm import MappingValidation, NewFunction, SqsToLambda, TemplateError
from cdk_esm.constructs.app import whole_app
from tests.cdk.plain import plain_function, plain_mapping, plain_queue
from tests.cdk.reports import acknowledge, heard, report, two_on_ten, violations
from tests.cdk.templates import made


def validated(app: cdk.App) -> cdk.App:
    cdk.Validations.of(app).add_plugins(MappingValidation())
    return app


def test_a_right_mapping_of_plain_cdk_has_no_finding(app: cdk.App, stack: cdk.Stack) -> None:
    plain_mapping(stack)

    assert violations(validated(app)) == []


def test_a_wrong_mapping_of_plain_cdk_is_found_at_its_construct(app: cdk.App, stack: cdk.Stack) -> None:
    plain_mapping(stack, visibility_seconds=4)
    (found,) = violations(validated(app))

    assert found[:2] == ("ESM301", "fatal")
    assert found[2].startswith("Shop/Handler/SqsEventSource")


def test_the_synthesis_fails_for_what_would_lose_messages(tmp_path: Path) -> None:
    app = cdk.App(outdir=str(tmp_path))
    plain_mapping(cdk.Stack(app, "Shop"), visibility_seconds=4)

    with pytest.raises(RuntimeError, match="hides a message for 4 seconds, less than the function's timeout of 5"):
        validated(app).synth()


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(lambda app: cdk.Stack(cdk.Stage(app, "Prod"), "Shop"), id="in-a-stage"),
        pytest.param(lambda app: cdk.NestedStack(cdk.Stack(app, "Outer"), "Inner"), id="in-a-nested-stack"),
        pytest.param(
            lambda app: cdk.NestedStack(cdk.Stack(cdk.Stage(app, "Prod"), "Outer"), "Inner"), id="in-both-of-them"
        ),
    ],
)
def test_a_mapping_is_found_wherever_it_stands(place: Callable[[cdk.App], Construct], app: cdk.App) -> None:
    scope = place(app)
    plain_mapping(scope, visibility_seconds=4)
    ((rule, _, path),) = violations(validated(app))

    assert rule == "ESM301"
    assert path.startswith(f"{scope.node.path}/Handler/")


def test_a_plugin_on_a_stage_judges_that_stage(app: cdk.App) -> None:
    beta, prod = cdk.Stage(app, "Beta"), cdk.Stage(app, "Prod")
    for stage in (beta, prod):
        plain_mapping(cdk.Stack(stage, "Shop"), visibility_seconds=4)
    cdk.Validations.of(prod).add_plugins(MappingValidation())

    assert [path.partition("/")[0] for _, _, path in violations(app)] == ["Prod"]


def test_an_acknowledged_finding_stays_in_the_report_with_its_reason(app: cdk.App, stack: cdk.Stack) -> None:
    plain_mapping(stack, visibility_seconds=20)
    acknowledge(stack, "ESM305")
    (said,) = report(validated(app))

    assert said["violations"] == []
    assert [(one["ruleName"], one["reason"]) for one in said["suppressedViolations"]] == [("ESM305", "see runbook 12")]


def test_what_the_template_itself_acknowledges_stays_in_the_report_too(app: cdk.App, stack: cdk.Stack) -> None:
    function, queue = plain_function(stack), plain_queue(stack, visibility_seconds=20)
    function.add_to_role_policy(sending_nothing(queue.queue_arn))
    mapping = lambda_.CfnEventSourceMapping(
        stack,
        "Mapping",
        function_name=function.function_name,
        event_source_arn=queue.queue_arn,
        function_response_types=["ReportBatchItemFailures"],
    )
    mapping.node.add_dependency(function)
    mapping.add_metadata("cdk-esm", {"acknowledged": {"ESM305": "drained at night"}})
    plain_mapping(cdk.Stack(app, "Other"), visibility_seconds=20)
    (said,) = report(validated(app))

    assert [one["violatingConstructs"][0]["constructPath"].partition("/")[0] for one in said["violations"]] == ["Other"]
    assert said["metadata"] == {"ESM305 Shop/Mapping VisibilityTimeout": "acknowledged: drained at night"}


def sending_nothing(arn: str) -> Any:
    """What a poller needs of a queue."""
    actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"]
    return cdk.aws_iam.PolicyStatement(actions=actions, resources=[arn])


def test_the_fix_is_said_in_the_words_of_cdk_too(app: cdk.App, stack: cdk.Stack) -> None:
    function = plain_function(stack)
    queue = plain_queue(stack)
    queue.grant_consume_messages(function)
    lambda_.EventSourceMapping(
        stack, "Mapping", target=function, event_source_arn=queue.queue_arn, batch_size=100,
        report_batch_item_failures=True,
    )  # fmt: skip
    (said,) = report(validated(app))
    (found,) = [one for one in said["violations"] if one["ruleName"] == "ESM201"]

    assert "add MaximumBatchingWindowInSeconds: 1" in found["suggestedFix"]
    assert "in CDK: add max_batching_window=Duration.seconds(1)" in found["suggestedFix"]
    (construct,) = found["violatingConstructs"]
    assert construct["cloudFormationResource"]["propertyPaths"] == ["Properties.MaximumBatchingWindowInSeconds"]
    assert construct["stackTraces"]


@jsii.implements(cdk.IAspect)
class Hasty:
    """An aspect that somebody else wrote."""

    def visit(self, node: IConstruct) -> None:
        if isinstance(node, lambda_.CfnEventSourceMapping):
            node.batch_size = 5_000


def test_a_change_that_an_aspect_made_is_judged(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    SqsToLambda(stack, "Orders", function=function, alarms=heard(stack))
    cdk.Aspects.of(app).add(Hasty())

    assert violations(app) == [("ESM201", "fatal", "Shop/Orders")]


def test_by_default_the_check_judges_only_our_constructs(app: cdk.App, stack: cdk.Stack, function: NewFunction) -> None:
    SqsToLambda(stack, "Orders", function=function, alarms=heard(stack))
    plain_mapping(stack, visibility_seconds=4)

    assert violations(app) == []


def test_a_fault_between_another_mapping_and_ours_is_reported(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, alarms=heard(stack))
    lambda_.EventSourceMapping(stack, "Again", target=orders.function, event_source_arn=orders.queue.queue_arn)

    assert [(rule, path) for rule, _, path in violations(app)] == [("ESM208", "Shop/Again")]


@pytest.mark.parametrize("first", [True, False], ids=["before-the-constructs", "after-them"])
def test_nothing_is_said_twice_where_the_check_is_registered_by_hand(
    app: cdk.App, stack: cdk.Stack, function: NewFunction, *, first: bool
) -> None:
    if first:
        validated(app)
    SqsToLambda(stack, "Orders", function=function)
    plain_mapping(stack, visibility_seconds=4)
    if not first:
        validated(app)
    found = [rule for rule, _, _ in violations(app)]

    assert sorted(found) == ["ESM301", "ESM314"]
    assert sorted(rule for rule, _, _ in violations(app)) == ["ESM301", "ESM314"], "nor is it forgotten the next time"


def test_an_advice_that_the_construct_gave_is_not_given_again(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    existing = plain_queue(stack)
    orders = SqsToLambda(stack, "Orders", function=function, queue=existing, alarms=heard(stack))

    assert [one.rule.id for one in orders.findings] == ["ESM305"]
    assert violations(app) == []


def test_what_is_acknowledged_later_reaches_the_template(stack: cdk.Stack, function: NewFunction) -> None:
    existing = plain_queue(stack)
    orders = SqsToLambda(stack, "Orders", function=function, queue=existing)
    acknowledge(orders, "ESM305")
    acknowledge(orders, "ESM301")

    assert made(orders.mapping)["Metadata"]["cdk-esm"]["acknowledged"] == {"ESM305": "see runbook 12"}


def test_what_is_acknowledged_later_reaches_the_template_of_a_stage(app: cdk.App, function: NewFunction) -> None:
    stack = cdk.Stack(cdk.Stage(app, "Prod"), "Shop")
    orders = SqsToLambda(stack, "Orders", function=function, queue=plain_queue(stack))
    acknowledge(app, "ESM305")
    assembly = app.synth().get_nested_assembly("assembly-Prod")
    template = assembly.get_stack_by_name("Prod-Shop").template
    (mapping,) = [one for one in template["Resources"].values() if one["Type"] == "AWS::Lambda::EventSourceMapping"]

    assert orders.findings[0].acknowledged is None
    assert mapping["Metadata"] == {"cdk-esm": {"acknowledged": {"ESM305": "see runbook 12"}}}


def test_an_empty_stack_does_not_disturb_the_validation(app: cdk.App, stack: cdk.Stack) -> None:
    plain_mapping(stack, visibility_seconds=4)
    cdk.Stack(app, "Empty")
    cdk.NestedStack(stack, "EmptyToo")

    assert [rule for rule, _, _ in violations(validated(app))] == ["ESM301"]


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is synthesized, nobody can read it."""

    def refuse(folder: str) -> None:
        raise TemplateError(f"{folder}: it is no assembly")

    monkeypatch.setattr(whole_app, "load_assembly", refuse)


@pytest.mark.usefixtures("unreadable")
def test_an_assembly_that_cannot_be_read_is_a_failure_of_the_plugin(app: cdk.App, stack: cdk.Stack) -> None:
    plain_mapping(stack)
    (said,) = report(validated(app))

    assert (said["conclusion"], said["violations"]) == ("failure", [])
    assert said["metadata"]["error"].endswith("it is no assembly")


@pytest.mark.usefixtures("unreadable")
def test_without_a_plugin_of_the_user_our_constructs_are_still_judged(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    two_on_ten(stack, function)

    assert [rule for rule, _, _ in violations(app)] == ["ESM304"]


UNREAD = [
    pytest.param(lambda app: cdk.Stack(app, "Shop"), id="in a stack"),
    pytest.param(lambda app: cdk.Stack(cdk.Stage(app, "Prod"), "Shop"), id="in a stage"),
]


@pytest.mark.parametrize("place", UNREAD)
def test_what_was_not_judged_is_a_warning_of_the_synthesis(place: Callable[[cdk.App], cdk.Stack], app: cdk.App) -> None:
    stack = place(app)
    stack.add_transform("ShopMacro")
    plain_mapping(stack)
    (said,) = report(validated(app))

    (found,) = said["violations"]
    assert (found["ruleName"], found["severity"]) == ("not-judged", "warning")
    assert "ShopMacro may make any resource of the template" in found["description"]


def test_a_mapping_of_which_nobody_can_tell_the_source_is_a_warning_at_its_construct(
    app: cdk.App, stack: cdk.Stack
) -> None:
    arn = cdk.Fn.import_value("somewhere")
    function = plain_function(stack)
    lambda_.CfnEventSourceMapping(
        stack, "Orders", event_source_arn=arn, function_name=function.function_name, starting_position="LATEST"
    )
    ((rule, severity, path),) = violations(validated(app))

    assert (rule, severity, path) == ("not-judged", "warning", "Shop/Orders")
