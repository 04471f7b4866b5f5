"""An app before and after a mapping of CDK's own event source is taken over, and what the deployment does."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_

from cdk_esm.__main__ import main
from tests.cdk.templates import quiet_app

Make = Callable[[cdk.Stack, lambda_.Function], object]


@dataclass(frozen=True)
class Move:
    """What became of a mapping that was taken over.

    Args:
        old: the properties of the mapping before.
        new: those after.
        same_id: it kept its logical id.
        changes: the kinds of changes that ``cdk-esm diff`` tells, each with its severity.
        text: what it says.
    """

    old: dict[str, Any]
    new: dict[str, Any]
    same_id: bool
    changes: set[tuple[str, str]]
    text: str


def old_id(make: Make, folder: Path) -> str:
    """The logical id of the mapping that is deployed, as a user reads it in the template."""
    ((name, _),) = _mapping(_synthesized(make, folder / "look"))
    return name


def moved(before: Make, after: Make, folder: Path) -> Move:
    """Synthesize both apps, and compare them as ``cdk-esm diff`` does."""
    old, new = _synthesized(before, folder / "old"), _synthesized(after, folder / "new")
    ((old_name, was),), ((new_name, is_now),) = _mapping(old), _mapping(new)
    said, text = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said):
        main(["diff", str(old), str(new), "--format", "json"])
    with contextlib.redirect_stdout(text):
        main(["diff", str(old), str(new)])
    found = {(one["change"], one["severity"]) for one in json.loads(said.getvalue())["changes"]}
    return Move(was["Properties"], is_now["Properties"], old_name == new_name, found, text.getvalue())


def _synthesized(make: Make, folder: Path) -> Path:
    stack = cdk.Stack(quiet_app(folder), "Shop")
    function = lambda_.Function(
        stack,
        "Fulfil",
        code=lambda_.Code.from_inline("def handler(event, context): ..."),
        handler="index.handler",
        runtime=lambda_.Runtime.PYTHON_3_13,
        timeout=cdk.Duration.seconds(30),
    )
    make(stack, function)
    app: Any = stack.node.root
    app.synth()
    return folder


def _mapping(assembly: Path) -> list[tuple[str, dict[str, Any]]]:
    template = json.loads((assembly / "Shop.template.json").read_text(encoding="utf-8"))
    every = template["Resources"].items()
    return [(name, one) for name, one in every if one["Type"] == "AWS::Lambda::EventSourceMapping"]
