"""Templates with a mapping or two, and what ``cdk-esm adopt`` prints of them."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from cdk_esm.__main__ import main

Resources = dict[str, Any]
QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 60}}
STREAM = {"Type": "AWS::Kinesis::Stream", "Properties": {"ShardCount": 1}}


def a_mapping(source: Any, **settings: Any) -> Resources:
    invoked = {"Type": "AWS::Lambda::Function", "Properties": {"Timeout": 5}}
    given = {"EventSourceArn": source, "FunctionName": {"Ref": "Fulfil"}, **settings}
    return {"Fulfil": invoked, "Orders": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": given}}


def on_queue(**settings: Any) -> Resources:
    return {"Jobs": QUEUE, **a_mapping({"Fn::GetAtt": ["Jobs", "Arn"]}, **settings)}


def on_stream(**settings: Any) -> Resources:
    return {
        "Clicks": STREAM,
        **a_mapping({"Fn::GetAtt": ["Clicks", "Arn"]}, **{"StartingPosition": "TRIM_HORIZON", **settings}),
    }


def keywords(text: str) -> dict[str, str]:
    """The keywords of the one statement in what was printed, as they are written."""
    (call,) = (
        node.value for node in ast.parse(text).body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
    )
    return {str(one.arg): ast.unparse(one.value) for one in call.keywords}


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = main(["adopt", *words])
    return status, capsys.readouterr().out
