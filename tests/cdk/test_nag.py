"""cdk-nag's AwsSolutions and Serverless packs find nothing in a bundle that is not acknowledged, and why it is."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_sqs as sqs

from cdk_esm import NewFunction, NoDeadLetterQueue, SqsToLambda
from sample_app.app import build_app
from sample_app.context import read_context
from tests.cdk.templates import quiet_app
from tests.cdk.variants import VARIANTS, Make, fifo, standard

cdk_nag = pytest.importorskip("cdk_nag", reason="cdk-nag is an extra")

OF_A_DEFAULT_BUNDLE = {
    "AwsSolutions-IAM5[Resource::*]": "Role/DefaultPolicy/Resource",
    "Serverless-LambdaDLQ": "Function/Resource",
    "Serverless-LambdaEventSourceMappingDestination": "Resource",
    "Serverless-SQSRedrivePolicy": "DeadLetterQueue/Resource",
}
REDUCTIONS = {"around_what_exists": {"Serverless-LambdaEventSourceMappingDestination": "Resource"}}


def reports_of(app: cdk.App) -> list[dict[str, Any]]:
    """What the two packs say of an app; one that has nothing to say is left out."""
    cdk.Validations.of(app).add_plugins(cdk_nag.AwsSolutionsChecks(app), cdk_nag.ServerlessChecks(app))
    report = Path(app.synth().directory, "validation-report.json").read_text(encoding="utf-8")
    return [one for one in json.loads(report)["pluginReports"] if one["pluginName"] in ("AwsSolutions", "Serverless")]


def metadata_kinds(stack: cdk.Stack) -> set[str]:
    """The kinds of metadata that stand anywhere in a stack."""
    return {entry.type for construct in stack.node.find_all() for entry in construct.node.metadata}


def places(reports: list[dict[str, Any]], which: str, below: str) -> list[tuple[str, str]]:
    """Rule and resource of the violations of a kind, in a part of the app."""
    return [
        (violation["ruleName"], construct["constructPath"].removeprefix(below))
        for report in reports
        for violation in report.get(which, [])
        for construct in violation["violatingConstructs"]
        if construct["constructPath"].startswith(below)
    ]


@pytest.mark.parametrize("name", VARIANTS)
def test_a_bundle_leaves_nothing_to_acknowledge(name: str, tmp_path: Path, function: NewFunction) -> None:
    app = quiet_app(tmp_path)
    VARIANTS[name](cdk.Stack(app, "Shop"), function)
    reports = reports_of(app)
    settled = REDUCTIONS.get(name, OF_A_DEFAULT_BUNDLE)

    assert places(reports, "violations", "Shop/Orders/") == []
    assert sorted(places(reports, "suppressedViolations", "Shop/Orders/")) == sorted(settled.items())


def test_a_queue_without_dead_letters_on_purpose_is_acknowledged(tmp_path: Path, function: NewFunction) -> None:
    app = quiet_app(tmp_path)
    reason = NoDeadLetterQueue("clicks may go")
    stack = cdk.Stack(app, "Shop")
    SqsToLambda(stack, "Orders", function=function, dead_letter_queue=reason)
    SqsToLambda(stack, "Known", function=function, queue=sqs.Queue(stack, "Clicks"), acknowledge={"ESM308": "may go"})
    reports = reports_of(app)

    assert places(reports, "violations", "Shop/Orders/") == []
    asked = {"AwsSolutions-SQS3", "Serverless-SQSRedrivePolicy"}
    settled = places(reports, "suppressedViolations", "Shop/Orders/Queue/")
    assert {rule for rule, _ in settled} == asked
    assert {rule for rule, _ in places(reports, "violations", "Shop/Clicks/")} >= asked, "a queue of others is theirs"


@pytest.mark.parametrize("make", [standard, fifo])
def test_acknowledgements_are_few_each_on_one_resource_with_a_reason(
    make: Make, tmp_path: Path, function: NewFunction
) -> None:
    app = quiet_app(tmp_path)
    stack = cdk.Stack(app, "Shop")
    make(stack, function)
    reports_of(app)
    said = [
        (construct.node.path, rule, reason)
        for construct in stack.node.find_child("Orders").node.find_all()
        for entry in construct.node.metadata
        if entry.type == cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY
        for rule, reason in dict(entry.data).items()
    ]

    assert len(said) == len(OF_A_DEFAULT_BUNDLE) <= 5
    assert {rule.partition("::")[2] for _, rule, _ in said} == set(OF_A_DEFAULT_BUNDLE)
    assert len({path for path, _, _ in said}) == len(said)
    assert all(path != "Shop/Orders" and len(reason.split()) > 10 for path, _, reason in said)


def test_without_tracing_no_wildcard_is_acknowledged(tmp_path: Path, function: NewFunction) -> None:
    app = quiet_app(tmp_path)
    standard(cdk.Stack(app, "Shop"), replace(function, tracing=False))
    reports = reports_of(app)
    settled = {rule for rule, _ in places(reports, "suppressedViolations", "Shop/Orders/")}

    assert places(reports, "violations", "Shop/Orders/") == [("Serverless-LambdaTracing", "Function/Resource")]
    assert settled == {rule for rule in OF_A_DEFAULT_BUNDLE if "IAM5" not in rule}


def test_building_a_bundle_writes_no_acknowledgement_yet(tmp_path: Path, function: NewFunction) -> None:
    stack = cdk.Stack(quiet_app(tmp_path), "Shop")
    standard(stack, function)

    assert cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY not in metadata_kinds(stack)


def test_where_nobody_uses_cdk_nag_nothing_is_written(
    tmp_path: Path, function: NewFunction, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "cdk_nag")
    app = quiet_app(tmp_path)
    stack = cdk.Stack(app, "Shop")
    standard(stack, function)
    app.synth()

    assert cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY not in metadata_kinds(stack)


@pytest.mark.parametrize("flags", [False, True], ids=["without-flags", "with-flags"])
def test_the_sample_app_has_no_finding_at_all(tmp_path: Path, *, flags: bool) -> None:
    reports = reports_of(build_app(read_context() if flags else None, outdir=str(tmp_path)))

    assert places(reports, "suppressedViolations", "")
    assert places(reports, "violations", "") == []
