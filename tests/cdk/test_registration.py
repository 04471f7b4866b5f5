"""Asking where a scope is changes nothing; the first construct of an app registers the checks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from jsii._kernel.providers.process import _NodeProcess

import cdk_esm as esm
from cdk_esm.constructs.app.surroundings import surroundings_of

REGISTERED = {"addPlugins": "the check of the app", "addValidation": "what waits for the synth"}


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Answers with what was registered since it was asked last."""
    asked: list[str] = []
    send = _NodeProcess.send

    def noted(self: Any, request: Any, response: Any) -> Any:
        asked.append(str(getattr(request, "method", "")))
        return send(self, request, response)

    monkeypatch.setattr(_NodeProcess, "send", noted)

    def answer() -> list[str]:
        found = [one for one in asked if one in REGISTERED]
        asked.clear()
        return found

    return answer


def test_asking_where_a_scope_is_registers_nothing(stack: cdk.Stack, registered: Callable[[], list[str]]) -> None:
    where = surroundings_of(stack)

    assert registered() == []
    assert where.memory.checked == set()


def test_each_app_and_each_stack_is_registered_once(
    app: cdk.App, function: esm.NewFunction, registered: Callable[[], list[str]]
) -> None:
    shop, depot = cdk.Stack(app, "Shop"), cdk.Stack(app, "Depot")
    said = []
    for stack, name in ((shop, "Orders"), (shop, "Returns"), (depot, "Parcels")):
        esm.SqsToLambda(stack, name, function=function)
        said.append(registered())

    assert said == [["addPlugins", "addValidation", "addValidation"], [], ["addValidation"]]


def test_a_construct_that_is_refused_registers_nothing(
    stack: cdk.Stack, function: esm.NewFunction, registered: Callable[[], list[str]]
) -> None:
    with pytest.raises(esm.InvalidMappingError):
        esm.SqsToLambda(stack, "Orders", function=function, batch_size=0)

    assert registered() == []


def test_building_needs_no_template_reader(code: str) -> None:
    program = f"""
import sys, aws_cdk as cdk, cdk_esm as esm
stack = cdk.Stack(cdk.App(), "Shop")
esm.SqsToLambda(stack, "Orders", function=esm.NewFunction(code={code!r}, handler="app.handler"))
print([name for name in sys.modules if name.startswith(("cdk_esm.template", "cdk_esm.judge"))])
"""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "[]"
