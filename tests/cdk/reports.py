"""The whole-app check seen from outside: what it reports, and how to answer it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_sns as sns
from constructs import IConstruct

from cdk_esm import Alarms, NewFunction, SqsToLambda

Violation = tuple[str, str, str]


def acknowledge(scope: IConstruct, rule: str, reason: str = "see runbook 12") -> None:
    """Acknowledge one of our rules through CDK."""
    cdk.Validations.of(scope).acknowledge(cdk.Acknowledgment(id=f"cdk-esm::{rule}", reason=reason))


def report(app: cdk.App, plugin: str = "cdk-esm") -> list[dict[str, Any]]:
    """What a plugin has to say of an app; the checks of ours that have nothing to say are left out."""
    file = Path(app.synth(force=True).directory, "validation-report.json")
    reports = json.loads(file.read_text(encoding="utf-8"))["pluginReports"] if file.exists() else []
    return [one for one in reports if one["pluginName"] == plugin]


def violations(app: cdk.App, plugin: str = "cdk-esm") -> list[Violation]:
    """What the synthesis reports: the rule, its severity in CDK's words, and the construct."""
    return sorted(
        (violation["ruleName"], violation["severity"], construct["constructPath"].removesuffix("/Resource"))
        for said in report(app, plugin)
        for violation in said["violations"]
        for construct in violation["violatingConstructs"]
    )


def heard(stack: cdk.Stack) -> Alarms:
    """Alarms that tell somebody, so that nothing is reported of them."""
    return Alarms(notify=[sns.Topic.from_topic_arn(stack, "Topic", "arn:aws:sns:eu-west-1:111122223333:on-call")])


def two_on_ten(stack: cdk.Stack, function: NewFunction) -> tuple[SqsToLambda, SqsToLambda]:
    """Two mappings that may together run a function twelve times at once, of which ten are reserved."""
    notify = heard(stack)
    reserved = replace(function, reserved_concurrent_executions=10)
    orders = SqsToLambda(stack, "Orders", function=reserved, max_concurrency=6, alarms=notify)
    return orders, SqsToLambda(stack, "Returns", function=orders.function, max_concurrency=6, alarms=notify)
