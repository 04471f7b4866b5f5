"""One Node process for all of these tests, without CDK's own validator, which costs seconds."""

import os
from pathlib import Path

import pytest

os.environ["CDK_VALIDATION"] = "false"  # seen by Node, which the first use of aws_cdk starts

import aws_cdk as cdk

import cdk_esm as esm
from tests.cdk.templates import quiet_app


@pytest.fixture(scope="session")
def code(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a handler."""
    folder = tmp_path_factory.mktemp("handler")
    (folder / "app.py").write_text("def handler(event, context):\n    return {'batchItemFailures': []}\n")
    return str(folder)


@pytest.fixture(scope="session")
def function(code: str) -> esm.NewFunction:
    """A new function with nothing but defaults; ``dataclasses.replace`` changes it."""
    return esm.NewFunction(code=code, handler="app.handler")


@pytest.fixture
def app(tmp_path: Path) -> cdk.App:
    """An app whose assembly pytest cleans up."""
    return quiet_app(tmp_path / "cdk.out")


@pytest.fixture
def stack(app: cdk.App) -> cdk.Stack:
    """A stack called Shop, in an account and a Region that are not known before the deployment."""
    return cdk.Stack(app, "Shop")
