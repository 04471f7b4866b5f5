"""Each mapping brings a policy, so a role that many share has more than IAM takes: the synthesis says it."""

from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_

from cdk_esm import KinesisToLambda
from tests.cdk.reports import heard, violations


@pytest.fixture
def app(tmp_path: Path) -> cdk.App:
    """An app that fails when its validation does."""
    return cdk.App(outdir=str(tmp_path / "cdk.out"))


def on_one_role(stack: cdk.Stack, count: int, **more: Any) -> None:
    alarms = heard(stack)
    role = iam.Role(stack, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    for number in range(count):
        function = lambda_.Function(
            stack,
            f"Function{number}",
            code=lambda_.Code.from_inline("def handler(event, context): pass"),
            handler="index.handler",
            runtime=lambda_.Runtime.PYTHON_3_13,
            role=role,
        )
        KinesisToLambda(stack, f"Clicks{number}", function=function, alarms=alarms, **more)


def test_more_policies_than_iam_takes_for_a_role_fail_the_synthesis(app: cdk.App) -> None:
    on_one_role(cdk.Stack(app, "Shop"), 20)

    with pytest.raises(RuntimeError, match="ESM427") as caught:
        app.synth()
    assert "has 20 inline policies with at least" in str(caught.value)
    assert "grants=False at their constructs" in str(caught.value)


def test_policies_that_are_likely_too_long_are_reported(app: cdk.App) -> None:
    on_one_role(cdk.Stack(app, "Shop"), 16)

    assert violations(app) == [("ESM428", "warning", "Shop/Clicks0")]


def test_a_dozen_of_policies_fits(app: cdk.App) -> None:
    on_one_role(cdk.Stack(app, "Shop"), 12)

    assert violations(app) == []


def test_who_grants_nothing_has_nothing_counted(app: cdk.App) -> None:
    by_others = dict.fromkeys(("ESM414", "ESM420"), "granted by another team")
    on_one_role(cdk.Stack(app, "Shop"), 20, grants=False, acknowledge=by_others)

    assert [one for one in violations(app) if one[0] in ("ESM427", "ESM428")] == []
