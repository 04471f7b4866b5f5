"""A dashboard of a template, read: what it shows, in plain values."""

from __future__ import annotations

import json
from typing import Any

import aws_cdk as cdk

import cdk_esm as esm

Metric = tuple[str, str, frozenset[tuple[str, str]]]
DASHBOARD, COMPOSITE, ALARM = (f"AWS::CloudWatch::{kind}" for kind in ("Dashboard", "CompositeAlarm", "Alarm"))


def templates(app: cdk.App) -> dict[str, dict[str, Any]]:
    return {one.stack_name: one.template for one in app.synth().stacks}


def resources(template: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {name: one["Properties"] for name, one in template["Resources"].items() if one["Type"] == kind}


def written(value: Any) -> str:
    """A text of the template, with what CloudFormation fills in as ``<Logical.Attribute>``."""
    match value:
        case str():
            return value
        case {"Fn::GetAtt": [name, attribute]} if attribute.startswith("Outputs."):  # of a nested stack
            return f"<{attribute.removeprefix('Outputs.')}>"
        case {"Fn::Join": [separator, parts]}:
            return str(separator).join(map(written, parts))
        case {"Fn::GetAtt": [name, attribute]}:
            return f"<{name}.{attribute}>"
        case {"Ref": name}:
            return f"<{name}>"
    raise AssertionError(value)


def shown(template: dict[str, Any]) -> dict[str, Any]:
    """The body of the one dashboard."""
    (dashboard,) = resources(template, DASHBOARD).values()
    body: dict[str, Any] = json.loads(written(dashboard["DashboardBody"]))
    return body


def rows(body: dict[str, Any]) -> list[str]:
    """The paths of the mappings, from top to bottom."""
    texts = [one["properties"]["markdown"] for one in body["widgets"] if one["type"] == "text"]
    return [text.splitlines()[0].removeprefix("## ") for text in texts]


def metrics(body: dict[str, Any]) -> set[Metric]:
    """Every metric of the graphs: namespace, name, and dimensions by name and value."""
    found = [one for widget in body["widgets"] for one in widget["properties"].get("metrics", ())]
    return {(one[0], one[1], frozenset(zip(one[2:-1:2], one[3:-1:2], strict=True))) for one in found if len(one) > 1}


def of_alarm(properties: dict[str, Any]) -> set[Metric]:
    """The metrics that an alarm of the template reads, likewise."""
    stats = [one["MetricStat"]["Metric"] for one in properties.get("Metrics", ()) if "MetricStat" in one]
    return {
        (
            one["Namespace"],
            one["MetricName"],
            frozenset((pair["Name"], written(pair["Value"])) for pair in one["Dimensions"]),
        )
        for one in stats or [properties]
    }


def a_pair(stack: cdk.Stack, function: esm.NewFunction) -> tuple[esm.SqsToLambda, esm.KinesisToLambda]:
    orders = esm.SqsToLambda(stack, "Orders", function=function, filters=[{"body": {"a": [1]}}], max_concurrency=5)
    return orders, esm.KinesisToLambda(stack, "Clicks", function=function, enhanced_fan_out=True)
