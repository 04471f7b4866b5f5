"""What Powertools for AWS Lambda answers in the place of a handler: the failures of a batch, as pollers read them."""

from __future__ import annotations

import ast
from typing import Final

from cdk_esm.assets.handler_scope import Scope

_PACKAGE: Final = "aws_lambda_powertools.utilities"
_MODULE: Final = f"{_PACKAGE}.batch"
_MODULES: Final = (_MODULE, f"{_MODULE}.decorators", f"{_MODULE}.base", f"{_MODULE}.sqs_fifo_partial_processor")
"""Where the functions and the processors come from."""
_ANSWERS: Final = frozenset({"process_partial_response", "async_process_partial_response"})
"""Functions that answer with failures."""
_PROCESSORS: Final = frozenset({"BatchProcessor", "AsyncBatchProcessor", "SqsFifoPartialProcessor"})
"""Processors, of which ``response()`` is the answer."""


def is_answer(value: ast.expr, scope: Scope) -> bool:
    """Whether a value is the answer of Powertools, as the module imports it."""
    if not isinstance(value, ast.Call):
        return False
    if _name(value.func, scope) in _ANSWERS:
        return True
    match value.func:
        case ast.Attribute(value=ast.Name(id=name) as processor, attr="response"):
            made: ast.expr | None = scope.value(processor)
            if made is processor:
                made = _set_by_module(name, scope)
            return isinstance(made, ast.Call) and _name(made.func, scope) in _PROCESSORS
    return False


def _set_by_module(name: str, scope: Scope) -> ast.expr | None:
    """What the module sets a name to, if that happens once, in the open, and nowhere else."""
    set_at = [
        node
        for node in ast.walk(scope.tree)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
    ]
    for statement in scope.tree.body:
        match statement:
            case ast.Assign(targets=[target], value=value) | ast.AnnAssign(target=target, value=value):
                if set_at == [target]:
                    return value
    return None


def _name(function: ast.expr, scope: Scope) -> str | None:
    """What Powertools calls something that the module imports from it: by its name, or within its module."""
    for node in scope.tree.body:
        match node, function:
            case ast.ImportFrom(module=module, names=names), ast.Name(id=used) if module in _MODULES:
                for one in names:
                    if (one.asname or one.name) == used:
                        return one.name
            case ast.ImportFrom(module=module, names=names), ast.Attribute(value=ast.Name(id=used), attr=attribute):
                if module == _PACKAGE and any((one.asname or one.name, one.name) == (used, "batch") for one in names):
                    return attribute
            case ast.Import(names=names), ast.Attribute(value=before, attr=attribute):
                if any(one.name == _MODULE and (one.asname or one.name) == ast.unparse(before) for one in names):
                    return attribute
    return None
