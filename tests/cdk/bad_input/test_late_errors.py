"""What only CDK refuses: an error of ours all the same, and nothing of the construct is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
import pytest
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_sqs as sqs
from constructs import Construct

import cdk_esm as esm
from tests.cdk.bad_input.bench import ID, Bench, Built
from tests.cdk.templates import template

KINDS = pytest.mark.parametrize("construct", [esm.SqsToLambda, esm.SqsFifoToLambda])


@jsii.implements(cloudwatch.IAlarmAction)
class FailingAction:
    """An action that fails when it meets its first alarm: then queues, function and mapping are made already."""

    def bind(self, scope: Construct, alarm: cloudwatch.IAlarm) -> cloudwatch.AlarmActionConfig:
        raise NotImplementedError("no such pager")


@jsii.implements(cdk.IPropertyInjector)
class Hasty:
    """An organisation's rule that makes every queue's visibility timeout a second."""

    @property
    def construct_unique_id(self) -> str:
        return str(sqs.Queue.PROPERTY_INJECTION_ID)

    def inject(self, original_props: Any, *, id: str, scope: Construct) -> Any:  # noqa: A002 - CDK's word
        del id, scope
        return {**original_props, "visibilityTimeout": cdk.Duration.seconds(1)}


@pytest.fixture
def bench(stack: cdk.Stack, code: str, tmp_path: Path) -> Bench:
    return Bench(stack, code, tmp_path)


def failing(_: Bench) -> esm.Alarms:
    return esm.Alarms(notify=[FailingAction()])


def plain_file(bench: Bench) -> esm.NewFunction:
    """A function whose code is a file, and no archive."""
    file = bench.folder / "app.py"
    file.write_text("def handler(event, context): ...")
    return bench.function(code=file)


def grouped(bench: Bench) -> esm.NewFunction:
    """A function in a security group, and in no VPC."""
    group = ec2.SecurityGroup.from_security_group_id(bench.stack, "Group", "sg-12345")
    return bench.function(security_groups=[group])


@KINDS
@pytest.mark.parametrize(
    ("keyword", "value", "said"),
    [
        pytest.param("function", plain_file, "Asset must be a .zip file or a directory", id="a-file-for-a-folder"),
        pytest.param("function", grouped, "without configuring a VPC", id="a-security-group-without-a-vpc"),
        pytest.param(
            "function",
            lambda bench: bench.function(description="d" * 257),
            "Function description can not be longer than 256 characters",
            id="a-description-that-is-too-long",
        ),
        pytest.param("alarms", failing, "no such pager", id="an-action-that-fails"),
    ],
)
def test_what_cdk_refuses_is_our_error_and_leaves_nothing_behind(
    construct: Built, keyword: str, value: Callable[[Bench], Any], said: str, bench: Bench
) -> None:
    keywords = {"function": bench.function(), keyword: value(bench)}
    before = bench.paths()

    with pytest.raises(esm.EsmError) as caught:
        construct(bench.stack, ID, **keywords)

    assert type(caught.value) is esm.EsmError
    assert str(caught.value).startswith("Shop/Orders: CDK could not make this: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "jsii" not in str(caught.value).lower()
    assert bench.paths() == before

    again = construct(bench.stack, ID, function=bench.function())

    assert {"errors", "throttles"} <= set(again.alarms), "the function that failed has left its alarms to this one"
    assert template(bench.stack) == template_of_its_own(construct, bench)


@KINDS
@pytest.mark.parametrize(
    "keywords",
    [
        pytest.param({"batch_size": "10"}, id="a-wrong-type"),
        pytest.param({"batch_size": 0}, id="a-number-out-of-range"),
        pytest.param({"dead_letter_queue": esm.NewQueue(retention_period=cdk.Duration.seconds(59))}, id="a-danger"),
        pytest.param({"function": esm.NewFunction(code="no/such/folder", handler="app.handler")}, id="no-code"),
    ],
)
def test_after_a_refusal_the_whole_bundle_is_made_as_if_nothing_had_been(
    construct: Built, keywords: dict[str, Any], bench: Bench
) -> None:
    with pytest.raises(esm.EsmError):
        construct(bench.stack, ID, **{"function": bench.function(), **keywords})

    construct(bench.stack, ID, function=bench.function())

    assert template(bench.stack) == template_of_its_own(construct, bench)


def template_of_its_own(construct: Built, bench: Bench) -> dict[str, Any]:
    """The template of a stack in which nothing has failed."""
    stack = cdk.Stack(cdk.App(outdir=str(bench.folder / "cdk.out")), "Shop")
    construct(stack, ID, function=bench.function())
    return template(stack)


def test_an_id_with_a_slash_is_taken_back_too(bench: Bench) -> None:
    with pytest.raises(esm.EsmError, match=r"^Shop/Orders--Paid: CDK could not make this: "):
        esm.SqsToLambda(bench.stack, "Orders/Paid", function=bench.function(), alarms=failing(bench))

    assert bench.paths() == ["Shop"]


@KINDS
def test_an_id_that_is_taken_stays_with_its_owner(construct: Built, bench: Bench) -> None:
    first = construct(bench.stack, ID, function=bench.function())
    before = bench.paths()

    with pytest.raises(esm.EsmError, match=r"^Shop/Orders: CDK could not make this: There is already a Construct"):
        construct(bench.stack, ID, function=bench.function())

    assert bench.paths() == before
    assert bench.stack.node.try_find_child(ID) is first
    assert template(bench.stack) == template_of_its_own(construct, bench)


def test_neighbours_are_as_they_were_after_a_late_error(bench: Bench) -> None:
    function, queue = bench.existing(), bench.queue()
    key = cdk.aws_kms.Key(bench.stack, "Key")

    with pytest.raises(esm.EsmError, match="no such pager"):
        esm.SqsToLambda(
            bench.stack,
            ID,
            function=function,
            queue=queue,
            filters=[{"body": {"type": ["paid"]}}],
            filter_encryption=key,
            alarms=failing(bench),
        )

    assert template(bench.stack) == template_of_neighbours(bench)


def template_of_neighbours(bench: Bench) -> dict[str, Any]:
    """The template of the function, the queue and the key by themselves."""
    alone = Bench(cdk.Stack(cdk.App(outdir=str(bench.folder / "cdk.out")), "Shop"), bench.code, bench.folder)
    alone.existing()
    alone.queue()
    cdk.aws_kms.Key(alone.stack, "Key")
    return template(alone.stack)


def test_what_a_property_injector_breaks_is_found_and_taken_back(bench: Bench) -> None:
    cdk.PropertyInjectors.of(bench.stack).add(Hasty())

    with pytest.raises(esm.InvalidMappingError) as caught:
        esm.SqsToLambda(bench.stack, ID, function=bench.function())

    assert [(finding.rule.id, finding.got) for finding in caught.value.findings] == [("ESM301", 1)]
    assert bench.paths() == ["Shop"]
    esm.SqsToLambda(bench.stack, ID, function=bench.function(timeout=cdk.Duration.seconds(1)))


@pytest.mark.parametrize("scope", [None, "Shop", 5, cdk.App, cdk.Stack])
def test_a_scope_that_is_no_construct_is_refused(scope: Any, bench: Bench) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.SqsToLambda(scope, ID, function=bench.function())

    [finding] = caught.value.findings
    assert (finding.rule.id, finding.setting, finding.path) == ("ESM001", "scope", "Orders")


def test_a_scope_outside_a_stack_is_refused(app: cdk.App, bench: Bench) -> None:
    for scope in (app, cdk.Stage(app, "Live"), Construct(app, "Plain")):
        with pytest.raises(
            esm.EsmTypeError, match=r"scope takes a stack \(self\), or a construct in one, got "
        ) as caught:
            esm.SqsToLambda(scope, ID, function=bench.function())

        assert [finding.setting for finding in caught.value.findings] == ["scope"]
        assert scope.node.try_find_child(ID) is None


@pytest.mark.parametrize("name", [None, "", "  ", 5, True, ["Orders"]])
def test_an_id_that_is_no_text_is_refused(name: Any, bench: Bench) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.SqsFifoToLambda(bench.stack, name, function=bench.function())

    [finding] = caught.value.findings
    assert (finding.rule.id, finding.setting) == ("ESM001", "id")
    assert bench.paths() == ["Shop"]


def test_scope_and_id_are_told_of_together(bench: Bench) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.SqsToLambda(None, None, function=bench.function())  # type: ignore[arg-type]

    assert [finding.setting for finding in caught.value.findings] == ["scope", "id"]


def test_a_call_without_arguments_is_told_what_is_missing() -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.SqsToLambda()  # type: ignore[call-arg]

    assert [(finding.rule.id, finding.setting) for finding in caught.value.findings] == [
        ("ESM003", "scope"),
        ("ESM003", "id"),
        ("ESM003", "function"),
    ]
    assert {finding.path for finding in caught.value.findings} == {"SqsToLambda"}


def test_keywords_without_their_names_are_refused(bench: Bench) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.SqsToLambda(bench.stack, ID, bench.function())  # type: ignore[call-arg]

    found = [(finding.rule.id, finding.setting) for finding in caught.value.findings]
    assert found == [("ESM002", "(positional)"), ("ESM003", "function")]
    assert bench.paths() == ["Shop"]
