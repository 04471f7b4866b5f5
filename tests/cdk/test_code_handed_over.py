"""Code that is handed over as a ``lambda_.Code`` is looked at once CDK has staged it: by a construct, and at synth."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.core.test_assets import ARM, HANDLER, X86

LOOKED_FOR: Final = {"ESM006", "ESM214", "ESM215", "ESM255", "ESM256"}
Hand = Callable[[cdk.Stack, lambda_.Code, str, lambda_.Architecture], Any]


def new(stack: cdk.Stack, code: lambda_.Code, handler: str, architecture: lambda_.Architecture) -> esm.NewFunction:
    del stack
    return esm.NewFunction(code, handler, architecture=architecture, runtime=lambda_.Runtime.PYTHON_3_13)


def existing(
    stack: cdk.Stack, code: lambda_.Code, handler: str, architecture: lambda_.Architecture
) -> lambda_.Function:
    return lambda_.Function(
        stack,
        "Handler",
        code=code,
        handler=handler,
        architecture=architecture,
        runtime=lambda_.Runtime.PYTHON_3_13,
        timeout=cdk.Duration.seconds(10),
    )


def alias(*arguments: Any) -> lambda_.Alias:
    function = existing(*arguments)
    return lambda_.Alias(function, "Live", alias_name="live", version=function.current_version)


def folder(at: Path, **files: bytes) -> str:
    """A folder of code beside the one of the assembly."""
    at = at / "code"
    at.mkdir()
    for name, content in files.items():
        (at / name.replace("_py", ".py").replace("_so", ".so")).write_bytes(content)
    return str(at)


ARM_64, X86_64 = lambda_.Architecture.ARM_64, lambda_.Architecture.X86_64
every_way = pytest.mark.parametrize("hand", [new, existing, alias])


@every_way
@pytest.mark.parametrize(
    ("handler", "architecture", "files", "rules"),
    [
        pytest.param("app.handler", ARM_64, {"fast_so": X86}, {"ESM214"}, id="x86-on-arm"),
        pytest.param("app.handler", X86_64, {"fast_so": ARM}, {"ESM255"}, id="arm-on-x86"),
        pytest.param("ap.handler", ARM_64, {}, {"ESM215"}, id="no-module"),
        pytest.param("app.handle", X86_64, {"fast_so": ARM}, {"ESM255", "ESM256"}, id="two-at-once"),
    ],
)
def test_a_construct_refuses_it(  # noqa: PLR0917 - a row of the table
    hand: Hand,
    handler: str,
    architecture: lambda_.Architecture,
    files: dict[str, bytes],
    rules: set[str],
    stack: cdk.Stack,
    tmp_path: Path,
) -> None:
    code = lambda_.Code.from_asset(folder(tmp_path, app_py=HANDLER, **files))

    with pytest.raises(esm.InvalidMappingError) as caught:
        esm.SqsToLambda(stack, "Orders", function=hand(stack, code, handler, architecture))

    assert {one.rule.id for one in caught.value.findings} == rules
    assert stack.node.try_find_child("Orders") is None


@every_way
def test_code_in_order_is_taken(hand: Hand, stack: cdk.Stack, tmp_path: Path) -> None:
    code = lambda_.Code.from_asset(folder(tmp_path, app_py=HANDLER, fast_so=ARM))

    orders = esm.SqsToLambda(stack, "Orders", function=hand(stack, code, "app.handler", ARM_64))

    assert orders.plan.function.code is not None
    assert (orders.plan.function.code.handler_found, orders.plan.function.code.function_found) == (True, True)
    assert not LOOKED_FOR & {one.rule.id for one in orders.findings}


def test_the_message_names_the_folder_of_new_code(stack: cdk.Stack, tmp_path: Path) -> None:
    code = lambda_.Code.from_asset(folder(tmp_path, app_py=HANDLER))

    with pytest.raises(esm.InvalidMappingError, match=f"names a module that is not in '{tmp_path}/code'"):
        esm.SqsToLambda(stack, "Orders", function=new(stack, code, "ap.handler", ARM_64))


def test_code_that_several_functions_share_is_looked_at_for_each(stack: cdk.Stack, tmp_path: Path) -> None:
    code = lambda_.Code.from_asset(folder(tmp_path, app_py=HANDLER))
    esm.SqsToLambda(stack, "Orders", function=new(stack, code, "app.handler", ARM_64))

    with pytest.raises(esm.InvalidMappingError, match="ESM256"):
        esm.SqsToLambda(stack, "Returns", function=new(stack, code, "app.returns", ARM_64))


def test_a_handler_may_be_in_a_layer(stack: cdk.Stack, tmp_path: Path) -> None:
    code = lambda_.Code.from_asset(folder(tmp_path, app_py=HANDLER))
    layer = lambda_.LayerVersion.from_layer_version_arn(stack, "Layer", "arn:aws:lambda:eu-west-1:1:layer:shared:1")
    function = replace(new(stack, code, "shared.handler", ARM_64), layers=[layer])

    assert esm.SqsToLambda(stack, "Orders", function=function).plan.function.code is not None


def test_code_whose_bundling_is_left_out_is_not_looked_at(tmp_path: Path) -> None:
    """Then the assembly names the folder of the source, in which nothing is built yet."""
    context = {"aws:cdk:bundling-stacks": [], "aws:cdk:disable-stack-trace": True}
    stack = cdk.Stack(cdk.App(outdir=str(tmp_path / "cdk.out"), context=context), "Shop")
    bundling = cdk.BundlingOptions(image=cdk.DockerImage.from_registry("nobody/pulls-it"))
    code = lambda_.Code.from_asset(folder(tmp_path, main_py=b""), bundling=bundling)

    ways: dict[str, Hand] = {"Orders": new, "Returns": existing}
    for at, hand in ways.items():
        made = esm.SqsToLambda(stack, at, function=hand(stack, code, "app.handler", ARM_64))
        assert made.plan.function.code is None


def test_a_reason_settles_it_and_synth_says_nothing_more(stack: cdk.Stack, tmp_path: Path) -> None:
    code = lambda_.Code.from_asset(folder(tmp_path, app_py=HANDLER))
    reason = {"ESM256": "the module makes it when it is loaded"}

    orders = esm.SqsToLambda(stack, "Orders", function=new(stack, code, "app.late", ARM_64), acknowledge=reason)
    stack.node.root.synth()  # type: ignore[attr-defined]

    assert [one.acknowledged for one in orders.findings if one.rule.id == "ESM256"] == [reason["ESM256"]]


@pytest.mark.parametrize(("handler", "rule"), [("app.handler", "ESM214"), ("ap.handler", "ESM215")])
def test_at_synth_the_code_behind_any_mapping_is_looked_at(handler: str, rule: str, tmp_path: Path) -> None:
    app = cdk.App(outdir=str(tmp_path / "cdk.out"))
    stack = cdk.Stack(cdk.Stage(app, "Prod"), "Shop")
    code = lambda_.Code.from_asset(folder(tmp_path, app_py=HANDLER, fast_so=X86))
    queue = sqs.Queue(stack, "Queue", visibility_timeout=cdk.Duration.seconds(60))
    existing(stack, code, handler, ARM_64).add_event_source(event_sources.SqsEventSource(queue))
    cdk.Validations.of(app).add_plugins(esm.MappingValidation())

    with pytest.raises(RuntimeError, match=rule):
        app.synth()
