"""The code of a new function: staged once in a stack, and looked at before anything is made."""

from __future__ import annotations

from aws_cdk import aws_lambda as lambda_

from cdk_esm.constructs.app.app_memory import Asked
from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.new_function import NewFunction
from cdk_esm.constructs.intake.tokens import is_token
from cdk_esm.facts import Value


def asked_of_code(new: NewFunction, handler: Value[str], where: Surroundings) -> Asked:
    """What a look at the code depends on; as staged in one stack, the code itself does not change."""
    known = handler if isinstance(handler, str) and not is_token(handler) else None
    return where.stack_path, str(new.code), known, runtime_name(new.runtime), _has_layers(new)


def _has_layers(new: NewFunction) -> bool:
    return isinstance(new.layers, list | tuple) and len(new.layers) > 0


def runtime_name(runtime: lambda_.Runtime | None) -> str:
    """The name of a runtime; by default it is a Python one."""
    if runtime is None:
        return "python"
    return str(runtime.name) if isinstance(runtime, lambda_.Runtime) else ""


def asset(path: str, where: Surroundings) -> lambda_.Code:
    """The code of a path, staged once in a stack; compiled bytecode stays out, or a test run would change its hash."""
    key = (where.stack_path, path)
    code = where.memory.assets.get(key)
    if code is None:
        code = lambda_.Code.from_asset(path, exclude=["**/__pycache__", "**/*.pyc"])
        where.memory.assets[key] = code
    return code
